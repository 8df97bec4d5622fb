"""The lowest level that can deal with the category, where somebody of the right kind can hear."""

from routing.asked import group_asked
from routing.rules.placement import Placement, Question


def starts_at(question: Question) -> Placement | None:
    """Climbs from the origin to the category's `starts_at`, then on until a group is found."""
    hierarchy, category = question.hierarchy, question.category
    lowest = hierarchy.level_index(category.starts_at)
    skipped: list[str] = []
    for node in hierarchy.climb(question.origin):
        if hierarchy.level_index(node.level) < lowest:
            continue
        group = group_asked(hierarchy, node.node_id, category, can_hear=question.can_hear)
        if group is not None:
            why = f"“{category.name}”由{hierarchy.level_name(node.level)}先办，交{group.name}"
            return Placement(node.node_id, node.level, group.group_id, "starts_at", why, tuple(skipped))
        skipped.append(node.name)
    return None
