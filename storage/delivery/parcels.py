"""The outbox as delivery sees it: taken under a lease, settled once, by conditional updates only."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from routing.messages import Address
from routing.outgoing import Parcel, SendState
from storage.chats import list_moved, move_chat
from storage.delivery.lanes import give_back_all_lanes, give_back_lanes, lease_lane
from storage.delivery.outbox import Outbox
from storage.delivery.parcel_leases import PARCEL_COLUMNS, Lease, take_first, take_others
from storage.mapping import parcel_of
from storage.prepared import Prepared, is_any_of, is_one_of
from storage.tables.talk import OUTBOX
from storage.tickets import Tickets

_O = OUTBOX.c
_INSTANT = _O.due_at.type
_NOW = sa.bindparam("b_now", type_=_INSTANT)
_LANES = Prepared(sa.select(_O.lane).where(_O.due_at <= _NOW).distinct().order_by(_O.lane))
_COUNT_SENT = Prepared(
    sa.select(sa.func.count()).where(
        _O.lane == sa.bindparam("lane"),
        _O.chat == sa.bindparam("chat"),
        _O.kind == sa.bindparam("kind"),
        _O.state == SendState.SENT.value,
        _O.settled_at >= sa.bindparam("since", type_=_INSTANT),
    )
)
_IN_HANDS_OF = (
    _O.parcel_id == sa.bindparam("b_parcel_id"),
    _O.owner == sa.bindparam("b_owner"),
    _O.state == SendState.SENDING.value,
)
_SETTLE = Prepared(
    sa.update(OUTBOX).where(*_IN_HANDS_OF),
    "state",
    "detail",
    "vendor_ref",
    "settled_at",
    "due_at",
    "owner",
)
_TRY_AGAIN = Prepared(
    sa.update(OUTBOX)
    .where(*_IN_HANDS_OF)
    .values(
        state=SendState.WAITING.value,
        owner=None,
        due_at=sa.bindparam("b_at", type_=_INSTANT),
        detail=sa.bindparam("b_detail", type_=_O.detail.type),
        maybe_repeat=sa.or_(_O.maybe_repeat, sa.bindparam("b_maybe_repeat", type_=sa.Boolean)),
    )
)
_PUT_BACK = Prepared(
    sa.update(OUTBOX)
    .where(*_IN_HANDS_OF)
    .values(
        state=SendState.WAITING.value,
        owner=None,
        due_at=sa.bindparam("b_at", type_=_INSTANT),
        detail=sa.bindparam("b_detail", type_=_O.detail.type),
        attempts=_O.attempts - 1,
    )
)
_NOTE_CALLED = Prepared(
    sa.update(OUTBOX)
    .where(
        is_any_of(_O.parcel_id, "b_parcel_ids"),
        _O.owner == sa.bindparam("b_owner"),
        _O.state == SendState.SENDING.value,
    )
    .values(called_at=_NOW)
)
_TAKE_OVER = Prepared(
    sa.update(OUTBOX).where(_O.state == SendState.SENDING.value, _O.due_at > _NOW).values(due_at=_NOW)
)
_OTHER_ADDRESS = Prepared(
    sa.update(OUTBOX)
    .where(*_IN_HANDS_OF)
    .values(
        state=SendState.WAITING.value,
        owner=None,
        due_at=_NOW,
        attempts=0,
        lane=sa.bindparam("b_lane"),
        channel=sa.bindparam("b_channel"),
        account=sa.bindparam("b_account"),
        chat=sa.bindparam("b_chat"),
        thread=sa.bindparam("b_thread", type_=_O.thread.type),
    )
)
_BY_VENDOR_REF = Prepared(
    sa.select(*PARCEL_COLUMNS)
    .where(
        _O.vendor_ref == sa.bindparam("vendor_ref"),
        _O.lane == sa.bindparam("lane"),
        _O.chat == sa.bindparam("chat"),
    )
    .order_by(_O.parcel_id.desc())
    .limit(1)
)
_SEND_AGAIN = Prepared(
    sa.update(OUTBOX)
    .where(
        _O.parcel_id == sa.bindparam("b_parcel_id"),
        is_one_of(_O.state, [SendState.DEAD.value, SendState.UNKNOWN.value]),
    )
    .values(
        state=SendState.WAITING.value,
        due_at=_NOW,
        attempts=0,
        settled_at=None,
        maybe_repeat=sa.or_(_O.maybe_repeat, _O.state == SendState.UNKNOWN.value),
    )
)


class Parcels:
    def __init__(self, connection: sa.Connection, *, outbox: Outbox, tickets: Tickets) -> None:
        self._connection = connection
        self._outbox = outbox
        self._tickets = tickets

    def list_lanes(self, now: datetime) -> Sequence[str]:
        return [row[0] for row in _LANES.all(self._connection, b_now=now)]

    def lease_lane(self, lane: str, *, owner: str, now: datetime, lasts: timedelta) -> bool:
        return lease_lane(self._connection, lane, owner=owner, now=now, lasts=lasts)

    def give_back_lanes(self, owner: str) -> None:
        give_back_lanes(self._connection, owner=owner)

    def take(self, lane: str, *, owner: str, now: datetime, lasts: timedelta, limit: int) -> Sequence[Parcel]:
        """The first row of each chat that nobody is writing to, of those that have been due for longest."""
        return self._taken(take_first(self._connection, lane, Lease(owner, now, lasts), limit=limit))

    def take_others(
        self, first: Parcel, *, owner: str, now: datetime, lasts: timedelta, limit: int
    ) -> Sequence[Parcel]:
        """Rows for the same thread of the same chat: a group's topics are told apart."""
        return self._taken(take_others(self._connection, first, Lease(owner, now, lasts), limit=limit))

    def _taken(self, parcels: Sequence[Parcel]) -> Sequence[Parcel]:
        """Whoever takes letters looks at their tickets next."""
        self._tickets.look_ahead(each.notice.ticket_number for each in parcels)
        return parcels

    def count_sent(self, address: Address, kind: str, *, since: datetime) -> int:
        count: int = _COUNT_SENT.value(
            self._connection, lane=address.lane, chat=address.chat, kind=kind, since=since
        )
        return count

    def mark_sent(self, parcel_id: int, *, owner: str, vendor_ref: str, now: datetime) -> None:
        self._settle(
            parcel_id, SendState.SENT, owner=owner, detail="", now=now, vendor_ref=vendor_ref or None
        )

    def bury(self, parcel_id: int, *, owner: str, detail: str, now: datetime) -> None:
        self._settle(parcel_id, SendState.DEAD, owner=owner, detail=detail, now=now)

    def mark_unknown(self, parcel_id: int, *, owner: str, detail: str, now: datetime) -> None:
        self._settle(parcel_id, SendState.UNKNOWN, owner=owner, detail=detail, now=now)

    def drop(self, parcel_id: int, *, owner: str, detail: str, now: datetime) -> None:
        self._settle(parcel_id, SendState.DROPPED, owner=owner, detail=detail, now=now)

    def try_again(self, parcel_id: int, *, owner: str, at: datetime, detail: str, maybe_repeat: bool) -> None:
        _TRY_AGAIN.run(
            self._connection,
            b_parcel_id=parcel_id,
            b_owner=owner,
            b_at=at,
            b_detail=detail,
            b_maybe_repeat=maybe_repeat,
        )

    def put_back(self, parcel_id: int, *, owner: str, at: datetime, detail: str) -> None:
        """A row that was not tried after all: it costs no attempt."""
        _PUT_BACK.run(self._connection, b_parcel_id=parcel_id, b_owner=owner, b_at=at, b_detail=detail)

    def note_called(self, parcel_ids: Sequence[int], *, owner: str, now: datetime) -> bool:
        called = _NOTE_CALLED.run(self._connection, b_parcel_ids=list(parcel_ids), b_owner=owner, b_now=now)
        return called == len(parcel_ids)

    def take_over(self, now: datetime) -> None:
        """Ends every lease: for the only process of a database, which knows that whoever had them is gone."""
        give_back_all_lanes(self._connection)
        _TAKE_OVER.run(self._connection, b_now=now)

    def give_other_address(self, parcel_id: int, *, owner: str, address: Address, now: datetime) -> None:
        _OTHER_ADDRESS.run(
            self._connection,
            b_parcel_id=parcel_id,
            b_owner=owner,
            b_now=now,
            b_lane=address.lane,
            b_channel=address.channel,
            b_account=address.account,
            b_chat=address.chat,
            b_thread=address.thread,
        )

    def move_chat(self, channel: str, account: str, *, chat: str, to: str) -> int:
        self._outbox.write()
        return move_chat(self._connection, channel, account, chat=chat, to=to)

    def list_moved(self, channel: str, account: str) -> dict[str, str]:
        return list_moved(self._connection, channel, account)

    def find_by_vendor_ref(self, address: Address, vendor_ref: str) -> Parcel | None:
        row = _BY_VENDOR_REF.first(
            self._connection, lane=address.lane, chat=address.chat, vendor_ref=vendor_ref
        )
        return parcel_of(row) if row else None

    def send_again(self, parcel_id: int, *, now: datetime) -> bool:
        """A person's wish for a dead or unknown row; False for any other, and for one without an address."""
        return _SEND_AGAIN.run(self._connection, b_parcel_id=parcel_id, b_now=now) == 1

    def _settle(
        self,
        parcel_id: int,
        state: SendState,
        *,
        owner: str,
        detail: str,
        now: datetime,
        vendor_ref: str | None = None,
    ) -> None:
        """Changes nothing when the lease ran out and another has the row."""
        _SETTLE.run(
            self._connection,
            b_parcel_id=parcel_id,
            b_owner=owner,
            state=state.value,
            detail=detail,
            vendor_ref=vendor_ref,
            settled_at=now,
            due_at=None,
            owner=None,
        )
