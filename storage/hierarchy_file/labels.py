"""Texts of the tree that may hold `{n}`: names, ids, chats. Each is checked once, with the longest that it becomes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from storage.hierarchy_file.ids import is_id, report_bad_id
from storage.hierarchy_file.nearest import clip
from storage.hierarchy_file.report import Report
from storage.hierarchy_file.values import Text, Value

# {n} is the number of the nearest repeat, {nn} that of the one around it, and so on; {n:02} pads with zeros.
_PLACE = re.compile(r"\{(n{1,9})(?::0([1-9]))?\}")
_BRACES = re.compile(r"\{[^{}]*\}")
NAMELESS = "\x00"
"""Begins the stand-in for an id that is missing or unusable; no text of a file can begin so."""


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """A text ready to be filled: `form` for the % operator, and for each gap how many repeats outward it looks."""

    at: Text
    form: str
    outward: tuple[int, ...] = ()

    def fill(self, numbers: Sequence[int]) -> str:
        """`numbers` of the repeats around, the nearest last."""
        if not self.outward:
            return self.form
        if len(self.outward) == 1:
            return self.form % numbers[-1 - self.outward[0]]
        return self.form % tuple(numbers[-1 - each] for each in self.outward)


def is_nameless(text: str) -> bool:
    return text.startswith(NAMELESS)


def _nameless(at: Value) -> Label:
    return Label(at if isinstance(at, Text) else Text("", at.line), f"{NAMELESS}{at.line}")


def read_label(text: Text, longest: Sequence[int], report: Report) -> Label:
    """`longest` has the longest number of each repeat around, the nearest last. A gap that none of them fills is
    reported."""
    if "{" not in text.value:
        return Label(text, text.value)
    unknown = _find_unknown(text.value, len(longest))
    if unknown is not None:
        _report_gap(text, unknown, report, is_repeated=bool(longest))
        return _nameless(text)
    places = list(_PLACE.finditer(text.value))
    if not places:
        return Label(text, text.value)
    form = _PLACE.sub(lambda place: f"%0{place[2]}d" if place[2] else "%d", text.value.replace("%", "%%"))
    return Label(text, form, tuple(len(place[1]) - 1 for place in places))


def read_id_label(text: Text | None, at: Value, longest: Sequence[int], report: Report) -> Label:
    """A stand-in where the id is missing, which was reported before."""
    if text is None:
        return _nameless(at)
    label = read_label(text, longest, report)
    own_id = label.fill(longest)
    if not is_id(own_id) and not is_nameless(own_id):
        report_bad_id(text, own_id, report)
    return label


def _find_unknown(text: str, around: int) -> str | None:
    for braces in _BRACES.findall(text):
        place = _PLACE.fullmatch(braces)
        if place is not None and len(place[1]) > around:
            return str(braces)
        if place is None and around:
            return str(braces)
    return None


def _report_gap(text: Text, gap: str, report: Report, *, is_repeated: bool) -> None:
    if is_repeated:
        report.problem(
            text,
            f'"{clip(gap)}" is filled by nothing here. Use {{n}}, or {{n:02}} for two digits; {{nn}} is the number '
            "of the repeat around this one, if there is one.",
            f"“{clip(gap)}”在这里没有含义。请用 {{n}}，或用 {{n:02}} 补足两位；外一层 repeat 的号用 {{nn}}。",
        )
        return
    report.problem(
        text,
        f'"{clip(gap)}" is only filled in an entry with `repeat`. Add `repeat: "1-9"`, or write the number.',
        f'“{clip(gap)}”只能用在带 repeat 的条目里。请加上 repeat: "1-9"，或直接写出号码。',
    )
