"""A world for each story, on SQLite and on PostgreSQL; the schema is copied, not made each time."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.store import open_store
from tests.postgres import PostgresServer
from tests.stories.world import World


def _migrate(url: str) -> None:
    store = open_store(url, now=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    store.upgrade()
    store.close_now()


@pytest.fixture(scope="session")
def _migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "liren.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_story_url(_migrated_file: Path, tmp_path: Path) -> str:
    path = tmp_path / "liren.db"
    path.write_bytes(_migrated_file.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_story_url(postgres_server: PostgresServer) -> Iterator[str]:
    name = postgres_server.create_database(template=postgres_server.template_for("stories", _migrate))
    yield postgres_server.url_of(name)
    postgres_server.drop_database(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def story_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_story_url")
    return url


@pytest.fixture
def make_world(story_url: str, tmp_path: Path) -> Iterator[Callable[..., World]]:
    """For a story that begins elsewhere or at another time: `start`, `tree`."""
    with ExitStack() as stack:

        def make(**changes: object) -> World:
            made = World(story_url, tmp_path, **changes)  # type: ignore[arg-type]
            stack.callback(made.close)
            return made

        yield make


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    """Tuesday, nine in the morning, in 新华街道."""
    return make_world()
