from datetime import date, timedelta

import pytest

from routing.holidays import DayKind, missing_ahead, table

CN = table("cn")


def days_of(year: int, kind: DayKind) -> list[date]:
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(366))
    return [on for on in days if on.year == year and CN.day_kind(on) is kind]


def test_national_day_2026_is_a_week_off_with_two_worked_weekend_days() -> None:
    assert {CN.day_kind(date(2026, 10, day)) for day in range(1, 8)} == {DayKind.HOLIDAY}
    assert CN.day_kind(date(2026, 9, 20)) is DayKind.WORKED
    assert CN.day_kind(date(2026, 10, 10)) is DayKind.WORKED
    assert CN.day_kind(date(2026, 10, 8)) is DayKind.ORDINARY
    assert CN.day_kind(date(2026, 10, 11)) is DayKind.ORDINARY


@pytest.mark.parametrize(("year", "off", "worked"), [(2024, 28, 8), (2025, 28, 5), (2026, 33, 6)])
def test_each_announced_year_has_as_many_days_as_its_notice(year: int, off: int, worked: int) -> None:
    assert len(days_of(year, DayKind.HOLIDAY)) == off
    assert len(days_of(year, DayKind.WORKED)) == worked


@pytest.mark.parametrize("year", CN.known_years)
def test_only_weekend_days_are_worked_for_a_festival(year: int) -> None:
    assert {on.isoweekday() for on in days_of(year, DayKind.WORKED)} <= {6, 7}


def test_a_festival_is_named_in_chinese_also_on_the_day_worked_for_it() -> None:
    assert CN.festival(date(2026, 2, 17)) == "春节"
    assert CN.festival(date(2026, 2, 14)) == "春节"
    assert CN.festival(date(2025, 10, 6)) == "国庆节、中秋节"
    assert CN.festival(date(2026, 3, 3)) is None


def test_an_unknown_year_has_the_days_that_the_law_fixes_and_no_others() -> None:
    assert days_of(2027, DayKind.HOLIDAY) == [
        date(2027, 1, 1),
        date(2027, 2, 5),
        date(2027, 2, 6),
        date(2027, 2, 7),
        date(2027, 2, 8),
        date(2027, 4, 5),
        date(2027, 5, 1),
        date(2027, 5, 2),
        date(2027, 6, 9),
        date(2027, 9, 15),
        date(2027, 10, 1),
        date(2027, 10, 2),
        date(2027, 10, 3),
    ]
    assert days_of(2027, DayKind.WORKED) == []
    assert CN.festival(date(2027, 2, 5)) == "春节"
    assert CN.festival(date(2027, 5, 2)) == "劳动节"


@pytest.mark.parametrize("year", [1, 1999, 2037, 9999])
def test_a_far_year_keeps_the_fixed_days_and_never_raises(year: int) -> None:
    assert CN.is_assumed(date(year, 1, 1))
    assert CN.day_kind(date(year, 1, 1)) is DayKind.HOLIDAY
    assert CN.day_kind(date(year, 10, 3)) is DayKind.HOLIDAY
    assert CN.day_kind(date(year, 10, 4)) is DayKind.ORDINARY
    assert CN.festival(date(year, 12, 31)) is None


def test_the_announced_years_are_not_assumed() -> None:
    assert CN.known_years == (2024, 2025, 2026)
    assert not CN.is_assumed(date(2026, 12, 31))
    assert CN.is_assumed(date(2027, 1, 1))
    assert "No bridge days" in CN.assumption
    assert CN.edition_on >= date(2026, 11, 24)


def test_the_year_that_is_missing_is_seen_sixty_days_ahead() -> None:
    assert missing_ahead("cn", date(2026, 11, 1)) == ()
    assert missing_ahead("cn", date(2026, 11, 2)) == (2027,)
    assert missing_ahead("cn", date(2026, 12, 31), 0) == ()
    assert missing_ahead("cn", date(2026, 12, 31), 1) == (2027,)
    assert missing_ahead("cn", date(2026, 12, 31), 400) == (2027, 2028)


def test_an_unknown_table_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match='There is no holiday table "fr"; known tables: cn'):
        table("fr")
    with pytest.raises(ValueError, match="known tables: cn"):
        missing_ahead("fr", date(2026, 11, 24))
