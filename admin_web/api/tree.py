"""The tree as programs see it, and whether an edit stays below a node. No vendor's id of a person or a chat."""

from dataclasses import replace

from routing.expectations import Expectation
from routing.hierarchy import Hierarchy, Node


def render_tree(hierarchy: Hierarchy, node_id: str) -> dict[str, object] | None:
    """The node with everything below it; None when it is not there."""
    rendered: dict[str, dict[str, object]] = {}
    for node in reversed(list(hierarchy.subtree(node_id))):
        children = [rendered[each] for each in node.children]
        rendered[node.node_id] = {**_render_node(node), "children": children}
    return rendered.get(node_id)


def list_changes_outside(old: Hierarchy, new: Hierarchy, node_id: str) -> list[str]:
    """What differs elsewhere than below the node: ids of nodes and of groups whose members differ, "settings" for
    everything beside the tree, "expect" for examples said elsewhere. Whoever is in a group above has rights there,
    wherever their own entry stands."""
    below_old = {each.node_id for each in old.subtree(node_id)}
    below_new = {each.node_id for each in new.subtree(node_id)}
    nodes = [
        each
        for each in old.nodes.keys() | new.nodes.keys()
        if _seen_from_outside(old, each, below_old, node_id)
        != _seen_from_outside(new, each, below_new, node_id)
    ]
    groups = [
        each.group_id
        for each in old.groups.values()
        if each.node_id not in below_old
        and old.list_members(each.group_id) != new.list_members(each.group_id)
    ]
    others = [] if _settings(old) == _settings(new) else ["settings"]
    if _examples(old, below_old) != _examples(new, below_new):
        others.append("expect")
    return sorted(nodes) + sorted(groups) + others


def _examples(hierarchy: Hierarchy, below: set[str]) -> list[Expectation]:
    """Those that are said elsewhere: what one's own people say is one's own to expect."""
    return [each for each in hierarchy.expectations if hierarchy.groups[each.group_id].node_id not in below]


def _seen_from_outside(hierarchy: Hierarchy, node_id: str, below: set[str], top: str) -> Node | None:
    """A node as those outside know it: of the top only its place, level and name, of what is below nothing."""
    node = hierarchy.find_node(node_id)
    if node is None or node_id == top:
        return node and replace(node, groups=(), staff=(), children=())
    return None if node_id in below else node


def _settings(hierarchy: Hierarchy) -> tuple[object, ...]:
    return (
        hierarchy.name,
        hierarchy.timezone,
        hierarchy.levels,
        dict(hierarchy.calendars),
        {name: (each.calendar, dict(each.limits)) for name, each in hierarchy.clocks.items()},
        hierarchy.categories,
        hierarchy.after_resolving,
        hierarchy.manners,
        dict(hierarchy.words),
    )


def _render_node(node: Node) -> dict[str, object]:
    groups = [
        {"id": each.group_id, "kind": each.kind, "name": each.name, "channels": sorted(each.chats)}
        for each in node.groups
    ]
    staff = [
        {"id": each.staff_id, "name": each.name, "role": each.role, "groups": list(each.groups)}
        for each in node.staff
    ]
    return {"id": node.node_id, "level": node.level, "name": node.name, "groups": groups, "staff": staff}
