"""What an edit of the tree asks of the tickets: those under way, and how many there are of each pair of places."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from routing.tickets import ENDED, Ticket
from storage.hierarchy_versions.drafts import TreeDraft, TreeDrafts
from storage.mapping import TICKET_COLUMNS, ticket_of
from storage.plan_shelf import PlanShelf
from storage.tables.tickets import TICKET

_T = TICKET.c
_PLAN_AT = TICKET_COLUMNS.index("plan_id")
_ENDED = sorted(each.value for each in ENDED)


@dataclass(frozen=True, slots=True)
class PlacePair:
    """`count` tickets of all times are asked at `node` and were reported from `origin`."""

    node: str
    origin: str
    count: int


class EditReads:
    def __init__(self, engine: sa.Engine, *, shelf: PlanShelf) -> None:
        self._engine = engine
        self._shelf = shelf

    def list_under_way(self) -> Sequence[Ticket]:
        """Every ticket that is not ended, by number."""
        statement = sa.select(TICKET).where(_T.status.not_in(_ENDED)).order_by(_T.number)
        with self._engine.begin() as connection:
            rows = [tuple(row) for row in connection.execute(statement)]
            return [ticket_of(row, self._shelf.get(connection, row[_PLAN_AT])) for row in rows]

    def find_draft(self, account_id: int) -> TreeDraft | None:
        with self._engine.begin() as connection:
            return TreeDrafts(connection).find(account_id)

    def count_pairs(self) -> Sequence[PlacePair]:
        statement = sa.select(_T.node, _T.origin, sa.func.count()).group_by(_T.node, _T.origin)
        with self._engine.begin() as connection:
            return [PlacePair(*row) for row in connection.execute(statement)]
