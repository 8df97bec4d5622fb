"""Instants as people say them: 今天 15:42, 明天 09:00, 11月26日 周四 18:00."""

from datetime import datetime
from zoneinfo import ZoneInfo

WEEKDAYS = "一二三四五六日"
NEAR_DAYS = {-1: "昨天", 0: "今天", 1: "明天"}


def say_moment(at: datetime, now: datetime, *, timezone: str) -> str:
    """`at` in local words, seen from `now`; the year only where it is another."""
    zone = ZoneInfo(timezone)
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    near = NEAR_DAYS.get((local.date() - today).days)
    clock = local.strftime("%H:%M") + _which_of_two(local)
    if near:
        return f"{near} {clock}"
    year = f"{local.year}年" if local.year != today.year else ""
    return f"{year}{local.month}月{local.day}日 周{WEEKDAYS[local.weekday()]} {clock}"


def _which_of_two(local: datetime) -> str:
    """Where the clocks are set back an hour comes twice: a limit in it would be read as the earlier one, or the later."""
    other = local.replace(fold=1 - local.fold)
    if other.utcoffset() == local.utcoffset():
        return ""
    return "（时钟拨回后）" if local.fold else "（时钟拨回前）"
