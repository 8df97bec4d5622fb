"""Tickets as the strip above the windows shows them: where each stands, who has it, how long is left.

What residents wrote is not in it.
"""

from datetime import datetime

from typing_extensions import TypedDict

from bot.channels.sandbox.clock import write_instant
from routing.hierarchy import Hierarchy
from routing.tickets import Status, Ticket

SHOWN = 30

_STATUS_WORDS = {
    Status.OPEN: "待认领",
    Status.CLAIMED: "处置中",
    Status.WAITING: "暂缓",
    Status.RESOLVED: "已办结待评价",
    Status.CLOSED: "已结案",
    Status.WITHDRAWN: "已撤回",
    Status.DECLINED: "不予受理",
    Status.MERGED: "已并案",
}
_DUE_WORDS = {Status.OPEN: "认领", Status.CLAIMED: "办结", Status.WAITING: "恢复", Status.RESOLVED: "评价"}


class DueJson(TypedDict):
    """`remind_at` is a stop of the clock before it, None when there is none."""

    what: str
    at: str
    seconds: int
    remind_at: str | None


class TicketJson(TypedDict):
    """`due` is the promise that runs now, `seconds` what is left of it (negative: late)."""

    number: int
    category: str
    status: str
    status_name: str
    urgent: bool
    level: str
    level_name: str
    node_name: str
    group: str
    group_name: str
    holder: str | None
    holder_name: str | None
    escalations: int
    due: DueJson | None


def render_ticket(ticket: Ticket, hierarchy: Hierarchy, *, now: datetime) -> TicketJson:
    node, group = hierarchy.find_node(ticket.node), hierarchy.find_group(ticket.group)
    holder = hierarchy.find_staff(ticket.holder) if ticket.holder else None
    return {
        "number": ticket.number,
        "category": hierarchy.get_category(ticket.category).name,
        "status": ticket.status,
        "status_name": _STATUS_WORDS[ticket.status],
        "urgent": ticket.urgent,
        "level": ticket.level,
        "level_name": hierarchy.level_name(ticket.level),
        "node_name": node.name if node else ticket.node,
        "group": ticket.group,
        "group_name": group.name if group else ticket.group,
        "holder": ticket.holder,
        "holder_name": holder.name if holder else ticket.holder,
        "escalations": ticket.escalations,
        "due": _render_due(ticket, now),
    }


def _render_due(ticket: Ticket, now: datetime) -> DueJson | None:
    due_at = _due_at(ticket)
    if due_at is None:
        return None
    stop_at = ticket.next_due_at
    is_reminder = stop_at is not None and now < stop_at < due_at
    return {
        "what": _DUE_WORDS[ticket.status],
        "at": write_instant(due_at),
        "seconds": int((due_at - now).total_seconds()),
        "remind_at": write_instant(stop_at) if stop_at and is_reminder else None,
    }


def _due_at(ticket: Ticket) -> datetime | None:
    match ticket.status:
        case Status.OPEN:
            return ticket.claim_due_at
        case Status.CLAIMED:
            return ticket.resolve_due_at
        case Status.WAITING:
            return ticket.paused_until
        case Status.RESOLVED:
            return ticket.next_due_at
        case _:
            return None
