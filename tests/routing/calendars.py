"""The calendars that the tests of working time share, and a short way to write an instant."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from routing.working_time import Calendar, parse_periods

MONDAY_TO_FRIDAY = frozenset({1, 2, 3, 4, 5})
EVERY_DAY = frozenset({1, 2, 3, 4, 5, 6, 7})
OFFICE_HOURS = parse_periods(["09:00-12:00", "14:00-18:00"])
ALL_HOURS = parse_periods(["00:00-24:00"])

OFFICE = Calendar("Asia/Shanghai", MONDAY_TO_FRIDAY, OFFICE_HOURS, "cn")
ALWAYS = Calendar("Asia/Shanghai", EVERY_DAY, ALL_HOURS, None)
ALWAYS_IN_BERLIN = Calendar("Europe/Berlin", EVERY_DAY, ALL_HOURS, None)
NIGHTS_IN_BERLIN = Calendar("Europe/Berlin", EVERY_DAY, parse_periods(["01:00-04:00"]), None)
OFFICE_IN_URUMQI = Calendar("Asia/Urumqi", MONDAY_TO_FRIDAY, OFFICE_HOURS, "cn")


def shanghai(wall: str) -> datetime:
    """ "2026-09-30 16:00" on the clocks of Shanghai, as an instant in UTC."""
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
