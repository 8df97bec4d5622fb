"""Reading "until when" as people write it: a span, a date, a weekday, with the reason behind it. Pure."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from routing.errors import BadValueError

END_OF_DAY = time(18, 0)
"""A pause "until the 5th" ends when the offices close that day."""

SPAN = re.compile(
    r"^(\d{1,3})\s*(秒|分钟|分|小时|个小时|天|日|周|个星期|星期|个月|min|m|s|hours?|h|days?|d|weeks?|w)(?:后|内)?"
)
CHINESE_COUNT = re.compile(
    r"(?P<tens>[二三四五六七八九]?十)?(?P<ones>[一二两三四五六七八九])?(?=分钟|小时|个小时|天|日|周|个星期|星期|个月)"
)
NUMERALS = {word: count for count, word in enumerate("一二三四五六七八九", start=1)} | {"两": 2}
DATE = re.compile(r"^(?:到|至)?(?:(\d{4})[-年/.])?(\d{1,2})[-月/.](\d{1,2})(?:日|号)?")
WEEKDAY = re.compile(r"^(?:到|至)?(下)?(?:周|星期|礼拜)([一二三四五六日天])")
NEAR = {"今天": 0, "明天": 1, "后天": 2, "大后天": 3, "today": 0, "tomorrow": 1}
DAYS = "一二三四五六日"


def parse_until(text: str, now: datetime, *, timezone: str) -> tuple[datetime, str]:
    """The instant and the words after it, from "3天 等配件", "2026-12-01 等配件" or an ISO instant.

    Raises BadValueError.
    """
    said = _in_digits(text.strip())
    zone = ZoneInfo(timezone)
    today = now.astimezone(zone).date()
    instant = _match_instant(said, zone)
    if instant:
        return instant
    span = SPAN.match(said)
    if span:
        return now + _length(int(span[1]), span[2]), _rest(said, span.end())
    for word, days in NEAR.items():
        if said.startswith(word):
            return _close_of(today + timedelta(days=days), zone), _rest(said, len(word))
    found = _match_weekday(said, today) or _match_date(said, today)
    if found is None:
        raise BadValueError("until_unclear", said=said[:20])
    return _close_of(found[0], zone), _rest(said, found[1])


def _in_digits(said: str) -> str:
    """ "三天" and "十五天" as "3天" and "15天"; "一个月" too. Other words stay."""
    found = CHINESE_COUNT.match(said)
    if not found or not found[0]:
        return said
    tens, ones = found["tens"], found["ones"]
    count = NUMERALS.get(ones, 0) + (10 * NUMERALS.get(tens.removesuffix("十"), 1) if tens else 0)
    return f"{count}{said[found.end() :]}"


def _length(count: int, unit: str) -> timedelta:
    if unit in {"周", "个星期", "星期"} or unit.startswith("w"):
        return timedelta(weeks=count)
    if unit == "个月":
        return timedelta(days=30 * count)
    if unit in {"天", "日"} or unit.startswith("d"):
        return timedelta(days=count)
    if unit in {"小时", "个小时"} or unit.startswith("h"):
        return timedelta(hours=count)
    if unit in {"秒", "s"}:
        return timedelta(seconds=count)
    return timedelta(minutes=count)


def _match_instant(said: str, zone: ZoneInfo) -> tuple[datetime, str] | None:
    """An ISO 8601 instant, as programs write it; without an offset it is local."""
    token, _, rest = said.partition(" ")
    if "T" not in token:
        return None
    try:
        at = datetime.fromisoformat(token)
    except ValueError:
        return None
    aware = at if at.tzinfo else at.replace(tzinfo=zone)
    return aware.astimezone(UTC), rest.strip()


def _match_weekday(said: str, today: date) -> tuple[date, int] | None:
    found = WEEKDAY.match(said)
    if not found:
        return None
    wanted = DAYS.index("日" if found[2] == "天" else found[2])
    ahead = (wanted - today.weekday()) % 7
    if found[1]:
        ahead = wanted - today.weekday() + 7
    return today + timedelta(days=ahead), found.end()


def _match_date(said: str, today: date) -> tuple[date, int] | None:
    found = DATE.match(said)
    if not found:
        return None
    try:
        day = date(int(found[1] or today.year), int(found[2]), int(found[3]))
        if not found[1] and day < today:
            day = day.replace(year=today.year + 1)
    except ValueError:
        return None
    return day, found.end()


def _close_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, END_OF_DAY, tzinfo=zone).astimezone(ZoneInfo("UTC"))


def _rest(said: str, start: int) -> str:
    return said[start:].strip(" ，,。:：")
