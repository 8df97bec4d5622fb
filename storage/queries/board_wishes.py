"""What a list of the board is narrowed by, as conditions that leave each list its own index."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.sql.operators import custom_op

from routing.tickets import ENDED, Status
from storage.queries.scope import Scope, is_among
from storage.tables.tickets import TICKET

_T = TICKET.c
# Up to so many places their own indexes yield few tickets; from more, going through a list in its order is quicker.
FEW_PLACES = 3
ENDED_VALUES = tuple(sorted(each.value for each in ENDED))
Seen = Callable[[sa.ColumnElement[Any]], sa.ColumnElement[Any]]


class BoardWish(Protocol):
    """Each part narrows; an empty one does not. `scope` are places that are asked or were reported from."""

    @property
    def scope(self) -> Scope: ...
    @property
    def level(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def holder(self) -> str: ...
    @property
    def is_urgent(self) -> bool: ...
    @property
    def opened_from(self) -> datetime | None: ...
    @property
    def opened_before(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Mark:
    """The place of a ticket in a list: after it the next page begins. `rank` counts the parts of a list."""

    rank: int
    at: datetime
    number: int


def narrow(wish: BoardWish, dialect: str) -> list[sa.ColumnElement[bool]]:
    """For statements that find their tickets by something else."""
    return list(_narrow(wish, dialect, lambda column: column))


def narrow_along(wish: BoardWish, dialect: str) -> list[sa.ColumnElement[bool]]:
    """For lists that go through an index in its order until a page is full.

    SQLite would rather take all tickets of a place and sort them; a column with "+" before it has no index there.
    PostgreSQL weighs that itself.
    """
    return list(_narrow(wish, dialect, _along(dialect)))


def narrow_beside_places(wish: BoardWish, dialect: str) -> list[sa.ColumnElement[bool]]:
    """By all but the places, for what goes through an index of theirs."""
    return [*_narrow_further(wish, _along(dialect))]


def _along(dialect: str) -> Seen:
    return _without_index if dialect == "sqlite" else lambda column: column


def _narrow(wish: BoardWish, dialect: str, seen: Seen) -> Iterator[sa.ColumnElement[bool]]:
    nodes = wish.scope.nodes
    if nodes is not None:
        yield sa.or_(
            is_among(seen(_T.node), nodes, dialect),
            is_among(seen(_T.origin), nodes, dialect),
        )
    yield from _narrow_further(wish, seen)


def _narrow_further(wish: BoardWish, seen: Seen) -> Iterator[sa.ColumnElement[bool]]:
    if wish.level:
        yield seen(_T.level) == wish.level
    if wish.category:
        yield seen(_T.category) == wish.category
    if wish.holder:
        yield seen(_T.holder) == wish.holder
    if wish.is_urgent:
        yield _T.urgent == sa.true()
    if wish.opened_from is not None:
        yield seen(_T.opened_at) >= wish.opened_from
    if wish.opened_before is not None:
        yield seen(_T.opened_at) < wish.opened_before


def _without_index(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.UnaryExpression(column, operator=custom_op("+"), type_=column.type)


def is_status(status: Status) -> sa.TextClause:
    """In the words of the partial indexes: for a parameter neither database would use one."""
    return sa.text(f"ticket.status = '{status.value}'")


def has_ended() -> sa.ColumnElement[bool]:
    return _T.status.in_(ENDED_VALUES)


def has_few_places(wish: BoardWish) -> bool:
    return wish.scope.nodes is not None and len(wish.scope.nodes) <= FEW_PLACES


def is_narrowed_further(wish: BoardWish) -> bool:
    """By anything beside places."""
    return bool(
        wish.level
        or wish.category
        or wish.holder
        or wish.is_urgent
        or wish.opened_from is not None
        or wish.opened_before is not None
    )
