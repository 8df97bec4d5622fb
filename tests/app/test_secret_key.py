"""The key of the house: made once, read by its owner only, and missed when it changes."""

import logging
import stat
from pathlib import Path

import pytest

from app.secret_key import get_secret_key, key_path, note_fingerprint
from app.settings import SettingsError, read_settings
from storage.store import open_store
from tests.stories.story_clock import TUESDAY_NINE


def settings_in(folder: Path, **more: str):
    return read_settings({"LIREN_DATABASE_URL": f"sqlite:///{folder / 'liren.db'}", **more}, folder=folder)


def test_the_first_start_makes_a_key_beside_the_database_for_its_owner_only(tmp_path: Path):
    settings = settings_in(tmp_path)

    first, second = get_secret_key(settings), get_secret_key(settings)

    path = tmp_path / "liren.key"
    assert key_path(settings) == path
    assert first == second
    assert len(first) >= 43
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["liren.key"]


def test_two_houses_have_two_keys(tmp_path: Path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()

    assert get_secret_key(settings_in(tmp_path / "one")) != get_secret_key(settings_in(tmp_path / "other"))


def test_a_given_key_is_used_and_none_is_made(tmp_path: Path):
    settings = settings_in(tmp_path, LIREN_SECRET_KEY="sixteen-and-more-letters")

    assert get_secret_key(settings) == b"sixteen-and-more-letters"
    assert list(tmp_path.iterdir()) == []


def test_a_short_key_is_refused_without_being_shown(tmp_path: Path):
    with pytest.raises(SettingsError) as refused:
        settings_in(tmp_path, LIREN_SECRET_KEY="canary-short")

    assert "LIREN_SECRET_KEY" in str(refused.value)
    assert "canary" not in str(refused.value)


def test_a_database_elsewhere_has_its_key_beside_the_hierarchy_file(tmp_path: Path):
    settings = read_settings({"LIREN_DATABASE_URL": "postgresql://u:p@db/liren"}, folder=tmp_path)

    assert key_path(settings) == tmp_path / "liren.key"


def test_another_key_than_before_is_told_once(sqlite_story_url: str, caplog: pytest.LogCaptureFixture):
    store = open_store(sqlite_story_url, now=lambda: TUESDAY_NINE)
    try:
        with caplog.at_level(logging.WARNING):
            for fingerprint in ("aaaa", "aaaa", "bbbb", "bbbb"):
                note_fingerprint(store, fingerprint)
    finally:
        store.close_now()

    assert [each.message.split(":")[0] for each in caplog.records] == ["alarm=secret_key_changed"]
