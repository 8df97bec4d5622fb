"""The time zone and the section `calendars:`."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo, available_timezones

from routing.hierarchy_index import DEFAULT_TIMEZONE
from routing.holidays import table
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
    fields = Fields(at, ("days", "hours", "holidays"), report)
    days = frozenset(_read_days(fields, report))
    periods = _read_periods(fields, report)
    holidays = _read_holidays(fields, report)
    if not days or not periods:
        return None
    return Calendar(timezone=timezone, days=days, periods=periods, holidays=holidays)


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
