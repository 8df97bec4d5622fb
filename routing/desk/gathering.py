"""The same report by several people within the window of `gather` becomes one incident of the level above."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from routing.desk.desk import Desk, dispatched
from routing.events import SAME_MATTER, Actor, EventKind
from routing.hierarchy import Gather
from routing.ladder import rung_above
from routing.tickets import Status, Ticket

INCIDENT_LASTS = timedelta(hours=24)
"""An incident that is still being worked on takes in new reports for this long."""


@dataclass(frozen=True, slots=True)
class Incident:
    """`lead` is the oldest ticket and keeps its number; `others` are merged into it."""

    lead: Ticket
    others: tuple[Ticket, ...]


def find_incident(
    desk: Desk, category_id: str, origin: str, person_id: int, *, besides: int | None = None
) -> Incident | None:
    """The incident a report from `origin` belongs to, or completes; None when it stands alone.

    `besides` is the report's own ticket, if it has one already. A report from nowhere known has no neighbours.
    """
    category = desk.hierarchy.get_category(category_id)
    if category.gather is None or origin == desk.hierarchy.root_id:
        return None
    recent = desk.store.tickets.list_alike(
        category.category_id, root=desk.hierarchy.root_id, since=desk.now - INCIDENT_LASTS
    )
    alike = [each for each in recent if each.number != besides]
    under_way = next((each for each in alike if _takes_in(desk, each, origin)), None)
    if under_way is not None:
        return Incident(under_way, ())
    return _completed(
        desk, category.gather, _neighbours(desk, alike, origin, category.gather), origin, person_id
    )


def gather_into(desk: Desk, incident: Incident) -> Ticket:
    """Merges the others into the lead, which goes to the level above unless it is there already. Returns the lead."""
    lead = incident.lead
    for other in incident.others:
        lead = merge_into(desk, other, lead, by=Actor.SYSTEM, reason="gather")
    return lead if _is_lifted(desk, lead) else _lift(desk, lead)


def merge_into(desk: Desk, ticket: Ticket, lead: Ticket, *, by: str, reason: str) -> Ticket:
    """The ticket becomes part of the lead, with all its reporters. Returns the lead."""
    desk.store.reporters.move(ticket.number, to=lead.number)
    count = len(desk.store.reporters.list_of(lead.number))
    merged = replace(ticket, status=Status.MERGED, merged_into=lead.number, closed_at=desk.now)
    values = {"into": str(lead.number)}
    desk.record(ticket, merged, desk.event(EventKind.MERGED, merged, by=by, reason=reason, values=values))
    grown = replace(lead, reporters=count)
    joined = desk.event(
        EventKind.JOINED,
        grown,
        by=by,
        reason=reason,
        words=ticket.text if reason == SAME_MATTER else "",
        values={"reporters": str(count), "from": str(ticket.number)},
    )
    return desk.record(lead, grown, joined)


def _lift(desk: Desk, lead: Ticket) -> Ticket:
    rung = rung_above(desk.hierarchy, lead.node, desk.category_of(lead), asked=(), can_hear=desk.can_hear)
    if rung is None:
        return lead
    after = dispatched(desk, lead, node_id=rung.node.node_id, group=rung.group)
    after = replace(after, escalations=lead.escalations + 1)
    values = {"from_level": lead.level, "from_group": lead.group, "skipped": "、".join(rung.skipped)}
    event = desk.event(EventKind.ESCALATED, after, by=Actor.SYSTEM, reason="gather", values=values)
    return desk.record(lead, after, event)


def _takes_in(desk: Desk, ticket: Ticket, origin: str) -> bool:
    """An incident is a ticket of several people above its starting level that covers the origin."""
    covers = desk.hierarchy.is_within(origin, ticket.node)
    return covers and ticket.reporters > 1 and _is_lifted(desk, ticket)


def _is_lifted(desk: Desk, ticket: Ticket) -> bool:
    hierarchy, starts_at = desk.hierarchy, desk.category_of(ticket).starts_at
    node = hierarchy.find_node(ticket.node)
    return node is not None and hierarchy.level_index(node.level) > hierarchy.level_index(starts_at)


def _neighbours(desk: Desk, alike: Sequence[Ticket], origin: str, gather: Gather) -> tuple[Ticket, ...]:
    """Tickets of the window that share the origin's parent, the level at which the incident would live."""
    since = desk.now - gather.within.as_elapsed()
    parent = desk.hierarchy.get_node(origin).parent_id or origin
    return tuple(
        each for each in alike if each.opened_at >= since and desk.hierarchy.is_within(each.origin, parent)
    )


def _completed(
    desk: Desk, gather: Gather, near: Sequence[Ticket], origin: str, person_id: int
) -> Incident | None:
    """Enough different people, or enough different buildings, counting the one who speaks now."""
    if not near:
        return None
    people = {person_id}
    for each in near:
        people.update(reporter.person_id for reporter in desk.store.reporters.list_of(each.number))
    if len(people) == 1:
        return None
    buildings = _buildings(desk, {origin, *(each.origin for each in near)})
    if len(people) < gather.reporters and len(buildings) < gather.buildings:
        return None
    return Incident(near[0], tuple(near[1:]))


def _buildings(desk: Desk, origins: set[str]) -> set[str]:
    """Those of the lowest level; a report from a community's own group names no building."""
    nodes = (desk.hierarchy.find_node(each) for each in origins)
    return {each.node_id for each in nodes if each and each.level == desk.hierarchy.levels[0].level_id}
