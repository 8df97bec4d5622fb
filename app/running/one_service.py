"""One `liren serve` for one SQLite file: a lock that the kernel gives back when the process ends, however it ends.

Commands beside a running service need no lock, and PostgreSQL takes as many replicas as one likes.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from storage.engine import parse_address

PATIENCE_SECONDS = 5.0
"""How long a service that is just being ended is waited for."""

_BETWEEN_TRIES = 0.1


class AlreadyServedError(Exception):
    """Another process serves this database; `process` is its number, empty when it could not be read."""

    def __init__(self, path: Path, process: str) -> None:
        who = f"process {process}" if process else "another process"
        super().__init__(
            f"{who} already serves {path}. Two services on one SQLite file would disturb each other: end the other "
            "one first, or give this one a database of its own in LIREN_DATABASE_URL"
        )
        self.path = path
        self.process = process


@contextmanager
def hold_alone(database_url: str, *, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Holds the lock, where one is needed. Waits up to `patience` seconds for it.

    Raises AlreadyServedError, DatabaseAddressError, and OSError when the folder cannot be written.
    """
    url = parse_address(database_url)
    if url.drivername != "sqlite" or not url.database:
        yield
        return
    path = Path(url.database)
    # A file of its own: whoever closes the database file would give back SQLite's locks with it.
    with path.with_name(f"{path.name}.serving").open("a+", encoding="ascii") as file:
        _lock(file, path, patience=patience)
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def _lock(file: IO[str], path: Path, *, patience: float) -> None:
    gives_up_at = time.monotonic() + patience
    while not _is_locked(file):
        if time.monotonic() >= gives_up_at:
            file.seek(0)
            raise AlreadyServedError(path, file.read().strip())
        time.sleep(_BETWEEN_TRIES)


def _is_locked(file: IO[str]) -> bool:
    """True when it is ours now. Of the kind that children do not inherit."""
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
