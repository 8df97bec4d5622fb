"""How much there is in a tree, for the line that a check prints."""

from collections import Counter
from dataclasses import dataclass

from routing.hierarchy import Hierarchy


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts; `nodes` by the name of the level, the highest first, `groups` by kind in the order of the tree."""

    name: str
    nodes: tuple[tuple[str, int], ...]
    groups: tuple[tuple[str, int], ...]
    staff: int
    categories: int

    def __str__(self) -> str:
        nodes = ", ".join(f"{name} {count}" for name, count in self.nodes)
        groups = ", ".join(f"{kind} {count}" for kind, count in self.groups)
        return f"{self.name}: {nodes}; groups: {groups}; staff: {self.staff}; categories: {self.categories}"


def describe(hierarchy: Hierarchy) -> Summary:
    nodes = Counter(each.level for each in hierarchy.nodes.values())
    groups = Counter(each.kind for each in hierarchy.groups.values())
    return Summary(
        name=hierarchy.name,
        nodes=tuple((each.name, nodes[each.level_id]) for each in reversed(hierarchy.levels)),
        groups=tuple(groups.items()),
        staff=len(hierarchy.staff),
        categories=len(hierarchy.categories),
    )
