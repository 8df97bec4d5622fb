"""Connections to the two databases: addresses, pragmas, limits, and a clear refusal when a place cannot be written."""

import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from storage.prepared import READS
from storage.writing.troubles import raise_if_away

BUSY_SECONDS = 2.0
"""How long SQLite waits for another process's transaction before it says so."""

STATEMENT_SECONDS = 15
READ_SECONDS = 30
IDLE_SECONDS = 10
"""So long a replica whose machine froze in the middle of a transaction keeps its locks from the others. Two of a
vendor's three tries come later."""
_CONNECT_SECONDS = 5
_READERS = 4
_PSYCOPG = "postgresql+psycopg"


class DatabaseAddressError(Exception):
    """The database cannot be used as the address says; the text says why and never holds the password."""


def parse_address(text: str) -> sa.URL:
    """`sqlite:///file` or `postgresql://…`, the latter made to mean psycopg. Raises DatabaseAddressError."""
    try:
        url = sa.make_url(text)
    except (sa.exc.ArgumentError, ValueError):
        raise DatabaseAddressError(
            "The database address must look like sqlite:///liren.db or postgresql://user:password@host/name"
        ) from None
    if url.drivername in {"postgres", "postgresql", _PSYCOPG}:
        return url.set(drivername=_PSYCOPG)
    if url.drivername in {"sqlite", "sqlite+pysqlite"}:
        return _check_file(url.set(drivername="sqlite"))
    raise DatabaseAddressError(f'"{url.drivername}" is not supported: use sqlite or postgresql')


def writing_engine(url: sa.URL, *, connections: int) -> sa.Engine:
    """For the writer: every transaction may write."""
    if url.drivername == "sqlite":
        return _sqlite_engine(url, begin="BEGIN IMMEDIATE", connections=connections)
    return _postgres_engine(url, seconds=STATEMENT_SECONDS, connections=connections, read_only="off")


def reading_engine(url: sa.URL) -> sa.Engine:
    """For pages and reports: refuses to write, so that a mistake there cannot get past the writer.

    A database that went away, or does not answer in time, is StoreUnavailable to whoever reads."""
    if url.drivername == "sqlite":
        engine = _sqlite_engine(url, begin="BEGIN", connections=_READERS)
        sa.event.listen(engine, "connect", _refuse_writes)
    else:
        # Each statement sees what is committed then, in a transaction or not: without one it is asked in one go.
        own = {"isolation_level": "AUTOCOMMIT"}
        engine = _postgres_engine(url, seconds=READ_SECONDS, connections=_READERS, read_only="on", own=own)
    sa.event.listen(engine, "handle_error", _say_when_away)
    sa.event.listen(engine, "connect", _note_that_it_reads)
    return engine


def _say_when_away(context: sa.engine.ExceptionContext) -> None:
    """The pool's own question whether a connection lives is left alone: the pool answers it with a new connection."""
    error = context.original_exception
    if isinstance(error, Exception) and not context.is_pre_ping:
        raise_if_away(error)


def _note_that_it_reads(_: object, record: sa.pool.ConnectionPoolEntry) -> None:
    record.info[READS] = True


def empty_log(engine: sa.Engine) -> bool:
    """Writes SQLite's log into the file and empties it: what was erased would lie in its old pages for long.

    False when somebody is reading just now; nobody is kept waiting for it. Nothing to do for PostgreSQL.
    """
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=0")
        (is_busy, _, _) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")
    finally:
        connection.close()
    return not is_busy


def _check_file(url: sa.URL) -> sa.URL:
    if not url.database or url.database == ":memory:":
        raise DatabaseAddressError("The SQLite address names no file: write sqlite:///liren.db")
    path = Path(url.database)
    folder = path.absolute().parent
    if not folder.is_dir():
        raise DatabaseAddressError(f"The folder of the database does not exist: {folder}")
    # SQLite keeps its log beside the file, so the folder must be writable too.
    if not os.access(folder, os.W_OK | os.X_OK):
        raise DatabaseAddressError(f"The folder of the database is not writable: {folder}")
    if path.is_dir() or (path.exists() and not os.access(path, os.R_OK | os.W_OK)):
        raise DatabaseAddressError(f"The database file cannot be read and written: {path}")
    return url


def _sqlite_engine(url: sa.URL, *, begin: str, connections: int) -> sa.Engine:
    engine = sa.create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False, "cached_statements": 512},
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # or the driver would begin transactions of its own kind
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # what was erased shall not stay in the file
        "temp_store=MEMORY",
        "cache_size=-16000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _refuse_writes(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA query_only=ON")


def _postgres_engine(
    url: sa.URL,
    *,
    seconds: int,
    connections: int,
    read_only: str,
    own: Mapping[str, str] = MappingProxyType({}),
) -> sa.Engine:
    options = {
        "timezone": "UTC",
        "statement_timeout": f"{seconds}s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": f"{IDLE_SECONDS}s",
        "default_transaction_read_only": read_only,
        # What a page asks depends on its places and words: a plan for any of them goes through lists of places one by
        # one. What the writer does is alike each time.
        "plan_cache_mode": "force_custom_plan" if read_only == "on" else "auto",
        "default_transaction_isolation": "read\\ committed",
    }
    return sa.create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": _CONNECT_SECONDS,
            "application_name": "liren",
            "options": " ".join(f"-c {name}={value}" for name, value in options.items()),
        },
        **own,
    )
