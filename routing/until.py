"""Reading "until when" as people write it: a span, a date, a named day, with the reason behind it. Pure."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from routing.errors import BadValueError
from routing.local_time import instant_of
from routing.named_days import COUNT, count_of, find_named_day

END_OF_DAY = time(18, 0)
"""A pause "until the 5th" ends when the offices close that day."""

A_FEW = 3
"""Days of "几天": the answer names the date, so that whoever means more sees it."""

OPENING = re.compile(
    r"(?:先|再|暂时|要|得|缓|延|推|拖|推迟|延期|等|预计|大概|大约|估计|差不多|约)*(?P<to>到|至)?\s*(?:再?过(?=[\d几半一二两三四五六七八九十])(?!五一|十一))?"
)
COUNTED = rf"(?:{COUNT}|[几半])"
SPAN = re.compile(
    rf"(?:{COUNTED}\s*(?:-|~|～|到|至)\s*)?(?P<count>{COUNTED})\s*(?P<each>个)?(?P<half>半)?"
    r"(?P<unit>秒|分钟|分|小时|钟头|天|日|周|星期|礼拜|工作日|月|年|(?:min|m|s|hours?|h|days?|d|weeks?|w)(?![a-z]))"
    r"(?P<within>左右|上下|[之以]?[后内])*",
    re.IGNORECASE,
)
LENGTHS = {
    "秒": timedelta(seconds=1), "s": timedelta(seconds=1), "分": timedelta(minutes=1), "m": timedelta(minutes=1),
    "小": timedelta(hours=1), "钟": timedelta(hours=1), "h": timedelta(hours=1), "天": timedelta(days=1),
    "日": timedelta(days=1), "d": timedelta(days=1), "周": timedelta(weeks=1), "星": timedelta(weeks=1),
    "礼": timedelta(weeks=1), "w": timedelta(weeks=1), "工": timedelta(days=1.4), "月": timedelta(days=30),
    "年": timedelta(days=365),
}  # fmt: skip
"""By the first letter of the unit; five working days are a week."""
HALVES = {"天": timedelta(hours=4), "年": timedelta(days=182)}
DATE = re.compile(r"(?:(\d{4})[-年/.])?(\d{1,2})[-月/.](\d{1,2})(?:日|号)?(?!\d|\s*(?:天|周|个))")
DAY_OF_MONTH = re.compile(rf"({COUNT})日")
AROUND_A_DAY = re.compile(r"(?:[之以]?[前后])?(?:左右)?")
HOUR = re.compile(
    rf"\s*(?P<part>凌晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚|夜里)?"
    rf"(?:(?P<hour>{COUNT})(?:点(?P<half>半)?|[:：](?P<minute>[0-5]\d)))?"
)
MORNINGS = frozenset({"早", "早上", "早晨", "上午", "中午"})
EVENINGS = frozenset({"晚", "晚上", "夜里"})
LATER_HALF = EVENINGS | {"下午", "傍晚"}
NOON, EVENING = time(12), time(21)
EARLIEST_HOUR = 6
"""Who says "3点" and no more means the afternoon."""


def parse_until(text: str, now: datetime, *, timezone: str) -> tuple[datetime, str]:
    """The instant and the words after it, from "3天 等配件", "下个月初 等配件", "国庆后 再修" or an ISO instant.

    Raises BadValueError.
    """
    zone, whole = ZoneInfo(timezone), text.strip()
    instant = _match_instant(whole, zone)
    if instant:
        return instant
    opening = OPENING.match(whole)
    said, is_day = (whole[opening.end() :], bool(opening["to"])) if opening else (whole, False)
    span = _match_span(said, now, is_day=is_day)
    if span:
        return span
    today = now.astimezone(zone).date()
    found = _match_date(said, today) or find_named_day(said, today) or _match_day(said, today)
    if found is None and not _is_hour(said):
        raise BadValueError("until_unclear", said=whole[:20])
    day, end = found or (today, 0)
    return _at_hour(said, day, zone, start=end)


def _match_span(said: str, now: datetime, *, is_day: bool) -> tuple[datetime, str] | None:
    """ "到5日" is a day of the month, and "5月" a month."""
    found = SPAN.match(said)
    if not found:
        return None
    unit, count = found["unit"], found["count"]
    if unit == "月" and not (found["each"] or found["half"] or count == "半"):
        return None
    if unit == "日" and is_day and not found["within"]:
        return None
    return now + _length(count, unit, is_half_more=bool(found["half"])), _rest(said, found.end())


def _length(count: str, unit: str, *, is_half_more: bool) -> timedelta:
    one = LENGTHS[unit[0].lower()]
    if count == "半":
        return HALVES.get(unit, one / 2)
    times = A_FEW if count == "几" else count_of(count)
    return one * (times + 0.5 if is_half_more else times)


def _match_instant(said: str, zone: ZoneInfo) -> tuple[datetime, str] | None:
    """An ISO 8601 instant, as programs write it; without an offset it is local."""
    token, _, rest = said.partition(" ")
    if "T" not in token:
        return None
    try:
        at = datetime.fromisoformat(token)
    except ValueError:
        return None
    return (at.astimezone(UTC) if at.tzinfo else instant_of(at, zone)), rest.strip()


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


def _match_day(said: str, today: date) -> tuple[date, int] | None:
    found = DAY_OF_MONTH.match(said)
    named = find_named_day(f"{found[1]}号", today) if found else None
    return (named[0], found.end()) if found and named else None


def _is_hour(said: str) -> bool:
    """ "下午", "今晚8点" without a day; "早" and "晚" alone begin other words."""
    found = HOUR.match(said)
    return bool(found and (found["hour"] or len(found["part"] or "") > 1))


def _at_hour(said: str, day: date, zone: ZoneInfo, *, start: int) -> tuple[datetime, str]:
    around = AROUND_A_DAY.match(said, start)
    found = HOUR.match(said, around.end() if around else start)
    at = _time_of(found) if found else END_OF_DAY
    if at is None or not found:
        raise BadValueError("until_unclear", said=said[:20])
    return instant_of(datetime.combine(day, at), zone), _rest(said, found.end())


def _time_of(found: re.Match[str]) -> time | None:
    """The end of the part of the day that is named; None for an hour that no day has."""
    part = found["part"] or ""
    if not found["hour"]:
        return NOON if part in MORNINGS else EVENING if part in EVENINGS else END_OF_DAY
    hour = count_of(found["hour"])
    is_later = part in LATER_HALF or (not part and hour <= EARLIEST_HOUR)
    hour += 12 if is_later and hour < 12 else 0
    minute = 30 if found["half"] else int(found["minute"] or 0)
    return time(hour, minute) if hour < 24 else None


def _rest(said: str, start: int) -> str:
    return said[start:].strip(" ，,。:：")
