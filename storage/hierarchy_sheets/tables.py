"""A tree as rows of texts, by sheet and id: what is written into a spreadsheet, and what a filled one is held to."""

from collections.abc import Collection, Mapping

from routing.hierarchy import Group, Hierarchy, Listen, Node, Staff
from storage.hierarchy_sheets.columns import CHANNELS, GROUPS, PLACES, SERIES, STAFF

Row = Mapping[str, str]
Tables = Mapping[str, Mapping[str, Row]]
COMMA = "、"


def tables_of(tree: Hierarchy, *, series: Collection[str] = (), top: str = "") -> Tables:
    """Of a node, else the root, and what is below it, in the order of the file, parents before their children.
    `series` are ids of places that a `repeat` makes."""
    nodes = list(tree.subtree(top or tree.root_id))
    return {
        PLACES: {each.node_id: _place(each, tree, each.node_id in series) for each in nodes},
        GROUPS: {group.group_id: _group(group) for each in nodes for group in each.groups},
        STAFF: {staff.staff_id: _staff(staff) for each in nodes for staff in each.staff},
    }


def _place(node: Node, tree: Hierarchy, is_series: bool) -> Row:
    return {
        "id": node.node_id,
        "name": node.name,
        "level": tree.level_name(node.level),
        "parent": node.parent_id or "",
        "aliases": COMMA.join(node.aliases),
        SERIES: "√" if is_series else "",
    }


def _group(group: Group) -> Row:
    return {
        "id": group.group_id,
        "name": group.name,
        "kind": group.kind,
        "node": group.node_id,
        **{channel: group.chats.get(channel, "") for channel in CHANNELS},
        "scene": group.scene or "",
        "listen": "" if group.listen is Listen.MENTION else group.listen.value,
    }


def _staff(staff: Staff) -> Row:
    return {
        "id": staff.staff_id,
        "name": staff.name,
        "role": staff.role,
        "node": staff.node_id,
        "groups": COMMA.join(staff.groups),
        **{channel: staff.accounts.get(channel, "") for channel in CHANNELS},
    }
