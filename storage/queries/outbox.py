"""Read models of the outbox: what waits, what was given up and whom nothing reached. Without words and addresses."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from routing.messages import BY_OFFICE
from routing.outgoing import SendState
from storage.queries.scope import Scope, is_visible
from storage.tables.talk import OUTBOX, PERSON, TROUBLED_ROWS
from storage.tables.tickets import REPORTER, TICKET

TROUBLED = frozenset({SendState.DEAD, SendState.UNKNOWN, SendState.UNREACHABLE})
"""What a person should look at."""


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """`hearer` is like "group:xingfuli-staff" or "reporters:". `node` and `origin` are empty without a ticket."""

    parcel_id: int
    ticket_number: int
    node: str
    origin: str
    kind: str
    hearer: str
    lane: str
    state: SendState
    detail: str
    attempts: int
    maybe_repeat: bool
    created_at: datetime
    settled_at: datetime | None


_O = OUTBOX.c
_ITEMS = sa.select(
    _O.parcel_id, _O.ticket_number, TICKET.c.node, TICKET.c.origin, _O.kind, _O.hearer_kind, _O.hearer_name, _O.lane,
    _O.state, _O.detail, _O.attempts, _O.maybe_repeat, _O.created_at, _O.settled_at,
).select_from(OUTBOX.outerjoin(TICKET, TICKET.c.number == _O.ticket_number))  # fmt: skip


class OutboxReads:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def list_page(
        self,
        scope: Scope,
        *,
        states: Collection[SendState] = TROUBLED,
        below: int | None = None,
        limit: int = 50,
    ) -> Sequence[OutboxItem]:
        """Newest first by id, only ids below `below`; rows of no ticket only for a scope over everything."""
        statement = (
            _ITEMS.where(is_visible(scope, self._engine.dialect.name), _is_in(states))
            .order_by(_O.parcel_id.desc())
            .limit(limit)
        )
        if below is not None:
            statement = statement.where(_O.parcel_id < below)
        return self._items(statement)

    def find(self, parcel_id: int, *, scope: Scope) -> OutboxItem | None:
        visible = is_visible(scope, self._engine.dialect.name)
        return next(iter(self._items(_ITEMS.where(_O.parcel_id == parcel_id, visible))), None)

    def list_of_ticket(self, number: int, *, limit: int) -> Sequence[OutboxItem]:
        """Everything that anybody was to hear of it, newest first."""
        return self._items(
            _ITEMS.where(_O.ticket_number == number).order_by(_O.parcel_id.desc()).limit(limit)
        )

    def list_contacts(self, numbers: Collection[int]) -> Mapping[int, Sequence[str]]:
        """How to reach those of a ticket whom no channel reaches, as they gave it."""
        statement = (
            sa.select(REPORTER.c.ticket_number, PERSON.c.home)
            .join(PERSON, PERSON.c.person_id == REPORTER.c.person_id)
            .where(
                REPORTER.c.ticket_number.in_(sorted(numbers)),
                REPORTER.c.channel == BY_OFFICE,
                PERSON.c.home != "",
            )
            .distinct()
            .order_by(REPORTER.c.ticket_number, PERSON.c.home)
        )
        found: dict[int, list[str]] = {}
        with self._engine.begin() as connection:
            for number, contact in connection.execute(statement):
                found.setdefault(number, []).append(contact)
        return found

    def _items(self, statement: sa.Select[Any]) -> list[OutboxItem]:
        with self._engine.begin() as connection:
            return [_item(tuple(row)) for row in connection.execute(statement)]


def _is_in(states: Collection[SendState]) -> sa.ColumnElement[bool]:
    wanted = _O.state.in_(sorted(each.value for each in states))
    # The words of the partial index, so that few troubled rows are found without going through all the others.
    return sa.and_(sa.text(f"({TROUBLED_ROWS})"), wanted) if TROUBLED.issuperset(states) else wanted


def _item(row: tuple[Any, ...]) -> OutboxItem:
    parcel_id, number, node, origin, kind, hearer_kind, hearer_name, lane, state, *rest = row
    hearer = f"{hearer_kind}:{hearer_name}"
    where = (node or "", origin or "")
    return OutboxItem(parcel_id, number, *where, kind, hearer, lane, SendState(state), *rest)
