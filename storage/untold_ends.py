"""Tickets that left the board without a word: ended in their row and not in their story, or gone altogether.

The chain seals the story and not the rows that are made from it; this is what the row would be changed for.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from routing.events import EventKind
from routing.tickets import ENDED
from storage.tables.tickets import TICKET, TICKET_EVENT

_MOST = 100
_T, _E, _R = TICKET.c, TICKET_EVENT.alias("e").c, TICKET_EVENT.alias("r").c
_REOPENED_SINCE = sa.exists().where(
    _R.ticket_number == _E.ticket_number, _R.kind == EventKind.REOPENED.value, _R.event_id > _E.event_id
)
_SAYS_SO = sa.exists().where(_E.ticket_number == _T.number, _E.kind == _T.status, ~_REOPENED_SINCE)
_LAST_OF = (
    sa.select(sa.func.max(TICKET_EVENT.c.event_id))
    .where(TICKET_EVENT.c.ticket_number == _T.number)
    .correlate(TICKET)
    .scalar_subquery()
)
_ENDED_UNTOLD = (
    sa.select(_LAST_OF)
    .where(_T.status.in_(sorted(each.value for each in ENDED)), ~_SAYS_SO)
    .order_by(_T.number)
    .limit(_MOST)
)
_WITHOUT_TICKET = (
    sa.select(sa.func.max(_E.event_id))
    .where(~sa.exists().where(_T.number == _E.ticket_number))
    .group_by(_E.ticket_number)
    .limit(_MOST)
)


def list_ended_untold(connection: sa.Connection) -> Sequence[int]:
    """The last event of each ticket whose end no event tells, 0 where it has none. Blocks for long."""
    return [row[0] or 0 for row in connection.execute(_ENDED_UNTOLD)]


def list_without_ticket(connection: sa.Connection) -> Sequence[int]:
    """The last event of each story whose ticket is gone. Blocks for long."""
    return sorted(row[0] for row in connection.execute(_WITHOUT_TICKET))
