"""`liren doctor`: checks every setting, the database, the hierarchy and each channel, and says what to fix."""

import argparse
import asyncio
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from app.clock import JUMP, Clock
from app.doors import open_doors
from app.reach import addressbook_of, list_deaf
from app.running.disk import find_room
from app.settings import Settings, SettingsError, read_settings
from bot.channel import Channel, SendError
from routing.bindings import with_bindings
from routing.working_time import assumption_of, unknown_years
from storage.engine import DatabaseAddressError
from storage.hierarchy_file import MAX_BYTES, Checked, describe, read_hierarchy
from storage.queries.bindings import BindingReads
from storage.store import NEWER_RELEASE, Store, open_store

MOST_NAMES = 5
MARKS = {True: "ok  ", False: "FIX "}


@dataclass(frozen=True, slots=True)
class Finding:
    is_good: bool
    about: str
    said: str

    def __str__(self) -> str:
        return f"{MARKS[self.is_good]} {self.about}: {self.said}"


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """0 when nothing has to be fixed."""
    is_well = True
    for each in _look():
        print(each, flush=True)
        is_well = is_well and each.is_good
    return 0 if is_well else 1


def _look() -> Iterator[Finding]:
    try:
        settings = read_settings(os.environ, folder=Path.cwd())
    except SettingsError as error:
        yield from (Finding(False, "settings", each) for each in error.problems)
        return
    yield Finding(True, "settings", "all names are known and all values have their form")
    yield from (Finding(False, "settings", each) for each in settings.warnings)
    yield from _look_at_settings(settings)
    yield from _look_at_hierarchy(settings)
    try:
        store = open_store(settings.database_url, now=Clock().now)
    except DatabaseAddressError as error:
        yield Finding(False, "database", str(error))
        return
    try:
        yield from _look_at_room(settings)
        yield from _look_at_database(store)
        yield from asyncio.run(_look_at_channels(settings, store))
    finally:
        store.close_now()


def _look_at_settings(settings: Settings) -> Iterator[Finding]:
    if _is_called(settings) and settings.public_url.startswith("http://"):
        yield Finding(
            False, "LIREN_PUBLIC_URL", "vendors only call https addresses; set the address of your proxy"
        )
    if not settings.has_real_channel:
        yield Finding(True, "channels", "none is configured, so the sandbox is on")
    if settings.api_token is None:
        yield Finding(True, "LIREN_API_TOKEN", "not set; tokens of `liren token create` open the API")


def _is_called(settings: Settings) -> bool:
    """Whoever polls needs no address of their own."""
    telegram = settings.telegram
    return settings.wechat is not None or (telegram is not None and telegram.mode == "webhook")


def _look_at_hierarchy(settings: Settings) -> Iterator[Finding]:
    path = settings.hierarchy
    try:
        with path.open("rb") as file:
            checked = read_hierarchy(file.read(MAX_BYTES + 1))
    except OSError as error:
        yield Finding(False, "hierarchy", f"{path}: {error.strerror}")
        return
    for each in checked.problems:
        yield Finding(False, f"{path.name}:{each.line}", each.message)
    if checked.hierarchy is not None:
        yield Finding(True, "hierarchy", str(describe(checked.hierarchy)))
        yield from _look_at_calendars(checked)


def _look_at_calendars(checked: Checked) -> Iterator[Finding]:
    tree = checked.hierarchy
    assert tree is not None
    today = Clock().now().date()
    for name, calendar in tree.calendars.items():
        for year in unknown_years(calendar, today):
            said = (
                f"the days off of {year} are not known yet. Assumed: {assumption_of(calendar)} As soon as they are "
                "announced, write them under `days_off` and `days_worked` of this calendar, or update Liren"
            )
            yield Finding(True, f"calendar {name}", said)


def _look_at_room(settings: Settings) -> Iterator[Finding]:
    room = find_room(settings)
    if room is not None:
        advice = f"; make room in {room.folder}, or nothing can be stored any more" if room.is_short else ""
        yield Finding(not room.is_short, "disk", f"{room}{advice}")


def _look_at_database(store: Store) -> Iterator[Finding]:
    why_silent = store.reads.why_silent()
    if why_silent:
        yield Finding(False, "database", f"it does not answer: {why_silent}")
        return
    damage = store.reads.damage()
    if damage:
        yield Finding(False, "database", f"it is damaged: {damage}")
        return
    if store.is_empty():
        yield _make_tables(store)
        return
    yield Finding(True, "database", "answers")
    yield from _look_at_clock(store)
    if store.is_of_newer_release():
        yield Finding(False, "database", NEWER_RELEASE)
    elif not store.is_current():
        yield Finding(False, "database", "its tables are of an older release; run `liren db upgrade`")


def _make_tables(store: Store) -> Finding:
    try:
        store.upgrade()
    except ConnectionError as error:
        return Finding(False, "database", f"its tables cannot be made: {error}")
    return Finding(True, "database", "answers; it was empty, and its tables were made")


def _look_at_clock(store: Store) -> Iterator[Finding]:
    """Vendors refuse, and are refused, by the time; the service itself goes by the database's."""
    told, clock = store.reads.clock(), Clock()
    if told is None or abs(told - clock.now()) <= JUMP:
        return
    minutes = (clock.now() - told) / timedelta(minutes=1)
    said = f"this machine's clock and the database's differ by {abs(minutes):.0f} min; let NTP keep both"
    yield Finding(False, "clock", said)


async def _look_at_channels(settings: Settings, store: Store) -> list[Finding]:
    if not store.reads.is_answering() or not store.is_current():
        return []
    doors = open_doors(settings, store, Clock(), owner="doctor")
    channels = [each.channel for each in doors]
    found = [await _look_at_channel(each) for each in channels]
    return [*found, *_look_at_groups(settings, store, channels)] if channels else found


def _look_at_groups(settings: Settings, store: Store, channels: Sequence[Channel]) -> Iterator[Finding]:
    """Whether the channels that are on lead to those who must answer, by the file or by an account they bound."""
    if not settings.hierarchy.is_file():
        return
    tree = read_hierarchy(settings.hierarchy.read_bytes()).hierarchy
    if tree is None:
        return
    bound = with_bindings(tree, BindingReads(store.reading_engine).list_all())
    deaf = list_deaf(bound, addressbook_of(channels))
    if not deaf:
        yield Finding(True, "groups", "each can be told in some way")
        return
    names = "、".join(each.name for each in deaf[:MOST_NAMES])
    more = f" and {len(deaf) - MOST_NAMES} more" if len(deaf) > MOST_NAMES else ""
    yield Finding(
        False,
        "groups",
        f"nobody can be told in {names}{more}: give the group a chat, or its staff a code to bind their account",
    )


async def _look_at_channel(channel: Channel) -> Finding:
    try:
        return Finding(True, channel.name, await channel.check())
    except SendError as error:
        return Finding(False, channel.name, error.detail)
    finally:
        await channel.close()
