"""What the desk of troubles is told and what it may do: found and done in `app`, shown by `pages/troubles`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Protocol

from admin_web.ports import OutboxItem, Scope
from routing.hierarchy import Hierarchy


class Harm(IntEnum):
    """Who suffers from a trouble, the worst first."""

    RESIDENTS = 0
    STAFF = 1
    HOUSE = 2


@dataclass(frozen=True, slots=True)
class Item:
    """One of the things that a trouble is about. `label` are names, not words of ours; `note` is a key of words with
    `values`, empty for none; `path` leads to it."""

    label: str
    path: str = ""
    note: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trouble:
    """`kind` is the key of its words: what happened (with `count` and `values`), `.means` for residents, `.do` next.

    `path` leads to where it is mended, named by `.go`; empty where no page helps.
    """

    kind: str
    harm: Harm
    count: int = 1
    values: Mapping[str, object] = field(default_factory=dict)
    items: Sequence[Item] = ()
    path: str = ""


@dataclass(frozen=True, slots=True)
class ChannelHealth:
    """One account of a vendor just now. `refused` are callbacks that were turned away since the start, by reason."""

    name: str
    last_inbound_at: datetime | None
    last_sent_at: datetime | None
    waiting: int
    next_at: datetime | None
    error: str
    has_token: bool
    token_until: datetime | None
    refused: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class HouseFacts:
    """How the house itself stands. None: not known, or not for this kind of database. Sizes in bytes."""

    channels: Sequence[ChannelHealth]
    free_bytes: int | None
    database_bytes: int
    backed_up_at: datetime | None
    reader_learned: bool
    writer_waiting: int
    version: int


@dataclass(frozen=True, slots=True)
class Sent:
    """How many letters were put on their way again, and how many have no way still."""

    sent: int
    stuck: int


class TroubleDesk(Protocol):
    """Looking and acting below a scope. Raises UnavailableError."""

    def forget(self) -> None:
        """The next look is a new one."""
        ...

    async def look_below(self, scope: Scope, hierarchy: Hierarchy) -> Sequence[Trouble]:
        """What went wrong at the places that may be seen, but for letters: at most a minute old."""
        ...

    async def look_at_house(self) -> tuple[Sequence[Trouble], HouseFacts, datetime]:
        """What concerns everybody, and when it was looked at: at most a minute ago."""
        ...

    async def count_letters(self, scope: Scope) -> int:
        """Up to a thousand."""
        ...

    async def list_letters(self, scope: Scope, *, below: int | None, limit: int) -> Sequence[OutboxItem]:
        """Those that did not arrive, newest first."""
        ...

    async def send_again(self, parcel_ids: Sequence[int], scope: Scope, *, by: str) -> Sent:
        """By the way that leads to their hearers now; letters out of sight are passed over."""
        ...

    async def settle(self, parcel_ids: Sequence[int], scope: Scope, *, by: str) -> Sequence[int]:
        """They need not be sent any more. Returns those that were settled."""
        ...

    async def take_back(self, parcel_ids: Sequence[int], scope: Scope, *, by: str) -> int:
        """Settled letters are troubles again; returns how many."""
        ...
