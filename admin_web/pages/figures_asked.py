"""What somebody asks the figures for: a place, a period, steps of time. Read from the address, kept in links."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from admin_web.pages.figures_ports import Period
from routing.figure_rates import RateName

_LONGEST = 400
"""Nobody writes an address longer than this by hand; a part of one never needs more letters."""

_YEARS = range(2000, 2200)
_DAILY_UP_TO, _WEEKLY_UP_TO = 31, 190
_MOST_DAYS, _MOST_WEEKS_OF_DAYS = 100, 800
"""Longer periods have no table by days, or by weeks: nobody reads so many rows."""


class Preset(StrEnum):
    """Periods that one tap chooses; all end with today but the month before."""

    WEEK = "7d"
    MONTH = "30d"
    QUARTER = "90d"
    THIS_MONTH = "month"
    LAST_MONTH = "last_month"
    YEAR = "year"


USUAL = Preset.MONTH


class Step(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Asked:
    """`typed` are the days as they were written, `complaint` the key of what is wrong with them."""

    node: str
    period: Period
    preset: Preset | None
    step: Step
    rate: RateName = RateName.ON_TIME
    typed: tuple[str, str] = ("", "")
    complaint: str = ""
    _said: Mapping[str, str] = field(default_factory=dict)

    def query(self, **changes: str) -> str:
        """The address of the same question with some parts changed; an empty one is left out. Choosing a preset
        leaves days that were typed behind."""
        said = {**self._said, **changes}
        if "period" in changes:
            said = {**said, "from": "", "to": ""}
        return urlencode({name: value for name, value in said.items() if value})


def read_asked(said: Mapping[str, str], *, today: date, usual_node: str) -> Asked:
    """Whatever the address says: what makes no sense is left out, wrong days with a complaint."""
    known = {name: said.get(name, "")[:_LONGEST] for name in ("node", "period", "from", "to", "by", "rate")}
    preset = Preset(known["period"]) if known["period"] in set(Preset) else None
    period, complaint = period_of(preset or USUAL, today), ""
    if known["from"] or known["to"]:
        typed = _read_days(known["from"], known["to"], today=today)
        preset = None if isinstance(typed, Period) else preset or USUAL
        period, complaint = (typed, "") if isinstance(typed, Period) else (period, typed)
    else:
        preset = preset or USUAL
    asked = Asked(
        node=known["node"] or usual_node,
        period=period,
        preset=preset,
        step=_step_of(known["by"], period),
        rate=RateName(known["rate"]) if known["rate"] in set(RateName) else RateName.ON_TIME,
        typed=(known["from"], known["to"]),
        complaint=complaint,
    )
    return replace(asked, _said=known)


def period_of(preset: Preset, today: date) -> Period:
    tomorrow, first = today + timedelta(days=1), today.replace(day=1)
    if preset is Preset.THIS_MONTH:
        return Period(first, tomorrow)
    if preset is Preset.LAST_MONTH:
        return Period(month_before(first), first)
    if preset is Preset.YEAR:
        return Period(first.replace(month=1), tomorrow)
    return Period(tomorrow - timedelta(days=int(preset.removesuffix("d"))), tomorrow)


def month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def read_month(said: str, *, today: date) -> date | None:
    """The first day of "2026-10"; None for what is no month or has not begun."""
    try:
        first = date.fromisoformat(f"{said[:10]}-01")
    except ValueError:
        return None
    return first if first.year in _YEARS and first <= today else None


def begin_of(step: Step, day: date) -> date:
    """The first day of the week (Monday) or month in which a day lies."""
    if step is Step.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step is Step.MONTH else day


def list_steps_of(step: Step, period: Period) -> list[date]:
    """The first days of all weeks or months that the period touches, in order; none is left out."""
    if period.days <= 0:
        return []
    days = (period.since + timedelta(days=each) for each in range(period.days))
    return list(dict.fromkeys(begin_of(step, each) for each in days))


def _step_of(said: str, period: Period) -> Step:
    asked = Step(said) if said in set(Step) else _usual_step(period)
    if period.days > _MOST_WEEKS_OF_DAYS:
        return Step.MONTH
    return Step.WEEK if asked is Step.DAY and period.days > _MOST_DAYS else asked


def _usual_step(period: Period) -> Step:
    if period.days <= _DAILY_UP_TO:
        return Step.DAY
    return Step.WEEK if period.days <= _WEEKLY_UP_TO else Step.MONTH


def _read_days(since: str, until: str, *, today: date) -> Period | str:
    """Both days are included. Without the first the period is the usual one before the last, without the last it ends
    today. The key of a complaint for what makes no period."""
    try:
        last = date.fromisoformat(until) if until else today
        first = date.fromisoformat(since) if since else last - timedelta(days=29)
    except (ValueError, OverflowError):
        return "figures.no_day"
    if first.year not in _YEARS or last.year not in _YEARS:
        return "figures.no_day"
    return "figures.backwards" if first > last else Period(first, last + timedelta(days=1))
