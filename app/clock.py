"""The only place that asks what time it is. In the sandbox the clock can be pushed forward.

The clock of a machine may jump: somebody sets it wrongly, or right again. Nothing may fall due by that, and nothing may
stand still for it; so time passes here as the machine's counter of seconds says, and a jump is believed only once it
has lasted. Replicas go by their database's clock, so that they agree whatever their machines say.
"""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

JUMP = timedelta(seconds=60)
"""Less is a machine whose clock is being set a little."""

BELIEVED_AFTER = timedelta(minutes=15)
"""So long a clock that jumped is not followed: time enough to hear of it and to set it right."""

_NO_TIME = timedelta(0)
_JUMP_BACK = -JUMP
_COUNTER = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Goes on while the machine sleeps, where the system has such a one."""


def _count() -> float:
    return time.clock_gettime(_COUNTER)


class Clock:
    """The real time plus what was pushed. Safe to read from any thread."""

    def __init__(
        self,
        pushed: timedelta = _NO_TIME,
        *,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = _count,
    ) -> None:
        self._pushed = pushed
        self._wall, self._monotonic = wall, monotonic
        self._lock = threading.Lock()
        self._begun_at, self._began = wall(), monotonic()
        self._is_led = False
        self._off_since: float | None = None
        self._off_by = _NO_TIME
        self._latest = self._begun_at

    def now(self) -> datetime:
        """Aware, UTC. Never runs backwards, but once where a machine that was set back has been believed."""
        return self.unpushed() + self._pushed

    def unpushed(self) -> datetime:
        """The same without what was pushed in the sandbox."""
        with self._lock:
            steady = self._steady()
            if not self._is_led:
                steady = self._compare(self._wall(), steady)
            self._latest = max(self._latest, steady)
            return self._latest

    def pushed(self) -> timedelta:
        return self._pushed

    def push(self, by: timedelta) -> datetime:
        """Moves the clock ahead; ValueError for a step back."""
        if by < _NO_TIME:
            raise ValueError("a clock is never pushed back")
        with self._lock:
            self._pushed += by
        return self.now()

    def follow(self, told: datetime) -> None:
        """From now on the time is what another clock says, which is asked every few seconds; its first word is taken
        as it is. Where that one jumps it is believed as late as the machine's own."""
        with self._lock:
            if not self._is_led:
                self._set(told)
            self._is_led = True
            self._compare(told, self._steady())

    def is_off_by(self) -> timedelta:
        """How far the clock that should be followed is from the time in use; nothing where it is followed."""
        with self._lock:
            return self._off_by

    def machine_is_off_by(self) -> timedelta:
        """How far this machine's own clock is from the time in use."""
        with self._lock:
            return self._wall() - self._steady()

    def _steady(self) -> datetime:
        return self._begun_at + timedelta(seconds=self._monotonic() - self._began)

    def _compare(self, told: datetime, steady: datetime) -> datetime:
        """The time in use from now on. Asked for each message several times."""
        off_by = told - steady
        if _JUMP_BACK <= off_by <= JUMP:
            self._begun_at += off_by
            self._off_since, self._off_by = None, _NO_TIME
            return told
        self._doubt(told, off_by)
        return self._steady()

    def _doubt(self, told: datetime, off_by: timedelta) -> None:
        at = self._monotonic()
        if self._off_since is None or abs(off_by - self._off_by) > JUMP:
            self._off_since = at  # it jumped, or jumped once more
        self._off_by = off_by
        if at - self._off_since >= BELIEVED_AFTER.total_seconds():
            self._set(told)

    def _set(self, told: datetime) -> None:
        self._begun_at, self._began = told, self._monotonic()
        self._off_since, self._off_by = None, _NO_TIME
        if self._latest - told > JUMP:
            self._latest = told  # to stand still until then would be worse
