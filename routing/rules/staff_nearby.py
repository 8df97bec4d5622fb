"""Nobody of the right kind can hear: the nearest level's own staff takes it in."""

from routing.ladder import own_staff_group
from routing.rules.placement import Placement, Question


def staff_nearby(question: Question) -> Placement | None:
    hierarchy = question.hierarchy
    skipped: list[str] = []
    for node in hierarchy.climb(question.origin):
        group = own_staff_group(hierarchy, node.node_id, can_hear=question.can_hear)
        if group is not None:
            why = f"“{question.category.name}”暂无对口的群，先交{group.name}"
            return Placement(node.node_id, node.level, group.group_id, "staff_nearby", why, tuple(skipped))
        skipped.append(node.name)
    return None
