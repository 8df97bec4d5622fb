"""Ticket numbers: from 1001, never twice, gaps allowed."""

import sqlalchemy as sa

from storage.prepared import Prepared
from storage.tables import FIRST_NUMBER, NUMBER_SEQUENCE
from storage.tables_office import SETTING

LAST_NUMBER = "last_ticket_number"

# A row of the same transaction is enough where only one transaction writes at a time; a sequence does not make
# replicas wait for each other.
_NEXT_VALUE = Prepared(sa.select(NUMBER_SEQUENCE.next_value()))
_COUNT = Prepared(
    sa.update(SETTING)
    .where(SETTING.c.name == LAST_NUMBER)
    .values(value=sa.cast(sa.cast(SETTING.c.value, sa.Integer) + 1, sa.Text))
    .returning(SETTING.c.value)
)
_START = Prepared(sa.insert(SETTING), "name", "value")


def next_number(connection: sa.Connection) -> int:
    if connection.dialect.name == "postgresql":
        return int(_NEXT_VALUE.value(connection))
    row = _COUNT.first(connection)
    if row is None:
        _START.run(connection, name=LAST_NUMBER, value=str(FIRST_NUMBER))
        return FIRST_NUMBER
    return int(row[0])
