"""An id that once meant another place, told as a problem of the file, with the line where it stands."""

import re
from collections.abc import Iterator, Sequence

from routing.hierarchy import Hierarchy
from storage.hierarchy_edit.origins import find_lines
from storage.hierarchy_file import Problem
from storage.hierarchy_versions.versions import ReusedPlace


def reused_problems(places: Sequence[ReusedPlace], tree: Hierarchy, text: str) -> tuple[Problem, ...]:
    """In the order of the file; a level with another id once, not for each of its places. Blocks: a long text is read
    once more."""
    if not places:
        return ()
    levels = {each.level_id for each in tree.levels}
    renamed = [each for each in places if each.old_level and each.old_level not in levels]
    others = [each for each in places if each not in renamed]
    lines = find_lines(text, [each.node_id for each in others])
    problems = [
        *_levels(renamed, tree, text),
        *(_place(each, tree, lines.get(each.node_id, 1)) for each in others),
    ]
    return tuple(sorted(problems, key=lambda problem: problem.line))


def _levels(places: Sequence[ReusedPlace], tree: Hierarchy, text: str) -> Iterator[Problem]:
    for old, new in dict.fromkeys((each.old_level, tree.get_node(each.node_id).level) for each in places):
        yield Problem(
            _line_of_level(new, text),
            f"levels.{new}",
            f'the level "{old}" is called "{new}" here: the id of a level is for ever, tickets and their limits name '
            f'it. Write "{old}" again; its name may be changed',
            f"“{old}”这一级的编号改成了“{new}”。层级的编号不能改，工单和时限都靠它来认；请改回“{old}”，换叫法只改 name",
        )


def _place(place: ReusedPlace, tree: Hierarchy, line: int) -> Problem:
    node_id, level = place.node_id, tree.get_node(place.node_id).level
    if place.old_level not in {"", level}:
        return Problem(
            line,
            f"tree.{node_id}",
            f'"{node_id}" was {place.old_name} of the level "{place.old_level}" and cannot be of "{level}": a place of '
            "another level is another place, choose a new id",
            f"“{node_id}”原来是“{place.old_level}”一级的“{place.old_name}”，不能改成“{level}”一级；"
            "换了层级就是另一个地方，请换一个新编号",
        )
    return Problem(
        line,
        f"tree.{node_id}",
        f'the id "{node_id}" once meant {place.old_name} and is never given to another place: choose a new one',
        f"编号“{node_id}”曾经是“{place.old_name}”，编号不能再给别的地方用，请换一个新的",
    )


def _line_of_level(level_id: str, text: str) -> int:
    """Where it is introduced; levels stand before the tree as a rule."""
    found = re.search(rf"\bid:\s*[\"']?{re.escape(level_id)}[\"']?\s*(?:[,}}\n#])", text)
    return text.count("\n", 0, found.start()) + 1 if found else 1
