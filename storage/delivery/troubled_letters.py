"""What a person does with a letter that did not arrive: send it another way, need it no longer, think again.

Trying the same address once more is in `parcels`.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from routing.messages import Address
from routing.notice_kinds import Notice
from routing.outgoing import SendState
from storage.delivery.parcel_leases import PARCEL_COLUMNS
from storage.mapping import parcel_of
from storage.prepared import Prepared, is_one_of
from storage.tables.talk import OUTBOX

SETTLED = "settled"
"""The detail of a settled row begins so, then the state it had, then the detail it had."""

_O = OUTBOX.c
_TROUBLED = [SendState.DEAD.value, SendState.UNKNOWN.value, SendState.UNREACHABLE.value]
_THIS = _O.parcel_id == sa.bindparam("b_parcel_id")
_FIND = Prepared(sa.select(_O.state, *PARCEL_COLUMNS).where(_THIS, is_one_of(_O.state, _TROUBLED)))
_SETTLE = Prepared(
    sa.update(OUTBOX)
    .where(_THIS, is_one_of(_O.state, _TROUBLED))
    .values(
        state=SendState.DROPPED.value,
        detail=sa.literal(f"{SETTLED} ") + _O.state + sa.literal(": ") + _O.detail,
        settled_at=sa.bindparam("b_now", type_=_O.settled_at.type),
    )
)
_FIND_SETTLED = Prepared(sa.select(_O.detail).where(_THIS, _O.state == SendState.DROPPED.value))
_TAKE_BACK = Prepared(
    sa.update(OUTBOX)
    .where(_THIS, _O.state == SendState.DROPPED.value)
    .values(
        state=sa.bindparam("b_state", type_=_O.state.type),
        detail=sa.bindparam("b_detail", type_=_O.detail.type),
    )
)


@dataclass(frozen=True, slots=True)
class TroubledLetter:
    """`address` is None where there was no way to the hearer."""

    parcel_id: int
    state: SendState
    notice: Notice
    address: Address | None


class TroubledLetters:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find(self, parcel_id: int) -> TroubledLetter | None:
        """None for one that is no trouble, or no longer."""
        row = _FIND.first(self._connection, b_parcel_id=parcel_id)
        if row is None:
            return None
        parcel = parcel_of(row[1:])
        address = parcel.address if parcel.address.chat else None
        return TroubledLetter(parcel_id, SendState(row[0]), parcel.notice, address)

    def settle(self, parcel_id: int, *, now: datetime) -> bool:
        """It need not be sent any more. False when it is no trouble, or no longer."""
        return _SETTLE.run(self._connection, b_parcel_id=parcel_id, b_now=now) == 1

    def take_back(self, parcel_id: int) -> bool:
        """A settled letter is a trouble again, as it was. False for any other."""
        row = _FIND_SETTLED.first(self._connection, b_parcel_id=parcel_id)
        mark, _, rest = (row[0] if row else "").partition(" ")
        state, _, detail = rest.partition(": ")
        if mark != SETTLED or state not in _TROUBLED:
            return False
        return _TAKE_BACK.run(self._connection, b_parcel_id=parcel_id, b_state=state, b_detail=detail) == 1
