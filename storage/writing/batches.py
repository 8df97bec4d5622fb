"""One connection of the writer and what it does with a batch: each job undone alone, one commit for all."""

import contextlib
import logging
from collections.abc import Sequence

import sqlalchemy as sa

from storage.fault_points import reach
from storage.plan_shelf import PlanShelf
from storage.prepared import UNDERWAY
from storage.writing.troubles import DATABASE_ERRORS, Trouble, trouble_of
from storage.writing.unit_of_work import Unit
from storage.writing.waiting_jobs import WaitingJob

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
            connection = self._connection = self._connection or self._open()
            connection.begin()
            unit = Unit(connection, shelf=self._shelf, jobs=len(batch))
            unit.look_ahead([each.about for each in batch if each.about is not None])
            for each in batch:
                self._run(each, unit)
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

    def _open(self) -> sa.Connection:
        connection = self._engine.connect()
        sa.event.listen(connection, "before_cursor_execute", _forewarn)
        return connection

    def _run(self, waiting: WaitingJob, unit: Unit) -> None:
        unit.begin_job()
        waiting.error = None
        try:
            waiting.result = waiting.job(unit)
        except Exception as error:
            # The job's own error belongs to whoever gave the job; one of the database undoes the batch.
            if isinstance(error, DATABASE_ERRORS) and not _is_for_job_alone(error, unit):
                raise
            waiting.error = error
            unit.discard_job()
        else:
            unit.settle_job()


def _is_for_job_alone(error: Exception, unit: Unit) -> bool:
    return unit.can_undo_job and trouble_of(error) is Trouble.OWN


def _forewarn(connection: sa.Connection, *_statement: object) -> None:
    """Statements that go the ordinary way must see what waits, too."""
    underway = connection.info.get(UNDERWAY)
    if underway is not None:
        underway.before_anything()
