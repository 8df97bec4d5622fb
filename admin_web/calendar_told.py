"""A working calendar in one line, for those who choose one: which days, which hours, and whether holidays are free."""

from itertools import groupby

from admin_web.words import Language, Words
from routing.working_time import Calendar

_WHOLE_DAY = (0, 24 * 60)


def tell_calendar(calendar: Calendar, t: Words) -> str:
    """Such as "周一至周五 09:00–12:00、14:00–18:00，节假日除外"."""
    comma = "、" if t.language is Language.ZH else ", "
    days = comma.join(_tell_run(run, t) for run in _list_runs(calendar.days))
    if calendar.periods == (_WHOLE_DAY,):
        said = t("tree.calendar.whole_day", days=days)
    else:
        hours = comma.join(f"{_time(start)}–{_time(end)}" for start, end in calendar.periods)
        said = f"{days} {hours}"
    return t("tree.calendar.but_holidays", said=said) if calendar.holidays or calendar.days_off else said


def _list_runs(days: frozenset[int]) -> list[list[int]]:
    """Days one after the other, Monday first."""
    numbered = enumerate(sorted(days))
    return [[day for _, day in run] for _, run in groupby(numbered, key=lambda each: each[1] - each[0])]


def _tell_run(run: list[int], t: Words) -> str:
    first, last = t(f"plan.day.{run[0]}"), t(f"plan.day.{run[-1]}")
    return t("tree.calendar.days", first=first, last=last) if len(run) > 1 else first


def _time(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
