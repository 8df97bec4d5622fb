"""What shows how well reports are read: their words and categories with the few events that say what they truly are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from routing.events import Event, EventKind
from routing.tickets import Status
from storage.history import EVENT_COLUMNS
from storage.mapping import event_of
from storage.queries.scope import Scope, is_visible
from storage.reader_models import SORTED_BY_STAFF
from storage.tables.reading import LESSON
from storage.tables.tickets import TICKET, TICKET_EVENT

MOST_LOOKED_AT = 20_000
"""Reports, the newest: enough for every figure, and no more than a page can wait for."""

MOST_UNSORTED = 400

_T, _E = TICKET.c, TICKET_EVENT.c
_TELLING = sorted(each.value for each in (EventKind.OPENED, EventKind.SORTED, EventKind.RESOLVED))
_IN_HAND = sorted(each.value for each in (Status.OPEN, Status.CLAIMED))


@dataclass(frozen=True, slots=True)
class ReadReport:
    """`events` hold only opening, sortings and resolutions, oldest first. An erased report has no words."""

    number: int
    text: str
    category: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class UnsortedReport:
    number: int
    text: str
    category: str
    origin: str
    opened_at: datetime


class ReadingReads:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def list_read(self, scope: Scope, *, since: datetime) -> Sequence[ReadReport]:
        """Reports since then, by number; only the newest where there are very many."""
        chosen = (
            sa.select(_T.number, _T.text, _T.category)
            .where(_T.opened_at >= since, is_visible(scope, self._engine.dialect.name))
            .order_by(_T.number.desc())
            .limit(MOST_LOOKED_AT)
        ).subquery()
        statement = (
            sa.select(chosen.c.text, chosen.c.category, *EVENT_COLUMNS)
            .join(TICKET_EVENT, _E.ticket_number == chosen.c.number)
            .where(_E.kind.in_(_TELLING))
            .order_by(_E.ticket_number, _E.event_id)
        )
        with self._engine.begin() as connection:
            return list(_grouped(tuple(row) for row in connection.execute(statement)))

    def list_unsorted(self, scope: Scope) -> Sequence[UnsortedReport]:
        """Reports in hand whose category no member of staff has looked at, the newest first."""
        sorted_by_staff = (
            sa.select(sa.literal(1))
            .where(
                _E.ticket_number == _T.number,
                *SORTED_BY_STAFF,
            )
            .exists()
        )
        statement = (
            sa.select(_T.number, _T.text, _T.category, _T.origin, _T.opened_at)
            .where(
                _T.status.in_(_IN_HAND),
                _T.text != "",
                ~sorted_by_staff,
                is_visible(scope, self._engine.dialect.name),
            )
            .order_by(_T.number.desc())
            .limit(MOST_UNSORTED)
        )
        with self._engine.begin() as connection:
            return [UnsortedReport(*row) for row in connection.execute(statement)]

    def count_taught(self) -> dict[str, int]:
        """Lessons by category: those that were taught from a file, and what staff sorted."""
        taught = sa.select(LESSON.c.category, sa.func.count()).group_by(LESSON.c.category)
        by_staff = (
            sa.select(_T.category, sa.func.count(_T.number.distinct()))
            .join(TICKET_EVENT, _E.ticket_number == _T.number)
            .where(*SORTED_BY_STAFF)
            .group_by(_T.category)
        )
        counts: dict[str, int] = {}
        with self._engine.begin() as connection:
            for statement in (taught, by_staff):
                for category, count in connection.execute(statement):
                    counts[category] = counts.get(category, 0) + count
        return counts


def _grouped(rows: Iterable[tuple[Any, ...]]) -> Iterator[ReadReport]:
    for number, group in groupby(rows, key=lambda row: row[2]):
        found = list(group)
        events = tuple(event_of(row[2:]) for row in found)
        yield ReadReport(number, found[0][0], found[0][1], events)
