"""The section `expect:`: messages with where they should go. What is named there must exist."""

from collections.abc import Collection, Iterator, Sequence

from routing.expectations import Expectation
from routing.hierarchy import Hierarchy
from storage.hierarchy_file.fields import Fields, as_map
from storage.hierarchy_file.nearest import clip, suggest
from storage.hierarchy_file.report import Report
from storage.hierarchy_file.values import Map, Text, Value

_WANTED = ("category", "urgent", "node", "level", "goes_to")
_KEYS = ("say", "in", *_WANTED)
_LONGEST_TEXT = 500
_YES, _NO = ("yes", "true"), ("no", "false")
MOST_EXPECTATIONS = 500


def read_expectations(fields: Fields, hierarchy: Hierarchy, report: Report) -> tuple[Expectation, ...]:
    """In the order of the file; what cannot be used was reported and is left out."""
    values = fields.find_items("expect")
    if len(values) > MOST_EXPECTATIONS:
        report.problem(
            values[MOST_EXPECTATIONS],
            f"There are {len(values)} examples; at most {MOST_EXPECTATIONS} are tried.",
            f"例句有 {len(values)} 条，最多 {MOST_EXPECTATIONS} 条。",
        )
    return tuple(_read_all(values[:MOST_EXPECTATIONS], hierarchy, report))


def _read_all(values: Sequence[Value], hierarchy: Hierarchy, report: Report) -> Iterator[Expectation]:
    for value in values:
        at = as_map(value, report)
        if at is not None:
            found = _Reader(at, hierarchy, report).read()
            if found is not None:
                yield found


class _Reader:
    def __init__(self, at: Map, hierarchy: Hierarchy, report: Report) -> None:
        self._at = at
        self._own = Fields(at, _KEYS, report)
        self._tree = hierarchy
        self._report = report

    def read(self) -> Expectation | None:
        say = self._own.get_text("say", longest=_LONGEST_TEXT)
        group_id = self._known("in", self._tree.groups, self._own.get_text("in"))
        levels = [each.level_id for each in self._tree.levels]
        categories = [each.category_id for each in self._tree.categories]
        expectation = Expectation(
            text=say.value if say else "",
            group_id=group_id,
            category=self._find("category", categories),
            urgent=self._find_urgent(),
            node=self._find("node", self._tree.nodes),
            level=self._find("level", levels),
            goes_to=self._find("goes_to", self._tree.groups),
        )
        if not any(each in self._at.values for each in _WANTED):
            self._report.problem(
                self._at,
                "This example says nothing that is wanted. Add goes_to: [a group's id], category: or node:.",
                "这条例句没写希望怎样处理。请加上 goes_to（承办的群）、category（分类）或 node（地点）。",
            )
        return expectation if say is not None and group_id else None

    def _find(self, key: str, known: Collection[str]) -> str:
        return self._known(key, known, self._own.find_text(key))

    def _known(self, key: str, known: Collection[str], text: Text | None) -> str:
        if text is None or text.value in known:
            return text.value if text else ""
        near, near_zh = suggest(text.value, known)
        self._report.problem(
            text,
            f'"{clip(text.value)}" after "{key}" does not exist. {near}',
            f"{key} 里写的“{clip(text.value)}”不存在。{near_zh}",
        )
        return ""

    def _find_urgent(self) -> bool | None:
        text = self._own.find_text("urgent")
        if text is None:
            return None
        if text.value in _YES or text.value in _NO:
            return text.value in _YES
        self._report.problem(
            text,
            f'"{clip(text.value)}" is neither yes nor no.',
            f"urgent 只能写 yes 或 no，不能写“{clip(text.value)}”。",
        )
        return None
