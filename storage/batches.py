"""One connection of the writer and what it does with a batch: each job in a savepoint, one commit for all."""

import contextlib
import logging
from collections.abc import Sequence

import sqlalchemy as sa

from storage.fault_points import reach
from storage.plan_shelf import PlanShelf
from storage.prepared import execute_text
from storage.troubles import DATABASE_ERRORS, Trouble, trouble_of
from storage.unit_of_work import Unit
from storage.waiting_jobs import WaitingJob

_log = logging.getLogger(__name__)


class Session:
    """Belongs to one thread. Opens its connection when it needs one, and drops it after any error it cannot judge."""

    def __init__(self, engine: sa.Engine, *, shelf: PlanShelf) -> None:
        self._engine = engine
        self._shelf = shelf
        self._connection: sa.Connection | None = None

    def commit(self, batch: Sequence[WaitingJob]) -> None:
        """Afterwards each job has its result or its own exception, all of it true in the database. Raises one of
        DATABASE_ERRORS with nothing stored, except where the connection broke during the commit: then nobody knows."""
        try:
            connection = self._connection = self._connection or self._engine.connect()
            connection.begin()
            unit = Unit(connection, shelf=self._shelf)
            for each in batch:
                self._run(each, unit, connection)
            unit.write_waiting()
            reach("writer.before_commit")
            connection.commit()
            reach("writer.after_commit")
            unit.note_commit()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(sa.exc.SQLAlchemyError):
                # Whatever the driver thinks of it: after an error nobody builds on this connection.
                connection.invalidate()
                connection.close()

    def _run(self, waiting: WaitingJob, unit: Unit, connection: sa.Connection) -> None:
        execute_text(connection, "SAVEPOINT job")
        waiting.error = None
        try:
            waiting.result = waiting.job(unit)
        except Exception as error:
            # The job's own error belongs to whoever gave the job; one of the database undoes the batch.
            if isinstance(error, DATABASE_ERRORS) and trouble_of(error) is not Trouble.OWN:
                raise
            waiting.error = error
            unit.discard_job()
            execute_text(connection, "ROLLBACK TO SAVEPOINT job")
        else:
            unit.settle_job()
        execute_text(connection, "RELEASE SAVEPOINT job")
