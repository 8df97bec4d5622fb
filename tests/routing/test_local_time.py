from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.local_time import instant_of, wall_at
from tests.routing.calendars import utc

ZONES = (
    "Asia/Shanghai",
    "Asia/Urumqi",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",  # jumps at midnight
    "America/St_Johns",  # jumped at a minute past midnight
    "Australia/Lord_Howe",  # jumps by half an hour
    "Pacific/Apia",  # skipped a whole day in 2011
)
zones = st.sampled_from(ZONES).map(ZoneInfo)
walls = st.datetimes(datetime(1980, 1, 1), datetime(2040, 1, 1))
instants = walls.map(lambda wall: wall.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("zone", "wall", "instant"),
    [
        ("Asia/Shanghai", "2026-11-24 09:00", "2026-11-24 01:00"),
        ("Asia/Urumqi", "2026-11-24 09:00", "2026-11-24 03:00"),
        ("Europe/Berlin", "2027-03-28 01:59:59", "2027-03-28 00:59:59"),
        ("Europe/Berlin", "2027-03-28 02:00", "2027-03-28 01:00"),
        ("Europe/Berlin", "2027-03-28 02:30", "2027-03-28 01:00"),
        ("Europe/Berlin", "2027-03-28 02:30:00.000001", "2027-03-28 01:00"),
        ("Europe/Berlin", "2027-03-28 03:00", "2027-03-28 01:00"),
        ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 00:30"),
        ("Europe/Berlin", "2026-10-25 03:00", "2026-10-25 02:00"),
        ("Asia/Shanghai", "1986-05-04 02:30", "1986-05-03 18:00"),
        ("Pacific/Apia", "2011-12-30 12:00", "2011-12-30 10:00"),
    ],
)
def test_a_skipped_time_is_the_next_valid_instant_and_a_repeated_one_the_first(
    zone: str, wall: str, instant: str
) -> None:
    assert instant_of(datetime.fromisoformat(wall), ZoneInfo(zone)) == utc(instant)


@pytest.mark.parametrize(
    ("instant", "wall"),
    [
        ("2026-10-25 00:59", "2026-10-25 02:59"),
        ("2026-10-25 01:00", "2026-10-25 02:59:59.999999"),
        ("2026-10-25 01:59", "2026-10-25 02:59:59.999999"),
        ("2026-10-25 02:00", "2026-10-25 03:00"),
    ],
)
def test_while_an_hour_is_shown_again_the_clock_keeps_the_latest_time_it_has_shown(
    instant: str, wall: str
) -> None:
    assert wall_at(utc(instant), ZoneInfo("Europe/Berlin")) == datetime.fromisoformat(wall)


@settings(deadline=None)
@given(zone=zones, wall=walls, later=st.timedeltas(timedelta(0), timedelta(days=2)))
def test_a_later_time_on_the_wall_is_never_an_earlier_instant(
    zone: ZoneInfo, wall: datetime, later: timedelta
) -> None:
    assert instant_of(wall, zone) <= instant_of(wall + later, zone)


@settings(deadline=None)
@given(zone=zones, at=instants, later=st.timedeltas(timedelta(0), timedelta(days=2)))
def test_a_later_instant_never_has_an_earlier_time_on_the_wall(
    zone: ZoneInfo, at: datetime, later: timedelta
) -> None:
    assert wall_at(at, zone) <= wall_at(at + later, zone)


@settings(deadline=None)
@given(zone=zones, wall=walls, at=instants)
def test_a_time_has_come_exactly_when_the_clock_has_shown_it_or_skipped_it(
    zone: ZoneInfo, wall: datetime, at: datetime
) -> None:
    assert (instant_of(wall, zone) <= at) == (wall <= wall_at(at, zone))
    assert wall <= wall_at(instant_of(wall, zone), zone)
