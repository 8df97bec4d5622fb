"""An id that once meant another place, told as a problem of the file, with the line where it stands."""

from collections.abc import Sequence

from storage.hierarchy_edit.origins import find_lines
from storage.hierarchy_file import Problem
from storage.hierarchy_versions.versions import ReusedPlace


def reused_problems(places: Sequence[ReusedPlace], text: str) -> tuple[Problem, ...]:
    """In the order of the file. Blocks: a long text is read once more."""
    if not places:
        return ()
    lines = find_lines(text, [each.node_id for each in places])
    problems = (
        Problem(
            lines.get(each.node_id, 1),
            f"tree.{each.node_id}",
            f'the id "{each.node_id}" once meant {each.old_name} and is never given to another place: choose a new one',
            f"编号“{each.node_id}”曾经是“{each.old_name}”，编号不能再给别的地方用，请换一个新的",
        )
        for each in places
    )
    return tuple(sorted(problems, key=lambda problem: problem.line))
