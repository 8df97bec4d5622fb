"""Everything that a database holds, as one text: to look for words that must not be there."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

SQLITE = "sqlite:///"


def everything_in(url: str) -> str:
    """Every value of every row of every table."""
    rows = _sqlite_rows(url.removeprefix(SQLITE)) if url.startswith(SQLITE) else _postgres_rows(url)
    return "\n".join(" ".join(str(value) for value in row) for row in rows)


def bytes_on_disk(url: str) -> bytes:
    """The files of a SQLite database, with what lies in them besides the rows."""
    path = Path(url.removeprefix(SQLITE))
    return b"".join(each.read_bytes() for each in sorted(path.parent.glob(f"{path.name}*")))


def _sqlite_rows(path: str) -> Iterator[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in names:
            yield from connection.execute(f'SELECT * FROM "{name}"')
    finally:
        connection.close()


def _postgres_rows(url: str) -> Iterator[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (name,) in names:
            yield from connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(name)))
