"""Adds up what tickets count for the figures where no sum is kept: by where they are asked now, or to the moment.

What it costs grows with the tickets that are meant; whole days of a place are in `figure_queries`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from routing.figure_counts import COUNT_NAMES, Counts, Undecided
from routing.tickets import Status
from storage.figure_rows import counts_of
from storage.queries.board_ways import find_numbers
from storage.queries.figures import LateRow
from storage.queries.scope import is_among
from storage.tables.figures import FIGURE_TICKET
from storage.tables.tickets import TICKET

_T, _F = TICKET.c, FIGURE_TICKET.c
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

    def list_late(self, wanted: Wanted, *, now: datetime) -> Sequence[LateRow]:
        """As in `FigureReads`: those with a limit that ran out in somebody's hands."""
        columns = (_F.origin, _F.category, _F.opened_on)
        undecided = (_F.level, _F.claim_due_at, _F.resolve_due_at, _F.was_extended)
        is_late = sa.or_(_F.claim_due_at <= now, _F.resolve_due_at <= now)
        statement = sa.select(*columns, *undecided).select_from(_JOINED).where(is_late)
        with self._engine.begin() as connection:
            statement = statement.where(*_narrow(connection, wanted))
            rows = connection.execute(statement).all()
        return [LateRow(*row[:3], Undecided(*row[3:6], was_extended=bool(row[6]))) for row in rows]


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
