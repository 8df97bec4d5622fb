"""The fake outbox: rows that the core adds and delivery takes under a lease, as `storage.delivery.parcels` does."""

from dataclasses import dataclass, replace
from datetime import datetime

from routing.messages import Address
from routing.notice_kinds import Notice
from routing.outgoing import Parcel, SendState


@dataclass(frozen=True)
class Row:
    """One row of the outbox. `due_at` is the end of the lease while it is being sent."""

    parcel: Parcel
    state: SendState
    due_at: datetime | None
    owner: str | None = None
    detail: str = ""
    vendor_ref: str = ""
    settled_at: datetime | None = None
    called_at: datetime | None = None


class FakeOutbox:
    def __init__(self, store) -> None:
        self._store = store

    @property
    def _rows(self) -> dict[int, Row]:
        return self._store.state.outbox

    def add(self, notice: Notice, addresses, *, now, not_before=None):
        for address in addresses:
            self._put(notice, address, now, SendState.WAITING, not_before or now)
        if not addresses:
            self._put(notice, Address("", "", ""), now, SendState.UNREACHABLE, None)

    def drop_calls(self, number, *, now):
        for parcel_id, row in self._rows.items():
            notice = row.parcel.notice
            is_call = notice.hearer.kind == "reporters" and row.state is SendState.UNREACHABLE
            if is_call and notice.ticket_number == number:
                self._rows[parcel_id] = replace(row, state=SendState.DROPPED, settled_at=now)

    def _put(self, notice, address, now, state, due_at):
        parcel_id = len(self._rows) + 1
        parcel = Parcel(parcel_id, f"key-{parcel_id}", notice, address, 0, now, maybe_repeat=False)
        self._rows[parcel_id] = Row(parcel, state, due_at)


class FakeParcels:
    def __init__(self, store) -> None:
        self._store = store

    @property
    def _rows(self) -> dict[int, Row]:
        return self._store.state.outbox

    def list_lanes(self, now):
        return sorted({each.parcel.address.lane for each in self._due(now)})

    def lease_lane(self, lane, *, owner, now, lasts):
        holder, until = self._store.state.lanes.get(lane, (owner, now))
        if holder != owner and until > now:
            return False
        self._store.state.lanes[lane] = (owner, now + lasts)
        return True

    def take(self, lane, *, owner, now, lasts, limit):
        first: dict[str, Row] = {}
        for row in self._due(now):
            if row.parcel.address.lane == lane and not self._is_in_hand(row, now):
                first.setdefault(row.parcel.address.chat, row)
        return [self._lease(each, owner, now + lasts) for each in list(first.values())[:limit]]

    def take_others(self, first: Parcel, *, owner, now, lasts, limit):
        rows = [
            each
            for each in self._due(now)
            if each.parcel.address == first.address and each.state is SendState.WAITING
        ]
        return [self._lease(each, owner, now + lasts) for each in rows[:limit]]

    def note_called(self, parcel_ids, *, owner, now):
        rows = [self._rows[each] for each in parcel_ids]
        for each in rows:
            if each.owner == owner:
                self._rows[each.parcel.parcel_id] = replace(each, called_at=now)
        return all(each.owner == owner for each in rows)

    def count_sent(self, address, kind, *, since):
        return sum(
            each.state is SendState.SENT
            and each.parcel.address == address
            and each.parcel.notice.kind == kind
            and each.settled_at >= since
            for each in self._rows.values()
        )

    def mark_sent(self, parcel_id, *, owner, vendor_ref, now):
        self._settle(parcel_id, owner, SendState.SENT, "", now, vendor_ref)

    def try_again(self, parcel_id, *, owner, at, detail, maybe_repeat):
        row = self._rows[parcel_id]
        if row.owner == owner:
            parcel = replace(row.parcel, maybe_repeat=row.parcel.maybe_repeat or maybe_repeat)
            self._rows[parcel_id] = Row(parcel, SendState.WAITING, at, detail=detail)

    def put_back(self, parcel_id, *, owner, at, detail):
        row = self._rows[parcel_id]
        if row.owner == owner:
            parcel = replace(row.parcel, attempts=row.parcel.attempts - 1)
            self._rows[parcel_id] = Row(parcel, SendState.WAITING, at, detail=detail)

    def bury(self, parcel_id, *, owner, detail, now):
        self._settle(parcel_id, owner, SendState.DEAD, detail, now)

    def mark_unknown(self, parcel_id, *, owner, detail, now):
        self._settle(parcel_id, owner, SendState.UNKNOWN, detail, now)

    def drop(self, parcel_id, *, owner, detail, now):
        self._settle(parcel_id, owner, SendState.DROPPED, detail, now)

    def give_other_address(self, parcel_id, *, owner, address, now):
        row = self._rows[parcel_id]
        parcel = replace(row.parcel, address=address, attempts=0)
        self._rows[parcel_id] = Row(parcel, SendState.WAITING, now)

    def move_chat(self, channel, account, *, chat, to):
        moved = 0
        for parcel_id, row in self._rows.items():
            address = row.parcel.address
            if row.due_at and (address.channel, address.account, address.chat) == (channel, account, chat):
                parcel = replace(row.parcel, address=replace(address, chat=to))
                self._rows[parcel_id] = replace(row, parcel=parcel)
                moved += 1
        return moved

    def find_by_vendor_ref(self, address: Address, vendor_ref):
        found = [
            each.parcel
            for each in self._rows.values()
            if each.vendor_ref == vendor_ref and each.parcel.address == address
        ]
        return found[-1] if found else None

    def _due(self, now):
        return [each for each in self._rows.values() if each.due_at is not None and each.due_at <= now]

    def _is_in_hand(self, row, now):
        chat = row.parcel.address
        return any(
            each.state is SendState.SENDING and each.parcel.address == chat and each.due_at > now
            for each in self._rows.values()
        )

    def _lease(self, row: Row, owner, until):
        was_called = row.state is SendState.SENDING and row.called_at is not None
        repeat = row.parcel.maybe_repeat or was_called
        parcel = replace(row.parcel, attempts=row.parcel.attempts + 1, maybe_repeat=repeat)
        self._rows[parcel.parcel_id] = Row(parcel, SendState.SENDING, until, owner)
        return parcel

    def _settle(self, parcel_id, owner, state, detail, now, vendor_ref=""):
        row = self._rows[parcel_id]
        if row.owner == owner:
            self._rows[parcel_id] = Row(row.parcel, state, None, None, detail, vendor_ref, now)
