"""The whole store behind one address: what `app` opens at start and closes at the end."""

import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from storage.ailments import tell_ailment
from storage.audit import Head
from storage.audit_check import AuditReport, verify
from storage.backup import back_up
from storage.engine import empty_log, parse_address, reading_engine, writing_engine
from storage.plan_shelf import PlanShelf
from storage.queries.reads import Reads
from storage.schema import is_current, is_empty, is_unknown, upgrade
from storage.settings import BACKED_UP_AT, GENERATION
from storage.writing.troubles import StoreUnavailable
from storage.writing.unit_of_work import Unit
from storage.writing.writer import Writer

_WRITERS = 1
"""SQLite has one whatever one does; on PostgreSQL two only made smaller batches, and replicas share the work."""


NEWER_RELEASE = "a newer release has changed its tables: start that one, or restore a copy"


class Store:
    """`writer` changes things, `reads` answers pages. Use `open_store`."""

    def __init__(self, url: sa.URL, *, now: Callable[[], datetime]) -> None:
        self._now = now
        self.writing_engine = writing_engine(url, connections=_WRITERS + 1)
        self.reading_engine = reading_engine(url)
        shelf = PlanShelf()
        self.reads = Reads(self.reading_engine, shelf=shelf)
        self.writer = Writer(self.writing_engine, threads=_WRITERS, shelf=shelf)

    def upgrade(self) -> None:
        """Brings the schema to this release; blocks. Does nothing when it is there already.

        Raises StoreUnavailable with one line when no server answers, the file is none of SQLite's, or a newer
        release has been at work there.
        """
        try:
            self._bring_up_to_date()
        except sa.exc.DatabaseError as error:
            if type(error) not in {sa.exc.DatabaseError, sa.exc.OperationalError}:
                raise
            raise StoreUnavailable(tell_ailment(error)) from error
        self.writer.run_now(_name_generation)

    def _bring_up_to_date(self) -> None:
        if is_current(self.writing_engine):
            return
        if is_unknown(self.writing_engine):
            raise StoreUnavailable(NEWER_RELEASE)
        upgrade(self.writing_engine)

    def take_over(self) -> None:
        """Ends the leases of a process that was killed, so that nobody waits for them; blocks.

        Only where one process has the database, SQLite: elsewhere whoever has a lease may well be alive.
        """
        if self.writing_engine.dialect.name == "sqlite":
            self.writer.run_now(self._end_leases)

    def _end_leases(self, unit: Unit) -> None:
        unit.parcels.take_over(self._now())
        unit.vendor_tokens.take_over()

    def is_current(self) -> bool:
        return is_current(self.reading_engine)

    def is_empty(self) -> bool:
        return is_empty(self.reading_engine)

    def is_of_newer_release(self) -> bool:
        return is_unknown(self.reading_engine)

    def back_up(self, path: Path) -> None:
        """A copy of everything in one file; blocks. Raises BackupError. How to restore: `storage.backup`."""
        now = self._now()
        back_up(self.writing_engine, path, now=now)
        self.writer.run_now(lambda unit: unit.settings.put(BACKED_UP_AT, now.isoformat()))

    def empty_log(self) -> bool:
        """Takes the old pages of erased words off the disk; blocks for a moment. False: try again later."""
        return empty_log(self.writing_engine)

    def verify_audit(self, *, known_head: Head | None = None) -> AuditReport:
        """Checks the whole chain; blocks."""
        with self.reading_engine.begin() as connection:
            return verify(connection, known_head=known_head)

    async def close(self) -> None:
        """Does the jobs that wait, then lets go of every connection."""
        await self.writer.close()
        self._dispose()

    def close_now(self) -> None:
        """The same for callers without an event loop."""
        self.writer.close_now()
        self._dispose()

    def _dispose(self) -> None:
        self.writing_engine.dispose()
        self.reading_engine.dispose()


def open_store(address: str, *, now: Callable[[], datetime]) -> Store:
    """`sqlite:///file` or `postgresql://…`. Raises DatabaseAddressError; touches no table before `upgrade`."""
    return Store(parse_address(address), now=now)


def _name_generation(unit: Unit) -> None:
    if unit.settings.find(GENERATION) is None:
        unit.settings.put(GENERATION, uuid.uuid4().hex)
