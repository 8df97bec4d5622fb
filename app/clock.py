"""The only place that asks what time it is. In the sandbox the clock can be pushed forward; it never runs backwards."""

import threading
from datetime import UTC, datetime, timedelta


class Clock:
    """The real time plus what was pushed. Safe to read from any thread."""

    def __init__(self, pushed: timedelta = timedelta(0)) -> None:
        self._pushed = pushed
        self._lock = threading.Lock()
        self._latest = datetime.min.replace(tzinfo=UTC)

    def now(self) -> datetime:
        """Aware, UTC. A clock of the machine that jumps back holds still here until it has caught up."""
        with self._lock:
            self._latest = max(self._latest, datetime.now(UTC) + self._pushed)
            return self._latest

    def pushed(self) -> timedelta:
        return self._pushed

    def push(self, by: timedelta) -> datetime:
        """Moves the clock ahead; ValueError for a step back."""
        if by < timedelta(0):
            raise ValueError("a clock is never pushed back")
        with self._lock:
            self._pushed += by
        return self.now()
