"""Views of the board that people keep under a name; each owner has their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from storage.prepared import Prepared
from storage.tables.board import SAVED_VIEW

MOST_VIEWS = 30
"""Of one owner: more nobody finds anything in."""

_V = SAVED_VIEW.c
_OWN = (_V.owner == sa.bindparam("b_owner"), _V.view_id == sa.bindparam("b_view_id"))
_LIST = sa.select(_V.view_id, _V.name, _V.query).where(_V.owner == sa.bindparam("owner")).order_by(_V.view_id)
_FIND_NAMED = Prepared(
    sa.select(_V.view_id).where(_V.owner == sa.bindparam("owner"), _V.name == sa.bindparam("name"))
)
_INSERT = Prepared(sa.insert(SAVED_VIEW), "owner", "name", "query", "made_at")
_SET_QUERY = Prepared(sa.update(SAVED_VIEW).where(*_OWN), "query")
_SET_NAME = Prepared(sa.update(SAVED_VIEW).where(*_OWN), "name")
_DELETE = Prepared(sa.delete(SAVED_VIEW).where(*_OWN))


@dataclass(frozen=True, slots=True)
class SavedView:
    view_id: int
    name: str
    query: str


class SavedViews:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def list_of(self, owner: str) -> Sequence[SavedView]:
        """In the order in which they were made."""
        return [SavedView(*row) for row in self._connection.execute(_LIST, {"owner": owner})]

    def keep(self, owner: str, name: str, *, query: str, now: datetime) -> bool:
        """False when there are too many already; the view of the same name becomes this one."""
        known = _FIND_NAMED.first(self._connection, owner=owner, name=name)
        if known is not None:
            _SET_QUERY.run(self._connection, b_owner=owner, b_view_id=known[0], query=query)
            return True
        if len(self.list_of(owner)) >= MOST_VIEWS:
            return False
        _INSERT.run(self._connection, owner=owner, name=name, query=query, made_at=now)
        return True

    def rename(self, owner: str, view_id: int, *, name: str) -> bool:
        """False for one that is not there, and for a name that another one has."""
        known = _FIND_NAMED.first(self._connection, owner=owner, name=name)
        if known is not None and known[0] != view_id:
            return False
        return _SET_NAME.run(self._connection, b_owner=owner, b_view_id=view_id, name=name) == 1

    def drop(self, owner: str, view_id: int) -> bool:
        return _DELETE.run(self._connection, b_owner=owner, b_view_id=view_id) == 1
