"""A small world for stories of the core: people act at the desk, the clock is pushed, and one sees who heard what."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from routing.callers import Caller
from routing.desk import Desk, Opened, Report, open_ticket
from routing.errors import DeskError
from routing.escalation import Step
from routing.hierarchy import Group, Hierarchy
from routing.likeness import Likeness, Telling
from routing.messages import Address
from routing.notice_kinds import Hearer, Notice, NoticeKind
from routing.people import Person
from routing.reading import Reading
from routing.sweep import list_due, take_step
from routing.tickets import Ticket
from tests.builders import TUESDAY_NINE, a_hierarchy, a_person, a_reading, alone, chat
from tests.fakes import FakeStore


@dataclass
class FakeReach:
    """Everybody can be reached in the sandbox, but for `deaf` groups and members of staff who are only in groups."""

    deaf: set[str] = field(default_factory=set)
    only_in_groups: set[str] = field(default_factory=set)

    def can_hear(self, group: Group, hierarchy: Hierarchy) -> bool:
        return group.group_id not in self.deaf

    def addresses_of_group(self, group: Group, hierarchy: Hierarchy) -> tuple[Address, ...]:
        return (chat(group.group_id),) if self.can_hear(group, hierarchy) else ()

    def addresses_of_staff(self, staff_id: str, hierarchy: Hierarchy) -> tuple[Address, ...]:
        if staff_id in self.only_in_groups or hierarchy.find_staff(staff_id) is None:
            return ()
        return (alone(staff_id),)


@dataclass
class FakeIncidents:
    """Finds what the test has put there: numbers with how sure it is, the likeliest first."""

    likely: tuple[Likeness, ...] = ()
    noted: list[int] = field(default_factory=list)
    joined: list[tuple[int, int]] = field(default_factory=list)
    forgotten: list[int] = field(default_factory=list)
    paths: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def finds(self, *likely: tuple[int, float]) -> None:
        self.likely = tuple(Likeness(number, certainty, ("同一处",)) for number, certainty in likely)

    def list_likely(self, telling: Telling) -> tuple[Likeness, ...]:
        return tuple(
            replace(each, path=self.paths.get(each.number, ("xingfuli-b1",))) for each in self.likely
        )

    def note(self, number: int, telling: Telling) -> None:
        self.noted.append(number)
        self.paths[number] = telling.path

    def join(self, number: int, *, into: int) -> None:
        self.joined.append((number, into))

    def forget(self, number: int) -> None:
        self.forgotten.append(number)


@dataclass
class World:
    """`now` moves only by `wait`, which stops at every instant that something is due."""

    hierarchy: Hierarchy = field(default_factory=a_hierarchy)
    now: datetime = TUESDAY_NINE
    store: FakeStore = field(default_factory=FakeStore)
    reach: FakeReach = field(default_factory=FakeReach)
    steps: list[tuple[datetime, Step, int]] = field(default_factory=list)
    refusals: list[DeskError] = field(default_factory=list)
    incidents: FakeIncidents = field(default_factory=FakeIncidents)

    def desk(self, here: Address | None = None) -> Desk:
        return Desk(self.store, self.hierarchy, self.reach, self.now, here=here, incidents=self.incidents)

    # --- who speaks ---

    def staff(self, staff_id: str) -> Caller:
        return Caller(staff=self.hierarchy.staff[staff_id])

    def person(self, user: str, **changes) -> Person:
        known = self.store.people.find("sandbox", "liren", user)
        return known or self.store.people.add(a_person(user, **changes))

    def resident(self, user: str) -> Caller:
        return Caller(person_id=self.person(user).person_id)

    # --- what happens ---

    def opened(
        self,
        text: str = "楼上半夜一直在敲",
        *,
        who: str = "u1",
        reading: Reading | None = None,
        origin: str = "xingfuli-b1",
        address: Address | None = None,
        spot: str = "",
    ) -> Opened:
        person = self.person(who, node_id=origin)
        report = Report(person, text, reading or a_reading(), origin, address or alone(who), place=spot)
        return open_ticket(self.desk(), report)

    def report(self, *args, **kwargs) -> int:
        return self.opened(*args, **kwargs).ticket.number

    def wait(self, *, until: datetime | None = None, **span: int) -> None:
        """Lives through the time, taking every step at the instant it is due."""
        until = until or self.now + timedelta(**span)
        while (due := self.next_due()) is not None and due <= until:
            self.now = max(self.now, due)
            for number in list_due(self.store, self.now):
                step = take_step(self.desk(), number)
                if step is not None:
                    self.steps.append((self.now, step, number))
        self.now = until

    def next_due(self) -> datetime | None:
        due = (each.next_due_at for each in self.store.state.tickets.values())
        return min((each for each in due if each is not None), default=None)

    # --- what one sees ---

    def ticket(self, number: int) -> Ticket:
        return self.store.tickets.get(number)

    def story(self, number: int) -> list[str]:
        return [each.kind.value for each in self.store.history.list_of(number)]

    def notices(self, kind: NoticeKind | None = None, *, number: int | None = None) -> list[Notice]:
        found = [row.parcel.notice for row in self.store.state.outbox.values()]
        return [each for each in found if kind in {None, each.kind} and number in {None, each.ticket_number}]

    def heard_by(self, hearer: Hearer, *, number: int | None = None) -> list[NoticeKind]:
        return [each.kind for each in self.notices(number=number) if each.hearer == hearer]

    def shown_in(self, address: Address) -> list[NoticeKind]:
        rows = self.store.state.outbox.values()
        return [row.parcel.notice.kind for row in rows if row.parcel.address == address]

    def forget_notices(self) -> None:
        """So that a test can look at what follows only."""
        self.store.state.outbox.clear()
