"""Figures by where tickets are asked now, and to the moment: sums of months where they are kept, else tickets added up.

What adding up costs grows with the tickets that are meant; whole days of the place where they were reported are in
`storage.queries.figures`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from routing.figure_counts import COUNT_NAMES, Counts, Undecided
from routing.tickets import Status
from storage.figure_rows import counts_of
from storage.queries.board_ways import find_numbers
from storage.queries.figures import LateRow
from storage.queries.scope import is_among
from storage.tables.figures import FIGURE_ASKED, FIGURE_TICKET
from storage.tables.tickets import TICKET

_T, _F, _A = TICKET.c, FIGURE_TICKET.c, FIGURE_ASKED.c
_JOINED = sa.join(FIGURE_TICKET, TICKET, _T.number == _F.number)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Tickets opened in [opened_from, opened_before) that are asked at one of `nodes` and were reported from one of
    `origins` and from none of `other_origins`. None narrows nothing."""

    nodes: frozenset[str] | None = None
    origins: frozenset[str] | None = None
    other_origins: frozenset[str] = frozenset()
    opened_from: datetime | None = None
    opened_before: datetime | None = None

    def means(self, *, node: str, origin: str, opened_at: datetime) -> bool:
        is_then = self.opened_from is None or opened_at >= self.opened_from
        is_then = is_then and (self.opened_before is None or opened_at < self.opened_before)
        is_there = (self.nodes is None or node in self.nodes) and (
            self.origins is None or origin in self.origins
        )
        return is_then and is_there and origin not in self.other_origins


@dataclass(frozen=True, slots=True)
class Months:
    """From the month of `first` up to, and without, the one of `until`; both are first days. None is no end."""

    first: date
    until: date | None = None


class StatReads:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def sum_of(self, wanted: Wanted) -> Mapping[tuple[str, str], Counts]:
        """By category and level."""
        keys = (_F.category, _F.level)
        sums = (sa.func.sum(_F[name]) for name in COUNT_NAMES)
        statement = sa.select(*keys, *sums).select_from(_JOINED).group_by(*keys)
        with self._engine.begin() as connection:
            statement = statement.where(*_narrow(connection, wanted))
            rows = [tuple(row) for row in connection.execute(statement)]
        return {row[:2]: counts_of(row[2:]) for row in rows}

    def sum_asked(
        self, nodes: frozenset[str], months: Months, *, strays_beyond: frozenset[str] | None = None
    ) -> Mapping[tuple[str, str], Counts]:
        """By category and level, of what is asked at these nodes; of that only what was reported from none of
        `strays_beyond`, which are these nodes and all below them."""
        keys = (_A.category, _A.level)
        sums = (sa.func.sum(_A[name]) for name in COUNT_NAMES)
        dialect = self._engine.dialect.name
        statement = sa.select(*keys, *sums).where(is_among(_A.node, nodes, dialect)).group_by(*keys)
        statement = statement.where(_A.opened_on >= months.first)
        if months.until is not None:
            statement = statement.where(_A.opened_on < months.until)
        if strays_beyond is not None:
            beyond = sa.not_(is_among(_A.stray.op("||")(""), strays_beyond, dialect))
            statement = statement.where(_A.stray > "", beyond)
        with self._engine.begin() as connection:
            rows = [tuple(row) for row in connection.execute(statement)]
        return {row[:2]: counts_of(row[2:]) for row in rows}

    def list_late(self, wanted: Wanted, *, now: datetime) -> Sequence[LateRow]:
        """As in `FigureReads`: those with a limit that ran out in somebody's hands. They are few, and chosen here:
        places and a period would lead the database through all tickets of theirs."""
        columns = (_F.origin, _F.category, _F.opened_on)
        undecided = (_F.level, _F.claim_due_at, _F.resolve_due_at, _F.was_extended)
        is_late = sa.or_(_F.claim_due_at <= now, _F.resolve_due_at <= now)
        told = (_F.node, _T.opened_at)
        statement = sa.select(*columns, *undecided, *told).select_from(_JOINED).where(is_late)
        with self._engine.begin() as connection:
            rows = connection.execute(statement).all()
        return [
            LateRow(*row[:3], Undecided(*row[3:6], was_extended=bool(row[6])))
            for row in rows
            if wanted.means(node=row.node, origin=row.origin, opened_at=row.opened_at)
        ]


def _narrow(connection: sa.Connection, wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    dialect = connection.dialect.name
    if wanted.nodes is not None:
        # Along the index of what is asked somewhere, which has each state by its numbers: only the period is looked at.
        yield is_among(_T.node, wanted.nodes, dialect)
        yield _T.status.in_([each.value for each in Status])
        yield _T.number.between(*find_numbers(connection, wanted.opened_from, wanted.opened_before))
    # Not by the index of places: the time says more, or where they are asked.
    origin = _T.origin.op("||")("")
    if wanted.origins is not None:
        yield is_among(origin, wanted.origins, dialect)
    if wanted.other_origins:
        yield sa.not_(is_among(origin, wanted.other_origins, dialect))
    if wanted.opened_from is not None:
        yield _T.opened_at >= wanted.opened_from
    if wanted.opened_before is not None:
        yield _T.opened_at < wanted.opened_before
