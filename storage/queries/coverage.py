"""What the store knows about places and chats that matters for coverage: who left, who never spoke, who acts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from routing.events import EventKind
from routing.outgoing import SendState
from storage.queries.scope import is_among
from storage.tables.office import AUDIT
from storage.tables.talk import OUTBOX, TROUBLED_ROWS
from storage.tables.tickets import TICKET, TICKET_EVENT

MOST_LOST = 5_000

_O = OUTBOX.c
_TROUBLED = sa.text(f"({TROUBLED_ROWS})")
_E = TICKET_EVENT.c
_ARRIVES = frozenset({EventKind.OPENED, EventKind.ESCALATED, EventKind.HANDED_BACK})
_TAKES = frozenset({EventKind.CLAIMED, EventKind.TRANSFERRED})


@dataclass(frozen=True, slots=True)
class Lost:
    """A chat to which the last letter was given up, and what the vendor said."""

    channel: str
    chat: str
    detail: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Moves:
    """How many tickets came to a place, and how many were taken there."""

    came: int = 0
    taken: int = 0


class CoverageReads:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def list_lost(self, *, since: datetime) -> list[Lost]:
        """Chats whose newest letter is a dead one, of those that were given up since."""
        later = OUTBOX.alias("later")
        arrived = (
            sa.select(sa.literal(1))
            .where(
                later.c.chat == _O.chat,
                later.c.state == SendState.SENT.value,
                later.c.channel == _O.channel,
                later.c.parcel_id > _O.parcel_id,
            )
            .exists()
        )
        statement = (
            sa.select(_O.channel, _O.chat, _O.detail, _O.settled_at)
            # The words of the partial index, so that few troubled rows are found without all the others.
            .where(
                _TROUBLED, _O.state == SendState.DEAD.value, _O.chat != "", _O.settled_at >= since, ~arrived
            )
            .order_by(_O.parcel_id.desc())
            .limit(MOST_LOST)
        )
        with self._engine.begin() as connection:
            return [Lost(*tuple(row)) for row in connection.execute(statement)]

    def list_silent(self, node_ids: Collection[str]) -> set[str]:
        """Of these nodes those from which nothing was ever reported."""
        dialect = self._engine.dialect.name
        with self._engine.begin() as connection:
            heard = set(
                connection.execute(
                    sa.select(TICKET.c.origin).where(is_among(TICKET.c.origin, node_ids, dialect)).distinct()
                ).scalars()
            )
        return set(node_ids) - heard

    def count_moves(self, *, since: datetime) -> Mapping[str, Moves]:
        """For each node to which a ticket came."""
        kinds = sorted(each.value for each in _ARRIVES | _TAKES)
        came = sa.func.sum(sa.case((_E.kind.in_(sorted(each.value for each in _ARRIVES)), 1), else_=0))
        statement = (
            sa.select(_E.node, came, sa.func.count())
            .where(_E.kind.in_(kinds), _E.at >= since)
            .group_by(_E.node)
        )
        with self._engine.begin() as connection:
            first = _first_since(connection, since)
            rows = connection.execute(statement.where(_E.event_id >= first)).all()
        return {node: Moves(int(came), int(all_of_them) - int(came)) for node, came, all_of_them in rows}

    def born_at(self) -> datetime | None:
        with self._engine.begin() as connection:
            at: datetime | None = connection.execute(
                sa.select(AUDIT.c.at).order_by(AUDIT.c.seq).limit(1)
            ).scalar()
            return at


def _first_since(connection: sa.Connection, since: datetime) -> int:
    """About the first event of that time: events are in order of their ids, so that the older ones are not read."""
    low, high = 0, connection.execute(sa.select(sa.func.max(_E.event_id))).scalar() or 0
    while low < high:
        middle = (low + high) // 2
        at = connection.execute(
            sa.select(_E.at).where(_E.event_id >= middle).order_by(_E.event_id).limit(1)
        ).scalar()
        if at is not None and at < since:
            low = middle + 1
        else:
            high = middle
    return max(0, low - 1000)
