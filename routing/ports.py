"""What the core needs from its neighbours. Everything here runs inside one transaction of the writer.

Storage fulfils these twice (SQLite and PostgreSQL) with the same code; `tests/fakes.py` fulfils them in memory.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from routing.events import Event
from routing.hierarchy import Group, Hierarchy
from routing.likeness import Likeness, Telling
from routing.messages import Address, Attachment
from routing.notice_kinds import Notice
from routing.people import Dialog, Message, Person, Reporter
from routing.reading import Place, Reading
from routing.tickets import Ticket


class Reader(Protocol):
    """Reads a message. Pure and quick: it is called inside the transaction."""

    def read(self, text: str, hierarchy: Hierarchy) -> Reading:
        """Never raises; what it cannot read is chatter with low certainty, what it cannot sort is `other`."""
        ...

    def read_place(self, text: str) -> Place:
        """The place that a nickname or a short answer names: "3-1-502", "3号楼1单元502"; empty when none."""
        ...

    def parts_of(self, text: str, hierarchy: Hierarchy) -> tuple[str, ...]:
        """The words of each matter that a message surely tells, in their order; the text itself where it is one."""
        ...


class Incidents(Protocol):
    """Open matters by what was told about them. In memory and behind the store: whoever uses an answer looks in the
    store whether that ticket is still open."""

    def find(self, telling: Telling) -> Likeness | None:
        """The open matter that this is most likely about; None when none is likely enough to be offered."""
        ...

    def list_likely(self, telling: Telling) -> tuple[Likeness, ...]:
        """Every matter that is likely enough to be offered, each once, the likeliest first; of letters that are surely
        about several, the matter first that was told of most. Others that are sure enough to join
        (`likeness.SURE_ENOUGH_TO_JOIN`) are one with the first."""
        ...

    def note(self, number: int, telling: Telling) -> None:
        """One more telling of an open matter."""
        ...

    def join(self, number: int, *, into: int) -> None:
        """The one became part of the other."""
        ...

    def forget(self, number: int) -> None:
        """The matter has ended. An unknown number changes nothing."""
        ...


class Tickets(Protocol):
    def next_number(self) -> int:
        """A number never given before; gaps are allowed, repeats are not."""
        ...

    def add(self, ticket: Ticket) -> None: ...

    def get(self, number: int) -> Ticket:
        """Raises UnknownTicketError. On PostgreSQL the row is locked until the transaction ends."""
        ...

    def find(self, number: int) -> Ticket | None: ...

    def save(self, ticket: Ticket) -> None:
        """Stores it if the stored version is one less than `ticket.version`; else WrongMomentError."""
        ...

    def list_due(self, now: datetime, *, limit: int) -> Sequence[int]:
        """Numbers whose `next_due_at` has come, oldest first, skipping those another replica has in hand."""
        ...

    def list_live_under(self, node_ids: Sequence[str]) -> Sequence[Ticket]:
        """Live and resolved tickets whose responsible node is one of these, by number."""
        ...

    def list_held_by(self, staff_id: str) -> Sequence[Ticket]:
        """Claimed and waiting tickets of a holder, the most pressing first."""
        ...

    def list_asked_of(self, group_ids: Sequence[str], *, limit: int = 20) -> Sequence[Ticket]:
        """Open tickets that these groups are asked about, the most pressing first."""
        ...

    def list_live_reported_by(self, person_id: int, *, limit: int = 20) -> Sequence[Ticket]:
        """Tickets this person reported that are not ended, newest first."""
        ...

    def find_latest_reported_by(self, person_id: int) -> Ticket | None: ...

    def list_alike(self, category: str, *, root: str, since: datetime, limit: int = 50) -> Sequence[Ticket]:
        """Live tickets of a category opened at or after `since`, oldest first: what an incident is gathered from."""
        ...

    def list_merged_into(self, number: int) -> Sequence[Ticket]: ...


class Reporters(Protocol):
    def add(self, reporter: Reporter) -> bool:
        """False when this person is already a reporter of the ticket."""
        ...

    def list_of(self, number: int) -> Sequence[Reporter]: ...

    def is_reporter(self, number: int, person_id: int) -> bool: ...

    def list_reports(self, number: int, person_id: int) -> Sequence[int]:
        """The numbers under which this person told of the ticket: its own, and those of tickets merged into it."""
        ...

    def remove(self, number: int, person_id: int) -> None: ...

    def take_back(self, number: int, person_id: int) -> None:
        """What they told under the ticket's own number; what they told under others stays with it."""
        ...

    def move(self, number: int, *, to: int) -> None:
        """All reporters of a merged ticket also become reporters of the other; a parting gives back only its own."""
        ...

    def part(self, number: int, *, out_of: int) -> None: ...


class People(Protocol):
    def find(self, channel: str, account: str, user: str) -> Person | None: ...

    def get(self, person_id: int) -> Person: ...

    def add(self, person: Person) -> Person:
        """Stores a new person and returns it with its id."""
        ...

    def save(self, person: Person) -> None: ...

    def erase(self, person_id: int, *, now: datetime) -> None:
        """Removes every personal word of this person everywhere; tickets stay, without them."""
        ...


class History(Protocol):
    def append(self, event: Event) -> None:
        """Appends to the ticket's story and to the chained log, in this transaction."""
        ...

    def list_of(self, number: int) -> Sequence[Event]: ...


class Messages(Protocol):
    def add(self, message: Message) -> None: ...

    def list_of(self, number: int) -> Sequence[Message]: ...


class Pictures(Protocol):
    def want(
        self,
        attachment: Attachment,
        *,
        address: Address,
        ticket_number: int | None,
        person_id: int,
        now: datetime,
    ) -> int:
        """Notes a picture to be downloaded after the commit; without a ticket it waits for the person's next one."""
        ...

    def give_waiting(self, person_id: int, *, ticket_number: int, since: datetime) -> int:
        """Puts pictures that waited for this person's words to the ticket; returns how many."""
        ...

    def list_of(self, number: int) -> Sequence[int]: ...

    def list_by_staff(self, number: int, *, since: datetime) -> Sequence[int]:
        """Kept ones that staff took at or after `since`, in their order."""
        ...

    def awaits_by_staff(self, number: int, *, since: datetime) -> bool:
        """Whether one of those is still to be fetched."""
        ...


class Dialogs(Protocol):
    def find(self, address: Address, user: str, *, now: datetime) -> Dialog | None: ...

    def put(self, dialog: Dialog) -> None:
        """Replaces what was asked before in the same chat of the same speaker."""
        ...

    def drop(self, address: Address, user: str) -> None: ...


class Outbox(Protocol):
    def add(
        self,
        notice: Notice,
        addresses: Sequence[Address],
        *,
        now: datetime,
        not_before: datetime | None = None,
    ) -> None:
        """One row for each address, in this transaction. No address: kept as undeliverable, for people to see."""
        ...

    def drop_calls(self, number: int, *, now: datetime) -> None:
        """What was to be told to reporters of this ticket whom no channel reaches need not be told any more."""
        ...


class Reach(Protocol):
    """Which ways lead to people just now. Fulfilled by `bot.addressbook` from the channels that are configured."""

    def can_hear(self, group: Group, hierarchy: Hierarchy) -> bool: ...

    def find_group(self, address: Address, hierarchy: Hierarchy) -> Group | None:
        """The group that talks in this chat, None for a chat that the tree does not know."""
        ...

    def addresses_of_group(self, group: Group, hierarchy: Hierarchy) -> tuple[Address, ...]: ...

    def addresses_of_staff(self, staff_id: str, hierarchy: Hierarchy) -> tuple[Address, ...]: ...


class UnitOfWork(Protocol):
    """One job's view of the store. Never commits: the writer does, together with its neighbours in the batch."""

    @property
    def tickets(self) -> Tickets: ...
    @property
    def reporters(self) -> Reporters: ...
    @property
    def people(self) -> People: ...
    @property
    def history(self) -> History: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def pictures(self) -> Pictures: ...
    @property
    def dialogs(self) -> Dialogs: ...
    @property
    def outbox(self) -> Outbox: ...
