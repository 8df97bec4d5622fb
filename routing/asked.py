"""Which group is asked about a matter at one place: the one rule for the desk, for checking a file and for explaining.

Where a ticket stands and who in the group answers is decided elsewhere.
"""

from collections.abc import Callable

from routing.hierarchy import STAFF, Category, Group, Hierarchy, Node


def group_asked(
    hierarchy: Hierarchy, node_id: str, category: Category, *, can_hear: Callable[[Group], bool]
) -> Group | None:
    """The first group, in the order of the file, that can hear; None when nobody can at this rung.

    Staff answer for their own node only. Any other kind is a service: the nearest group of that kind at the node or
    above it (a property manager's group serves the buildings below it), and where none exists the node's own staff.
    """
    if category.handled_by != STAFF:
        for node in hierarchy.climb(node_id):
            served_by = _find_hearing(node, category.handled_by, can_hear)
            if served_by is not None:
                return served_by
    own = hierarchy.find_node(node_id)
    return _find_hearing(own, STAFF, can_hear) if own else None


def _find_hearing(node: Node, kind: str, can_hear: Callable[[Group], bool]) -> Group | None:
    return next((each for each in node.groups if each.kind == kind and can_hear(each)), None)
