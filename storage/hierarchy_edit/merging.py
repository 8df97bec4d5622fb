"""Brings an edit onto another version of the file, line by line; what both changed is decided for the newer text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from storage.hierarchy_edit.line_ends import end_lines_as

OURS_BELOW = "# --- 您原来写的 / what you wrote:"


@dataclass(frozen=True, slots=True)
class MergedText:
    """`conflicts` counts places that both changed, each in another way."""

    text: str
    conflicts: int


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Lines [start, end) of the base become `lines`."""

    start: int
    end: int
    lines: tuple[str, ...]


def merge(base: str, *, mine: str, newest: str) -> MergedText:
    """Where both changed the same lines the newest stands and mine follows as comments, so that nothing typed is
    lost and the result is no worse YAML than the newest."""
    base, mine = end_lines_as(base, newest), end_lines_as(mine, newest)
    ground = base.splitlines(keepends=True)
    own = _hunks(ground, mine.splitlines(keepends=True))
    theirs = _hunks(ground, newest.splitlines(keepends=True))
    merged: list[str] = []
    conflicts = at = 0
    for start, end, left, right in _regions(own, theirs):
        merged += ground[at:start]
        my_lines, new_lines = _apply(ground, left, start, end), _apply(ground, right, start, end)
        if not right or my_lines == new_lines:
            merged += my_lines
        elif not left:
            merged += new_lines
        else:
            conflicts += 1
            merged += [*_ended(new_lines), *_as_comment(my_lines)]
        at = end
    merged += ground[at:]
    return MergedText("".join(merged), conflicts)


def _hunks(base: Sequence[str], other: Sequence[str]) -> list[_Hunk]:
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return [
        _Hunk(start, end, tuple(other[to:until]))
        for tag, start, end, to, until in matcher.get_opcodes()
        if tag != "equal"
    ]


def _regions(own: list[_Hunk], theirs: list[_Hunk]) -> Iterator[tuple[int, int, list[_Hunk], list[_Hunk]]]:
    """Stretches of the base that one or both changed; hunks that touch each other belong together."""
    waiting = sorted(
        [(each, 0) for each in own] + [(each, 1) for each in theirs], key=lambda pair: pair[0].start
    )
    while waiting:
        hunk, side = waiting.pop(0)
        start, end = hunk.start, hunk.end
        sides: tuple[list[_Hunk], list[_Hunk]] = ([], [])
        sides[side].append(hunk)
        while waiting and waiting[0][0].start <= end:
            hunk, side = waiting.pop(0)
            sides[side].append(hunk)
            end = max(end, hunk.end)
        yield start, end, sides[0], sides[1]


def _apply(base: Sequence[str], hunks: list[_Hunk], start: int, end: int) -> list[str]:
    lines: list[str] = []
    at = start
    for hunk in hunks:
        lines += [*base[at : hunk.start], *hunk.lines]
        at = hunk.end
    return lines + list(base[at:end])


def _ended(lines: list[str]) -> list[str]:
    """A last line without an end would swallow the comment."""
    return lines if not lines or lines[-1].endswith("\n") else [*lines[:-1], f"{lines[-1]}\n"]


def _as_comment(lines: list[str]) -> list[str]:
    return [f"{OURS_BELOW}\n", *(f"# {line.rstrip(chr(10))}\n" for line in lines)]
