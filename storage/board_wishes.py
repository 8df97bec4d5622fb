"""What a list of the board is narrowed by, as conditions; and how each list is told to use its index."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import sqlalchemy as sa

from routing.tickets import ENDED, Status
from storage.scope import Scope, is_visible
from storage.tables import TICKET

_T = TICKET.c
# Up to so many places their own indexes yield few tickets; from more, going through a list in its order is quicker.
FEW_PLACES = 3
ENDED_VALUES = tuple(sorted(each.value for each in ENDED))


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


def narrow(wish: BoardWish, dialect: str) -> Iterator[sa.ColumnElement[bool]]:
    yield is_visible(wish.scope, dialect)
    if wish.level:
        yield _T.level == wish.level
    if wish.category:
        yield _T.category == wish.category
    if wish.holder:
        yield _T.holder == wish.holder
    if wish.is_urgent:
        yield _T.urgent == sa.true()
    if wish.opened_from is not None:
        yield _T.opened_at >= wish.opened_from
    if wish.opened_before is not None:
        yield _T.opened_at < wish.opened_before


def is_status(status: Status) -> sa.ColumnElement[bool]:
    """In the words of the partial indexes: for a parameter neither database would use one."""
    return sa.literal_column(f"ticket.status = '{status.value}'", sa.Boolean)


def has_ended() -> sa.ColumnElement[bool]:
    return _T.status.in_(ENDED_VALUES)


def by_index(statement: sa.Select[Any], name: str) -> sa.Select[Any]:
    """SQLite would rather sort everything than go through an index in its order; PostgreSQL weighs it itself."""
    return statement.with_hint(TICKET, f"INDEXED BY {name}", "sqlite")


def has_few_places(wish: BoardWish) -> bool:
    return wish.scope.nodes is not None and len(wish.scope.nodes) <= FEW_PLACES
