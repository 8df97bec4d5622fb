"""The time zone and the section `calendars:`."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo, available_timezones

from routing.hierarchy_index import DEFAULT_TIMEZONE
from routing.holidays import parse_days, table
from routing.working_time import Calendar, parse_periods
from storage.hierarchy_file.fields import Fields, as_map
from storage.hierarchy_file.ids import is_id, report_bad_id
from storage.hierarchy_file.nearest import clip, suggest
from storage.hierarchy_file.report import Report
from storage.hierarchy_file.values import Map, Text

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read_timezone(fields: Fields, report: Report) -> str:
    """The default where it is absent or reported."""
    text = fields.find_text("timezone")
    if text is None:
        return DEFAULT_TIMEZONE
    try:
        ZoneInfo(text.value)
    except (KeyError, ValueError, OSError):
        near, near_zh = suggest(text.value, available_timezones())
        report.problem(
            text,
            f'There is no time zone "{clip(text.value)}". {near}',
            f"没有“{clip(text.value)}”这个时区。{near_zh}",
        )
        return DEFAULT_TIMEZONE
    return text.value


def read_calendars(fields: Fields, timezone: str, report: Report) -> dict[str, Calendar | None]:
    """By id; None for one that was reported, so that clocks may still name it."""
    section = fields.get_map("calendars")
    if section is None:
        return {}
    return {own_id: _read_calendar(at, timezone, report) for own_id, at in named_entries(section, report)}


def named_entries(section: Map, report: Report) -> Iterator[tuple[str, Map]]:
    """The entries of a mapping from id to keys; a bad id or an entry that has no keys is reported."""
    for own_id, value in section.values.items():
        if not is_id(own_id):
            report_bad_id(Text(own_id, section.lines[own_id]), own_id, report)
        at = as_map(value, report)
        if at is not None:
            yield own_id, at


def _read_calendar(at: Map, timezone: str, report: Report) -> Calendar | None:
    fields = Fields(at, ("days", "hours", "holidays", "days_off", "days_worked"), report)
    days = frozenset(_read_days(fields, report))
    periods = _read_periods(fields, report)
    holidays = _read_holidays(fields, report)
    days_off, days_worked = _read_own_days(fields, report)
    if not days or not periods:
        return None
    return Calendar(timezone, days, periods, holidays, days_off, days_worked)


def _read_days(fields: Fields, report: Report) -> Iterator[int]:
    for text in fields.get_texts("days"):
        if text.value in _DAYS:
            yield _DAYS.index(text.value) + 1
            continue
        near, near_zh = suggest(text.value, _DAYS)
        report.problem(
            text,
            f'"{clip(text.value)}" is no day of the week. {near}',
            f"“{clip(text.value)}”不是星期几的写法。{near_zh}",
        )


def _read_own_days(fields: Fields, report: Report) -> tuple[frozenset[date], frozenset[date]]:
    """What is free and what is worked, whatever the table says; a day that is both is reported and worked."""
    off = frozenset(_read_dates("days_off", fields, report))
    worked = frozenset(_read_dates("days_worked", fields, report))
    for each in sorted(off & worked):
        report.problem(
            fields.at,
            f"{each} stands in days_off and in days_worked. Delete it in one of them.",
            f"{each} 既写在 days_off 里又写在 days_worked 里，请删去一处。",
            key="days_worked",
        )
    return off - worked, worked


def _read_dates(key: str, fields: Fields, report: Report) -> Iterator[date]:
    for text in fields.find_texts(key):
        try:
            yield from parse_days(text.value)
        except ValueError:
            report.problem(
                text,
                f'"{clip(text.value)}" are no days: write "2027-01-01", or "2027-02-05..2027-02-12" for days in a row.',
                f'“{clip(text.value)}”不是有效的日期：一天写成 "2027-01-01"，连着几天写成 "2027-02-05..2027-02-12"。',
            )


def _read_periods(fields: Fields, report: Report) -> tuple[tuple[int, int], ...]:
    texts = [text for text in fields.get_texts("hours") if is_period(text, report)]
    try:
        return parse_periods([text.value for text in texts]) if texts else ()
    except ValueError:
        report.problem(
            fields.at,
            "Two of these hours overlap. Let one end before the next begins.",
            "这些时间段有重叠，请让前一段结束后再开始下一段。",
            key="hours",
        )
        return ()


def is_period(text: Text, report: Report) -> bool:
    try:
        parse_periods([text.value])
    except ValueError:
        report.problem(
            text,
            f'"{clip(text.value)}" are no hours of a day: write "09:00-12:00", at the latest until 24:00.',
            f'“{clip(text.value)}”不是有效的时间段，请写成 "09:00-12:00"，最晚到 24:00。',
        )
        return False
    return True


def _read_holidays(fields: Fields, report: Report) -> str | None:
    text = fields.find_text("holidays")
    if text is None:
        return None
    try:
        return table(text.value).name
    except ValueError:
        report.problem(
            text,
            f'There is no holiday table "{clip(text.value)}". Write "cn", or delete the key.',
            f"没有“{clip(text.value)}”这个节假日表，请写 cn 或删去这一项。",
        )
        return None
