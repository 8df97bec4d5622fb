"""What the page of one ticket shows beside its file: its letters, its pictures, and tickets near it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from routing.tickets import Ticket
from storage.mapping import TICKET_COLUMNS, ticket_of
from storage.pictures import PictureState
from storage.plan_shelf import PlanShelf
from storage.queries.outbox import OutboxItem, OutboxReads
from storage.queries.scope import Scope, is_among, is_visible
from storage.tables.tickets import PICTURE, TICKET

MOST_LETTERS = 100
_NEAREST_OF = 2_000
"""How many tickets of a category are looked at for neighbours, the newest first."""

_T = TICKET.c
_P = PICTURE.c
_PLAN_AT = TICKET_COLUMNS.index("plan_id")


@dataclass(frozen=True, slots=True)
class TicketPicture:
    picture_id: int
    is_kept: bool


class TicketPageReads:
    def __init__(self, engine: sa.Engine, *, shelf: PlanShelf) -> None:
        self._engine = engine
        self.outbox = OutboxReads(engine)
        self._shelf = shelf

    def list_letters(self, number: int) -> Sequence[OutboxItem]:
        """Newest first, at most `MOST_LETTERS`."""
        return self.outbox.list_of_ticket(number, limit=MOST_LETTERS)

    def list_pictures(self, number: int) -> Sequence[TicketPicture]:
        statement = sa.select(_P.picture_id, _P.state).where(_P.ticket_number == number)
        with self._engine.begin() as connection:
            rows = connection.execute(statement.order_by(_P.picture_id))
            return [TicketPicture(row[0], row[1] == PictureState.KEPT.value) for row in rows]

    def find_picture(self, number: int, picture_id: int) -> tuple[str, bytes] | None:
        """Media type and content of a kept picture of this ticket."""
        statement = sa.select(_P.media_type, _P.content).where(
            _P.picture_id == picture_id, _P.ticket_number == number, _P.content.is_not(None)
        )
        with self._engine.begin() as connection:
            row = connection.execute(statement).first()
        return (row[0], bytes(row[1])) if row else None

    def list_nearby(
        self, ticket: Ticket, *, scope: Scope, nodes: Collection[str], limit: int
    ) -> Sequence[Ticket]:
        """Of the same category, reported at one of these nodes, newest first, without itself."""
        dialect = self._engine.dialect.name
        newest = (
            sa.select(_T.number, _T.opened_at)
            .where(_T.root == ticket.root, _T.category == ticket.category)
            .order_by(_T.opened_at.desc())
            .limit(_NEAREST_OF)
            .subquery()
        )
        statement = (
            sa.select(TICKET)
            .join(newest, newest.c.number == _T.number)
            .where(
                _T.number != ticket.number, is_among(_T.origin, nodes, dialect), is_visible(scope, dialect)
            )
            .order_by(newest.c.opened_at.desc(), _T.number.desc())
            .limit(limit)
        )
        with self._engine.begin() as connection:
            rows = [tuple(row) for row in connection.execute(statement)]
            return [ticket_of(row, self._shelf.get(connection, row[_PLAN_AT])) for row in rows]
