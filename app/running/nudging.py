"""Starts a piece of work now, or once more after the round that is under way. Never two rounds at a time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)


class Nudge:
    """`work` is awaited in a task of its own; `ring` returns at once and may be called as often as one likes."""

    def __init__(self, work: Callable[[], Awaitable[object]], *, name: str) -> None:
        self._work = work
        self._name = name
        self._task: asyncio.Task[None] | None = None
        self._is_wanted = False

    def ring(self) -> None:
        self._is_wanted = True
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._serve())

    async def finish(self) -> None:
        """Returns when the round under way, if any, has ended."""
        if self._task is not None and not self._task.done():
            await asyncio.gather(self._task, return_exceptions=True)

    async def _serve(self) -> None:
        while self._is_wanted:
            self._is_wanted = False
            try:
                await self._work()
            except ConnectionError as error:
                log.warning("duty=%s waits: %s", self._name, error)
            except Exception:
                log.exception("duty=%s failed", self._name)
