"""What a transaction of the writer has not written yet: new rows that wait for others of their kind, and the savepoint
of the job under way, which is only made when something is written. Every statement asks here before it runs.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

import sqlalchemy as sa

from storage.prepared import UNDERWAY, Values, execute_text
from storage.writing.foresight import Foresight

Rows = dict[str, list[Values]]


class Insert(Protocol):
    def catch_up(self, connection: sa.Connection, rows: Iterable[Values]) -> None: ...


class Underway:
    """Of one transaction. `inserts` are the tables whose rows may wait, each after those that it refers to."""

    def __init__(
        self, connection: sa.Connection, *, inserts: Mapping[str, Insert], foresight: Foresight
    ) -> None:
        self._connection = connection
        self._foresight = foresight
        self._inserts = inserts
        connection.info[UNDERWAY] = self
        self._tables: set[str] = set()
        self._settled: Rows = {}
        self._fresh: Rows = {}
        self._written_of_others: Rows = {}
        self._in_job = False
        self._has_savepoint = False

    @property
    def has_savepoint(self) -> bool:
        """Without one there is nothing of the job that the database would have to undo."""
        return self._has_savepoint

    def defer(self, table: str, row: Values) -> None:
        """An insert that may wait until the end of the batch, or until something looks at its table."""
        self._fresh.setdefault(table, []).append(row)
        self._tables.add(table)

    def before_reading(self, tables: frozenset[str]) -> None:
        if self._is_waited_for(tables):
            self._write()

    def before_writing(self, tables: frozenset[str]) -> None:
        self._foresight.forget(tables)
        self._make_savepoint()
        if self._is_waited_for(tables):
            self._write()

    def before_anything(self) -> None:
        """A statement that nobody has looked at."""
        self._foresight.forget_all()
        self._make_savepoint()
        if self._tables:
            self._write()

    # --- one job after another --------------------------------------------------------------------------------------

    def begin_job(self) -> None:
        self._in_job, self._has_savepoint = True, False
        self._written_of_others = {}

    def settle_job(self) -> None:
        """The job went well: its rows belong to the batch now."""
        if self._has_savepoint:
            execute_text(self._connection, "RELEASE SAVEPOINT job")
        for table, rows in self._fresh.items():
            self._settled.setdefault(table, []).extend(rows)
        self._end_job()

    def discard_job(self) -> None:
        """Undoes the job. Rows of others that were written for its sake wait again."""
        if self._has_savepoint:
            execute_text(self._connection, "ROLLBACK TO SAVEPOINT job")
            execute_text(self._connection, "RELEASE SAVEPOINT job")
            for table, rows in self._settled.items():
                self._written_of_others.setdefault(table, []).extend(rows)
            self._settled = self._written_of_others
            self._tables.update(self._settled)
        self._foresight.forget_all()
        self._end_job()

    def _end_job(self) -> None:
        self._fresh, self._written_of_others = {}, {}
        self._in_job = self._has_savepoint = False

    def finish(self) -> None:
        """The end of the batch: everything is written."""
        self._write()

    # --- the database -----------------------------------------------------------------------------------------------

    def _is_waited_for(self, tables: frozenset[str]) -> bool:
        """May say yes once too often, after a job was undone."""
        return not self._tables.isdisjoint(tables)

    def _make_savepoint(self) -> None:
        if self._in_job and not self._has_savepoint:
            execute_text(self._connection, "SAVEPOINT job")
            self._has_savepoint = True

    def _write(self) -> None:
        """All of it, in an order in which no row refers to one that is not there yet."""
        self._make_savepoint()
        settled, fresh = self._settled, self._fresh
        self._settled, self._fresh = {}, {}
        self._tables.clear()
        if self._has_savepoint:
            _add_all(settled, to=self._written_of_others)
        for table, insert in self._inserts.items():
            rows = [*settled.get(table, ()), *fresh.get(table, ())]
            if rows:
                insert.catch_up(self._connection, rows)


def _add_all(rows: Rows, *, to: Rows) -> None:
    for table, some in rows.items():
        to.setdefault(table, []).extend(some)
