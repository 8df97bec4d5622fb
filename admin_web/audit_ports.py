"""What the page of the audit log is handed: rows by what they are about, the chain and its check, and the export."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from admin_web.ports import EVERYTHING, Scope


@dataclass(frozen=True, slots=True)
class AuditSearch:
    """Each part narrows; an empty one does not. `kinds` are beginnings of kinds such as "ticket." or whole ones;
    `by` is one of these, as it stands in the rows; `seq` the one row; `scope` leaves only what happened to its
    tickets."""

    subject: str = ""
    by: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    at_from: datetime | None = None
    at_before: datetime | None = None
    seq: int | None = None
    scope: Scope = EVERYTHING


@dataclass(frozen=True, slots=True)
class LogRow:
    """Every column of a row: whoever has them all can verify the chain without us. No person's words are in them."""

    seq: int
    at: datetime
    kind: str
    subject: str
    by: str
    root: str
    content: str
    sealed: str
    prev: str
    hash: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """Newest first. `older` is where to go on, None at the end; a page may be shorter than was asked for, because a
    search looks through so many rows at a time only."""

    rows: Sequence[LogRow]
    older: int | None


@dataclass(frozen=True, slots=True)
class ChainRecord:
    """What the last check found: how many rows, up to which, when, and the first flaws as (row, name of the flaw).

    `whole_at` is when all rows were checked last; `checked_at` when what was new since was.
    """

    rows: int = 0
    head_seq: int = 0
    head_hash: str = ""
    checked_at: datetime | None = None
    whole_at: datetime | None = None
    by: str = ""
    problems: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ChainProgress:
    """Of `of` rows `done` are checked; both 0 when it just began."""

    done: int
    of: int


class AuditDesk(Protocol):
    """Raises UnavailableError."""

    async def search(self, wanted: AuditSearch, *, below: int | None, limit: int) -> LogPage: ...

    def each(self, wanted: AuditSearch) -> AsyncIterator[Sequence[LogRow]]:
        """All that fit, oldest first, some hundreds at a time: the order in which a chain is verified."""
        ...

    async def note_export(self, wanted: AuditSearch, *, form: str, by: str) -> None:
        """That somebody takes rows away is itself a row."""
        ...

    async def name_accounts(self) -> Mapping[str, str]:
        """The names of accounts by how rows name them: "account:3"."""
        ...

    async def chain(self) -> ChainRecord:
        """After a look at what is new, where that takes a moment only."""
        ...

    def begin_check(self, by: str) -> bool:
        """Checks the whole chain beside everything else; False when a check runs already."""
        ...

    def progress(self) -> ChainProgress | None: ...
