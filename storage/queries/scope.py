"""Which tickets a reader may see: one condition for every query, so that no query can forget a part of it."""

import json
from collections.abc import Collection
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from storage.tables.tickets import TICKET

# Up to so many places an index finds their few tickets; more are most of the tree, and going through the tickets from
# the newest finds a page sooner than sorting all that an index yields.
_FEW_PLACES = 200


class Scope(Protocol):
    """The nodes whose tickets may be seen: those asked at, or reported from, one of them. None means everything."""

    @property
    def nodes(self) -> frozenset[str] | None: ...


def is_visible(scope: Scope, dialect: str) -> sa.ColumnElement[bool]:
    if scope.nodes is None:
        return sa.true()
    return sa.or_(
        is_among(TICKET.c.node, scope.nodes, dialect), is_among(TICKET.c.origin, scope.nodes, dialect)
    )


def is_among(column: sa.ColumnElement[str], values: Collection[str], dialect: str) -> sa.ColumnElement[bool]:
    """`IN` for any number of values, as one parameter: a city has more places than a statement may have parameters."""
    ordered = sorted(values)
    if dialect == "postgresql":
        return column == sa.any_(sa.bindparam(None, ordered, type_=ARRAY(sa.Text)))
    listed = sa.func.json_each(json.dumps(ordered)).table_valued("value")
    searched = column if len(ordered) <= _FEW_PLACES else column.op("||")("")
    return searched.in_(sa.select(listed.c.value))
