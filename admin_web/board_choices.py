"""What the board offers to choose from: places, levels, categories and people that this visitor may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from admin_web.api.scope import ACTS, ADMINS
from admin_web.auth.visitor import Visitor
from admin_web.board_filters import BoardFilters
from admin_web.ticket_actions import Choice
from routing.hierarchy import RESIDENTS, Hierarchy, Staff

MOST_PLACES = 300
MOST_PEOPLE = 200
# A wide blank: an ordinary one at the beginning of an option is not shown.
_INDENT = "\u3000"


@dataclass(frozen=True, slots=True)
class Choices:
    """`acts_as` are those in whose name an admin may act; viewers have no `may_act`. `has_own`: they are somebody of
    the tree themselves."""

    places: Sequence[Choice]
    levels: Sequence[Choice]
    categories: Sequence[Choice]
    people: Sequence[Choice]
    receivers: Sequence[Choice]
    acts_as: Sequence[Choice]
    may_act: bool
    has_own: bool


def list_choices(visitor: Visitor, filters: BoardFilters) -> Choices:
    tree = visitor.visit.hierarchy
    people = [each for each in tree.staff.values() if visitor.visit.scope.covers(each.node_id)][:MOST_PEOPLE]
    may_act = visitor.role in ADMINS or (visitor.role in ACTS and visitor.staff_id is not None)
    named = [Choice(each.staff_id, _name(each, tree)) for each in people]
    return Choices(
        places=_places(visitor, filters, tree),
        levels=[Choice(each.level_id, each.name) for each in tree.levels],
        categories=[Choice(each.category_id, each.name) for each in tree.categories],
        people=named,
        receivers=[*named, *_groups(visitor, tree)] if may_act else (),
        acts_as=named if visitor.role in ADMINS else (),
        may_act=may_act,
        has_own=visitor.staff_id is not None,
    )


def _places(visitor: Visitor, filters: BoardFilters, tree: Hierarchy) -> list[Choice]:
    """The upper levels first where there are too many; the one that is chosen is always there."""
    grant = visitor.visit.grant
    top = tree.root_id if visitor.visit.is_over_all else grant.scope_node
    depth = {node_id: place for place, node_id in enumerate(each.node_id for each in tree.climb(top))}
    start = len(depth)
    below = list(islice(tree.subtree(top), 20 * MOST_PLACES))
    if len(below) > MOST_PLACES:
        lowest = tree.levels[0].level_id
        below = [each for each in below if each.level != lowest or each.node_id == filters.node][:MOST_PLACES]
    return [
        Choice(each.node_id, _INDENT * (sum(1 for _ in tree.climb(each.node_id)) - start) + each.name)
        for each in below
    ]


def _groups(visitor: Visitor, tree: Hierarchy) -> list[Choice]:
    scope = visitor.visit.scope
    found = (each for each in tree.groups.values() if each.kind != RESIDENTS and scope.covers(each.node_id))
    return [Choice(each.group_id, each.name) for each in islice(found, MOST_PEOPLE)]


def _name(staff: Staff, tree: Hierarchy) -> str:
    node = tree.find_node(staff.node_id)
    return f"{staff.name}（{node.name if node else staff.node_id} {staff.role}）"
