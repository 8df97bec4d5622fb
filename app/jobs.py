"""The only file that knows APScheduler. It only rings; what is due stands in the database."""

import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)

Duty = Callable[[], Awaitable[object]]


class Jobs:
    """Rings each duty every so many seconds, never twice at a time; a failure is logged and rung again."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    def add(self, name: str, duty: Duty, *, every: float) -> None:
        """`every` in seconds."""
        self._scheduler.add_job(_guarded(name, duty), "interval", seconds=every, id=name)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)


def _guarded(name: str, duty: Duty) -> Callable[[], Awaitable[None]]:
    async def ring() -> None:
        try:
            await duty()
        except Exception:
            log.exception("duty=%s failed", name)

    return ring
