"""What ails a database that cannot be used, and what to do, in one line for whoever looks after the machine."""

import sqlite3

import psycopg
import sqlalchemy as sa

_LOW_BYTE = 0xFF
_ROOM = "the disk is full, or broken: make room beside the database, or look at the disk"
DAMAGED = (
    "the file is damaged, or no database of Liren: stop, keep it, and put the latest backup in its place"
)
_SQLITE = {
    sqlite3.SQLITE_FULL: _ROOM,
    sqlite3.SQLITE_IOERR: _ROOM,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_BUSY: "another program holds it: end that one, such as a tool in which the file is open",
    sqlite3.SQLITE_READONLY: "this user may not write it: look at the owner of the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened: look at the owner of the file and its folder",
}
# What the server or libpq says; a connection that was never made has no code.
_POSTGRES = (
    ("password authentication failed", "look at user and password in LIREN_DATABASE_URL"),
    ("no password supplied", "LIREN_DATABASE_URL holds no password"),
    ("no pg_hba.conf entry", "the server lets nobody in from here: look at its pg_hba.conf"),
    ("does not exist", "make the role and the database, or look at their names in LIREN_DATABASE_URL"),
    ("too many clients", "too many connections: raise max_connections, or run fewer replicas"),
    ("remaining connection slots", "too many connections: raise max_connections, or run fewer replicas"),
    ("starting up", "the server is just starting: wait a moment"),
    ("shutting down", "the server is just stopping: wait a moment, or start it"),
    ("permission denied", "the role may not do this: let it own the database"),
    ("read-only", "the server takes no writes, as a standby does: use the address of the first one"),
    ("No space left", "the disk of the server is full: make room there"),
    ("could not translate host name", "no such host: look at the name in LIREN_DATABASE_URL"),
    ("failed to resolve host", "no such host: look at the name in LIREN_DATABASE_URL"),
    ("refused", "nobody listens there: start the server, or look at host and port in LIREN_DATABASE_URL"),
    ("timeout", "the server does not answer: look whether it runs and can be reached"),
)


def tell_ailment(error: BaseException) -> str:
    """What the driver said and what to do about it, where that is known; never a password."""
    cause = _driver_error(error)
    said = (str(cause).strip().splitlines() or [type(cause).__name__])[0]
    advice = _advice_for(cause)
    return f"{said}; {advice}" if advice else said


def _driver_error(error: BaseException) -> BaseException:
    if isinstance(error, sa.exc.DBAPIError) and error.orig is not None:
        return error.orig
    return _driver_error(error.__cause__) if error.__cause__ is not None else error


def _advice_for(cause: BaseException) -> str:
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & _LOW_BYTE, "")
    if isinstance(cause, psycopg.Error):
        said = str(cause)
        return next((advice for words, advice in _POSTGRES if words in said), "")
    return ""
