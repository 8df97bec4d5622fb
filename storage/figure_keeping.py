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
    MATTER,
    STORED,
    SUMMED,
    AskedKey,
    Matter,
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
from storage.tables.figures import FIGURE_ASKED, FIGURE_DAY, FIGURE_ORIGIN, FIGURE_TICKET
from storage.tables.office import SETTING

SEEN = "figures.seen"
"""The last event that is in the figures."""

SHAPE = "figures.shape"
"""What the kept counts depend on beside the stories: the form of the counts, and the time zone of days."""

TREE = "figures.tree"
"""The version of the tree whose paths the sums follow."""

_PLACES_AT = len(SUMMED)
_T = FIGURE_TICKET.c
_ADD_TICKET = insert(FIGURE_TICKET)


def _adding_up(table: sa.Table) -> Prepared:
    new = upsert(table).values({each.name: sa.bindparam(each.name, type_=each.type) for each in table.c})
    added = {name: table.c[name] + new.excluded[name] for name in COUNT_NAMES}
    return Prepared(
        new.on_conflict_do_update(index_elements=list(table.primary_key.columns.keys()), set_=added)
    )


_ADD_DAY = _adding_up(FIGURE_DAY)
_ADD_ASKED = _adding_up(FIGURE_ASKED)
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
        keys = [_T[name] for name in MATTER]
        statement = (
            sa.select(*keys, *(sa.func.sum(_T[name]) for name in COUNT_NAMES))
            .where(_T.origin == origin)
            .group_by(*keys)
        )
        sums: Sums = {}
        for row in self._connection.execute(statement):
            matter, counts = Matter(*row[: len(keys)]), counts_of(tuple(row)[len(keys) :])
            take_counts(sums, old, matter, counts=counts)
            add_counts(sums, path, matter, counts=counts)
        self._add_sums(sums)
        self._add(_PUT_ORIGIN, [_origin_row(origin, path)])

    def begin_anew(self, shape: str) -> None:
        """Forgets every sum: all tickets are counted again, from the first event."""
        for table in (FIGURE_DAY, FIGURE_ASKED, FIGURE_TICKET, FIGURE_ORIGIN):
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
            matter, counts = Matter(*row[1:_PLACES_AT]), counts_of(tuple(row)[_PLACES_AT:])
            take_counts(sums, paths[row.origin], matter, counts=counts)
        if rows:
            self._connection.execute(sa.delete(FIGURE_TICKET).where(_T.number.in_(numbers)))

    def _add_sums(self, sums: Sums) -> None:
        """In one order everywhere, so that two replicas cannot block each other."""
        found = {key: counts for key, counts in sums.items() if counts != NOTHING}
        days = sorted((each for each in found if isinstance(each, SumKey)), key=_order)
        asked = sorted((each for each in found if isinstance(each, AskedKey)), key=_order)
        self._add(_ADD_DAY, [{**_fields(key), **values_of(found[key])} for key in days])
        self._add(_ADD_ASKED, [{**_fields(key), **values_of(found[key])} for key in asked])

    def _add(self, statement: Prepared, rows: Sequence[dict[str, Any]]) -> None:
        statement.put_many(self._connection, rows)


def _order(key: SumKey | AskedKey) -> tuple[Any, ...]:
    return tuple(_fields(key).values())


def _fields(key: SumKey | AskedKey) -> dict[str, Any]:
    """By the columns of its table."""
    return {name: getattr(key, name) for name in key.__slots__}


def _origin_row(origin: str, path: tuple[str, ...]) -> dict[str, str]:
    return {"origin": origin, "path": json.dumps(path, ensure_ascii=False)}
