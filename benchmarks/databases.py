"""Databases to measure on, in a folder that goes afterwards: SQLite, and a PostgreSQL that keeps what it commits."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.postgres import SERVER_OPTIONS, get_server, stop_server

DURABLE = {
    **SERVER_OPTIONS,
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
}
"""Unlike the tests' server, whose data may be lost with the power."""

SQLITE = "SQLite"
POSTGRES = "PostgreSQL"
KINDS = (SQLITE, POSTGRES)


@contextlib.contextmanager
def empty_database(kind: str, folder: Path) -> Iterator[str]:
    """The address of a database without tables. Raises PostgresUnavailable where the server cannot run."""
    if kind == SQLITE:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            yield f"sqlite:///{place}/liren.db"
        return
    run_id = f"bench-{os.getpid()}"
    server = get_server(run_id, owner_pid=os.getpid(), options=DURABLE)
    name = server.create_database()
    try:
        yield server.url_of(name)
    finally:
        server.drop_database(name)


def stop_postgres() -> None:
    """Ends the server of this run, if one was started."""
    stop_server(f"bench-{os.getpid()}")
