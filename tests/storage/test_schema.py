"""Migrations: that they make what the models say, wherever they are run from and however they are interrupted."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from storage.engine import parse_address, writing_engine
from storage.schema import METADATA, is_current, is_unknown, upgrade
from storage.store import open_store
from tests.storage.conftest import NOW
from tests.storage.rows import open_ticket

ROOT = Path(__file__).resolve().parents[2]
# Runs the migration and kills itself before the statement of a given number.
INTERRUPTED = """
import os, signal, sys
import sqlalchemy as sa
from storage.engine import parse_address, writing_engine
from storage.schema import upgrade
engine = writing_engine(parse_address(sys.argv[1]), connections=1)
left = int(sys.argv[2])
@sa.event.listens_for(engine, "before_cursor_execute")
def count(*_):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
upgrade(engine)
"""


@pytest.fixture
def engine(database_url: str) -> Iterator[sa.Engine]:
    opened = writing_engine(parse_address(database_url), connections=2)
    yield opened
    opened.dispose()


def test_migrations_make_what_the_models_say(engine: sa.Engine) -> None:
    upgrade(engine)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, METADATA)

    # A sequence is no table: the comparison does not know it.
    assert differences == []


def test_every_index_of_the_models_is_there_with_its_condition(engine: sa.Engine) -> None:
    upgrade(engine)

    wanted = {
        (index.name, _condition(index)) for table in METADATA.tables.values() for index in table.indexes
    }
    inspector = sa.inspect(engine)
    found = {
        (index["name"], _plain(index.get("dialect_options", {}).get(f"{engine.dialect.name}_where", "")))
        for table in METADATA.tables
        for index in inspector.get_indexes(table)
        if not index.get("duplicates_constraint")
    }

    assert found == wanted


def _condition(index: sa.Index) -> str:
    return _plain(index.dialect_options["sqlite"]["where"])


def _plain(condition: object) -> str:
    text = "" if condition is None else str(condition)
    return text.replace("(", "").replace(")", "").replace("::text", "")


def test_an_empty_database_is_not_current_until_it_is_upgraded(engine: sa.Engine) -> None:
    before = is_current(engine)
    upgrade(engine)
    upgrade(engine)

    assert (before, is_current(engine), is_unknown(engine)) == (False, True, False)


def test_a_database_of_a_newer_release_is_known_as_such(engine: sa.Engine) -> None:
    upgrade(engine)

    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    assert (is_current(engine), is_unknown(engine)) == (False, True)


@pytest.mark.parametrize("statements", [2, 9, 30])
def test_a_migration_that_was_killed_half_way_starts_anew(database_url: str, statements: int) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, database_url, str(statements)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    store = open_store(database_url, now=lambda: NOW)

    assert killed.returncode == -signal.SIGKILL
    assert not store.is_current()
    store.upgrade()
    assert store.is_current()
    assert store.writer.run_now(open_ticket) == 1001
    store.close_now()


def test_migrations_need_no_file_of_the_folder_one_is_in(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    store = open_store(database_url, now=lambda: NOW)
    store.upgrade()

    assert store.is_current()
    store.close_now()
