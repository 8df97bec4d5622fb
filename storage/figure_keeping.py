"""Keeps the sums of the figures true: old counts of a ticket are taken out and new ones put in, in one transaction.

What a ticket counts is worked out before, from its story; a change that somebody else made meanwhile is left to them.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as upsert

from routing.figure_counts import COUNT_NAMES, NOTHING
from storage.figure_rows import (
    STORED,
    SUMMED,
    SumKey,
    Sums,
    TicketCounts,
    add_counts,
    add_ticket,
    counts_of,
    rows_of,
    take_counts,
    values_of,
)
from storage.prepared import Prepared, insert, insert_or_replace
from storage.tables.figures import FIGURE_DAY, FIGURE_ORIGIN, FIGURE_TICKET
from storage.tables.office import SETTING

SEEN = "figures.seen"
"""The last event that is in the figures."""

SHAPE = "figures.shape"
"""What the kept counts depend on beside the stories: the form of the counts, and the time zone of days."""

TREE = "figures.tree"
"""The version of the tree whose paths the sums follow."""

_PLACES_AT = len(SUMMED)
_D = FIGURE_DAY.c
_T = FIGURE_TICKET.c
_ADD_TICKET = insert(FIGURE_TICKET)
_NEW_DAY = upsert(FIGURE_DAY).values({each.name: sa.bindparam(each.name, type_=each.type) for each in _D})
_ADD_DAY = Prepared(
    _NEW_DAY.on_conflict_do_update(
        index_elements=["place", "grain", "opened_on", "category", "level"],
        set_={name: _D[name] + _NEW_DAY.excluded[name] for name in COUNT_NAMES},
    )
)
_PUT_ORIGIN = insert_or_replace(FIGURE_ORIGIN)


@dataclass(frozen=True, slots=True)
class Refresh:
    """Tickets counted anew, from the event after `seen` up to `until`. `paths`: in which sums an origin stands."""

    seen: int
    until: int
    tickets: Sequence[TicketCounts] = ()
    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class FigureKeeping:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def refresh(self, change: Refresh) -> bool:
        """False when somebody else was quicker; then nothing is changed."""
        if not self._move_on(SEEN, str(change.seen), str(change.until)):
            return False
        known = self._paths(change.paths)
        fresh = {origin: path for origin, path in change.paths.items() if origin not in known}
        paths = {**fresh, **known}
        sums: Sums = {}
        self._take_out([each.number for each in change.tickets], sums)
        for each in change.tickets:
            add_ticket(sums, each, paths[each.origin])
        self._add(_PUT_ORIGIN, [_origin_row(*each) for each in fresh.items()])
        self._add(_ADD_TICKET, [row for each in change.tickets for row in rows_of(each)])
        self._add_sums(sums)
        return True

    def move(self, origin: str, path: tuple[str, ...]) -> None:
        """The place lies elsewhere in the tree now: its tickets stand in the sums of `path` from here on."""
        old = self._paths([origin]).get(origin, ())
        statement = (
            sa.select(_T.opened_on, _T.category, _T.level, *(sa.func.sum(_T[name]) for name in COUNT_NAMES))
            .where(_T.origin == origin)
            .group_by(_T.opened_on, _T.category, _T.level)
        )
        sums: Sums = {}
        for opened_on, category, level, *counts in self._connection.execute(statement):
            key = {"category": category, "level": level, "counts": counts_of(tuple(counts))}
            take_counts(sums, old, opened_on, **key)
            add_counts(sums, path, opened_on, **key)
        self._add_sums(sums)
        self._add(_PUT_ORIGIN, [_origin_row(origin, path)])

    def begin_anew(self, shape: str) -> None:
        """Forgets every sum: all tickets are counted again, from the first event."""
        for table in (FIGURE_DAY, FIGURE_TICKET, FIGURE_ORIGIN):
            self._connection.execute(sa.delete(table))
        for name, value in ((SEEN, "0"), (SHAPE, shape)):
            self._connection.execute(sa.delete(SETTING).where(SETTING.c.name == name))
            self._connection.execute(sa.insert(SETTING).values(name=name, value=value))

    def _move_on(self, name: str, old: str, new: str) -> bool:
        found = self._connection.execute(
            sa.update(SETTING).where(SETTING.c.name == name, SETTING.c.value == old).values(value=new)
        )
        return found.rowcount == 1

    def _paths(self, origins: Iterable[str]) -> dict[str, tuple[str, ...]]:
        statement = sa.select(FIGURE_ORIGIN).where(FIGURE_ORIGIN.c.origin.in_(list(origins)))
        return {origin: tuple(json.loads(path)) for origin, path in self._connection.execute(statement)}

    def _take_out(self, numbers: list[int], sums: Sums) -> None:
        rows = self._connection.execute(sa.select(*STORED).where(_T.number.in_(numbers))).all()
        paths = self._paths({row.origin for row in rows})
        for row in rows:
            counts = counts_of(tuple(row)[_PLACES_AT:])
            take_counts(
                sums,
                paths[row.origin],
                row.opened_on,
                category=row.category,
                level=row.level,
                counts=counts,
            )
        if rows:
            self._connection.execute(sa.delete(FIGURE_TICKET).where(_T.number.in_(numbers)))

    def _add_sums(self, sums: Sums) -> None:
        rows = [
            {
                "place": key.place,
                "grain": key.grain,
                "opened_on": key.opened_on,
                "category": key.category,
                "level": key.level,
                **values_of(counts),
            }
            # One order everywhere, so that two replicas cannot block each other.
            for key, counts in sorted(sums.items(), key=lambda each: _order(each[0]))
            if counts != NOTHING
        ]
        self._add(_ADD_DAY, rows)

    def _add(self, statement: Prepared, rows: Sequence[dict[str, Any]]) -> None:
        statement.put_many(self._connection, rows)


def _order(key: SumKey) -> tuple[str, int, str, str, str]:
    return key.place, key.grain, key.opened_on.isoformat(), key.category, key.level


def _origin_row(origin: str, path: tuple[str, ...]) -> dict[str, str]:
    return {"origin": origin, "path": json.dumps(path, ensure_ascii=False)}
