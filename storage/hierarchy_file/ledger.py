"""Who has which id, chat or code: each belongs to one only, over the whole tree."""

from storage.hierarchy_file.labels import NAMELESS, Label, is_nameless
from storage.hierarchy_file.nearest import clip
from storage.hierarchy_file.report import Report


class Ledger:
    """One register, e.g. of node ids; `what` is what it holds, in both languages."""

    def __init__(self, what: str, what_zh: str, report: Report) -> None:
        self._what = what
        self._what_zh = what_zh
        self._report = report
        self._taken: dict[str, Label] = {}
        self._reported: set[tuple[int, int]] = set()
        self._clashes = 0

    def take(self, value: str, label: Label) -> str:
        """The value, or a stand-in if somebody has it already; that is reported, once for all that a repeat makes."""
        first = self._taken.get(value)
        if first is None:
            self._taken[value] = label
            return value
        self._clashes += 1
        pair = (id(first), id(label))
        if pair not in self._reported and not is_nameless(value):
            self._reported.add(pair)
            self._report_clash(value, first, label)
        return f"{NAMELESS}{self._clashes}{NAMELESS}"

    def _report_clash(self, value: str, first: Label, label: Label) -> None:
        if first is label:
            self._report.problem(
                label.at,
                f'The repeat gives the {self._what} "{clip(value)}" more than once. Put {{n}} into it.',
                f"repeat 使{self._what_zh}“{clip(value)}”重复了，请在其中写上 {{n}}。",
            )
            return
        lines = sorted((first.at.line, label.at.line))
        self._report.problem(
            label.at,
            f'The {self._what} "{clip(value)}" stands twice, in line {lines[0]} and in line {lines[1]}. '
            "It may belong to one only: change one.",
            f"{self._what_zh}“{clip(value)}”重复了（第 {lines[0]} 行和第 {lines[1]} 行），只能用一次，请改掉一个。",
        )
