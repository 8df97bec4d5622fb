"""Calendars, and arithmetic on the time that people work: add, subtract, measure, stop the clock.

Holidays are in `holidays`, jumping clocks in `local_time`. Nothing here asks what time it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from routing.durations import Span, Unit
from routing.holidays import DayKind, is_whole_year, missing_ahead, table
from routing.local_time import instant_of, wall_at

_PERIOD = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])")
_MINUTES_A_DAY = 24 * 60
_ONE_DAY = timedelta(days=1)
_NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When people work. `timezone` is an IANA name, `days` are ISO weekdays 1..7, `periods` are minutes of
    the local day, [start, end), sorted. `holidays` names a table whose holidays are free and whose worked
    days are worked, whatever the weekday; `days_off` and `days_worked` are what the admins wrote down
    themselves, and overrule it. ValueError when no such calendar can be kept."""

    timezone: str
    days: frozenset[int]
    periods: tuple[tuple[int, int], ...]
    holidays: str | None
    days_off: frozenset[date] = frozenset()
    days_worked: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not self.days or not self.days <= frozenset(range(1, 8)):
            raise ValueError("A calendar needs working days, 1 (Monday) to 7 (Sunday)")
        _check_periods(self.periods)
        try:
            ZoneInfo(self.timezone)
        except (KeyError, ValueError, OSError):
            raise ValueError(f'There is no time zone "{self.timezone}"') from None
        if self.holidays is not None:
            table(self.holidays)
        if self.days_off & self.days_worked:
            raise ValueError("A day is free or worked, not both")

    @property
    def minutes_a_day(self) -> int:
        return sum(end - start for start, end in self.periods)


def unknown_years(calendar: Calendar, today: date) -> tuple[int, ...]:
    """The years that the next weeks touch and whose days off neither the table nor the admins know, in order."""
    if calendar.holidays is None:
        return ()
    missing = missing_ahead(calendar.holidays, today)
    return tuple(each for each in missing if not is_whole_year(calendar.days_off, each))


def assumption_of(calendar: Calendar) -> str:
    """What holds in a year whose days off are not known, in English; "" where the calendar has no table."""
    return table(calendar.holidays).assumption if calendar.holidays is not None else ""


def parse_periods(texts: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """ "09:00-12:00", up to "00:00-24:00", in any order; returned sorted. ValueError on nonsense, overlap."""
    periods = tuple(sorted(_parse_period(text) for text in texts))
    _check_periods(periods)
    return periods


def _parse_period(text: str) -> tuple[int, int]:
    match = _PERIOD.fullmatch(text)
    if match is None:
        raise ValueError(f'"{text}" is no period: write it like "09:00-12:00", at the latest until 24:00')
    from_hour, from_minute, to_hour, to_minute = map(int, match.groups())
    return from_hour * 60 + from_minute, to_hour * 60 + to_minute


def _check_periods(periods: tuple[tuple[int, int], ...]) -> None:
    if not periods:
        raise ValueError("A calendar needs at least one period")
    for start, end in periods:
        if not 0 <= start < end <= _MINUTES_A_DAY:
            raise ValueError(
                f"The period {_clock(start)}-{_clock(end)} must end after it starts, within one day"
            )
    for before, after in pairwise(periods):
        if after[0] < before[1]:
            raise ValueError(
                f"The period from {_clock(after[0])} starts before the one until {_clock(before[1])} ends"
            )


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def add(start: datetime, span: Span, calendar: Calendar) -> datetime:
    """The instant (UTC) at which the span has passed. Elapsed units ignore the calendar. Working hours are
    real hours inside the periods and end as early as they can: three from 09:00 are over at 12:00, not
    after lunch. How working days are counted is decided in `_working_days_end`."""
    at = _utc(start)
    if span.unit is Unit.WORKING_DAY:
        return _working_days_end(at, span.amount, calendar)
    if span.unit is Unit.WORKING_HOUR:
        return _add_working(at, timedelta(hours=span.amount), calendar)
    return at + span.as_elapsed()


def subtract(end: datetime, span: Span, calendar: Calendar) -> datetime:
    """The instant (UTC) this long before; takes `add` back, but for time that nobody works."""
    at = _utc(end)
    if span.unit is Unit.WORKING_DAY:
        return _working_days_begin(at, span.amount, calendar)
    if span.unit is Unit.WORKING_HOUR:
        return _subtract_working(at, timedelta(hours=span.amount), calendar)
    return at - span.as_elapsed()


def working_between(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """The working time from start to end; negative when end comes first."""
    since, until = _utc(start), _utc(end)
    if until < since:
        return -working_between(until, since, calendar)
    on, last = _local_date(since, calendar), _local_date(until, calendar)
    total = _NOTHING
    while on <= last:
        for opens_at, closes_at in _stretches(calendar, on):
            total += max(min(closes_at, until) - max(opens_at, since), _NOTHING)
        on += _ONE_DAY
    return total


def is_working(at: datetime, calendar: Calendar) -> bool:
    """The moment of opening is working time, the moment of closing is not."""
    instant = _utc(at)
    today = _stretches(calendar, _local_date(instant, calendar))
    return any(opens_at <= instant < closes_at for opens_at, closes_at in today)


def next_working(at: datetime, calendar: Calendar) -> datetime:
    """The instant itself (UTC) if it is working time, else the next opening."""
    return _add_working(_utc(at), _NOTHING, calendar)


def extend(
    due: datetime, paused_from: datetime, paused_until: datetime, span_is_working: bool, calendar: Calendar
) -> datetime:
    """The new due instant (UTC) after a stopped clock: what remained at the pause, of working or elapsed
    time, remains after it; what was late is late by as much. Never earlier than `due`. ValueError when the
    pause ends before it begins."""
    due, since, until = _utc(due), _utc(paused_from), _utc(paused_until)
    if until < since:
        raise ValueError("A pause cannot end before it begins")
    if not span_is_working:
        return due + (until - since)
    remaining = working_between(since, due, calendar)
    if remaining < _NOTHING:
        return max(due, _subtract_working(until, -remaining, calendar))
    return max(due, _add_working(until, remaining, calendar))


def longer_than(a: Span, b: Span, calendar: Calendar) -> bool:
    """Roughly, to compare a clock with its own reminder: a working hour counts as an hour, a day as 24
    hours, a working day as the calendar's working minutes of a full day."""
    return _rough_length(a, calendar) > _rough_length(b, calendar)


def _rough_length(span: Span, calendar: Calendar) -> timedelta:
    if span.unit is Unit.WORKING_DAY:
        return span.amount * timedelta(minutes=calendar.minutes_a_day)
    if span.unit is Unit.WORKING_HOUR:
        return timedelta(hours=span.amount)
    return span.as_elapsed()


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("An instant must know its time zone")
    return at.astimezone(UTC)


def _local_date(at: datetime, calendar: Calendar) -> date:
    return wall_at(at, ZoneInfo(calendar.timezone)).date()


def _is_working_day(calendar: Calendar, on: date) -> bool:
    if on in calendar.days_off or on in calendar.days_worked:
        return on in calendar.days_worked
    kind = DayKind.ORDINARY if calendar.holidays is None else table(calendar.holidays).day_kind(on)
    return kind is DayKind.WORKED or (kind is DayKind.ORDINARY and on.isoweekday() in calendar.days)


@lru_cache(maxsize=4096)
def _stretches(calendar: Calendar, on: date) -> tuple[tuple[datetime, datetime], ...]:
    """The worked stretches of one local day as instants; none on a free day or where the clock skips them."""
    if not _is_working_day(calendar, on):
        return ()
    zone = ZoneInfo(calendar.timezone)
    midnight = datetime.combine(on, time())
    bounds = (
        tuple(instant_of(midnight + timedelta(minutes=minute), zone) for minute in period)
        for period in calendar.periods
    )
    return tuple((opens_at, closes_at) for opens_at, closes_at in bounds if opens_at < closes_at)


def _add_working(at: datetime, left: timedelta, calendar: Calendar) -> datetime:
    on = _local_date(at, calendar)
    while True:
        for opens_at, closes_at in _stretches(calendar, on):
            if closes_at <= at:
                continue
            begins_at = max(opens_at, at)
            if left <= closes_at - begins_at:
                return begins_at + left
            left -= closes_at - begins_at
        on += _ONE_DAY


def _subtract_working(at: datetime, left: timedelta, calendar: Calendar) -> datetime:
    on = _local_date(at, calendar)
    while True:
        for opens_at, closes_at in reversed(_stretches(calendar, on)):
            if opens_at >= at:
                continue
            ends_at = min(closes_at, at)
            if left <= ends_at - opens_at:
                return ends_at - left
            left -= ends_at - opens_at
        on -= _ONE_DAY


def _working_days_end(at: datetime, amount: int, calendar: Calendar) -> datetime:
    """The one place that decides how working days are counted: to the same time on the clock of the N-th
    working day after, so that "1wd" is one day whether it starts at 09:10 or at 17:50. It starts at the
    next working moment and, like working hours, ends as early as it can: from Sunday it is over when Monday
    closes.

    The public rule is kinder to the desk: the day of receipt does not count and the last day ends when
    business stops (Civil Code arts. 201 and 203; hotline rules say 收到…次日起N个工作日), so that "1wd"
    from Monday 09:10 lasts until Tuesday closes. Ours never ends later: who keeps it keeps the public one
    too. To count by the public rule, return the end of the last stretch of
    `_nth_working_day(_local_date(at, calendar), amount, ...)`."""
    same_clock = _same_clock(next_working(at, calendar), amount, calendar, step=_ONE_DAY)
    return _subtract_working(same_clock, _NOTHING, calendar)


def _working_days_begin(at: datetime, amount: int, calendar: Calendar) -> datetime:
    last_worked_until = _subtract_working(at, _NOTHING, calendar)
    return _same_clock(last_worked_until, amount, calendar, step=-_ONE_DAY)


def _same_clock(at: datetime, amount: int, calendar: Calendar, *, step: timedelta) -> datetime:
    zone = ZoneInfo(calendar.timezone)
    wall = wall_at(at, zone)
    on = _nth_working_day(wall.date(), amount, calendar, step=step)
    # The last moment of a repeated hour, as people say it: 03:00, not 02:59.
    rounding = timedelta.resolution if at.astimezone(zone).fold else _NOTHING
    return instant_of(datetime.combine(on, wall.time()), zone) + rounding


def _nth_working_day(on: date, amount: int, calendar: Calendar, *, step: timedelta) -> date:
    while amount:
        on += step
        if _stretches(calendar, on):
            amount -= 1
    return on
