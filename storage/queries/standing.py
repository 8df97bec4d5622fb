"""How things stand below a scope, in four numbers: for the first page that people see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from routing.tickets import LIVE, Status
from storage.queries.outbox import TROUBLED
from storage.queries.scope import Scope, is_visible
from storage.tables.talk import OUTBOX, TROUBLED_ROWS
from storage.tables.tickets import TICKET

COUNTED_UP_TO = 10_000
"""Nobody needs to know more exactly, and the database need not look further."""

_T = TICKET.c
_UNDER_WAY = sorted(each.value for each in LIVE)
_TICKING = sorted(each.value for each in LIVE - {Status.WAITING, Status.RESOLVED})


@dataclass(frozen=True, slots=True)
class Standing:
    """Tickets under way, those of them that missed a limit, messages that did not arrive. All may be counted up to
    `COUNTED_UP_TO` only."""

    open: int
    late: int
    dead: int
    has_any_ticket: bool


class StandingReads:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def count(self, scope: Scope, *, now: datetime) -> Standing:
        visible = is_visible(scope, self._engine.dialect.name)
        tickets = sa.select(_T.number).where(visible)
        late = sa.or_(_T.resolve_due_at < now, sa.and_(_T.status == Status.OPEN.value, _T.claim_due_at < now))
        troubled = (
            sa.select(OUTBOX.c.parcel_id)
            .select_from(OUTBOX.outerjoin(TICKET, _T.number == OUTBOX.c.ticket_number))
            .where(
                visible,
                sa.text(f"({TROUBLED_ROWS})"),
                OUTBOX.c.state.in_(sorted(each.value for each in TROUBLED)),
            )
        )
        with self._engine.begin() as connection:
            return Standing(
                open=_count(connection, tickets.where(_T.status.in_(_UNDER_WAY))),
                late=_count(connection, tickets.where(_T.status.in_(_TICKING), late)),
                dead=_count(connection, troubled),
                has_any_ticket=connection.execute(tickets.limit(1)).first() is not None,
            )


def _count(connection: sa.Connection, rows: sa.Select[Any]) -> int:
    bounded = rows.limit(COUNTED_UP_TO).subquery()
    count: int = connection.execute(sa.select(sa.func.count()).select_from(bounded)).scalar_one()
    return count
