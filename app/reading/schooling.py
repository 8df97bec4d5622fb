"""The reader of a running house: takes new models into use, and has one made when staff sorted enough since the last.

Training runs in a process of its own, so that nobody waits for an answer meanwhile.
"""

import asyncio
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from app.reading.learning import collect_lessons, name_categories, unpack
from routing.hierarchy import Hierarchy
from storage.store import Store
from understanding.learning.learned_reader import LearnedReader
from understanding.learning.training import FEWEST

log = logging.getLogger(__name__)

ENOUGH_NEW = 10
"""So many lessons since the last try are worth another."""


@dataclass(slots=True)
class School:
    """`reader` is shared by everybody who reads; only its model changes."""

    store: Store
    hierarchy: Callable[[], Hierarchy]
    reader: LearnedReader = field(default_factory=LearnedReader)
    _known: tuple[str, int] | None = None
    _studied: int = 0

    async def refresh(self) -> bool:
        """Takes the newest stored model of the tree in force, whoever made it. True when the reader changed."""
        tree = self.hierarchy()
        name = name_categories(tree)
        ids = await self.store.writer.run(lambda unit: unit.reader_models.list_ids(name))
        newest = (name, ids[0]) if ids else None
        if newest == self._known:
            return False
        stored = await self.store.writer.run(lambda unit: unit.reader_models.find_latest(name))
        self.reader.model = unpack(stored) if stored else None
        self._studied = stored.lessons if stored else 0
        self._known = newest
        log.info("reader=%s", "learned" if self.reader.model else "keywords")
        return True

    async def study(self) -> bool:
        """Has a model made when there is enough new to learn. True when one was tried."""
        count = len(await asyncio.to_thread(collect_lessons, self.store, self.hierarchy()))
        if count < FEWEST or count - self._studied < ENOUGH_NEW:
            return False
        self._studied = count
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "app", "learn", stdout=asyncio.subprocess.DEVNULL
        )
        log.info("study=ended code=%d lessons=%d", await child.wait(), count)
        await self.refresh()
        return True
