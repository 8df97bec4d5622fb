"""What an edited tree means for a ticket that is under way: it keeps its promise and never loses its owner."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from routing.asked import group_asked
from routing.desk.desk import Desk
from routing.desk.waiting import ticking
from routing.escalation import claim_due_again
from routing.events import Actor, EventKind
from routing.hierarchy import Group, Hierarchy, Node
from routing.ladder import own_staff_group, root_desk
from routing.tickets import ENDED, Status, Ticket


def is_homeless(ticket: Ticket, hierarchy: Hierarchy) -> bool:
    """True when the node, the group or the holder that the ticket names is no longer in the tree."""
    node, group = hierarchy.find_node(ticket.node), hierarchy.find_group(ticket.group)
    holder_left = ticket.holder is not None and _has_left(ticket.holder, hierarchy)
    return ticket.status not in ENDED and (node is None or group is None or holder_left)


def rehouse(
    desk: Desk, number: int, *, old: Hierarchy, heirs: Mapping[str, str] = MappingProxyType({})
) -> Ticket | None:
    """Moves a homeless ticket to its new home, see `find_home`; None when it needs no move.

    Limits stay as promised. A holder who left gives the ticket back to the group, as in a release.
    """
    ticket = desk.store.tickets.get(number)
    if not is_homeless(ticket, desk.hierarchy):
        return None
    node, group = find_home(ticket, desk.hierarchy, old=old, heirs=heirs, can_hear=desk.can_hear)
    place = _place_told(ticket, old=old, new=desk.hierarchy)
    after = replace(
        ticket,
        node=node.node_id,
        level=node.level,
        group=group.group_id,
        place=place,
        cycle=ticket.cycle + 1,
    )
    if ticket.holder and _has_left(ticket.holder, desk.hierarchy):
        after = _freed(after, now=desk.now)
    values = {"from_node": ticket.node, "from_group": ticket.group}
    event = desk.event(EventKind.MOVED, after, by=Actor.SYSTEM, reason="hierarchy_changed", values=values)
    return desk.record(ticket, after, event)


def find_home(
    ticket: Ticket,
    hierarchy: Hierarchy,
    *,
    old: Hierarchy,
    heirs: Mapping[str, str],
    can_hear: Callable[[Group], bool],
) -> tuple[Node, Group]:
    """Where a homeless ticket goes: to the heir that was named for its node, else to the nearest ancestor that is
    still there; and the group that is asked there."""
    living = hierarchy.find_node(ticket.node) or hierarchy.find_node(heirs.get(ticket.node, ""))
    node = living or find_living(hierarchy, old, ticket.node)
    return node, _group_there(ticket, hierarchy, node, can_hear)


def find_living(new: Hierarchy, old: Hierarchy, node_id: str) -> Node:
    """The node itself or its nearest ancestor that is still there; the root where none is."""
    for each in old.climb(node_id):
        living = new.find_node(each.node_id)
        if living is not None:
            return living
    return new.find_node(node_id) or new.get_node(new.root_id)


def _place_told(ticket: Ticket, *, old: Hierarchy, new: Hierarchy) -> str:
    """Where it is, with the names of a building that the tree does not know any more: somebody has to go there."""
    names = [each.name for each in old.climb(ticket.origin)][:2]
    if not names or new.find_node(ticket.origin) is not None:
        return ticket.place
    return f"{''.join(reversed(names))} {ticket.place}".strip()


def _freed(ticket: Ticket, *, now: datetime) -> Ticket:
    """What waited is asked at once, for who agreed to wait has left; its time is not lost."""
    if ticket.status is Status.WAITING:
        ticket = ticking(ticket, now)
    free = replace(ticket, holder=None, claimed_at=None, pause_request=None)
    if ticket.status is not Status.CLAIMED:
        return free
    return replace(free, status=Status.OPEN, claim_due_at=claim_due_again(ticket, now))


def _has_left(holder: str, hierarchy: Hierarchy) -> bool:
    return ":" not in holder and hierarchy.find_staff(holder) is None


def _group_there(
    ticket: Ticket, hierarchy: Hierarchy, node: Node, can_hear: Callable[[Group], bool]
) -> Group:
    same = hierarchy.find_group(ticket.group)
    if same is not None and hierarchy.is_within(node.node_id, same.node_id):
        return same
    category = hierarchy.get_category(ticket.category)
    for each in hierarchy.climb(node.node_id):
        found = group_asked(hierarchy, each.node_id, category, can_hear=can_hear)
        found = found or own_staff_group(hierarchy, each.node_id, can_hear=can_hear)
        if found is not None:
            return found
    return root_desk(hierarchy, can_hear=can_hear).group
