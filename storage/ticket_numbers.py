"""Ticket numbers: from 1001, never twice, and hardly ever one left out: people ask what became of it."""

import sqlalchemy as sa

from storage.prepared import Prepared
from storage.tables.office import SETTING
from storage.tables.tickets import FIRST_NUMBER, NUMBER_SEQUENCE

LAST_NUMBER = "last_ticket_number"
_FLOOD_SHARE = 2
"""Drawn ahead at once: this part of what the batch has given already."""

# A row of the same transaction is enough where only one transaction writes at a time; a sequence does not make
# replicas wait for each other.
_NEXT_VALUES = Prepared(
    sa.select(NUMBER_SEQUENCE.next_value()).select_from(
        sa.func.generate_series(1, sa.bindparam("count", type_=sa.Integer)).alias("some")
    )
)
_LAST = Prepared(sa.select(SETTING.c.value).where(SETTING.c.name == LAST_NUMBER))
_START = Prepared(sa.insert(SETTING), "name", "value")
_KEEP = Prepared(sa.update(SETTING).where(SETTING.c.name == LAST_NUMBER), "value")


class TicketNumbers:
    """Those of one batch. `at_once`: how many jobs it has, each of which may want one."""

    def __init__(self, connection: sa.Connection, *, at_once: int) -> None:
        self._connection = connection
        self._at_once = at_once
        self._has_sequence = connection.dialect.name == "postgresql"
        self._drawn: list[int] = []
        self._given = 0
        self._last: int | None = None

    def next(self) -> int:
        """A failed job's number is not given again."""
        self._given += 1
        return self._draw() if self._has_sequence else self._count()

    def keep(self) -> None:
        """At the end of the batch: what was counted in memory becomes true with it."""
        if self._last is not None:
            _KEEP.run(self._connection, value=str(self._last))

    def _draw(self) -> int:
        if not self._drawn:
            rows = _NEXT_VALUES.all(self._connection, count=self._how_many())
            self._drawn = sorted((int(row[0]) for row in rows), reverse=True)
        return self._drawn.pop()

    def _how_many(self) -> int:
        """What is drawn and not given is left out for good, and most jobs open nothing: one at a time, until so many
        have opened a ticket that this batch is a flood of reports."""
        still = self._at_once - self._given + 1
        return max(1, min(self._given // _FLOOD_SHARE, still))

    def _count(self) -> int:
        if self._last is None:
            row = _LAST.first(self._connection)
            if row is None:
                _START.run(self._connection, name=LAST_NUMBER, value=str(FIRST_NUMBER - 1))
            self._last = int(row[0]) if row else FIRST_NUMBER - 1
        self._last += 1
        return self._last
