"""A ticket as one line of a list: its names, its time, where it leads. Lists themselves are made by `pages`."""

from dataclasses import dataclass
from datetime import datetime

from admin_web.api.ticket_json import node_name, path_name
from admin_web.time_left import TimeLeft, time_left
from routing.callers import staff_name
from routing.hierarchy import Hierarchy
from routing.tickets import Ticket

LONGEST_TEXT = 120


@dataclass(frozen=True, slots=True)
class TicketRow:
    """`where` is the place in words, `group` who is asked, `holder` empty while nobody has it."""

    number: int
    status: str
    text: str
    where: str
    category: str
    level: str
    group: str
    holder: str
    urgent: bool
    reporters: int
    opened_at: datetime
    left: TimeLeft | None
    is_disputed: bool


def row_of(ticket: Ticket, tree: Hierarchy, now: datetime) -> TicketRow:
    group = tree.find_group(ticket.group)
    return TicketRow(
        number=ticket.number,
        status=ticket.status.value,
        text=cut(ticket.text),
        where=where_of(ticket, tree),
        category=tree.get_category(ticket.category).name,
        level=tree.level_name(ticket.level),
        group=group.name if group else node_name(tree, ticket.node),
        holder=staff_name(tree, ticket.holder),
        urgent=ticket.urgent,
        reporters=ticket.reporters,
        opened_at=ticket.opened_at,
        left=time_left(ticket, now),
        is_disputed=ticket.status == "resolved" and ticket.rating == "unsatisfied",
    )


def where_of(ticket: Ticket, tree: Hierarchy) -> str:
    """Node and what was said about the place: "幸福里社区1号楼 3单元"."""
    return f"{path_name(tree, ticket.origin)} {ticket.place}".strip()


def cut(text: str) -> str:
    """The words may have been erased: then there are none."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= LONGEST_TEXT else f"{one_line[: LONGEST_TEXT - 1]}…"
