"""What changes between two trees, in lines for people: nodes, groups, staff, categories and limits."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from routing.hierarchy import Hierarchy

T = TypeVar("T")


def say_difference(old: Hierarchy, new: Hierarchy) -> str:
    return "\n".join(list_differences(old, new)) or "no difference"


def list_differences(old: Hierarchy, new: Hierarchy) -> list[str]:
    """One line for each thing that comes (+), goes (-) or changes (~), in order of kind and id."""
    return [
        *_compare("node", old.nodes, new.nodes, lambda each: (each.name, each.level, each.parent_id)),
        *_compare(
            "group", old.groups, new.groups, lambda each: (each.name, each.kind, each.node_id, each.listen)
        ),
        *_compare(
            "staff", old.staff, new.staff, lambda each: (each.name, each.role, each.node_id, each.groups)
        ),
        *_compare("category", _categories(old), _categories(new), lambda each: each),
        *_compare("clock", old.clocks, new.clocks, lambda each: (each.calendar, dict(each.limits))),
        *_compare("calendar", old.calendars, new.calendars, lambda each: each),
    ]


def _compare(
    kind: str, old: Mapping[str, T], new: Mapping[str, T], face: Callable[[T], object]
) -> Iterator[str]:
    for name in sorted(old.keys() | new.keys()):
        if name not in old:
            yield f"+ {kind} {name}"
        elif name not in new:
            yield f"- {kind} {name}"
        elif face(old[name]) != face(new[name]):
            yield f"~ {kind} {name}: {face(old[name])} → {face(new[name])}"


def _categories(tree: Hierarchy) -> Mapping[str, object]:
    return {each.category_id: each for each in tree.categories}
