"""A ticket's story: appended, never edited."""

from collections.abc import Sequence

import sqlalchemy as sa

from routing.events import Event
from storage.audit import SALT_DIGITS, Fact, fact_of
from storage.mapping import event_of
from storage.prepared import Prepared
from storage.random_digits import RandomDigits
from storage.roots import Roots
from storage.tables.tickets import TICKET_EVENT
from storage.writing.pending import Pending

_E = TICKET_EVENT.c
EVENT_COLUMNS = (
    _E.ticket_number, _E.kind, _E.at, _E.by, _E.node, _E.group, _E.reason, _E.words, _E["values"],
)  # fmt: skip
_NAMES = tuple(column.name for column in EVENT_COLUMNS)
_LIST = Prepared(
    sa.select(*EVENT_COLUMNS).where(_E.ticket_number == sa.bindparam("number")).order_by(_E.event_id)
)


class History:
    """Events wait for the end of the batch, where the chain gives them their place; until then they are read here."""

    def __init__(
        self, connection: sa.Connection, *, roots: Roots, facts: Pending[Fact], digits: RandomDigits
    ) -> None:
        self._connection = connection
        self._digits = digits
        self._roots = roots
        self._facts = facts

    def append(self, event: Event) -> None:
        root, salt = self._roots.of(event.ticket_number), self._digits.draw(SALT_DIGITS)
        self._facts.add(fact_of(event, root=root, salt=salt))

    def list_of(self, number: int) -> Sequence[Event]:
        stored = _LIST.all(self._connection, number=number)
        waiting = (each.event for each in self._facts if each.event is not None)
        fresh = [tuple(row[name] for name in _NAMES) for row in waiting if row["ticket_number"] == number]
        return [event_of(row) for row in (*stored, *fresh)]
