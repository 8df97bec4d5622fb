"""One ticket as an Open311 service request, with more or less in it according to who reads."""

from datetime import datetime

from admin_web.api.open311.rendering import Record
from admin_web.api.scope import Visit
from admin_web.api.ticket_json import node_name, path_name
from routing.escalation import promise_at
from routing.hierarchy import Hierarchy
from routing.tickets import LIVE, Ticket


def render_request(ticket: Ticket, hierarchy: Hierarchy, *, note: str, visit: Visit | None) -> Record:
    """Without a visit neither words nor building: "one complaint, building 3" would point at a person."""
    place = ticket.origin if visit else _public_place(hierarchy, ticket.origin)
    name = path_name(hierarchy, place) if visit else node_name(hierarchy, place)
    return {
        "service_request_id": str(ticket.number),
        "status": "open" if ticket.status in LIVE else "closed",
        "status_notes": note,
        "service_name": hierarchy.get_category(ticket.category).name,
        "service_code": ticket.category,
        "description": ticket.text if visit else "",
        "agency_responsible": node_name(
            hierarchy, ticket.node if visit else _public_place(hierarchy, ticket.node)
        ),
        "service_notice": "",
        "requested_datetime": ticket.opened_at.isoformat(timespec="seconds"),
        "updated_datetime": _updated_at(ticket).isoformat(timespec="seconds"),
        "expected_datetime": _iso(promise_at(ticket)),
        "address": f"{name} {ticket.place}".strip() if visit else name,
        "address_id": place,
        "zipcode": "",
        "lat": None,
        "long": None,
        "media_url": "",
    }


def _public_place(hierarchy: Hierarchy, node_id: str) -> str:
    """The node above a lowest one, else the node itself; the root when it has left the tree."""
    node = hierarchy.find_node(node_id)
    if node is None:
        return hierarchy.root_id
    return node.parent_id or node_id if node.level == hierarchy.levels[0].level_id else node_id


def _updated_at(ticket: Ticket) -> datetime:
    moments = (
        ticket.opened_at,
        ticket.dispatched_at,
        ticket.claimed_at,
        ticket.paused_at,
        ticket.resolved_at,
        ticket.closed_at,
    )
    return max(each for each in moments if each is not None)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
