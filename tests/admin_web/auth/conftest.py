"""A house for each test, on SQLite; what depends on the database asks for `either_office`."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.admin_web.auth.office_house import OfficeHouse
from tests.stories.conftest import _migrated_file, postgres_story_url, sqlite_story_url, story_url

__all__ = ["_migrated_file", "postgres_story_url", "sqlite_story_url", "story_url"]


@pytest.fixture
async def office(sqlite_story_url: str, tmp_path: Path) -> AsyncIterator[OfficeHouse]:
    opened = OfficeHouse(sqlite_story_url, tmp_path)
    yield opened
    await opened.close()


@pytest.fixture
async def secure_office(sqlite_story_url: str, tmp_path: Path) -> AsyncIterator[OfficeHouse]:
    """Reached by https."""
    opened = OfficeHouse(sqlite_story_url, tmp_path, public_url="https://liren.test")
    yield opened
    await opened.close()


@pytest.fixture
async def either_office(story_url: str, tmp_path: Path) -> AsyncIterator[OfficeHouse]:
    opened = OfficeHouse(story_url, tmp_path)
    yield opened
    await opened.close()
