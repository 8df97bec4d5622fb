"""Makes the plan of an edit: what changes, and what that means for the tickets under way and for who sees them. Pure.

Who hears of deadlines less than before is in `tree_silences`, the examples of the file in `tree_examples`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from admin_web.hierarchy_plan import EditPlan, Heir, NewLimit, TicketMove
from app.tree.changes import list_changes
from app.tree.sight import Viewer, list_sights
from app.tree.silences import list_silences, list_unasked
from routing.desk.moving import find_home, find_living, is_homeless
from routing.hierarchy import Group, Hierarchy, Node
from routing.tickets import LIVE, Ticket
from storage.queries.edits import PlacePair

CanHear = Callable[[Group, Hierarchy], bool]
MOST_CHOICES = 60
NO_HEIRS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Stock:
    """What there is: tickets under way, pairs of places with how many tickets they have, and who looks at them."""

    tickets: Sequence[Ticket] = ()
    pairs: Sequence[PlacePair] = ()
    viewers: Sequence[Viewer] = ()


@dataclass(frozen=True, slots=True)
class _Placed:
    """A ticket before and after the edit."""

    before: Ticket
    node: Node
    group: Group


def make_plan(
    old: Hierarchy,
    new: Hierarchy,
    stock: Stock,
    *,
    can_hear: CanHear,
    heirs: Mapping[str, str] = NO_HEIRS,
) -> EditPlan:
    allowed = keep_allowed(old, new, heirs)
    moved = [
        _place(each, old, new, can_hear=can_hear, heirs=allowed)
        for each in stock.tickets
        if is_homeless(each, new)
    ]
    new_homes = {each.before.number: each for each in moved}
    return EditPlan(
        changes=list_changes(old, new),
        moves=tuple(_move(each, old) for each in moved if _has_moved(each)),
        heirs=_list_heirs(moved, old, new),
        lose_holder=tuple(each.before.number for each in moved if _loses_holder(each.before, new)),
        gain_handler=_list_handled(stock.tickets, new_homes, old, new, gains=1),
        lose_handler=_list_handled(stock.tickets, new_homes, old, new, gains=-1),
        new_limits=tuple(_new_limit(each) for each in moved if _has_new_limit(each)),
        sights=list_sights(old, new, stock.pairs, stock.viewers, moved=_pairs_moved(moved)),
        silences=list_silences(old, new),
        unasked=list_unasked(old, new),
    )


def list_heirs(
    old: Hierarchy,
    new: Hierarchy,
    tickets: Sequence[Ticket],
    *,
    can_hear: CanHear,
    heirs: Mapping[str, str] = NO_HEIRS,
) -> tuple[Heir, ...]:
    """Of the plan of an edit only who inherits the tickets under way of nodes that go."""
    allowed = keep_allowed(old, new, heirs)
    moved = [
        _place(each, old, new, can_hear=can_hear, heirs=allowed)
        for each in tickets
        if new.find_node(each.node) is None and is_homeless(each, new)
    ]
    return _list_heirs(moved, old, new)


def _place(
    ticket: Ticket, old: Hierarchy, new: Hierarchy, *, can_hear: CanHear, heirs: Mapping[str, str]
) -> _Placed:
    def hears(group: Group) -> bool:
        return can_hear(group, new)

    node, group = find_home(ticket, new, old=old, heirs=heirs, can_hear=hears)
    return _Placed(ticket, node, group)


def _has_moved(placed: _Placed) -> bool:
    return (placed.before.node, placed.before.group) != (placed.node.node_id, placed.group.group_id)


def _move(placed: _Placed, old: Hierarchy) -> TicketMove:
    node, group = old.find_node(placed.before.node), old.find_group(placed.before.group)
    was = f"{node.name if node else placed.before.node} · {group.name if group else placed.before.group}"
    to = f"{placed.node.name} · {placed.group.name}"
    return TicketMove(placed.before.number, placed.node.node_id, placed.group.group_id, was, to)


def _list_heirs(moved: Sequence[_Placed], old: Hierarchy, new: Hierarchy) -> tuple[Heir, ...]:
    """In the order of ids; each with the heir that was named, or the nearest ancestor that stays."""
    by_node: dict[str, list[_Placed]] = {}
    for each in moved:
        if new.find_node(each.before.node) is None:
            by_node.setdefault(each.before.node, []).append(each)
    return tuple(
        Heir(
            node_id,
            _full_name(old, node_id),
            tickets[0].node.node_id,
            _full_name(new, tickets[0].node.node_id),
            tuple(each.before.number for each in tickets),
            tuple((each, _full_name(new, each)) for each in _list_choices(old, new, node_id)),
        )
        for node_id, tickets in sorted(by_node.items())
    )


def keep_allowed(old: Hierarchy, new: Hierarchy, heirs: Mapping[str, str]) -> Mapping[str, str]:
    """Those of the heirs that may be chosen: nobody gives tickets to another branch by removing a place."""
    return {
        node_id: heir_id
        for node_id, heir_id in heirs.items()
        if node_id in old.nodes and node_id not in new.nodes and heir_id in _list_choices(old, new, node_id)
    }


def _list_choices(old: Hierarchy, new: Hierarchy, node_id: str) -> tuple[str, ...]:
    """The ancestors that stay, the nearest first, then what lies below the nearest."""
    nearest = find_living(new, old, node_id)
    ids = [each.node_id for each in new.climb(nearest.node_id)]
    ids += [each for each in nearest.children if each not in old.nodes or each in new.nodes]
    return tuple(dict.fromkeys(ids[:MOST_CHOICES]))


def _loses_holder(ticket: Ticket, new: Hierarchy) -> bool:
    return ticket.holder is not None and ":" not in ticket.holder and new.find_staff(ticket.holder) is None


def _list_handled(
    tickets: Sequence[Ticket],
    moved: Mapping[int, _Placed],
    old: Hierarchy,
    new: Hierarchy,
    *,
    gains: int,
) -> tuple[int, ...]:
    """Tickets whose group had nobody and has somebody (`gains` 1), or the other way round (-1)."""
    found = []
    for each in tickets:
        if each.status not in LIVE:
            continue
        home = moved.get(each.number)
        group_id = home.group.group_id if home else each.group
        has_now = bool(new.members.get(group_id))
        if has_now - bool(old.members.get(each.group)) == gains:
            found.append(each.number)
    return tuple(found)


def _has_new_limit(placed: _Placed) -> bool:
    before = placed.before
    return before.status in LIVE and before.plan.limits_at(before.level) != before.plan.limits_at(
        placed.node.level
    )


def _new_limit(placed: _Placed) -> NewLimit:
    plan = placed.before.plan
    old, new = plan.limits_at(placed.before.level), plan.limits_at(placed.node.level)
    return NewLimit(placed.before.number, f"{old.claim} / {old.resolve}", f"{new.claim} / {new.resolve}")


def _pairs_moved(moved: Sequence[_Placed]) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """Of a pair of places: to which nodes how many of its tickets go."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for each in moved:
        to = found.setdefault((each.before.node, each.before.origin), {})
        to[each.node.node_id] = to.get(each.node.node_id, 0) + 1
    return found


def _full_name(tree: Hierarchy, node_id: str) -> str:
    return "".join(reversed([each.name for each in tree.climb(node_id)][:2])) or node_id
