"""The file as somebody sees it who answers for a part of it: others' lines are folded away, each fold a line of its own
that stands for them. What comes back is put into the file again, others' lines as they were."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from admin_web.hierarchy_office import FileProblem
from admin_web.hierarchy_plan import Change, Thing
from routing.hierarchy import Hierarchy

Lines = tuple[int, int]
"""From the first, counted from 0, up to the one behind the last."""

FOLD = "#⋯"
_FOLD = re.compile(r"\s*#⋯([0-9]{1,6})(?:\s.*)?")
_LINE_TOLD = re.compile(r"(?P<before>\blines? |第 )(?P<line>[0-9]+)(?P<after>\b| 行)")


@dataclass(frozen=True, slots=True)
class Fold:
    """A line that stands for others, and what they are."""

    shown: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartText:
    """`text` is what is shown. `line_of` has for each line of the file the line, from 1, where it is shown."""

    text: str
    folds: tuple[Fold, ...]
    line_of: Sequence[int]

    def tell(self, problems: tuple[FileProblem, ...]) -> tuple[FileProblem, ...]:
        """Problems of the whole file by the lines that are shown."""
        return tuple(self._tell(each) for each in problems) if self.folds else problems

    def hides(self, line: int) -> bool:
        """Whether this line of the whole file is not shown."""
        return (
            bool(self.folds) and _FOLD.fullmatch(self.text.split("\n")[self.find_line(line) - 1]) is not None
        )

    def _tell(self, problem: FileProblem) -> FileProblem:
        return replace(
            problem,
            line=self.find_line(problem.line),
            message=_LINE_TOLD.sub(self._tell_line, problem.message),
            message_zh=_LINE_TOLD.sub(self._tell_line, problem.message_zh),
        )

    def _tell_line(self, told: re.Match[str]) -> str:
        return f"{told['before']}{self.find_line(int(told['line']))}{told['after']}"

    def find_line(self, line: int) -> int:
        """Where a line of the whole file is shown."""
        return self.line_of[line - 1] if 0 < line <= len(self.line_of) else line


@dataclass(frozen=True, slots=True)
class Restored:
    """The whole file, as it is with what was written, and how it was shown."""

    text: str
    shown: PartText


@dataclass(frozen=True, slots=True)
class FoldBroken:
    """The line of a fold is missing, doubled or elsewhere: `number` of which, `line` where it was looked for."""

    number: int
    line: int


def is_change_below(change: Change, top: str, *trees: Hierarchy) -> bool:
    """Of a place, a group or a person: whether it stands below the node in one of the trees. What is for all is
    everybody's."""
    if change.thing not in {Thing.NODE, Thing.GROUP, Thing.STAFF}:
        return True
    return any(tree.is_within(where, top) for tree in trees if (where := _find_place(change, tree)))


def _find_place(change: Change, tree: Hierarchy) -> str | None:
    if change.thing is Thing.NODE:
        return change.thing_id if tree.find_node(change.thing_id) else None
    found = (tree.find_group if change.thing is Thing.GROUP else tree.find_staff)(change.thing_id)
    return found.node_id if found is not None else None


def show_whole(text: str) -> PartText:
    return PartText(text, (), ())


def fold(text: str, hidden: Sequence[Lines], say: Callable[[int], str]) -> PartText:
    """`say` tells how many lines are not shown."""
    lines = text.split("\n")
    folds: list[Fold] = []
    shown: list[str] = []
    line_of: list[int] = []
    at = 0
    for start, end in _with_false_folds(lines, hidden):
        shown += lines[at:start]
        line_of += range(len(shown) - (start - at) + 1, len(shown) + 1)
        folds.append(Fold(_write_fold(lines[start:end], len(folds) + 1, say), tuple(lines[start:end])))
        shown.append(folds[-1].shown)
        line_of += [len(shown)] * (end - start)
        at = end
    line_of += range(len(shown) + 1, len(shown) + 1 + len(lines) - at)
    shown += lines[at:]
    return PartText("\n".join(shown), tuple(folds), line_of)


def fold_like(text: str, model: PartText) -> PartText | None:
    """A text that cannot be read just now, folded where the folded lines of another version of it stand; None where
    they do not."""
    lines = text.split("\n")
    hidden: list[Lines] = []
    at = 0
    for each in model.folds:
        found = _find(lines, each.lines, at)
        if found is None:
            return None
        at = found + len(each.lines)
        hidden.append((found, at))
    folded = fold(text, hidden, lambda _: "")
    again = "\n".join(_refold(folded, model))
    return PartText(again, model.folds, folded.line_of) if len(folded.folds) == len(model.folds) else None


def restore(written: str, part: PartText) -> Restored | FoldBroken:
    """Each fold must stand there once, in its order."""
    if not part.folds:
        return Restored(written, show_whole(written))
    whole: list[str] = []
    line_of: list[int] = []
    waiting = 0
    for number, line in enumerate(written.split("\n"), 1):
        found = _FOLD.fullmatch(line)
        lines: Sequence[str] = (line,)
        if found is not None:
            if waiting == len(part.folds) or int(found[1]) != waiting + 1:
                return FoldBroken(int(found[1]), number)
            lines = part.folds[waiting].lines
            waiting += 1
        whole += lines
        line_of += [number] * len(lines)
    if waiting < len(part.folds):
        return FoldBroken(waiting + 1, written.count("\n") + 1)
    return Restored("\n".join(whole), PartText(written, part.folds, line_of))


def has_folds(text: str) -> bool:
    return FOLD in text and any(_FOLD.fullmatch(each) for each in text.split("\n"))


def _write_fold(lines: Sequence[str], number: int, say: Callable[[int], str]) -> str:
    first = next((each for each in lines if each.strip()), "")
    indent = first[: len(first) - len(first.lstrip(" "))]
    return f"{indent}{FOLD}{number} {say(len(lines))}"


def _with_false_folds(lines: Sequence[str], hidden: Sequence[Lines]) -> list[Lines]:
    """A comment of the file that looks like a fold is folded too."""
    inside = {at for start, end in hidden for at in range(start, end)}
    false = [(at, at + 1) for at, each in enumerate(lines) if at not in inside and _FOLD.fullmatch(each)]
    return sorted([*hidden, *false])


def _find(lines: Sequence[str], wanted: Sequence[str], begin: int) -> int | None:
    wanted = list(wanted)
    ends = len(lines) - len(wanted) + 1
    return next((at for at in range(begin, ends) if lines[at : at + len(wanted)] == wanted), None)


def _refold(folded: PartText, model: PartText) -> list[str]:
    """With the words of the model's folds."""
    number = 0
    lines = folded.text.split("\n")
    for at, line in enumerate(lines):
        if _FOLD.fullmatch(line) and number < len(model.folds):
            lines[at] = model.folds[number].shown
            number += 1
    return lines
