"""Rings the sweep: what is due is done, ticket by ticket, each in a job of its own."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.ports import StoreUnit, Writer
from routing.desk import Desk
from routing.errors import WrongMomentError
from routing.escalation import Step
from routing.hierarchy import Hierarchy
from routing.ports import Reach
from routing.sweep import BATCH, list_due, take_step

log = logging.getLogger(__name__)

MOST_ROUNDS = 50


@dataclass(slots=True)
class Sweeper:
    """`acted` counts the steps so far that were more than a reminder."""

    writer: Writer
    hierarchy: Callable[[], Hierarchy]
    reach: Reach
    now: Callable[[], datetime]
    acted: int = 0
    _round: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def sweep(self) -> int:
        """Takes one step for each ticket that is due, oldest first, until none is left; returns how many steps."""
        taken = 0
        async with self._round:
            for _ in range(MOST_ROUNDS):
                numbers = await self.writer.run(lambda store: list(list_due(store, self.now())))
                taken += sum(await asyncio.gather(*(self._take(each) for each in numbers)))
                if len(numbers) < BATCH:
                    break
        return taken

    async def _take(self, number: int) -> bool:
        try:
            step = await self.writer.run(lambda store: take_step(self._desk(store), number))
        except WrongMomentError:
            return False  # another replica or a person was quicker
        except ConnectionError as error:
            log.warning("sweep=waits ticket=%d: %s", number, error)
            return False
        except Exception:
            log.exception("sweep=failed ticket=%d", number)
            return False
        if step is not None:
            self.acted += step is not Step.REMIND
            log.info("sweep=%s ticket=%d", step.value, number)
        return step is not None

    def _desk(self, store: StoreUnit) -> Desk:
        return Desk(store, self.hierarchy(), self.reach, self.now())
