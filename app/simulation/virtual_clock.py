"""A clock that stands still until it is moved: a month is lived through in a minute."""

from datetime import datetime, timedelta

from app.clock import Clock


class VirtualClock(Clock):
    """Begins at any instant, also one that is long past."""

    def __init__(self, start: datetime) -> None:
        super().__init__()
        self._at = start

    def now(self) -> datetime:
        return self._at

    def push(self, by: timedelta) -> datetime:
        """ValueError for a step back."""
        if by < timedelta(0):
            raise ValueError("a clock is never pushed back")
        self._at += by
        return self._at

    def go_to(self, at: datetime) -> None:
        """Stays where it is when that is past already."""
        self._at = max(self._at, at)
