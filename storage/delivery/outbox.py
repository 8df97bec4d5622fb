"""Notices with their addresses, added in the transaction that decided them. Delivering them is in `parcels`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from routing.messages import Address
from routing.notice_kinds import Hearer, Notice
from routing.outgoing import SendState
from storage.mapping import address_values, notice_values
from storage.prepared import Prepared, insert
from storage.random_digits import RandomDigits
from storage.roots import Roots
from storage.tables.talk import OUTBOX
from storage.writing.pending import Pending

_INSERT = insert(OUTBOX, without=["parcel_id", "called_at"])
_NOWHERE = {"lane": "", "channel": "", "account": "", "chat": "", "thread": None}
_UNTOUCHED = {
    "owner": None,
    "attempts": 0,
    "maybe_repeat": False,
    "detail": "",
    "vendor_ref": None,
    "settled_at": None,
}

_KEY_DIGITS = 32
_DROP_CALLS = Prepared(
    sa.update(OUTBOX)
    .where(
        OUTBOX.c.ticket_number == sa.bindparam("b_number", type_=OUTBOX.c.ticket_number.type),
        OUTBOX.c.hearer_kind == Hearer.reporters().kind,
        OUTBOX.c.state == SendState.UNREACHABLE.value,
    )
    .values(
        state=SendState.DROPPED.value,
        detail="no longer true",
        settled_at=sa.bindparam("b_now", type_=OUTBOX.c.settled_at.type),
    )
)


class Outbox:
    def __init__(
        self,
        connection: sa.Connection,
        *,
        roots: Roots,
        waiting: Pending[dict[str, Any]],
        digits: RandomDigits,
    ) -> None:
        self._connection = connection
        self._digits = digits
        self._roots = roots
        self._waiting = waiting

    def add(
        self,
        notice: Notice,
        addresses: Sequence[Address],
        *,
        now: datetime,
        not_before: datetime | None = None,
    ) -> None:
        row = {
            **_UNTOUCHED,
            **notice_values(notice),
            "root": self._roots.of(notice.ticket_number),
            "created_at": now,
        }
        for address in addresses:
            where = {**address_values(address), "lane": address.lane}
            due = {"state": SendState.WAITING.value, "due_at": not_before or now}
            self._waiting.add({**row, **where, **due, "key": self._digits.draw(_KEY_DIGITS)})
        if not addresses:
            nowhere = {**_NOWHERE, "state": SendState.UNREACHABLE.value, "due_at": None, "settled_at": now}
            self._waiting.add({**row, **nowhere, "key": self._digits.draw(_KEY_DIGITS)})

    def drop_calls(self, number: int, *, now: datetime) -> None:
        self.write()
        _DROP_CALLS.run(self._connection, b_number=number, b_now=now)

    def write(self) -> None:
        """What has waited so far, now: at the end of a batch, or before something looks through all rows."""
        _INSERT.put_many(self._connection, self._waiting.take())
