"""What the board and the ticket page are told and may keep: found and done in `app`, shown by `pages`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from admin_web.ports import OutboxItem, Scope
from admin_web.ticket_desk import NoteStandIn
from routing.likeness import Likeness
from routing.tickets import Status, Ticket

COUNTED_UP_TO = 1000
"""A count of the board that has reached this means "at least"."""


@dataclass(frozen=True, slots=True)
class BoardWish:
    """Each part narrows; an empty one does not. `scope` are places that are asked, or were reported from."""

    scope: Scope
    level: str = ""
    category: str = ""
    holder: str = ""
    is_urgent: bool = False
    opened_from: datetime | None = None
    opened_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """The place of a ticket in a list: after it the next page begins."""

    rank: int
    at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Due:
    """Only deadlines in [from_at, before); None for no bound."""

    from_at: datetime | None = None
    before: datetime | None = None


ANY_TIME = Due()


@dataclass(frozen=True, slots=True)
class Counts:
    """Each at most `COUNTED_UP_TO`. `late` and `soon` are deadlines, the others states; `soon` is within an hour.

    `ended` is None where it would take too long to count.
    """

    late: int
    soon: int
    open: int
    claimed: int
    waiting: int
    resolved: int
    ended: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """`is_cut`: there may be older ones that were not looked through."""

    tickets: Sequence[Ticket]
    is_cut: bool


Part = frozenset[Status]


class BoardReader(Protocol):
    async def list_live(
        self, wish: BoardWish, parts: Sequence[Part], *, after: Mark | None, due: Due, limit: int
    ) -> Sequence[tuple[Mark, Ticket]]:
        """One part after the other, each by the deadline of its state, the earliest first."""
        ...

    async def list_ended(
        self, wish: BoardWish, *, after: Mark | None, limit: int
    ) -> Sequence[tuple[Mark, Ticket]]:
        """The newest first."""
        ...

    async def find(
        self, wish: BoardWish, words: str, *, statuses: Part, below: int | None, limit: int
    ) -> Found:
        """By words and by number, the newest first."""
        ...

    async def count(self, wish: BoardWish, *, now: datetime, soon: datetime) -> Counts: ...

    async def find_latest_event(self) -> int:
        """What comes after it is news."""
        ...

    async def count_news(self, wish: BoardWish, *, since: int) -> int: ...


@dataclass(frozen=True, slots=True)
class SavedView:
    """`query` is what stands behind "?" in the address of the board."""

    view_id: int
    name: str
    query: str


class Views(Protocol):
    """`owner` is "account:12" or "staff:wangfang"; whoever asks gets and changes only their own."""

    async def list_of(self, owner: str) -> Sequence[SavedView]:
        """In the order in which they were made."""
        ...

    async def keep(self, owner: str, name: str, query: str) -> bool:
        """False when there are too many already; one of the same name is replaced."""
        ...

    async def rename(self, owner: str, view_id: int, name: str) -> bool:
        """False for one that is not there, and for a name that another one has."""
        ...

    async def drop(self, owner: str, view_id: int) -> bool: ...


@dataclass(frozen=True, slots=True)
class TicketPicture:
    """`is_kept` is False for one that is still to be fetched or was lost."""

    picture_id: int
    is_kept: bool


class TicketReads(Protocol):
    """What the ticket page shows beside the ticket's own file. Whoever asks has looked whether it may be seen."""

    async def list_letters(self, number: int) -> Sequence[OutboxItem]:
        """Every notice of the ticket, the newest first, at most a hundred."""
        ...

    async def list_pictures(self, number: int) -> Sequence[TicketPicture]: ...

    async def find_picture(self, number: int, picture_id: int) -> tuple[str, bytes] | None:
        """Media type and content, if it is one of this ticket."""
        ...

    async def list_likely(self, ticket: Ticket) -> Sequence[Likeness]:
        """Open matters that this may be about, the likeliest first, without itself."""
        ...

    async def list_nearby(self, ticket: Ticket, scope: Scope, nodes: frozenset[str]) -> Sequence[Ticket]:
        """Of the same category, reported at one of these nodes, newest first, without itself."""
        ...

    async def list_numbered(self, scope: Scope, numbers: Sequence[int]) -> Sequence[Ticket]:
        """Those of them that may be seen."""
        ...


@dataclass(frozen=True, slots=True)
class TicketPorts:
    board: BoardReader
    views: Views
    reads: TicketReads
    note_stand_in: NoteStandIn
