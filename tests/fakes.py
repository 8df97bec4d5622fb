"""In-memory fakes of the ports of `routing` and `bot`: the store and its writer.

They keep the promises that the ports write down, in the plainest way; `storage` keeps the same ones in a database.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from routing.errors import UnknownTicketError, WrongMomentError
from routing.messages import BY_STAFF, Address
from routing.outgoing import Shown
from routing.people import Person, Reporter
from routing.tickets import ENDED, LIVE, Status, Ticket
from tests.fakes_outbox import FakeOutbox, FakeParcels

OWN = 0


@dataclass(frozen=True)
class Picture:
    picture_id: int
    person_id: int
    ticket_number: int | None
    wanted_at: datetime


@dataclass
class State:
    """Everything that is stored; containers of immutable values, so that a shallow copy is a savepoint."""

    numbers: int = 1000
    tickets: dict = field(default_factory=dict)
    reporters: dict = field(default_factory=dict)  # (number, person id, came from) → Reporter
    people: dict = field(default_factory=dict)
    events: list = field(default_factory=list)
    messages: list = field(default_factory=list)
    pictures: dict = field(default_factory=dict)
    dialogs: dict = field(default_factory=dict)
    outbox: dict = field(default_factory=dict)
    inbox: dict = field(default_factory=dict)
    windows: dict = field(default_factory=dict)  # (lane, user) → (allowed, used, until)
    lanes: dict = field(default_factory=dict)  # lane → (owner, until)
    shown: list = field(default_factory=list)
    bindings: dict = field(default_factory=dict)  # (channel, staff id) → Binding
    codes: dict = field(default_factory=dict)  # code → (staff id, ends at)
    wrong_codes: list = field(default_factory=list)  # (channel, user, at)

    def copy(self) -> "State":
        values = {each.name: getattr(self, each.name) for each in dataclasses.fields(self)}
        return State(**{name: value if name == "numbers" else value.copy() for name, value in values.items()})


class FakeStore:
    """`bot.ports.StoreUnit`, and so `routing.ports.UnitOfWork`. `state` may be put back to an earlier copy."""

    def __init__(self) -> None:
        self.state = State()
        self.tickets = FakeTickets(self)
        self.reporters = FakeReporters(self)
        self.people = FakePeople(self)
        self.history = FakeHistory(self)
        self.messages = FakeMessages(self)
        self.pictures = FakePictures(self)
        self.dialogs = FakeDialogs(self)
        self.outbox = FakeOutbox(self)
        self.inbox = FakeInbox(self)
        self.windows = FakeWindows(self)
        self.parcels = FakeParcels(self)
        self.sandbox = FakeBoard(self)
        self.bindings = FakeBindings(self)


class FakeWriter:
    """Runs a job at once; one that fails leaves no trace.

    `is_down` refuses everything, as a full disk would; `runs_left` does so after that many jobs. `takes` is how long a
    job waits before it begins; `on_time` hears that it has passed.
    """

    def __init__(self, store: FakeStore) -> None:
        self.store = store
        self.is_down = False
        self.runs_left: int | None = None
        self.takes = timedelta(0)
        self.on_time: Callable[[timedelta], None] = lambda passed: None

    async def run(
        self, job: Callable[[FakeStore], Any], *, within: timedelta | None = None, about: Any = None
    ) -> Any:
        if self.is_down or self.runs_left == 0:
            raise TimeoutError
        if self.runs_left is not None:
            self.runs_left -= 1
        self.on_time(self.takes)
        savepoint = self.store.state.copy()
        try:
            return job(self.store)
        except BaseException:
            self.store.state = savepoint
            raise


class _Part:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    @property
    def _state(self) -> State:
        return self._store.state


class FakeTickets(_Part):
    def next_number(self):
        self._state.numbers += 1
        return self._state.numbers

    def add(self, ticket: Ticket):
        assert ticket.number not in self._state.tickets
        self._state.tickets[ticket.number] = ticket

    def get(self, number):
        if number not in self._state.tickets:
            raise UnknownTicketError("unknown_ticket", number=number)
        return self._state.tickets[number]

    def find(self, number):
        return self._state.tickets.get(number)

    def save(self, ticket: Ticket):
        if self.get(ticket.number).version != ticket.version - 1:
            raise WrongMomentError("changed_meanwhile", number=ticket.number)
        self._state.tickets[ticket.number] = ticket

    def list_due(self, now, *, limit):
        due = [each for each in self._all() if each.next_due_at is not None and each.next_due_at <= now]
        return [each.number for each in sorted(due, key=lambda each: (each.next_due_at, each.number))][:limit]

    def list_live_under(self, node_ids):
        return [
            each for each in self._all() if each.node in node_ids and each.status in LIVE | {Status.RESOLVED}
        ]

    def list_held_by(self, staff_id):
        held = [each for each in self._all() if each.holder == staff_id and each.status in LIVE]
        return sorted(held, key=lambda each: (not each.urgent, each.resolve_due_at or each.opened_at))

    def list_asked_of(self, group_ids, *, limit=20):
        asked = [each for each in self._all() if each.group in group_ids and each.status is Status.OPEN]
        return sorted(asked, key=lambda each: (not each.urgent, each.claim_due_at, each.number))[:limit]

    def list_live_reported_by(self, person_id, *, limit=20):
        mine = {number for number, person, _ in self._state.reporters if person == person_id}
        found = [each for each in self._all() if each.number in mine and each.status not in ENDED]
        return found[::-1][:limit]

    def find_latest_reported_by(self, person_id):
        own = [
            (reporter.reported_at, number)
            for (number, person, came_from), reporter in self._state.reporters.items()
            if person == person_id and came_from == OWN
        ]
        return self.get(max(own)[1]) if own else None

    def list_alike(self, category, *, root, since, limit=50):
        alike = [
            each
            for each in self._all()
            if each.category == category
            and each.root == root
            and each.opened_at >= since
            and each.status in LIVE
        ]
        return sorted(alike, key=lambda each: (each.opened_at, each.number))[:limit]

    def list_merged_into(self, number):
        return [each for each in self._all() if each.merged_into == number]

    def _all(self):
        return sorted(self._state.tickets.values(), key=lambda each: each.number)


class FakeReporters(_Part):
    def add(self, reporter: Reporter):
        was_there = self.is_reporter(reporter.ticket_number, reporter.person_id)
        self._state.reporters.setdefault((reporter.ticket_number, reporter.person_id, OWN), reporter)
        return not was_there

    def list_of(self, number):
        found = [each for (ticket, _, _), each in self._state.reporters.items() if ticket == number]
        ordered = sorted(found, key=lambda each: (each.reported_at, each.person_id))
        return list({each.person_id: each for each in reversed(ordered)}.values())[::-1]

    def is_reporter(self, number, person_id):
        return any(key[:2] == (number, person_id) for key in self._state.reporters)

    def remove(self, number, person_id):
        for key in [key for key in self._state.reporters if key[:2] == (number, person_id)]:
            del self._state.reporters[key]

    def list_reports(self, number, person_id):
        found = [key[2] or number for key in self._state.reporters if key[:2] == (number, person_id)]
        return sorted(found)

    def take_back(self, number, person_id):
        self._state.reporters.pop((number, person_id, OWN), None)

    def move(self, number, *, to):
        for (ticket, person_id, _), reporter in list(self._state.reporters.items()):
            if ticket == number:
                key = (to, person_id, number)
                self._state.reporters.setdefault(key, replace(reporter, ticket_number=to))

    def part(self, number, *, out_of):
        for key in [key for key in self._state.reporters if (key[0], key[2]) == (out_of, number)]:
            del self._state.reporters[key]


class FakePeople(_Part):
    def find(self, channel, account, user):
        known = (each for each in self._state.people.values())
        return next(
            (each for each in known if (each.channel, each.account, each.user) == (channel, account, user)),
            None,
        )

    def get(self, person_id):
        return self._state.people[person_id]

    def add(self, person: Person):
        stored = replace(person, person_id=len(self._state.people) + 1)
        self._state.people[stored.person_id] = stored
        return stored

    def save(self, person: Person):
        self._state.people[person.person_id] = person

    def erase(self, person_id, *, now):
        """Row, reports, dialogs and words of the person; the tickets stay."""
        state = self._state
        gone = state.people[person_id]
        nobody = Person(person_id, gone.channel, gone.account, f"erased-{person_id}", follows=False)
        state.people[person_id] = nobody
        for key in [key for key in state.reporters if key[1] == person_id]:
            del state.reporters[key]
        for key in [key for key in state.dialogs if key[3] == gone.user]:
            del state.dialogs[key]
        author = f"person:{person_id}"
        words = {each.text for each in state.messages if each.author == author} - {""}
        state.messages = [
            replace(each, text="") if each.author == author else each for each in state.messages
        ]
        state.events = [
            replace(each, words="") if each.words in words or each.values.get("person") == str(person_id) else each
            for each in state.events
        ]  # fmt: skip
        for number, ticket in state.tickets.items():
            if ticket.text in words:
                state.tickets[number] = replace(ticket, text="", place="")


class FakeHistory(_Part):
    def append(self, event):
        self._state.events.append(event)

    def list_of(self, number):
        return [each for each in self._state.events if each.ticket_number == number]


class FakeMessages(_Part):
    def add(self, message):
        self._state.messages.append(message)
        return len(self._state.messages)

    def list_of(self, number):
        return [each for each in self._state.messages if each.ticket_number == number]


class FakePictures(_Part):
    def want(self, attachment, *, address, ticket_number, person_id, now):
        picture = Picture(len(self._state.pictures) + 1, person_id, ticket_number, now)
        self._state.pictures[picture.picture_id] = picture
        return picture.picture_id

    def give_waiting(self, person_id, *, ticket_number, since):
        waiting = [
            each
            for each in self._state.pictures.values()
            if each.person_id == person_id and each.ticket_number is None and each.wanted_at >= since
        ]
        for each in waiting:
            self._state.pictures[each.picture_id] = replace(each, ticket_number=ticket_number)
        return len(waiting)

    def list_of(self, number):
        return [each.picture_id for each in self._state.pictures.values() if each.ticket_number == number]

    def list_by_staff(self, number, *, since):
        people = self._state.people
        return [
            each.picture_id
            for each in self._state.pictures.values()
            if each.ticket_number == number
            and each.wanted_at >= since
            and people[each.person_id].channel == BY_STAFF
        ]

    def awaits_by_staff(self, number, *, since):
        return False


class FakeDialogs(_Part):
    def find(self, address: Address, user, *, now):
        dialog = self._state.dialogs.get((address.channel, address.account, address.chat, user))
        return dialog if dialog and dialog.expires_at > now else None

    def put(self, dialog):
        self._state.dialogs[dialog.channel, dialog.account, dialog.chat, dialog.user] = dialog

    def drop(self, address: Address, user):
        self._state.dialogs.pop((address.channel, address.account, address.chat, user), None)


class FakeInbox(_Part):
    def find_answer(self, channel, account, key):
        return self._state.inbox.get((channel, account, key))

    def add(self, inbound, *, answer, now):
        self._state.inbox[inbound.address.channel, inbound.address.account, inbound.key] = answer


class FakeWindows(_Part):
    def open(self, lane, user, *, allowed, lasts, now):
        old = self._state.windows.get((lane, user))
        if old and old[2] > now and old[2] > now + lasts and old[0] - old[1] > allowed:
            return
        self._state.windows[lane, user] = (allowed, 0, now + lasts)

    def use(self, lane, user, *, now):
        allowed, used, until = self._state.windows.get((lane, user), (0, 0, now))
        if used >= allowed or until <= now:
            return False
        self._state.windows[lane, user] = (allowed, used + 1, until)
        return True

    def close(self, lane, user):
        self._state.windows.pop((lane, user), None)


class FakeBoard(_Part):
    def add(self, chat, *, author, name, text, buttons, at):
        self._state.shown.append(Shown(len(self._state.shown) + 1, chat, author, name, text, buttons, at))
        return len(self._state.shown)

    def list_after(self, shown_id, *, chat=None, limit=200):
        rows = self._state.shown
        return [each for each in rows if each.shown_id > shown_id and chat in {None, each.chat}][:limit]

    def list_latest(self, *, chat=None, limit=200):
        return [each for each in self._state.shown if chat in {None, each.chat}][-limit:]


class FakeBindings(_Part):
    def find(self, channel, user):
        found = [
            each.staff_id
            for each in self._state.bindings.values()
            if (each.channel, each.user) == (channel, user)
        ]
        return found[0] if found else None

    def bind(self, binding):
        before = self._state.bindings.get((binding.channel, binding.staff_id))
        self._state.bindings[binding.channel, binding.staff_id] = binding
        return before.user if before and before.user != binding.user else None

    def unbind(self, channel, staff_id, *, by, now):
        return self._state.bindings.pop((channel, staff_id), None) is not None

    def put_code(self, staff_id, code, *, ends_at, by, now):
        self._state.codes = {each: of for each, of in self._state.codes.items() if of[0] != staff_id}
        self._state.codes[code] = (staff_id, ends_at)

    def find_code(self, code, *, now):
        staff_id, ends_at = self._state.codes.get(code, (None, now))
        return staff_id if ends_at > now else None

    def use_code(self, code):
        return self._state.codes.pop(code, None) is not None

    def count_tries(self, channel, user, *, now):
        since = now - timedelta(minutes=15)
        return sum(at >= since and (who, of) == (channel, user) for who, of, at in self._state.wrong_codes)

    def note_try(self, channel, user, *, now):
        self._state.wrong_codes.append((channel, user, now))
