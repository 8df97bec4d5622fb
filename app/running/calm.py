"""What can wait, waits while messages come in fast: the people who write come first."""

from collections.abc import Callable
from dataclasses import dataclass

from app.jobs import Duty

BUSY_OVER = 100
"""Jobs of the writer from one look to the next, which is a second: many times what a street says in its worst hour."""


@dataclass(slots=True)
class Calm:
    """`count` is how many jobs the writer has done in all."""

    count: Callable[[], int]
    is_busy: bool = False
    _before: int = 0

    async def look(self) -> None:
        """Rung once a second."""
        done = self.count()
        self.is_busy = done - self._before > BUSY_OVER
        self._before = done

    def waiting(self, duty: Duty, *, most: int) -> Duty:
        """The duty, which lets a ring pass in busy moments, but not more than `most` of them on end."""
        passed = 0

        async def ring() -> None:
            nonlocal passed
            if self.is_busy and passed < most:
                passed += 1
                return
            passed = 0
            await duty()

        return ring
