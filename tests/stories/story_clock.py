"""The clock of a story: it stands still until somebody waits."""

from datetime import UTC, datetime, timedelta

from app.clock import Clock

TUESDAY_NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""Tuesday 24 November 2026, 09:00 in Shanghai: the offices open."""


class StoryClock(Clock):
    """`start` plus what was pushed, and nothing else."""

    def __init__(self, start: datetime = TUESDAY_NINE) -> None:
        super().__init__()
        self._start = start

    def now(self) -> datetime:
        return self._start + self.pushed()

    def is_at(self, hour: int, minute: int = 0) -> bool:
        """Whether it is that time of day in Shanghai."""
        local = self.now() + timedelta(hours=8)
        return (local.hour, local.minute) == (hour, minute)
