"""The outline of a tree: rows for the way down to one node, branch by branch, never a whole city at once."""

from collections.abc import Iterator
from dataclasses import dataclass

from routing.hierarchy import Hierarchy, Node

CHILDREN_AT_ONCE = 60
MOST_FOUND = 40


@dataclass(frozen=True, slots=True)
class Row:
    """A node of the outline. `mark` is "new" or "changed" against what is in force; `more` children are not shown."""

    node: Node
    level: str
    depth: int
    is_open: bool
    is_here: bool
    mark: str = ""
    is_family: bool = False
    more: int = 0
    next_from: int = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """`tree` below `top`, with marks for what differs from the one in force."""

    tree: Hierarchy
    in_force: Hierarchy
    top: str

    def list_rows(self, here: str) -> Iterator[Row]:
        """The way down to the node that is shown, and its children; everything else is closed."""
        root = self.tree.find_node(self.top)
        if root is None:
            return
        way = frozenset(each.node_id for each in self.tree.climb(here))
        yield self._row(root, 0, is_open=True, here=here)
        yield from self.list_children(self.top, 1, here=here, begin=0, way=way)

    def list_children(
        self, node_id: str, depth: int, *, here: str, begin: int, way: frozenset[str] = frozenset()
    ) -> Iterator[Row]:
        """So many at once, and always the one on the way."""
        parent = self.tree.get_node(node_id)
        shown = parent.children[begin : begin + CHILDREN_AT_ONCE]
        on_way = [each for each in parent.children if each in way and each not in shown]
        for child_id in (*shown, *on_way):
            child = self.tree.get_node(child_id)
            is_open = child_id in way and bool(child.children)
            yield self._row(child, depth, is_open=is_open, here=here)
            if is_open:
                yield from self.list_children(child_id, depth + 1, here=here, begin=0, way=way)
        left = len(parent.children) - begin - CHILDREN_AT_ONCE
        if left > 0:
            next_from = begin + CHILDREN_AT_ONCE
            yield Row(parent, "", depth, is_open=False, is_here=False, more=left, next_from=next_from)

    def _row(self, node: Node, depth: int, *, is_open: bool, here: str) -> Row:
        was = self.in_force.find_node(node.node_id)
        mark = "new" if was is None else ("changed" if _face(was) != _face(node) else "")
        level = self.tree.level_name(node.level)
        return Row(node, level, depth, is_open=is_open, is_here=node.node_id == here, mark=mark)


def find_in_tree(tree: Hierarchy, top: str, q: str) -> list[tuple[str, str, str]]:
    """(node id, what was found, where) of places, groups and people whose name or id holds the words."""
    wanted = q.casefold().strip()
    found: list[tuple[str, str, str]] = []
    for node in tree.subtree(top):
        if len(found) >= MOST_FOUND:
            break
        names = [(node.name, node.node_id)]
        names += [(each.name, each.group_id) for each in node.groups]
        names += [(each.name, each.staff_id) for each in node.staff]
        where = " · ".join(each.name for each in reversed(list(tree.climb(node.node_id))))
        found += [
            (node.node_id, name, where)
            for name, thing_id in names
            if wanted in name.casefold() or wanted in thing_id.casefold()
        ]
    return found[:MOST_FOUND]


def _face(node: Node) -> tuple[object, ...]:
    return (node.name, node.parent_id, node.groups, node.staff, node.aliases)
