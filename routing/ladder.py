"""Where a ticket goes next on the tree: the rung above, who is asked there, and which rungs are skipped and why."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from routing.asked import group_asked
from routing.hierarchy import STAFF, Category, Group, Hierarchy, Node

CanHear = Callable[[Group], bool]


@dataclass(frozen=True, slots=True)
class Rung:
    """A node with the group that is asked there; `skipped` names the nodes passed over because nobody can hear."""

    node: Node
    group: Group
    skipped: tuple[str, ...] = ()


def own_staff_group(hierarchy: Hierarchy, node_id: str, *, can_hear: CanHear) -> Group | None:
    """The node's own people, whatever the category."""
    node = hierarchy.find_node(node_id)
    groups = node.groups if node else ()
    return next((each for each in groups if each.kind == STAFF and can_hear(each)), None)


def rung_above(
    hierarchy: Hierarchy, node_id: str, category: Category, *, asked: tuple[str, ...], can_hear: CanHear
) -> Rung | None:
    """The nearest ancestor where a group that was not asked yet can hear. None at the top.

    A property manager's group that serves several levels is asked once; above it the level's own staff is asked.
    """
    skipped: list[str] = []
    for node in _ancestors(hierarchy, node_id):
        group = _fresh_group(hierarchy, node.node_id, category, asked=asked, can_hear=can_hear)
        if group is not None:
            return Rung(node, group, tuple(skipped))
        skipped.append(node.name)
    return None


def root_desk(hierarchy: Hierarchy, *, can_hear: CanHear) -> Rung:
    """The duty desk of the whole tree: its own staff, or whatever group the root has."""
    root = hierarchy.get_node(hierarchy.root_id)
    staffed = own_staff_group(hierarchy, root.node_id, can_hear=can_hear)
    any_staff = own_staff_group(hierarchy, root.node_id, can_hear=lambda _: True)
    return Rung(root, staffed or any_staff or root.groups[0])


def _ancestors(hierarchy: Hierarchy, node_id: str) -> Iterator[Node]:
    path = hierarchy.climb(node_id)
    next(path, None)
    return path


def _fresh_group(
    hierarchy: Hierarchy, node_id: str, category: Category, *, asked: tuple[str, ...], can_hear: CanHear
) -> Group | None:
    group = group_asked(hierarchy, node_id, category, can_hear=can_hear)
    if group is not None and group.group_id not in asked:
        return group
    own = own_staff_group(hierarchy, node_id, can_hear=can_hear)
    return own if own is not None and own.group_id not in asked else None
