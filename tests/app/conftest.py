"""The house on a real store, as the stories have it."""

from tests.stories.conftest import (
    _migrated_file,
    make_world,
    postgres_story_url,
    sqlite_story_url,
    story_url,
    world,
)

__all__ = ["_migrated_file", "make_world", "postgres_story_url", "sqlite_story_url", "story_url", "world"]
