"""Addresses that are taken and refused, and what the connections promise."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.engine import DatabaseAddressError, parse_address, reading_engine, writing_engine
from storage.store import open_store
from tests.storage.conftest import NOW


@pytest.fixture
def engines() -> Iterator[list[sa.Engine]]:
    """Those in it are let go of at the end."""
    opened: list[sa.Engine] = []
    yield opened
    for engine in opened:
        engine.dispose()


def pragma(engine: sa.Engine, name: str) -> object:
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_postgresql_always_means_psycopg() -> None:
    for address in ("postgresql://a:b@h/d", "postgres://a:b@h/d", "postgresql+psycopg://a:b@h/d"):
        assert parse_address(address).drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    "address",
    ["mysql://a:b@h/d", "postgresql+asyncpg://a:b@h/d", "liren.db", "sqlite://", "sqlite:///:memory:", ""],
)
def test_an_address_that_cannot_be_served_is_refused(address: str) -> None:
    with pytest.raises(DatabaseAddressError):
        parse_address(address)


def test_a_refusal_never_tells_the_password() -> None:
    with pytest.raises(DatabaseAddressError) as refusal:
        parse_address("mysql://zhao:geheim@h/d")

    assert "geheim" not in str(refusal.value)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseAddressError, match="does not exist"):
        parse_address(f"sqlite:///{tmp_path}/missing/liren.db")


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseAddressError, match="cannot be read and written"):
        parse_address(f"sqlite:///{tmp_path}")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(DatabaseAddressError, match="not writable"):
        parse_address(f"sqlite:///{tmp_path}/liren.db")


def test_sqlite_loses_nothing_that_was_committed_and_forgets_what_was_erased(
    sqlite_url: str, engines: list[sa.Engine]
) -> None:
    engine = writing_engine(parse_address(sqlite_url), connections=1)
    engines.append(engine)

    assert pragma(engine, "journal_mode") == "wal"
    assert pragma(engine, "synchronous") == 2
    assert pragma(engine, "foreign_keys") == 1
    assert pragma(engine, "secure_delete") == 1


def test_readers_of_sqlite_refuse_to_write(sqlite_url: str, engines: list[sa.Engine]) -> None:
    engine = reading_engine(parse_address(sqlite_url))
    engines.append(engine)

    assert pragma(engine, "query_only") == 1


def test_postgresql_waits_for_nothing_without_end(postgres_url: str, engines: list[sa.Engine]) -> None:
    engine = writing_engine(parse_address(postgres_url), connections=1)
    engines.append(engine)

    with engine.connect() as connection:
        limits = [
            connection.exec_driver_sql(f"SHOW {name}").scalar()
            for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        ]
        zone = connection.exec_driver_sql("SHOW timezone").scalar()

    assert limits == ["15s", "5s", "10s"]
    assert zone == "UTC"


def test_a_store_that_was_never_upgraded_knows_it(sqlite_url: str) -> None:
    store = open_store(sqlite_url, now=lambda: NOW)

    assert not store.is_current()
    store.close_now()
