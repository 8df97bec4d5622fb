"""The only file that knows APScheduler. It only rings; what is due stands in the database."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)

Duty = Callable[[], Awaitable[object]]

PULSE = 1.0
SILENT_FOR = 4.0
"""Seconds by the loop's counter without a pulse, after which all duties are set anew: the scheduler goes by the clock
on the wall, and rings nothing for as long as that was set back."""


class Jobs:
    """Rings each duty every so many seconds, never twice at a time; a failure is logged and rung again."""

    def __init__(self, *, pulse: float = PULSE, silent_for: float = SILENT_FOR) -> None:
        self._pulse, self._silent_for = pulse, silent_for
        self._ringing: set[asyncio.Task[object]] = set()
        self._every: dict[str, float] = {}
        self._heard_at = 0.0
        self._watch: asyncio.TimerHandle | None = None
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    def add(self, name: str, duty: Duty, *, every: float) -> None:
        """`every` in seconds."""
        self._every[name] = every
        self._scheduler.add_job(self._guarded(name, duty), "interval", seconds=every, id=name)

    def start(self) -> None:
        self.add("pulse", self._hear, every=self._pulse)
        self._scheduler.start()
        self._heard_at = asyncio.get_running_loop().time()
        self._look()

    async def stop(self) -> None:
        """Rings no more and waits for what rings just now: the scheduler itself would cut it off."""
        self._scheduler.pause()
        if self._watch is not None:
            self._watch.cancel()
        if self._ringing:
            await asyncio.wait(self._ringing)
        self._scheduler.shutdown(wait=False)

    async def _hear(self) -> None:
        self._heard_at = asyncio.get_running_loop().time()

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        if loop.time() - self._heard_at > self._silent_for:
            log.warning("alarm=duties_silent for=%.0f again=now", loop.time() - self._heard_at)
            self._heard_at = loop.time()
            for name, every in self._every.items():
                self._scheduler.reschedule_job(name, trigger="interval", seconds=every)
        self._watch = loop.call_later(self._pulse, self._look)

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
