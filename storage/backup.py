"""A consistent copy of the whole store in one SQLite file, made while it runs.

From SQLite it is SQLite's own online copy. From PostgreSQL it is a copy of all rows in one snapshot: enough to start
again on one machine, to look into and to move; a large city's PostgreSQL is better kept by pg_dump or by its log.

To restore, put the file where the address points to and start. The copy is prepared for that: it has a generation id
of its own, ticket numbers go on far above those that may have been given since, leases are gone, and what was waiting
to be sent is held among the dead letters, because the house it was copied from may have sent it.
"""

import os
import sqlite3
import uuid
from contextlib import closing
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from routing.outgoing import SendState
from storage.engine import writing_engine
from storage.plan_shelf import PlanShelf
from storage.schema import METADATA, upgrade
from storage.settings import GENERATION
from storage.tables.office import SETTING
from storage.tables.talk import LANE_LEASE, OUTBOX, VENDOR_TOKEN
from storage.tables.tickets import FIRST_NUMBER, NUMBER_SEQUENCE, PICTURE
from storage.ticket_numbers import LAST_NUMBER
from storage.writing.unit_of_work import Unit

HELD = "held: restored from a backup"
_NUMBER_GAP = 10_000
_CHUNK = 500


class BackupError(Exception):
    """The backup was not made; the text says why."""


def back_up(engine: sa.Engine, path: Path, *, now: datetime) -> None:
    """Blocks. Raises BackupError; leaves no half file behind. Never writes over a file."""
    if path.exists():
        raise BackupError(f"There is a file already: {path}")
    if not path.absolute().parent.is_dir():
        raise BackupError(f"There is no folder for the backup: {path.absolute().parent}")
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        _copy(engine, part)
        _prepare(part, now=now)
        _seal(part)
        part.rename(path)
    except (OSError, sqlite3.Error, sa.exc.SQLAlchemyError) as error:
        raise BackupError(f"The backup failed: {type(error).__name__}") from error
    finally:
        for each in path.parent.glob(f"{part.name}*"):
            each.unlink(missing_ok=True)


def _copy(engine: sa.Engine, part: Path) -> None:
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection, closing(sqlite3.connect(part)) as copy:
            source = connection.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)
            source.backup(copy)
        return
    target = writing_engine(_address(part), connections=1)
    try:
        upgrade(target)
        with (
            engine.connect().execution_options(isolation_level="REPEATABLE READ") as source_connection,
            target.begin() as copy_connection,
        ):
            _copy_rows(source_connection, copy_connection)
    finally:
        target.dispose()


def _copy_rows(source: sa.Connection, copy: sa.Connection) -> None:
    last: sa.Select[int] = sa.select(sa.column("last_value")).select_from(sa.text(NUMBER_SEQUENCE.name))
    last_number = max(int(source.execute(last).scalar_one()), FIRST_NUMBER)
    for table in METADATA.sorted_tables:
        rows = source.execution_options(yield_per=_CHUNK).execute(sa.select(table)).mappings()
        for chunk in rows.partitions(_CHUNK):
            copy.execute(sa.insert(table), [dict(row) for row in chunk])
    copy.execute(sa.insert(SETTING).values(name=LAST_NUMBER, value=str(last_number)))


def _address(part: Path) -> sa.URL:
    return sa.URL.create("sqlite", database=str(part))


def _prepare(part: Path, *, now: datetime) -> None:
    engine = writing_engine(_address(part), connections=1)
    try:
        with engine.begin() as connection:
            held = {
                "state": SendState.DEAD.value,
                "due_at": None,
                "owner": None,
                "detail": HELD,
                "settled_at": now,
            }
            connection.execute(sa.update(OUTBOX).where(OUTBOX.c.due_at.is_not(None)).values(held))
            connection.execute(sa.delete(LANE_LEASE))
            connection.execute(sa.delete(VENDOR_TOKEN))
            connection.execute(sa.update(PICTURE).where(PICTURE.c.due_at.is_not(None)).values(due_at=now))
            unit = Unit(connection, shelf=PlanShelf())
            _begin_generation(unit, now=now)
            unit.settle_job()
            unit.write_waiting()
    finally:
        engine.dispose()


def _begin_generation(unit: Unit, *, now: datetime) -> None:
    before = unit.settings.find(GENERATION) or ""
    generation = uuid.uuid4().hex
    unit.settings.put(GENERATION, generation)
    last_number = int(unit.settings.find(LAST_NUMBER) or FIRST_NUMBER)
    unit.settings.put(LAST_NUMBER, str(last_number + _NUMBER_GAP))
    unit.audit.append(
        "backup.made",
        subject=f"generation:{generation}",
        by="system",
        content={"before": before, "numbers_after": last_number + _NUMBER_GAP},
        at=now,
    )


def _seal(part: Path) -> None:
    """One file without a log beside it, checked and on the disk."""
    with closing(sqlite3.connect(part, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
        if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise BackupError("The copy is damaged")
    with part.open("rb") as file:
        os.fsync(file.fileno())
