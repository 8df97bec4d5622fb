"""A migrated store of each kind, and times that every test can count on."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from storage.store import Store, open_store
from storage.writing.unit_of_work import Unit
from tests.postgres import PostgresServer

T = TypeVar("T")
NOW = datetime(2026, 11, 23, 9, 51, 56, 123456, tzinfo=UTC)
Do = Callable[[Callable[[Unit], T]], T]


def _migrate(url: str) -> None:
    store = open_store(url, now=lambda: NOW)
    store.upgrade()
    store.close_now()


@pytest.fixture(scope="session")
def _migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "liren.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_store_url(_migrated_file: Path, tmp_path: Path) -> str:
    path = tmp_path / "liren.db"
    path.write_bytes(_migrated_file.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_store_url(postgres_server: PostgresServer) -> Iterator[str]:
    name = postgres_server.create_database(template=postgres_server.template_for("storage", _migrate))
    yield postgres_server.url_of(name)
    postgres_server.drop_database(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated, empty database, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_store_url")
    return url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = open_store(store_url, now=lambda: NOW)
    yield opened
    opened.close_now()


@pytest.fixture
def do(store: Store) -> Callable[[Callable[[Unit], T]], T]:
    """Runs one job and returns its result, after the commit."""
    return store.writer.run_now
