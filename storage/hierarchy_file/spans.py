"""Durations in the file, and what somebody meant who wrote one in words."""

import re

from routing.durations import Span, parse_span
from storage.hierarchy_file.fields import Fields
from storage.hierarchy_file.nearest import clip
from storage.hierarchy_file.report import Report
from storage.hierarchy_file.values import Text

_SPOKEN = re.compile(r"\s*([0-9]+)\s*(\S+?)\s*")
_UNITS = {
    "s": ("sec", "secs", "second", "seconds", "秒", "秒钟"),
    "m": ("min", "mins", "minute", "minutes", "分", "分钟"),
    "h": ("hr", "hrs", "hour", "hours", "时", "小时", "个小时"),
    "d": ("day", "days", "天", "日"),
    "wh": ("工时", "工作小时", "个工作小时"),
    "wd": ("工作日", "个工作日"),
}


def find_span(fields: Fields, key: str, report: Report) -> Span | None:
    return _read(fields.find_text(key), report)


def get_span(fields: Fields, key: str, report: Report) -> Span | None:
    return _read(fields.get_text(key), report)


def find_elapsed(fields: Fields, key: str, report: Report) -> Span | None:
    """A span that no calendar stretches: seconds, minutes, hours or days."""
    span = find_span(fields, key, report)
    if span is None or not span.is_working:
        return span
    report.problem(
        fields.at,
        f'"{span}" is working time, and this is measured on the clock: write s, m, h or d, such as "30m".',
        f"“{span}”是工作时间，而这里按自然时间计算，请用 s、m、h 或 d，例如 30m。",
        key=key,
    )
    return None


def _read(text: Text | None, report: Report) -> Span | None:
    if text is None:
        return None
    try:
        return parse_span(text.value)
    except ValueError:
        _report(text, report)
        return None


def _report(text: Text, report: Report) -> None:
    meant = _find_meant(text.value)
    hint = f' Did you mean "{meant}"?' if meant else ""
    hint_zh = f"是不是 {meant}？" if meant else ""
    report.problem(
        text,
        f'"{clip(text.value)}" is no duration of at most ten years.{hint} Write a whole number and a unit: 10s, '
        "30m, 2h, 3d, or 4wh (working hours), 2wd (working days).",
        f"“{clip(text.value)}”不是有效的时长（最长十年）。{hint_zh}"
        "写法：10s 秒、30m 分钟、2h 小时、3d 天、4wh 工作小时、2wd 工作日。",
    )


def _find_meant(text: str) -> str | None:
    match = _SPOKEN.fullmatch(text)
    if match is None:
        return None
    amount, spoken = match[1], match[2].lower()
    unit = next((unit for unit, names in _UNITS.items() if spoken == unit or spoken in names), None)
    meant = f"{int(amount[:13])}{unit}"
    return meant if unit and _is_span(meant) else None


def _is_span(text: str) -> bool:
    try:
        parse_span(text)
    except ValueError:
        return False
    return True
