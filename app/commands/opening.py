"""What most commands begin with: settings that are right, and a store that is open and current."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.clock import Clock
from app.settings import Settings, SettingsError, read_settings
from storage.engine import DatabaseAddressError
from storage.store import Store, open_store


def load_settings() -> Settings:
    """From the environment and the folder's `.env`; ends with the list of what is wrong."""
    try:
        settings = read_settings(os.environ, folder=Path.cwd())
    except SettingsError as error:
        lines = "\n".join(f"  {each}" for each in error.problems)
        sys.exit(_tell(f"liren: the settings are not right:\n{lines}", code=2))
    for warning in settings.warnings:
        print(f"liren: {warning}", file=sys.stderr)
    return settings


@contextmanager
def opened_store() -> Iterator[Store]:
    """The store of the settings, migrated; closed at the end."""
    settings = load_settings()
    try:
        store = open_store(settings.database_url, now=Clock().now)
    except DatabaseAddressError as error:
        sys.exit(_tell(f"liren: LIREN_DATABASE_URL: {error}", code=2))
    try:
        store.upgrade()
    except ConnectionError as error:
        store.close_now()
        sys.exit(_tell(f"liren: the database cannot be used: {error}", code=1))
    try:
        yield store
    finally:
        store.close_now()


def _tell(said: str, *, code: int) -> int:
    print(said, file=sys.stderr)
    return code
