"""Collects what is wrong with a file, each with line, path and what to do, in English and in Chinese."""

from collections.abc import Iterator
from dataclasses import dataclass

from storage.hierarchy_file.values import Items, Map, Value

MOST_PROBLEMS = 1_000
"""More are only counted: nobody reads them, and a hostile file could make millions."""


@dataclass(frozen=True, slots=True)
class Problem:
    """`line` counts from 1; `path` is like `tree[0].groups[1].kind`, empty for the file as a whole."""

    line: int
    path: str
    message: str
    message_zh: str


@dataclass(frozen=True, slots=True)
class _Note:
    line: int
    at: Value | None
    key: str | None
    message: str
    message_zh: str


class Report:
    """Takes problems and warnings in any order; `problems` and `warnings` give them by line."""

    def __init__(self) -> None:
        self._problems: list[_Note] = []
        self._warnings: list[_Note] = []
        self._left_out = 0

    @property
    def is_clean(self) -> bool:
        return not self._problems

    @property
    def is_full(self) -> bool:
        return len(self._problems) >= MOST_PROBLEMS

    def problem(
        self, at: Value, message: str, message_zh: str, *, key: str | None = None, line: int | None = None
    ) -> None:
        """`key` names a key of the mapping `at`, there or missing; `line` overrules the line of both."""
        if self.is_full:
            self._left_out += 1
            return
        self._problems.append(_Note(line or _line_of(at, key), at, key, message, message_zh))

    def warning(self, at: Value, message: str, message_zh: str, *, key: str | None = None) -> None:
        if len(self._warnings) < MOST_PROBLEMS:
            self._warnings.append(_Note(_line_of(at, key), at, key, message, message_zh))

    def file_problem(self, line: int, message: str, message_zh: str) -> None:
        """About the text itself, before anything in it has a path."""
        if self.is_full:
            self._left_out += 1
            return
        self._problems.append(_Note(line, None, None, message, message_zh))

    def problems(self, root: Value | None) -> tuple[Problem, ...]:
        found = _located(self._problems, root)
        if self._left_out:
            found += (_and_more(found[-1].line, self._left_out),)
        return found

    def warnings(self, root: Value | None) -> tuple[Problem, ...]:
        return _located(self._warnings, root)


def _line_of(at: Value, key: str | None) -> int:
    return at.lines.get(key, at.line) if isinstance(at, Map) and key is not None else at.line


def _located(notes: list[_Note], root: Value | None) -> tuple[Problem, ...]:
    wanted = {id(note.at) for note in notes if note.at is not None}
    paths = {id(value): path for value, path in _walk(root) if id(value) in wanted} if wanted and root else {}
    located = (
        Problem(note.line, _join(paths.get(id(note.at), ""), note.key), note.message, note.message_zh)
        for note in notes
    )
    return tuple(sorted(located, key=lambda problem: problem.line))


def _walk(root: Value) -> Iterator[tuple[Value, str]]:
    waiting = [(root, "")]
    while waiting:
        value, path = waiting.pop()
        yield value, path
        if isinstance(value, Map):
            waiting.extend((each, _join(path, key)) for key, each in value.values.items())
        elif isinstance(value, Items):
            waiting.extend((each, f"{path}[{at}]") for at, each in enumerate(value.values))


def _join(path: str, key: str | None) -> str:
    if key is None:
        return path
    return f"{path}.{key}" if path else key


def _and_more(line: int, count: int) -> Problem:
    return Problem(
        line, "", f"… and {count} more. Mend these first.", f"……另外还有 {count} 处问题，请先修正以上各处。"
    )
