"""The only file that knows APScheduler. It only rings; what is due stands in the database."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)

Duty = Callable[[], Awaitable[object]]


class Jobs:
    """Rings each duty every so many seconds, never twice at a time; a failure is logged and rung again."""

    def __init__(self) -> None:
        self._ringing: set[asyncio.Task[object]] = set()
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    def add(self, name: str, duty: Duty, *, every: float) -> None:
        """`every` in seconds."""
        self._scheduler.add_job(self._guarded(name, duty), "interval", seconds=every, id=name)

    def start(self) -> None:
        self._scheduler.start()

    async def stop(self) -> None:
        """Rings no more and waits for what rings just now: the scheduler itself would cut it off."""
        self._scheduler.pause()
        if self._ringing:
            await asyncio.wait(self._ringing)
        self._scheduler.shutdown(wait=False)

    def _guarded(self, name: str, duty: Duty) -> Callable[[], Awaitable[None]]:
        async def ring() -> None:
            task = asyncio.current_task()
            assert task is not None
            self._ringing.add(task)
            task.add_done_callback(self._ringing.discard)
            try:
                await duty()
            except ConnectionError as error:
                log.warning("duty=%s waits: %s", name, error)
            except Exception:
                log.exception("duty=%s failed", name)

        return ring
