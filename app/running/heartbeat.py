"""Whether the duties are still rung: a scheduler that died is seen here, not by the missed deadlines."""

import time
from dataclasses import dataclass, field

SILENT_AFTER = 15.0
"""Seconds without a sweep after which the process is no longer ready."""


@dataclass(slots=True)
class Heartbeat:
    _last: float = field(default_factory=time.monotonic)

    def beat(self) -> None:
        self._last = time.monotonic()

    def silent_for(self) -> float:
        """Seconds since the last sweep."""
        return time.monotonic() - self._last

    @property
    def is_silent(self) -> bool:
        return self.silent_for() > SILENT_AFTER
