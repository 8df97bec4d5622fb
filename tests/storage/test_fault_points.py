"""The places where trials kill the process: before the commit nothing is there, after it everything is."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage.store import open_store
from tests.storage.conftest import NOW

ROOT = Path(__file__).resolve().parents[2]
OPENS_THREE_TICKETS = """
import sys
from storage.store import open_store
from tests.storage.conftest import NOW
from tests.storage.rows import open_ticket
store = open_store(sys.argv[1], now=lambda: NOW)
for _ in range(3):
    store.writer.run_now(open_ticket)
"""


@pytest.mark.parametrize(
    ("point", "stored"),
    [
        ("writer.before_commit", 0),
        ("writer.after_commit", 1),
        ("writer.before_commit:3", 2),
        ("writer.after_commit:3", 3),
    ],
)
def test_a_process_that_dies_at_its_commit_has_stored_all_of_it_or_nothing(
    store_url: str, point: str, stored: int
) -> None:
    died = subprocess.run(
        [sys.executable, "-c", OPENS_THREE_TICKETS, store_url],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LIREN_FAULT_POINT": point},
        check=False,
    )

    store = open_store(store_url, now=lambda: NOW)
    assert died.returncode == -signal.SIGKILL
    assert sum(store.reads.figures().live.values()) == stored
    assert (store.verify_audit().rows, store.verify_audit().problems) == (stored, ())
    store.close_now()
