"""Days as people name them: "下周三", "下个月初", "国庆后", "过完年". Which day of it ends a pause is said here. Pure.

A month or a year that is named alone means its first day: who waits for it can wait again.
"""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from routing.holidays import DayKind, table

COUNT = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
NUMERALS = {word: count for count, word in enumerate("一二三四五六七八九", start=1)} | {"两": 2}
DAYS = "一二三四五六日"
FEASTS = {
    "元旦": "元旦", "春节": "春节", "过年": "春节", "清明": "清明", "五一": "劳动", "劳动节": "劳动",
    "端午": "端午", "中秋": "中秋", "国庆": "国庆", "十一": "国庆",
}  # fmt: skip
AHEAD = {"今": 0, "明": 1, "后": 2, "大后": 3}

_Namer = Callable[[re.Match[str], date], date | None]
_PART_OF_MONTH = r"(?P<part>初|上旬|中旬|中|下旬|底|末|份)?"
_FESTIVAL = "|".join(FEASTS).replace("十一", "十一(?![月天个号日点])")
FEAST = re.compile(
    rf"(?P<past>过(?:完|了)?)?(?P<feast>{_FESTIVAL})(?:节|假期|长假|放假|期间)*(?P<side>之?前|以前|过?后|[之以]后|完?了|完)?"
)
NEW_YEAR = re.compile(r"过(?:完|了)年|过?年(?P<side>前|后)(?!天)")
NEXT_FEAST = re.compile(r"(?:过完|过了)?节(?:假日)?后|过完节")
MONTH = re.compile(
    rf"(?:(?P<next>下+)个?月|(?:本|这个?|当)月|(?P<year>明年|今年)?(?P<month>{COUNT})月)"
    rf"(?:份?(?P<day>{COUNT})[日号]|{_PART_OF_MONTH})"
)
BARE_MONTH = re.compile(r"月(?P<part>初|中|底|末)")
DAY_OF_MONTH = re.compile(rf"(?P<day>{COUNT})号(?!楼)")
YEAR = re.compile(r"(?P<end>(?:今年)?年(?:底|末))|(?P<next>明年)(?P<part>年?初|上半年|年?底|年?末)?")
WEEK = re.compile(
    r"(?P<next>下*)(?:这个?|本)?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天末])|"
    r"(?P<whole>(?:下+个?|这个?|本)(?:周|星期|礼拜))|(?P<end>周末)"
)
NEAR = re.compile(
    r"(?P<near>大后|今|明|后)(?:天|儿个?|日)|(?P<night>今|明)(?=早|晚)|(?P<english>today|tomorrow)"
)


def find_named_day(said: str, today: date) -> tuple[date, int] | None:
    """The day with which the words begin, and where they end; None for no day. A day that does not exist is none."""
    for pattern, name in _NAMED:
        found = pattern.match(said)
        day = _on(name, found, today) if found else None
        if found and day is not None:
            return day, found.end()
    return None


def count_of(said: str) -> int:
    """ "12", "十二", "两"; of "三五" or "两三" the larger, for a range."""
    if said.isdecimal():
        return int(said)
    tens, ten, ones = said.rpartition("十")
    if not ten:
        return NUMERALS[said[-1]]
    return NUMERALS.get(tens, 1) * 10 + NUMERALS.get(ones, 0)


def _on(name: _Namer, found: re.Match[str], today: date) -> date | None:
    try:
        return name(found, today)
    except (ValueError, KeyError):
        return None


def _near(found: re.Match[str], today: date) -> date:
    if found["english"]:
        return today + timedelta(days=int(found["english"] == "tomorrow"))
    return today + timedelta(days=AHEAD[found["near"] or found["night"]])


def _week(found: re.Match[str], today: date) -> date:
    """A weekday alone is the next one, "周末" is Saturday; "下周" alone is its Monday, and this week ends on Friday."""
    monday = today - timedelta(days=today.weekday())
    whole = found["whole"]
    if whole:
        weeks = whole.count("下")
        return monday + timedelta(weeks=weeks) if weeks else max(today, monday + timedelta(days=4))
    weekday = DAYS.index({"天": "日", "末": "六"}.get(found["day"], found["day"]))
    weeks = found["next"].count("下")
    if weeks:
        return monday + timedelta(weeks=weeks, days=weekday)
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _month(found: re.Match[str], today: date) -> date:
    if found["month"]:
        month = count_of(found["month"])
        year = today.year + int(found["year"] == "明年")
        is_over = (month, _day_in(found, year, month)) < (today.month, today.day)
        if found["year"] is None and is_over and month != today.month:
            year += 1
        day = date(year, month, _day_in(found, year, month))
        return day if found["year"] or day >= today or found["day"] is None else day.replace(year=year + 1)
    months = today.month - 1 + (found["next"] or "").count("下")
    year, month = today.year + months // 12, months % 12 + 1
    return date(year, month, _day_in(found, year, month))


def _day_in(found: re.Match[str], year: int, month: int) -> int:
    if found["day"]:
        return count_of(found["day"])
    return _day_of_part(found["part"] or "", year, month)


def _day_of_part(part: str, year: int, month: int) -> int:
    if part in {"底", "末"}:
        return calendar.monthrange(year, month)[1]
    return {"中": 15, "中旬": 15, "下旬": 21}.get(part, 1)


def _bare_month(found: re.Match[str], today: date) -> date:
    """The next beginning, middle or end of a month."""
    day = today.replace(day=_day_of_part(found["part"], today.year, today.month))
    if day >= today:
        return day
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first.replace(day=_day_of_part(found["part"], first.year, first.month))


def _day_of_month(found: re.Match[str], today: date) -> date:
    day = count_of(found["day"])
    if day >= today.day:
        return today.replace(day=day)
    return (today.replace(day=1) + timedelta(days=32)).replace(day=day)


def _year(found: re.Match[str], today: date) -> date:
    if found["end"]:
        return date(today.year, 12, 31)
    is_end = (found["part"] or "").endswith(("底", "末"))
    return date(today.year + 1, 12, 31) if is_end else date(today.year + 1, 1, 1)


def _feast(found: re.Match[str], today: date) -> date | None:
    """Before it: the last day before its days off; after it: the first working day. Alone: until it begins."""
    is_after = bool(found["past"] or found["side"]) and "前" not in (found["side"] or "")
    return _around(FEASTS[found["feast"]], today, is_after=is_after)


def _new_year(found: re.Match[str], today: date) -> date | None:
    return _around("春节", today, is_after=found["side"] != "前")


def _next_feast(_found: re.Match[str], today: date) -> date | None:
    return _around("", today, is_after=True)


def _around(feast: str, today: date, *, is_after: bool) -> date | None:
    """From our table of days off; "" for whichever comes next. None where it has none within a year."""
    days = (today + timedelta(days=ahead) for ahead in range(400))
    first = next((each for each in days if _is_day_off_for(feast, each)), None)
    if first is None:
        return None
    if not is_after:
        return first - timedelta(days=1)
    last = first
    while _is_off(last):
        last += timedelta(days=1)
    return last


def _is_day_off_for(feast: str, day: date) -> bool:
    cn = table("cn")
    return cn.day_kind(day) is DayKind.HOLIDAY and feast in (cn.festival(day) or "")


def _is_off(day: date) -> bool:
    kind = table("cn").day_kind(day)
    return kind is DayKind.HOLIDAY or (kind is DayKind.ORDINARY and day.weekday() >= 5)


_NAMED: tuple[tuple[re.Pattern[str], _Namer], ...] = (
    (NEAR, _near),
    (NEW_YEAR, _new_year),
    (NEXT_FEAST, _next_feast),
    (FEAST, _feast),
    (WEEK, _week),
    (MONTH, _month),
    (BARE_MONTH, _bare_month),
    (YEAR, _year),
    (DAY_OF_MONTH, _day_of_month),
)
