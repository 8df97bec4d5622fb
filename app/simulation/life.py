"""Lives through the days: whoever has something to do has it at an instant, and between two the clock of the tickets
goes on. Everything is said to the bot in words, through the same door as in the sandbox's windows.
"""

import heapq
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from itertools import count
from zoneinfo import ZoneInfo

from app.sandbox_time import A_MOMENT
from app.simulation.sayings import Sayings
from app.simulation.street import (
    FINISHES,
    HOURS,
    LOOKS,
    NOTES,
    RATES,
    SATISFIED,
    SLEEPS,
    URGES,
    WAKES,
    Street,
)
from app.simulation.virtual_clock import VirtualClock
from app.wiring import House
from bot.channel import Answer
from bot.channels.sandbox.inbound import PRIVATE, Spoken, parse_message
from routing.hierarchy import RESIDENTS, Group, Staff
from routing.tickets import Status, Ticket
from routing.working_time import is_working

Deed = Callable[[], Awaitable[object]]
SOON = timedelta(minutes=8)
"""By when somebody on duty looks at what is urgent."""


@dataclass(slots=True)
class Life:
    """One run. `on_day` hears of each day that begins; `said` counts messages."""

    house: House
    clock: VirtualClock
    street: Street
    on_day: Callable[[int], None] = lambda day: None
    said: int = 0
    _chance: random.Random = field(init=False)
    _sayings: Sayings = field(init=False)
    _ahead: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)
    _groups: list[Group] = field(init=False)
    _weights: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.street.seed)  # noqa: S311 - the same street again is the point
        tree = self.house.office.current()
        self._sayings = Sayings(tree, self._chance)
        self._groups = sorted(
            (each for each in tree.groups.values() if each.kind == RESIDENTS), key=lambda each: each.group_id
        )
        self._weights = [self._chance.expovariate(1.0) for _ in self._groups]

    async def live(self) -> None:
        """All days, then what is due until the morning after."""
        for day in range(self.street.days):
            self.on_day(day)
            self._plan(day)
            await self._until(self._midnight(day + 1))
        await self._until(self._midnight(self.street.days) + timedelta(hours=9))

    # --- what a day holds -------------------------------------------------------------------------------------------

    def _plan(self, day: int) -> None:
        midnight = self._midnight(day)
        if self._groups:
            for _ in range(self._number_of_reports()):
                (hour,) = self._chance.choices(range(24), HOURS)
                self._at(midnight + timedelta(hours=hour + self._chance.random()), self._report)
        for staff in self.house.office.current().staff.values():
            for look in LOOKS:
                at = midnight + timedelta(hours=look + self._chance.uniform(-0.2, 0.6))
                self._at(at, partial(self._look, staff))

    def _number_of_reports(self) -> int:
        return max(0, round(self._chance.gauss(self.street.reports, self.street.reports**0.5)))

    async def _report(self) -> None:
        (group,) = self._chance.choices(self._groups, self._weights)
        words = self._sayings.report()
        await self._told(group, words)
        if self._chance.random() < 0.3:
            await self._say(self._resident(group), group.group_id, self._sayings.chatter())
        while self._chance.random() < self.street.neighbours:
            self._at(self._later(0.1, 6), lambda: self._told(group, words))

    async def _told(self, group: Group, words: str) -> None:
        resident = self._resident(group)
        answer = await self._say(resident, group.group_id, words)
        if answer.ticket_number is None:
            return
        number = answer.ticket_number
        self._at(self._later(1, 40), lambda: self._ask_how_it_is(resident, number))
        ticket = await self._find(number)
        if ticket is not None and ticket.urgent and self._chance.random() < 1.5 * self.street.diligence:
            for each in self.house.office.current().list_members(ticket.group)[:1]:
                self._at(self.clock.now() + SOON, partial(self._order_of, each, f"认领 {number}"))

    async def _ask_how_it_is(self, resident: tuple[str, str], number: int) -> None:
        """The reporter's evening: how it was, if it is done; where it is, if nothing was heard."""
        ticket = await self._find(number)
        if ticket is None:
            return
        if ticket.status is Status.RESOLVED and self._chance.random() < RATES:
            how = "解决了" if self._chance.random() < SATISFIED else "没解决"
            await self._say(resident, PRIVATE + resident[0], f"评价 {number} {how}")
        elif ticket.status in {Status.OPEN, Status.CLAIMED} and self._chance.random() < URGES:
            await self._say(resident, PRIVATE + resident[0], f"催办 {number}")
        if ticket.status in {Status.OPEN, Status.CLAIMED}:
            self._at(self._later(8, 40), lambda: self._ask_how_it_is(resident, number))

    # --- those who work ---------------------------------------------------------------------------------------------

    async def _look(self, staff: Staff) -> None:
        """One look at the list, on a working day."""
        if not self._is_working_time():
            return
        held, asked = await self.house.store.writer.run(
            lambda unit: (
                unit.tickets.list_held_by(staff.staff_id),
                unit.tickets.list_asked_of(staff.groups, limit=20),
            )
        )
        for ticket in held:
            await self._go_on(staff, ticket)
        for ticket in asked:
            await self._take_up(staff, ticket)

    def _is_working_time(self) -> bool:
        """By the calendar of the file's first clock, which is the usual one."""
        tree = self.house.office.current()
        return is_working(self.clock.now(), tree.calendars[next(iter(tree.clocks.values())).calendar])

    async def _take_up(self, staff: Staff, ticket: Ticket) -> None:
        if self._chance.random() < self.street.diligence:
            await self._order_of(staff, f"认领 {ticket.number}")

    async def _go_on(self, staff: Staff, ticket: Ticket) -> None:
        luck = self._chance.random()
        if ticket.status is Status.CLAIMED and luck < FINISHES:
            await self._order_of(staff, f"办结 {ticket.number} {self._sayings.done()}")
        elif luck < FINISHES + NOTES:
            await self._order_of(staff, f"备注 {ticket.number} {self._sayings.note()}")

    async def _order_of(self, staff: Staff, words: str) -> Answer:
        return await self._say((staff.staff_id, staff.name), PRIVATE + staff.staff_id, words)

    # --- time and words ---------------------------------------------------------------------------------------------

    async def _until(self, goal: datetime) -> None:
        while self._ahead and self._ahead[0][0] <= goal:
            at, _, deed = heapq.heappop(self._ahead)
            await self._go_to(at)
            await deed()
        await self._go_to(goal)

    async def _go_to(self, goal: datetime) -> None:
        """Stops wherever a ticket is due, so that nothing happens late."""
        while (due_at := await self._next_due()) is not None and due_at < goal:
            self.clock.go_to(due_at + A_MOMENT)
            await self.house.settle()
        self.clock.go_to(goal)

    async def _next_due(self) -> datetime | None:
        return await self.house.store.writer.run(lambda unit: unit.tickets.find_next_due())

    async def _say(self, who: tuple[str, str], chat: str, words: str) -> Answer:
        self.said += 1
        sender, name = who
        spoken = Spoken(group=chat, sender=sender, name=name, text=words)
        inbound = parse_message(
            spoken, key=f"simulated-{self.said}", now=self.clock.now(), picture=None, replies_to_bot=False
        )
        answer = await self.house.receive(inbound)
        await self.house.delivery.deliver()
        return answer

    async def _find(self, number: int) -> Ticket | None:
        return await self.house.store.writer.run(lambda unit: unit.tickets.find(number))

    def _resident(self, group: Group) -> tuple[str, str]:
        """Of each group some speak often and most seldom; the nickname is the flat, as residents write it."""
        flat = int(self._chance.paretovariate(1.2)) % 60
        name = f"{1 + flat % 3}-{1 + flat // 12}0{1 + flat % 4}"
        return f"{group.group_id}-{flat}", name

    def _at(self, at: datetime, deed: Deed) -> None:
        heapq.heappush(self._ahead, (at, next(self._order), deed))

    def _later(self, least: float, most: float) -> datetime:
        """Hours from now, but not at night: then they sleep until some time in the morning."""
        at = self.clock.now() + timedelta(hours=self._chance.uniform(least, most))
        hour = at.astimezone(self._zone).hour
        return (
            at
            if WAKES <= hour < SLEEPS
            else at + timedelta(hours=(WAKES - hour) % 24 + self._chance.random())
        )

    def _midnight(self, day: int) -> datetime:
        return datetime.combine(self.street.start_on + timedelta(days=day), time(), tzinfo=self._zone)

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.house.office.current().timezone)
