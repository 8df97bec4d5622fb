"""Days off and worked weekends that admins wrote down themselves, before a release knew them. The days are invented."""

from dataclasses import replace
from datetime import date

import pytest

from routing.durations import parse_span
from routing.holidays import parse_days
from routing.working_time import add, assumption_of, is_working, unknown_years
from tests.routing.calendars import ALWAYS, OFFICE, shanghai

THURSDAY, SATURDAY = date(2029, 3, 8), date(2029, 3, 10)
OWN = replace(OFFICE, days_off=frozenset([THURSDAY]), days_worked=frozenset([SATURDAY]))
WHOLE_YEAR = frozenset(parse_days("2027-01-01..2027-01-03") + parse_days("2027-10-01"))
SIXTY_DAYS_BEFORE = date(2026, 11, 24)


def test_a_day_off_is_free_and_a_worked_weekend_is_worked() -> None:
    assert is_working(shanghai("2029-03-08 10:00"), OFFICE)
    assert not is_working(shanghai("2029-03-08 10:00"), OWN)
    assert is_working(shanghai("2029-03-10 10:00"), OWN)


def test_limits_count_by_them() -> None:
    wednesday = shanghai("2029-03-07 10:00")

    assert add(wednesday, parse_span("2wd"), OWN) == shanghai("2029-03-10 10:00")


def test_what_is_written_down_overrules_what_the_law_fixes() -> None:
    assert not is_working(shanghai("2029-05-01 10:00"), OFFICE)
    assert is_working(
        shanghai("2029-05-01 10:00"), replace(OFFICE, days_worked=frozenset([date(2029, 5, 1)]))
    )


def test_a_year_is_known_once_its_first_and_its_national_day_are_written_down() -> None:
    assert unknown_years(OFFICE, SIXTY_DAYS_BEFORE) == (2027,)
    assert unknown_years(OWN, SIXTY_DAYS_BEFORE) == (2027,)
    assert unknown_years(replace(OFFICE, days_off=WHOLE_YEAR), SIXTY_DAYS_BEFORE) == ()


def test_who_counts_every_day_misses_no_year() -> None:
    assert unknown_years(ALWAYS, SIXTY_DAYS_BEFORE) == ()
    assert assumption_of(ALWAYS) == ""
    assert "No bridge days" in assumption_of(OFFICE)


def test_a_day_is_not_off_and_worked_at_once() -> None:
    with pytest.raises(ValueError, match="free or worked"):
        replace(OWN, days_worked=frozenset([THURSDAY]))


@pytest.mark.parametrize("text", ["", "3-8", "2029-02-30", "2029-03-08..", "2029-03-09..2029-03-08"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no day|ends before|day is out of range"):
        parse_days(text)
