"""Ids of new people, given before their rows are written, so that a row may wait for the others of its batch."""

import sqlalchemy as sa

from storage.prepared import Prepared
from storage.tables.talk import PERSON

# The counter that PostgreSQL made for the column; on SQLite only one transaction writes at a time.
_NEXT_VALUES = Prepared(
    sa.select(sa.func.nextval(sa.func.pg_get_serial_sequence("person", "person_id"))).select_from(
        sa.func.generate_series(1, sa.bindparam("count", type_=sa.Integer)).alias("some")
    )
)
_LAST = Prepared(sa.select(sa.func.coalesce(sa.func.max(PERSON.c.person_id), 0)))


class PersonIds:
    """Those of one batch. `at_once`: how many jobs it has, each of which may want one."""

    def __init__(self, connection: sa.Connection, *, at_once: int) -> None:
        self._connection = connection
        self._at_once = at_once
        self._drawn: list[int] = []
        self._last: int | None = None

    def next(self) -> int:
        """A failed job's id is not given again in this batch."""
        return self._draw() if self._connection.dialect.name == "postgresql" else self._count()

    def _draw(self) -> int:
        if not self._drawn:
            rows = _NEXT_VALUES.all(self._connection, count=self._at_once)
            self._drawn = sorted((int(row[0]) for row in rows), reverse=True)
        return self._drawn.pop()

    def _count(self) -> int:
        if self._last is None:
            self._last = int(_LAST.value(self._connection))
        self._last += 1
        return self._last
