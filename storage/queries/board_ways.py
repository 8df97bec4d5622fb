"""Which way to the tickets of a list is short, where going through all live ones in their order would be long."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from routing.tickets import LIVE, Status
from storage.queries.board_wishes import BoardWish, has_few_places, is_status
from storage.queries.scope import is_among
from storage.tables.tickets import TICKET

FEW_TICKETS = 10_000
FEW_OF_A_PERIOD = 3_000

_T = TICKET.c
_A_DAY = timedelta(days=1)
_HIGHEST = 2**62


@dataclass(frozen=True, slots=True)
class OpenedThen:
    """Between which numbers tickets of a period lie, and of which states there are few between them."""

    first: int
    last: int
    few: frozenset[Status]


def are_few(connection: sa.Connection, wish: BoardWish) -> bool:
    """Whether all tickets of the places, whatever became of them, are soon looked at."""
    if not has_few_places(wish):
        return False
    assert wish.scope.nodes is not None
    dialect = connection.dialect.name
    counts = [
        _count(FEW_TICKETS + 1, is_among(place, wish.scope.nodes, dialect)) for place in (_T.node, _T.origin)
    ]
    return bool(max(connection.execute(sa.select(*counts)).one()) <= FEW_TICKETS)


def numbers_of_places(wish: BoardWish, dialect: str) -> sa.CompoundSelect[Any]:
    """Of all tickets that are asked at the places or were reported from them, without looking at the tickets."""
    assert wish.scope.nodes is not None
    return sa.union(
        *(
            sa.select(_T.number).where(is_among(place, wish.scope.nodes, dialect))
            for place in (_T.node, _T.origin)
        )
    )


def find_opened_then(connection: sa.Connection, wish: BoardWish) -> OpenedThen | None:
    """None without a period."""
    if wish.opened_from is None and wish.opened_before is None:
        return None
    first, last = find_numbers(connection, wish.opened_from, wish.opened_before)
    live = sorted(LIVE)
    counts = [_count(FEW_OF_A_PERIOD + 1, is_status(each), _T.number.between(first, last)) for each in live]
    found = connection.execute(sa.select(*counts)).one()
    few = frozenset(each for each, count in zip(live, found, strict=True) if count <= FEW_OF_A_PERIOD)
    return OpenedThen(first, last, few)


def find_numbers(
    connection: sa.Connection, since: datetime | None, until: datetime | None
) -> tuple[int, int]:
    """Between which numbers the tickets opened in [since, until) lie; backwards when there are none.

    Numbers are given out in the order of opening, within a day at least: of the days around both ends all are looked
    at.
    """
    first: sa.ColumnElement[int] = sa.literal(0)
    last: sa.ColumnElement[int] = sa.literal(_HIGHEST)
    if since is not None:
        later = _end(_T.opened_at >= since, _T.opened_at, _T.number)
        first = sa.func.coalesce(_around(since, sa.func.min(_T.number + 0)), later)
    if until is not None:
        earlier = _end(_T.opened_at < until, _T.opened_at.desc(), _T.number.desc())
        last = sa.func.coalesce(_around(until, sa.func.max(_T.number + 0)), earlier)
    bounds = connection.execute(sa.select(first, last)).one()
    return (_HIGHEST, 0) if None in bounds else (bounds[0], bounds[1])


def _end(condition: sa.ColumnElement[bool], *order: sa.ColumnElement[object]) -> sa.ColumnElement[int]:
    return sa.select(_T.number).where(condition).order_by(*order).limit(1).scalar_subquery()


def _around(at: datetime, number: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """Of a number that is worked out, or PostgreSQL would go through all tickets in the order of their numbers."""
    return sa.select(number).where(_T.opened_at >= at - _A_DAY, _T.opened_at < at + _A_DAY).scalar_subquery()


def _count(most: int, *conditions: sa.ColumnElement[bool] | sa.TextClause) -> sa.ColumnElement[int]:
    found = sa.select(_T.number).where(*conditions).limit(most).subquery()
    return sa.select(sa.func.count()).select_from(found).scalar_subquery()
