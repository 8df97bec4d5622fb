"""The example file, and how a test changes one thing in it and looks at what is said."""

import re
from pathlib import Path

from routing.hierarchy import Hierarchy
from storage.hierarchy_file import Problem, read_hierarchy

ROOT = Path(__file__).parents[3]
EXAMPLE = (ROOT / "tests/fixtures/hierarchy/example.yaml").read_text("utf-8")
SHIPPED = (ROOT / "hierarchy.yaml").read_text("utf-8")
_CHINESE = re.compile("[\u4e00-\u9fff]")


def changed(*changes: tuple[str, str], text: str = EXAMPLE) -> str:
    """Each pair replaces what stands there exactly once."""
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def problems_of(text: str | bytes) -> tuple[Problem, ...]:
    checked = read_hierarchy(text)
    assert checked.hierarchy is None
    assert checked.problems
    return checked.problems


def the_problem(text: str | bytes) -> Problem:
    """The only one, told in both languages."""
    (problem,) = problems_of(text)
    assert problem.message
    assert not _CHINESE.search(problem.message.split('"')[0])
    assert _CHINESE.search(problem.message_zh)
    return problem


def warnings_of(text: str) -> tuple[Problem, ...]:
    """Beyond the one that the example itself has: 35 buildings without a building head."""
    checked = read_hierarchy(text)
    assert checked.problems == ()
    return tuple(each for each in checked.warnings if "35 of 36" not in each.message)


def tree_of(text: str | bytes) -> Hierarchy:
    checked = read_hierarchy(text)
    assert checked.problems == ()
    assert checked.hierarchy is not None
    return checked.hierarchy


def line_of(text: str, part: str) -> int:
    """The line, from 1, of what stands there exactly once."""
    assert text.count(part) == 1, part
    return text[: text.index(part)].count("\n") + 1
