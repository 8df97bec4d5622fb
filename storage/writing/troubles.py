"""What an error of the database means for the jobs that met it. Nothing is retried here."""

import sqlite3
from enum import StrEnum

import psycopg
import sqlalchemy as sa


class StoreUnavailable(ConnectionError):
    """The job was not stored, as far as one can know, and may be tried again later: a 503."""


class Trouble(StrEnum):
    """`OWN`: the job's own fault. `CONFLICT`: another was quicker. `LOST`: the connection or the server went, the
    outcome is unknown. `FULL`: nothing can be written until a person makes room, or mends what is broken."""

    OWN = "own"
    CONFLICT = "conflict"
    LOST = "lost"
    FULL = "full"


# https://www.postgresql.org/docs/current/errcodes-appendix.html
_UNIQUE_VIOLATION = "23505"
_LOCK_NOT_AVAILABLE = "55P03"
_READ_ONLY = "25006"  # a server that was the first and is now the second
_DISK_FULL = "53100"
_CONFLICT_CLASS = "40"
_LOST_CLASSES = ("08", "53", "57")

# https://www.sqlite.org/rescode.html, the low byte of an extended code
_SQLITE_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_SQLITE_FULL = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
}


DATABASE_ERRORS = (sa.exc.DBAPIError, psycopg.Error, sqlite3.Error)
"""Hot statements go to the driver itself, the others through SQLAlchemy, which wraps what the driver raises."""


def trouble_of(error: Exception) -> Trouble:
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    if isinstance(cause, psycopg.Error):
        return _of_postgres(cause)
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause)
    return Trouble.OWN


def raise_if_away(error: Exception) -> None:
    """For those who only read: they hear no driver's error of a database that went away or does not answer in time."""
    if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
        return
    if trouble_of(error) is Trouble.LOST:
        raise StoreUnavailable("The database does not answer") from error


def is_contradiction(error: Exception) -> bool:
    """The rows break a constraint: repeated, they will do so again unless another's rows were the reason."""
    return isinstance(error, sa.exc.IntegrityError | psycopg.IntegrityError | sqlite3.IntegrityError)


def _of_postgres(error: psycopg.Error) -> Trouble:
    state = error.sqlstate or ""
    if state == _DISK_FULL:
        return Trouble.FULL
    if state.startswith(_CONFLICT_CLASS) or state in {_UNIQUE_VIOLATION, _LOCK_NOT_AVAILABLE}:
        return Trouble.CONFLICT
    if state.startswith(_LOST_CLASSES) or state == _READ_ONLY:
        return Trouble.LOST
    # A connection that breaks under the driver's hands comes without a state.
    is_broken = isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
    return Trouble.LOST if is_broken and not state else Trouble.OWN


def _of_sqlite(error: sqlite3.Error) -> Trouble:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _SQLITE_BUSY:
        return Trouble.LOST
    return Trouble.FULL if code in _SQLITE_FULL else Trouble.OWN
