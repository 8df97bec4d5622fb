"""The log as auditors look for things in it. Rows have one index only, their number: a search walks backwards from the
newest and looks through so many rows at a time; what a ticket did is found by its story.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import sqlalchemy as sa

from storage.queries.scope import Scope, is_visible
from storage.tables.office import AUDIT
from storage.tables.tickets import TICKET, TICKET_EVENT

LOOKED_THROUGH = 100_000
"""Rows that one page looks through at most: some hundredths of a second."""

_CHUNK = 500
# The clock of a row is its job's, its number that of the commit: two rows may stand the other way round.
_SLACK = 1_000
_TICKET = "ticket:"
_A = AUDIT.c
_COLUMNS = (_A.seq, _A.at, _A.kind, _A.subject, _A.by, _A.root, _A.content, _A.sealed, _A.prev, _A.hash)


class Search(Protocol):
    """See `admin_web.audit_ports.AuditSearch`."""

    @property
    def subject(self) -> str: ...

    @property
    def by(self) -> tuple[str, ...]: ...

    @property
    def kinds(self) -> tuple[str, ...]: ...

    @property
    def at_from(self) -> datetime | None: ...

    @property
    def at_before(self) -> datetime | None: ...

    @property
    def seq(self) -> int | None: ...

    @property
    def scope(self) -> Scope: ...


@dataclass(frozen=True, slots=True)
class StoredRow:
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
class RowPage:
    """Newest first. `older`: only rows below this number are left to look through; None at the end."""

    rows: Sequence[StoredRow]
    older: int | None


class AuditReads:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def search(self, wanted: Search, *, below: int | None, limit: int) -> RowPage:
        dialect = self._engine.dialect.name
        with self._engine.begin() as connection:
            first, last = _bounds(connection, wanted)
            top = min(last, below - 1) if below is not None else last
            bottom = first if _is_indexed(wanted) else max(first, top - LOOKED_THROUGH + 1)
            statement = (
                sa.select(*_COLUMNS)
                .where(_A.seq <= top, _A.seq >= bottom, *_conditions(wanted), _is_seen(wanted.scope, dialect))
                .order_by(_A.seq.desc())
                .limit(limit + 1)
            )
            rows = [_row(tuple(row)) for row in connection.execute(statement)]
        if len(rows) > limit:
            return RowPage(rows[:limit], rows[limit - 1].seq)
        return RowPage(rows, bottom if bottom > first else None)

    def each(self, wanted: Search) -> Iterator[Sequence[StoredRow]]:
        """All that fit when it begins, oldest first; a connection for each piece, so that none is held for long."""
        dialect = self._engine.dialect.name
        with self._engine.begin() as connection:
            first, last = _bounds(connection, wanted)
        after = first - 1
        while after < last:
            top = last if _is_indexed(wanted) else min(last, after + LOOKED_THROUGH)
            statement = (
                sa.select(*_COLUMNS)
                .where(_A.seq > after, _A.seq <= top, *_conditions(wanted), _is_seen(wanted.scope, dialect))
                .order_by(_A.seq)
                .limit(_CHUNK)
            )
            with self._engine.begin() as connection:
                rows = [_row(tuple(row)) for row in connection.execute(statement)]
            if rows:
                yield rows
            after = rows[-1].seq if len(rows) == _CHUNK else top


def _row(columns: tuple[Any, ...]) -> StoredRow:
    return StoredRow(*columns)


def _conditions(wanted: Search) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.seq is not None:
        yield _A.seq == wanted.seq
    if wanted.subject:
        yield _A.subject == wanted.subject
        if _is_indexed(wanted):
            number = int(wanted.subject.removeprefix(_TICKET))
            yield _A.seq.in_(sa.select(TICKET_EVENT.c.event_id).where(TICKET_EVENT.c.ticket_number == number))
    if wanted.by:
        yield _A.by.in_(wanted.by)
    if wanted.kinds:
        yield sa.or_(*(_A.kind.startswith(each, autoescape=True) for each in wanted.kinds))
    if wanted.at_from is not None:
        yield _A.at >= wanted.at_from
    if wanted.at_before is not None:
        yield _A.at < wanted.at_before


def _is_seen(scope: Scope, dialect: str) -> sa.ColumnElement[bool]:
    """What concerns no ticket (accounts, the tree, the house) concerns the whole tree."""
    if scope.nodes is None:
        return sa.true()
    return sa.exists().where(
        TICKET_EVENT.c.event_id == _A.seq,
        TICKET.c.number == TICKET_EVENT.c.ticket_number,
        is_visible(scope, dialect),
    )


def _is_indexed(wanted: Search) -> bool:
    """Whether few rows are read whatever there is: the story of a ticket, or one row."""
    number = wanted.subject.removeprefix(_TICKET)
    is_ticket = wanted.subject.startswith(_TICKET) and number.isdecimal() and len(number) < 19
    return is_ticket or wanted.seq is not None


def _bounds(connection: sa.Connection, wanted: Search) -> tuple[int, int]:
    """The numbers between which the rows of that time lie."""
    last: int = connection.execute(sa.select(sa.func.max(_A.seq))).scalar() or 0
    first = 1
    if wanted.at_from is not None:
        first = max(1, _find_seq(connection, wanted.at_from, last) - _SLACK)
    if wanted.at_before is not None:
        last = min(last, _find_seq(connection, wanted.at_before, last) + _SLACK)
    return first, last


def _find_seq(connection: sa.Connection, at: datetime, last: int) -> int:
    """About the first row that is not before this instant, by halving."""
    low, high = 1, last + 1
    while low < high:
        middle = (low + high) // 2
        found: Any = connection.execute(
            sa.select(_A.at).where(_A.seq >= middle).order_by(_A.seq).limit(1)
        ).scalar()
        if found is not None and found < at:
            low = middle + 1
        else:
            high = middle
    return low
