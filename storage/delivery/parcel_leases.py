"""Rows of the outbox that are taken to be sent now: whose turn it is, and the lease that keeps others off them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from routing.outgoing import Parcel, SendState
from storage.mapping import parcel_of
from storage.prepared import Fields, Prepared, is_any_of
from storage.tables.talk import OUTBOX

WINDOW = 400
"""Rows that are looked at first: a round takes few of them, and a flood must not be read through each time."""

_WHATEVER_WAITS = 2**62
_O = OUTBOX.c
_INSTANT = _O.due_at.type
_NOW = sa.bindparam("b_now", type_=_INSTANT)
PARCEL_COLUMNS = (
    _O.parcel_id, _O.key, _O.kind, _O.hearer_kind, _O.hearer_name, _O.ticket_number, _O.cycle, _O.urgent, _O["values"],
    _O.channel, _O.account, _O.chat, _O.thread, _O.attempts, _O.created_at, _O.maybe_repeat,
)  # fmt: skip
_IN_HAND = OUTBOX.alias("in_hand")
# `due_at` is only there while a row waits or is being sent, and for the latter it is the end of the lease.
_DUE = (_O.lane == sa.bindparam("b_lane"), _O.due_at <= _NOW)
_LONGEST_DUE = (
    sa.select(_O.chat, _O.parcel_id)
    .where(*_DUE)
    .order_by(_O.due_at)
    .limit(sa.bindparam("b_window", type_=sa.BigInteger))
    .subquery()
)
_CHATS = (
    sa.select(_LONGEST_DUE.c.chat, sa.func.min(_LONGEST_DUE.c.parcel_id).label("first"))
    .group_by(_LONGEST_DUE.c.chat)
    .subquery()
)
_CHAT_IS_FREE = ~(
    sa.select(sa.literal(1))
    .select_from(_IN_HAND)
    .where(
        _IN_HAND.c.chat == _CHATS.c.chat,
        _IN_HAND.c.lane == sa.bindparam("b_lane"),
        _IN_HAND.c.state == SendState.SENDING.value,
        _IN_HAND.c.due_at > _NOW,
    )
    .exists()
)
_FIRST_OF_CHATS = Prepared(
    sa.select(_CHATS.c.first)
    .where(_CHAT_IS_FREE)
    .order_by(_CHATS.c.first)
    .limit(sa.bindparam("b_limit", type_=sa.Integer))
)
_BEYOND_THE_WINDOW = Prepared(sa.select(sa.literal(1)).where(*_DUE).limit(1).offset(WINDOW))
_TAKE = Prepared(
    sa.update(OUTBOX)
    .where(is_any_of(_O.parcel_id, "b_parcel_ids"), *_DUE)
    .values(
        state=SendState.SENDING.value,
        owner=sa.bindparam("b_owner"),
        due_at=sa.bindparam("b_until", type_=_INSTANT),
        attempts=_O.attempts + 1,
        # Whoever had it and is gone may have handed it over; what only lay in their hands nobody saw.
        maybe_repeat=sa.or_(
            _O.maybe_repeat, sa.and_(_O.state == SendState.SENDING.value, _O.called_at.is_not(None))
        ),
        called_at=None,
    )
    .returning(*PARCEL_COLUMNS)
)
_OTHERS_OF_CHAT = Prepared(
    sa.select(_O.parcel_id)
    .where(
        *_DUE,
        _O.chat == sa.bindparam("b_chat"),
        _O.thread.is_not_distinct_from(sa.bindparam("b_thread", type_=_O.thread.type)),
        _O.state == SendState.WAITING.value,
    )
    .order_by(_O.parcel_id)
    .limit(sa.bindparam("b_limit", type_=sa.Integer))
)


@dataclass(frozen=True, slots=True)
class Lease:
    """Whose the rows are, from `now` on for as long as it `lasts`."""

    owner: str
    now: datetime
    lasts: timedelta


def take_first(connection: sa.Connection, lane: str, lease: Lease, *, limit: int) -> Sequence[Parcel]:
    """One row for each chat: the first of those that have been due for longest, where nobody is writing to the chat."""
    candidates = _list_first(connection, lane, now=lease.now, limit=limit, window=WINDOW)
    if len(candidates) < limit and _BEYOND_THE_WINDOW.first(connection, b_lane=lane, b_now=lease.now):
        candidates = _list_first(connection, lane, now=lease.now, limit=limit, window=_WHATEVER_WAITS)
    return _take_all(connection, candidates, lane, lease)


def take_others(connection: sa.Connection, first: Parcel, lease: Lease, *, limit: int) -> Sequence[Parcel]:
    """More rows for the chat and the thread of one that was taken."""
    lane = first.address.lane
    others = _OTHERS_OF_CHAT.all(
        connection,
        b_lane=lane,
        b_chat=first.address.chat,
        b_thread=first.address.thread,
        b_now=lease.now,
        b_limit=limit,
    )
    return _take_all(connection, others, lane, lease)


def _list_first(
    connection: sa.Connection, lane: str, *, now: datetime, limit: int, window: int
) -> Sequence[Fields]:
    return _FIRST_OF_CHATS.all(connection, b_lane=lane, b_now=now, b_limit=limit, b_window=window)


def _take_all(
    connection: sa.Connection, candidates: Sequence[Fields], lane: str, lease: Lease
) -> Sequence[Parcel]:
    """In the order of their ids; not those that another was quicker to take."""
    if not candidates:
        return []
    rows = _TAKE.all(
        connection,
        b_parcel_ids=[each[0] for each in candidates],
        b_lane=lane,
        b_now=lease.now,
        b_owner=lease.owner,
        b_until=lease.now + lease.lasts,
    )
    return sorted(map(parcel_of, rows), key=lambda each: each.parcel_id)
