"""What the pages and the API are handed by `app`: readers, the writer, the hierarchy's office, who holds a token.

Every reader takes the places that may be seen as a `Scope` and adds nothing to it. A reader or the writer that cannot
answer just now raises UnavailableError; everything else that goes wrong is a bug.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from admin_web.hierarchy_office import HierarchyOffice
from routing.desk import Desk
from routing.errors import DeskError
from routing.events import Event
from routing.metrics import Figures
from routing.outgoing import SendState
from routing.people import Message
from routing.ports import Incidents, Reach, UnitOfWork
from routing.tickets import Status, Ticket

T = TypeVar("T")


class UnavailableError(Exception):
    """The store cannot answer just now; the same may be tried again in a moment."""


class Role(StrEnum):
    """What the holder of a token may do, below the node that it is for."""

    VIEWER = "viewer"
    STAFF = "staff"
    NODE_ADMIN = "node_admin"
    STREET_ADMIN = "street_admin"
    ADMIN = "admin"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Grant:
    """`name` is the token's, for the audit; `is_root` covers the whole tree, whatever is its root by now."""

    name: str
    role: Role
    scope_node: str
    is_root: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """The nodes whose tickets may be seen: those asked at, or reported from, one of them. None means everything."""

    nodes: frozenset[str] | None

    def covers(self, *nodes: str) -> bool:
        """True when one of these places may be seen."""
        return self.nodes is None or any(each in self.nodes for each in nodes)

    def covers_ticket(self, ticket: Ticket) -> bool:
        return self.covers(ticket.node, ticket.origin)


EVERYTHING = Scope(None)


@dataclass(frozen=True, slots=True)
class TicketQuery:
    """Each part narrows; an empty one does not. `nodes` are those that are asked, `origins` those reported from.

    `words` are looked for in text and place, as they stand, without regard to case; a number in them finds its ticket.
    """

    scope: Scope
    statuses: frozenset[Status] = frozenset()
    nodes: frozenset[str] | None = None
    origins: frozenset[str] | None = None
    level: str = ""
    categories: frozenset[str] = frozenset()
    words: str = ""
    opened_from: datetime | None = None
    opened_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class TicketFile:
    """A ticket with its story and what was written on it, oldest first."""

    ticket: Ticket
    events: Sequence[Event]
    messages: Sequence[Message]


class Writer(Protocol):
    async def run(self, job: Callable[[UnitOfWork], T]) -> T:
        """The job's result, after the commit; its exception undoes it and is raised here. May run a job twice."""
        ...


class TicketReader(Protocol):
    async def list_page(self, query: TicketQuery, *, below: int | None, limit: int) -> Sequence[TicketFile]:
        """Newest first by number, only numbers below `below`; with their stories, messages may be left out."""
        ...

    async def find(self, number: int) -> TicketFile | None: ...


@dataclass(frozen=True, slots=True)
class FigureQuestion:
    """Tickets opened in [opened_from, opened_before) that are seen from `seen_from`, are asked at `node` or below it
    and were reported from `origin` or below it; an empty place narrows nothing."""

    seen_from: str
    node: str
    origin: str
    opened_from: datetime
    opened_before: datetime | None


class FigureCounter(Protocol):
    async def count(self, question: FigureQuestion, *, now: datetime, smallest_n: int) -> Figures:
        """Raises UnavailableError also while there is more to be counted than one question waits for."""
        ...


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report by telephone or from another program. `key` makes it once only; None for no such promise.

    An empty `category` leaves it to the reader; `urgent` None as well. `node` is where it was reported. `contact` is
    how to reach whoever told it, as they gave it: for the holder alone.
    """

    node: str
    text: str
    by: str
    category: str = ""
    urgent: bool | None = None
    place: str = ""
    key: str | None = None
    contact: str = ""


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A row of the outbox without its words and its chat. `hearer` is like "group:xingfuli-staff" or "reporters".

    `contact` is how residents are reached whom no channel reaches, where they said it: not for everybody.
    """

    parcel_id: int
    ticket_number: int
    node: str
    origin: str
    kind: str
    hearer: str
    lane: str
    state: SendState
    detail: str
    attempts: int
    maybe_repeat: bool
    created_at: datetime
    settled_at: datetime | None = None
    contact: str = ""


class OutboxReader(Protocol):
    async def list_page(
        self, scope: Scope, *, states: frozenset[SendState], below: int | None, limit: int
    ) -> Sequence[OutboxItem]:
        """Newest first by id; rows that belong to no ticket only for a scope over everything."""
        ...

    async def find(self, parcel_id: int) -> OutboxItem | None: ...

    async def send_again(self, parcel_id: int, *, by: str) -> bool:
        """False when it is neither dead nor unknown, or has no address."""
        ...


@dataclass(frozen=True, slots=True)
class AuditItem:
    """`content` is what the row's hash covers beside the other columns; it holds nobody's words."""

    seq: int
    at: datetime
    kind: str
    subject: str
    by: str
    content: str
    hash: str


@dataclass(frozen=True, slots=True)
class ChainState:
    """The last check of the chain: `broken_at` is the first row that does not fit, None when all do."""

    rows: int
    checked_at: datetime | None
    broken_at: int | None = None


class AuditReader(Protocol):
    async def list_page(self, *, subject: str, below: int | None, limit: int) -> Sequence[AuditItem]:
        """Newest first; an empty subject means all."""
        ...

    async def chain(self) -> ChainState: ...


@dataclass(frozen=True, slots=True)
class ApiPorts:
    """All that the API needs. `say_word` gives the text of a key such as "status.open"; `api_token` is the one of the
    settings, over the whole tree. `smallest_n`: no rate is shown below so many cases. `incidents` are the open matters
    that what is told here is compared with, None for none."""

    hierarchy: HierarchyOffice
    writer: Writer
    tickets: TicketReader
    figures: FigureCounter
    outbox: OutboxReader
    audit: AuditReader
    report: Callable[[NewReport], Awaitable[int]]
    find_token: Callable[[str], Awaitable[Grant | None]]
    reach: Reach
    now: Callable[[], datetime]
    say_refusal: Callable[[DeskError], str]
    say_word: Callable[[str], str]
    public_url: str = "http://127.0.0.1:8000"
    smallest_n: int = 5
    api_token: str | None = field(default=None, repr=False)
    incidents: Incidents | None = None

    def desk(self, store: UnitOfWork) -> Desk:
        """One job's desk for whoever works on a page or by the API, with all that a desk in a chat has."""
        return Desk(store, self.hierarchy.current(), self.reach, self.now(), incidents=self.incidents)
