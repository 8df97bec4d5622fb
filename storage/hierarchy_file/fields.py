"""Reads the keys of one mapping: reports unknown and missing ones, and values of the wrong shape.

`find_…` is for optional keys, `get_…` for required ones; what comes back as None has been reported, or is absent.
"""

import re
from collections.abc import Collection

from storage.hierarchy_file.ids import is_id, report_bad_id
from storage.hierarchy_file.nearest import clip, suggest
from storage.hierarchy_file.report import Report
from storage.hierarchy_file.values import Broken, Items, Map, Text, Value

LONGEST_NAME = 60
_NUMBER = re.compile(r"[0-9]{1,9}")


class Fields:
    """One mapping and the keys that it may have; unknown keys are reported at once."""

    def __init__(self, at: Map, known: Collection[str], report: Report) -> None:
        self.at = at
        self._report = report
        if not at.values.keys() <= set(known):
            self._report_unknown(known)

    def _report_unknown(self, known: Collection[str]) -> None:
        absent = [each for each in known if each not in self.at.values]
        for key in self.at.values:
            if key in known:
                continue
            near, near_zh = ("", "") if self._report.is_full else suggest(key, absent)
            self._report.problem(
                self.at,
                f'Unknown key "{clip(key)}". {near}',
                f"不认识“{clip(key)}”这一项。{near_zh}",
                key=key,
            )

    def find(self, key: str) -> Value | None:
        """None where the key is absent, empty (reported) or refused before."""
        value = self.at.values.get(key)
        if isinstance(value, Text) and not value.value.strip():
            self._report.problem(
                self.at,
                f'Nothing stands after "{key}". Fill it in or delete the key.',
                f"“{key}”后面没有内容，请填写或删去这一项。",
                key=key,
            )
            return None
        return None if isinstance(value, Broken) else value

    def require(self, *keys: str) -> None:
        """Reports those that are absent."""
        for key in keys:
            if key not in self.at.values:
                self._report.problem(
                    self.at, f'The key "{key}" is missing. Add it.', f"缺少“{key}”，请补上。", key=key
                )

    def get(self, key: str) -> Value | None:
        self.require(key)
        return self.find(key)

    def find_text(self, key: str, *, longest: int = LONGEST_NAME) -> Text | None:
        return as_text(self.find(key), self._report, longest=longest)

    def get_text(self, key: str, *, longest: int = LONGEST_NAME) -> Text | None:
        return as_text(self.get(key), self._report, longest=longest)

    def get_id(self, key: str = "id") -> Text | None:
        """An id that is not made from a `repeat`."""
        text = self.get_text(key, longest=1_000)
        if text is not None and not is_id(text.value):
            report_bad_id(text, text.value, self._report)
        return text

    def find_items(self, key: str) -> list[Value]:
        return as_items(self.find(key), self._report)

    def get_items(self, key: str) -> list[Value]:
        """At least one, or it is reported."""
        value = self.get(key)
        items = as_items(value, self._report)
        if isinstance(value, Items) and not items:
            self._report.problem(
                self.at,
                f'The list "{key}" is empty. Add an entry.',
                f"“{key}”是空的，请至少写一项。",
                key=key,
            )
        return items

    def find_texts(self, key: str, *, longest: int = LONGEST_NAME) -> tuple[Text, ...]:
        """The texts of a list; an empty text is reported."""
        return self._texts(self.find_items(key), longest)

    def get_texts(self, key: str, *, longest: int = LONGEST_NAME) -> tuple[Text, ...]:
        return self._texts(self.get_items(key), longest)

    def _texts(self, values: list[Value], longest: int) -> tuple[Text, ...]:
        found = (as_text(each, self._report, longest=longest) for each in values)
        return tuple(each for each in found if each is not None)

    def find_map(self, key: str) -> Map | None:
        return as_map(self.find(key), self._report)

    def get_map(self, key: str) -> Map | None:
        return as_map(self.get(key), self._report)

    def find_number(self, key: str, *, least: int, most: int) -> int | None:
        text = self.find_text(key)
        if text is None:
            return None
        if _NUMBER.fullmatch(text.value) and least <= int(text.value) <= most:
            return int(text.value)
        self._report.problem(
            text,
            f'"{clip(text.value)}" is no whole number from {least} to {most}.',
            f"“{clip(text.value)}”不是 {least} 到 {most} 之间的整数。",
        )
        return None


def as_text(value: Value | None, report: Report, *, longest: int = LONGEST_NAME) -> Text | None:
    if isinstance(value, Map | Items):
        report.problem(
            value, "A text is wanted here, not a list or a mapping.", "这里要写文字，不能写列表或多项内容。"
        )
        return None
    if not isinstance(value, Text):
        return None
    if not value.value.strip():
        report.problem(
            value, "An empty text is of no use here. Fill it in or delete it.", "这里是空的，请填写或删去。"
        )
        return None
    if len(value.value) > longest:
        report.problem(
            value,
            f'"{clip(value.value)}" is too long: at most {longest} characters.',
            f"“{clip(value.value)}”太长了，最多 {longest} 个字。",
        )
    return value


def as_items(value: Value | None, report: Report) -> list[Value]:
    if isinstance(value, Items):
        return value.values
    if isinstance(value, Text | Map):
        report.problem(
            value,
            "A list is wanted here: write [one, two], or one entry a line, each with a dash.",
            "这里要写列表：写成 [甲, 乙]，或每行一项，以“- ”开头。",
        )
    return []


def as_map(value: Value | None, report: Report) -> Map | None:
    if isinstance(value, Map):
        return value
    if isinstance(value, Text | Items):
        report.problem(
            value,
            "Keys with values are wanted here, such as `name: …`.",
            "这里要写“键: 值”的内容，例如“name: ……”。",
        )
    return None
