"""The sandbox's clock: pushed ahead from deadline to deadline, so that what falls due happens in its order."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.clock import Clock
from routing.hierarchy import Hierarchy
from storage.writing.writer import Writer

SETTING = "sandbox.pushed_seconds"
A_MOMENT = timedelta(seconds=1)
START_OF_WORK = time(9, 0)
MOST_STOPS = 500
"""Deadlines stepped through in one push; beyond them the clock goes straight to its goal."""


@dataclass(frozen=True, slots=True)
class SandboxClock:
    """Fulfils the sandbox's `SandboxTime`. `settle` does what is due by now and shows its notices; `acted` counts what
    the clock has done so far beyond reminding."""

    clock: Clock
    writer: Writer
    hierarchy: Callable[[], Hierarchy]
    settle: Callable[[], Awaitable[object]]
    acted: Callable[[], int]

    def now(self) -> datetime:
        return self.clock.now()

    def pushed(self) -> timedelta:
        return self.clock.pushed()

    async def push(self, by: timedelta) -> datetime:
        goal = self.clock.now() + by
        for _ in range(MOST_STOPS):
            due_at = await self.next_deadline()
            if due_at is None or due_at >= goal:
                break
            await self._go_to(due_at + A_MOMENT)
        return await self._go_to(goal)

    async def push_to_next_deadline(self) -> datetime | None:
        """Through the reminders before it: what people wait for is the deadline itself."""
        reached, before = None, self.acted()
        for _ in range(MOST_STOPS):
            due_at = await self.next_deadline()
            if due_at is None or self.acted() > before:
                break
            reached = await self._go_to(due_at + A_MOMENT)
        return reached

    async def push_to_tomorrow(self) -> datetime:
        zone = ZoneInfo(self.hierarchy().timezone)
        tomorrow = self.clock.now().astimezone(zone).date() + timedelta(days=1)
        morning = datetime.combine(tomorrow, START_OF_WORK, tzinfo=zone)
        return await self.push(morning - self.clock.now())

    async def next_deadline(self) -> datetime | None:
        return await self.writer.run(lambda unit: unit.tickets.find_next_due())

    async def rest(self) -> None:
        await self.settle()

    async def _go_to(self, goal: datetime) -> datetime:
        ahead = goal - self.clock.now()
        if ahead > timedelta(0):
            self.clock.push(ahead)
            seconds = str(int(self.clock.pushed().total_seconds()))
            await self.writer.run(lambda unit: unit.settings.put(SETTING, seconds))
        await self.settle()
        return self.clock.now()


def read_pushed(writer: Writer) -> timedelta:
    """How far the sandbox's clock was ahead when the service stopped; blocks."""
    stored = writer.run_now(lambda unit: unit.settings.find(SETTING))
    return timedelta(seconds=int(stored)) if stored else timedelta(0)
