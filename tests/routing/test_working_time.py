from datetime import UTC, datetime, timedelta

import pytest

from routing.durations import parse_span
from routing.working_time import (
    Calendar,
    add,
    extend,
    is_working,
    longer_than,
    next_working,
    parse_periods,
    subtract,
    working_between,
)
from tests.routing.calendars import (
    ALL_HOURS,
    ALWAYS,
    ALWAYS_IN_BERLIN,
    EVERY_DAY,
    MONDAY_TO_FRIDAY,
    NIGHTS_IN_BERLIN,
    OFFICE,
    OFFICE_HOURS,
    OFFICE_IN_URUMQI,
    shanghai,
    utc,
)

# The calendar


def test_periods_are_minutes_of_the_day_in_order() -> None:
    assert parse_periods(["14:00-18:00", "09:00-12:00"]) == ((540, 720), (840, 1080))
    assert parse_periods(["00:00-24:00"]) == ((0, 1440),)
    assert parse_periods(["09:00-12:00", "12:00-13:30"]) == ((540, 720), (720, 810))


@pytest.mark.parametrize(
    ("texts", "complaint"),
    [
        ([], "at least one period"),
        (["9-12"], '"9-12" is no period: write it like "09:00-12:00"'),
        (["09:00-12:60"], "is no period"),
        (["24:00-24:00"], "is no period"),
        (["09:00 - 12:00"], "is no period"),
        (["12:00-09:00"], "12:00-09:00 must end after it starts"),
        (["09:00-09:00"], "must end after it starts"),
        (["09:00-24:01"], "within one day"),
        (["09:00-12:00", "11:59-18:00"], "from 11:59 starts before the one until 12:00 ends"),
    ],
)
def test_periods_that_make_no_sense_are_refused(texts: list[str], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse_periods(texts)


@pytest.mark.parametrize("days", [frozenset[int](), frozenset({0}), frozenset({1, 8})])
def test_a_calendar_without_real_weekdays_is_refused(days: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="needs working days"):
        Calendar("Asia/Shanghai", days, OFFICE_HOURS, None)


@pytest.mark.parametrize("timezone", ["Asia/Nowhere", "Asia", "../passwd", ""])
def test_a_calendar_in_no_known_zone_is_refused(timezone: str) -> None:
    with pytest.raises(ValueError, match=f'There is no time zone "{timezone}"'):
        Calendar(timezone, MONDAY_TO_FRIDAY, OFFICE_HOURS, None)


def test_a_calendar_with_an_unknown_holiday_table_is_refused() -> None:
    with pytest.raises(ValueError, match='no holiday table "xx"'):
        Calendar("Asia/Shanghai", MONDAY_TO_FRIDAY, OFFICE_HOURS, "xx")


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="must know its time zone"):
        add(datetime(2026, 11, 24, 9), parse_span("1wh"), OFFICE)


# Adding


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        ("2026-11-24 09:10", "1wh", "2026-11-24 10:10"),
        ("2026-11-24 11:30", "1wh", "2026-11-24 14:30"),  # over lunch
        ("2026-11-24 09:00", "3wh", "2026-11-24 12:00"),  # ends when the period ends
        ("2026-11-24 12:00", "1wh", "2026-11-24 15:00"),
        ("2026-11-24 17:30", "1wh", "2026-11-25 09:30"),  # over night
        ("2026-11-27 17:00", "2wh", "2026-11-30 10:00"),  # over the weekend
        ("2026-11-28 11:00", "1wh", "2026-11-30 10:00"),  # on Saturday
        ("2026-11-24 09:00", "100wh", "2026-12-14 11:00"),
    ],
)
def test_working_hours_are_spent_inside_the_office_hours(start: str, span: str, end: str) -> None:
    assert add(shanghai(start), parse_span(span), OFFICE) == shanghai(end)


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        ("2026-11-23 09:10", "1wd", "2026-11-24 09:10"),
        ("2026-11-23 17:50", "1wd", "2026-11-24 17:50"),
        ("2026-11-27 16:00", "1wd", "2026-11-30 16:00"),  # from Friday
        ("2026-11-24 16:00", "7wd", "2026-12-03 16:00"),
        ("2026-12-30 10:00", "5wd", "2027-01-07 10:00"),  # five working days over New Year
    ],
)
def test_a_working_day_ends_at_the_same_time_on_the_next_working_day(start: str, span: str, end: str) -> None:
    assert add(shanghai(start), parse_span(span), OFFICE) == shanghai(end)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-22 20:00", "2026-11-23 18:00"),  # Sunday: all of Monday
        ("2026-11-23 22:00", "2026-11-24 18:00"),  # after hours: all of Tuesday
        ("2026-11-23 08:00", "2026-11-23 18:00"),  # before hours: all of the day that begins
        ("2026-11-23 09:00", "2026-11-23 18:00"),
        ("2026-11-23 18:00", "2026-11-24 18:00"),
        ("2026-11-23 13:00", "2026-11-24 12:00"),  # at lunch: until the next lunch
    ],
)
def test_a_working_day_from_outside_office_hours_ends_when_a_period_ends(start: str, end: str) -> None:
    assert add(shanghai(start), parse_span("1wd"), OFFICE) == shanghai(end)


@pytest.mark.parametrize(
    ("start", "public_deadline"),
    [
        ("2026-11-22 20:00", "2026-11-23 18:00"),
        ("2026-11-23 08:00", "2026-11-24 18:00"),
        ("2026-11-23 09:10", "2026-11-24 18:00"),
        ("2026-11-23 17:59", "2026-11-24 18:00"),
        ("2026-11-23 22:00", "2026-11-24 18:00"),
        ("2026-11-27 18:00", "2026-11-30 18:00"),
    ],
)
def test_a_working_day_never_ends_after_the_public_rule_lets_it_end(start: str, public_deadline: str) -> None:
    """Civil Code arts. 201 and 203: the day of receipt does not count, the last ends when business stops."""
    assert add(shanghai(start), parse_span("1wd"), OFFICE) <= shanghai(public_deadline)


def test_elapsed_time_ignores_the_calendar() -> None:
    friday_evening = shanghai("2026-11-27 17:30")

    assert add(friday_evening, parse_span("90m"), OFFICE) == shanghai("2026-11-27 19:00")
    assert add(friday_evening, parse_span("2d"), OFFICE) == shanghai("2026-11-29 17:30")


def test_the_answer_is_in_utc_whatever_the_zone_of_the_question() -> None:
    end = add(datetime.fromisoformat("2026-11-24T09:10+08:00"), parse_span("1wh"), OFFICE)

    assert (end, end.tzinfo) == (utc("2026-11-24 02:10"), UTC)


# Holidays


def test_national_day_2026_is_skipped_and_its_saturday_is_worked() -> None:
    wednesday_before = shanghai("2026-09-30 16:00")

    assert add(wednesday_before, parse_span("4wh"), OFFICE) == shanghai("2026-10-08 11:00")
    assert add(wednesday_before, parse_span("3wd"), OFFICE) == shanghai("2026-10-10 16:00")
    assert add(wednesday_before, parse_span("4wd"), OFFICE) == shanghai("2026-10-12 16:00")


def test_spring_festival_2026_starts_after_a_worked_saturday() -> None:
    friday = shanghai("2026-02-13 17:00")

    assert add(friday, parse_span("2wh"), OFFICE) == shanghai("2026-02-14 10:00")
    assert add(friday, parse_span("1wd"), OFFICE) == shanghai("2026-02-14 17:00")
    assert add(friday, parse_span("2wd"), OFFICE) == shanghai("2026-02-24 17:00")


def test_a_calendar_without_a_holiday_table_works_on_national_day() -> None:
    calendar = Calendar("Asia/Shanghai", MONDAY_TO_FRIDAY, OFFICE_HOURS, None)

    assert add(shanghai("2026-09-30 17:00"), parse_span("2wh"), calendar) == shanghai("2026-10-01 10:00")


def test_the_last_minute_of_the_known_table_leads_into_the_assumed_year() -> None:
    last_minute = shanghai("2026-12-31 23:59")

    assert not is_working(last_minute, OFFICE)
    assert next_working(last_minute, OFFICE) == shanghai("2027-01-04 09:00")
    assert add(last_minute, parse_span("1wh"), OFFICE) == shanghai("2027-01-04 10:00")
    assert add(last_minute, parse_span("2m"), OFFICE) == shanghai("2027-01-01 00:01")


def test_in_the_assumed_year_nobody_works_on_the_days_of_spring_festival() -> None:
    thursday_before = shanghai("2027-02-04 10:00")

    assert add(thursday_before, parse_span("1wd"), OFFICE) == shanghai("2027-02-09 10:00")


# Clocks that jump, leap days, far years


def test_in_berlin_the_hour_that_spring_skips_is_not_worked() -> None:
    one_oclock = utc("2027-03-28 00:00")

    assert add(one_oclock, parse_span("2wh"), NIGHTS_IN_BERLIN) == utc("2027-03-28 02:00")
    assert working_between(one_oclock, utc("2027-03-28 12:00"), NIGHTS_IN_BERLIN) == timedelta(hours=2)


def test_in_berlin_the_hour_that_autumn_repeats_is_worked_twice() -> None:
    one_oclock = utc("2026-10-24 23:00")

    assert add(one_oclock, parse_span("4wh"), NIGHTS_IN_BERLIN) == utc("2026-10-25 03:00")
    assert working_between(one_oclock, utc("2026-10-25 12:00"), NIGHTS_IN_BERLIN) == timedelta(hours=4)
    assert is_working(utc("2026-10-25 01:30"), NIGHTS_IN_BERLIN)


def test_half_past_two_on_the_28th_of_march_2027_in_berlin_is_three_oclock() -> None:
    day_before = utc("2027-03-27 01:30")

    assert add(day_before, parse_span("1wd"), ALWAYS_IN_BERLIN) == utc("2027-03-28 01:00")
    assert add(day_before, parse_span("2wd"), ALWAYS_IN_BERLIN) == utc("2027-03-29 00:30")


def test_half_past_two_on_the_25th_of_october_2026_in_berlin_is_the_first_of_two() -> None:
    assert add(utc("2026-10-24 00:30"), parse_span("1wd"), ALWAYS_IN_BERLIN) == utc("2026-10-25 00:30")


def test_a_period_that_spring_skips_makes_no_working_day() -> None:
    calendar = Calendar("Europe/Berlin", EVERY_DAY, parse_periods(["02:00-03:00"]), None)

    assert add(utc("2027-03-27 01:15"), parse_span("1wd"), calendar) == utc("2027-03-29 00:15")
    assert next_working(utc("2027-03-27 02:00"), calendar) == utc("2027-03-29 00:00")


def test_a_working_day_from_the_second_half_past_two_ends_on_the_full_hour() -> None:
    assert add(utc("2026-10-25 01:30"), parse_span("1wd"), ALWAYS_IN_BERLIN) == utc("2026-10-26 02:00")


def test_office_hours_in_berlin_keep_their_local_time_over_the_change() -> None:
    calendar = Calendar("Europe/Berlin", MONDAY_TO_FRIDAY, OFFICE_HOURS, None)

    assert add(utc("2027-03-26 09:00"), parse_span("1wd"), calendar) == utc("2027-03-29 08:00")
    assert add(utc("2026-10-23 08:00"), parse_span("7wh"), calendar) == utc("2026-10-26 09:00")


def test_urumqi_keeps_its_own_two_hours_behind_beijing() -> None:
    assert next_working(utc("2026-11-24 01:00"), OFFICE_IN_URUMQI) == utc("2026-11-24 03:00")
    assert add(utc("2026-11-24 03:00"), parse_span("4wh"), OFFICE_IN_URUMQI) == utc("2026-11-24 09:00")
    assert add(utc("2026-09-30 11:00"), parse_span("2wh"), OFFICE_IN_URUMQI) == utc("2026-10-08 04:00")


def test_leap_day_is_a_day_like_any_other() -> None:
    monday = shanghai("2028-02-28 16:00")

    assert add(monday, parse_span("1wd"), OFFICE) == shanghai("2028-02-29 16:00")
    assert add(monday, parse_span("2wd"), OFFICE) == shanghai("2028-03-01 16:00")
    assert add(monday, parse_span("1d"), OFFICE) == shanghai("2028-02-29 16:00")


def test_the_end_of_32_bit_time_is_crossed() -> None:
    assert add(utc("2038-01-18 23:00"), parse_span("6wh"), ALWAYS) == utc("2038-01-19 05:00")
    assert add(utc("2036-01-19 00:00"), parse_span("3650d"), ALWAYS) == utc("2046-01-16 00:00")


# Subtracting and measuring


@pytest.mark.parametrize(
    ("end", "span", "start"),
    [
        ("2026-11-24 10:10", "1wh", "2026-11-24 09:10"),
        ("2026-11-24 14:30", "1wh", "2026-11-24 11:30"),
        ("2026-11-24 12:00", "3wh", "2026-11-24 09:00"),
        ("2026-11-30 09:30", "1wh", "2026-11-27 17:30"),
        ("2026-10-08 11:00", "4wh", "2026-09-30 16:00"),
        ("2026-11-30 16:00", "1wd", "2026-11-27 16:00"),
        ("2026-10-12 16:00", "4wd", "2026-09-30 16:00"),
        ("2026-11-24 18:00", "1wd", "2026-11-23 18:00"),
        ("2026-11-29 12:00", "1wd", "2026-11-26 18:00"),  # Sunday is Friday's closing
        ("2026-11-24 09:10", "15m", "2026-11-24 08:55"),
        ("2026-11-24 09:10", "1d", "2026-11-23 09:10"),
    ],
)
def test_a_reminder_comes_this_long_before(end: str, span: str, start: str) -> None:
    assert subtract(shanghai(end), parse_span(span), OFFICE) == shanghai(start)


def test_working_time_between_leaves_out_lunch_night_weekend_and_holidays() -> None:
    start, end = shanghai("2026-09-30 11:00"), shanghai("2026-10-08 15:30")

    assert working_between(start, end, OFFICE) == timedelta(hours=9, minutes=30)
    assert working_between(end, start, OFFICE) == -timedelta(hours=9, minutes=30)
    assert working_between(start, start, OFFICE) == timedelta(0)


def test_opening_is_working_time_and_closing_is_not() -> None:
    assert not is_working(shanghai("2026-11-24 08:59:59"), OFFICE)
    assert is_working(shanghai("2026-11-24 09:00"), OFFICE)
    assert is_working(shanghai("2026-11-24 11:59:59.999999"), OFFICE)
    assert not is_working(shanghai("2026-11-24 12:00"), OFFICE)
    assert not is_working(shanghai("2026-11-28 10:00"), OFFICE)


def test_the_next_working_moment_is_now_while_people_work() -> None:
    assert next_working(shanghai("2026-11-24 10:00:01"), OFFICE) == shanghai("2026-11-24 10:00:01")
    assert next_working(shanghai("2026-11-24 12:00"), OFFICE) == shanghai("2026-11-24 14:00")
    assert next_working(shanghai("2026-11-27 18:00"), OFFICE) == shanghai("2026-11-30 09:00")


# The stopped clock


@pytest.mark.parametrize(
    ("due", "paused_from", "paused_until", "extended"),
    [
        # Three hours remained, three remain.
        ("2026-11-24 15:00", "2026-11-24 10:00", "2026-11-26 16:00", "2026-11-27 10:00"),
        # A pause while nobody works changes nothing.
        ("2026-11-30 10:00", "2026-11-27 19:00", "2026-11-29 12:00", "2026-11-30 10:00"),
        ("2026-11-30 09:00", "2026-11-28 10:00", "2026-11-29 10:00", "2026-11-30 09:00"),
        # What was two working hours late is two working hours late.
        ("2026-11-24 10:00", "2026-11-24 12:00", "2026-11-26 15:00", "2026-11-26 11:00"),
        # Nothing remained: due as soon as somebody works again.
        ("2026-11-24 18:00", "2026-11-24 18:00", "2026-11-26 20:00", "2026-11-27 09:00"),
    ],
)
def test_a_stopped_working_clock_keeps_what_remained(
    due: str, paused_from: str, paused_until: str, extended: str
) -> None:
    result = extend(shanghai(due), shanghai(paused_from), shanghai(paused_until), True, OFFICE)

    assert result == shanghai(extended)


def test_a_stopped_elapsed_clock_moves_by_the_length_of_the_pause() -> None:
    friday, monday = shanghai("2026-11-27 17:00"), shanghai("2026-11-30 08:00")

    assert extend(shanghai("2026-11-27 19:30"), friday, monday, False, OFFICE) == shanghai("2026-11-30 10:30")
    assert extend(shanghai("2026-11-27 16:30"), friday, monday, False, OFFICE) == shanghai("2026-11-30 07:30")


def test_a_pause_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end before it begins"):
        extend(utc("2026-11-24"), utc("2026-11-24"), utc("2026-11-23"), True, OFFICE)


# Comparing


@pytest.mark.parametrize(
    ("longer", "shorter"),
    [
        ("1wh", "15m"),
        ("1wd", "1wh"),
        ("1wd", "6h"),
        ("8wh", "1wd"),
        ("1d", "1wd"),
        ("2wd", "13wh"),
        ("3d", "71h"),
    ],
)
def test_a_clock_is_longer_than_its_reminder(longer: str, shorter: str) -> None:
    assert longer_than(parse_span(longer), parse_span(shorter), OFFICE)
    assert not longer_than(parse_span(shorter), parse_span(longer), OFFICE)


def test_a_working_day_is_as_long_as_the_working_minutes_of_the_calendar() -> None:
    always = Calendar("Asia/Shanghai", EVERY_DAY, ALL_HOURS, None)

    assert not longer_than(parse_span("1wd"), parse_span("7wh"), OFFICE)
    assert not longer_than(parse_span("7wh"), parse_span("1wd"), OFFICE)
    assert longer_than(parse_span("1wd"), parse_span("7wh"), always)
    assert OFFICE.minutes_a_day == 420
