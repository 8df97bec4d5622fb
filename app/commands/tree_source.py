"""Reads the admins' file for a command, and prints what is wrong with it."""

import sys
from pathlib import Path

from routing.hierarchy import Hierarchy
from storage.hierarchy_file import MAX_BYTES, Checked, Problem, read_hierarchy


def read_tree(path: Path) -> Hierarchy | None:
    """None for a file that is not right; every problem was printed. Its warnings are for `check` alone."""
    checked = check_tree(path)
    return checked.hierarchy if checked is not None else None


def check_tree(path: Path) -> Checked | None:
    """None for a file that cannot be read; every problem was printed."""
    source = read_source(path)
    if source is None:
        return None
    checked = read_hierarchy(source, name=path.name)
    if checked.hierarchy is None:
        tell_problems(str(path), checked.problems)
    return checked


def read_source(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        print(f"liren: {path}: {error.strerror}", file=sys.stderr)
        return None


def tell_problems(name: str, problems: tuple[Problem, ...]) -> int:
    """The exit code."""
    for each in problems:
        where = f" {each.path}" if each.path else ""
        print(f"{name}:{each.line}:{where} {each.message} / {each.message_zh}")
    print(f"{len(problems)} problem{'s' if len(problems) != 1 else ''}")
    return 1
