"""Where a ticket stands on the ladder: who was asked before, who is now and until when, and who comes next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from admin_web.api.ticket_json import node_name
from admin_web.ports import TicketFile
from admin_web.time_left import TimeLeft, time_left
from routing.callers import staff_name
from routing.events import Event, EventKind
from routing.hierarchy import Hierarchy
from routing.ladder import CanHear
from routing.tickets import LIVE, Ticket
from routing.timetable import Entry, Moment, ahead

ASKING = frozenset(
    {
        EventKind.OPENED,
        EventKind.ESCALATED,
        EventKind.HANDED_BACK,
        EventKind.TRANSFERRED,
        EventKind.SORTED,
        EventKind.REOPENED,
        EventKind.PARTED,
        EventKind.MOVED,
    }
)
"""Events after which another group may be asked."""


class Stage(StrEnum):
    PAST = "past"
    NOW = "now"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Rung:
    """`until_at` is when it left this rung, or must be claimed there; `is_supervised`: at the top, with nobody above.

    `left` stands on the rung of now alone, while a limit runs.
    """

    stage: Stage
    level: str
    node: str
    group: str
    from_at: datetime
    until_at: datetime | None = None
    holder: str = ""
    left: TimeLeft | None = None
    is_supervised: bool = False


def list_rungs(file: TicketFile, tree: Hierarchy, now: datetime, *, can_hear: CanHear) -> list[Rung]:
    """In the order of time. What comes is what would come if nobody did anything."""
    ticket = file.ticket
    past = _with_ends(list(_asked(file.events, tree)))
    if ticket.status not in LIVE:
        return past
    current = Rung(
        Stage.NOW,
        tree.level_name(ticket.level),
        node_name(tree, ticket.node),
        _group_name(tree, ticket.group),
        ticket.dispatched_at,
        holder=staff_name(tree, ticket.holder),
        left=time_left(ticket, now),
        is_supervised=ticket.supervised_at is not None,
    )
    return [*past[:-1], current, *_coming(ticket, tree, can_hear)]


def _asked(events: Sequence[Event], tree: Hierarchy) -> Iterator[Rung]:
    before = ""
    for event in events:
        if event.kind in ASKING and event.group != before:
            before = event.group
            node = tree.find_node(event.node)
            level = tree.level_name(node.level) if node else ""
            group = _group_name(tree, event.group)
            yield Rung(Stage.PAST, level, node_name(tree, event.node), group, event.at)


def _with_ends(rungs: list[Rung]) -> list[Rung]:
    ends = [each.from_at for each in rungs[1:]]
    return [*(replace(each, until_at=at) for each, at in zip(rungs, ends, strict=False)), *rungs[-1:]]


def _coming(ticket: Ticket, tree: Hierarchy, can_hear: CanHear) -> Iterator[Rung]:
    entries = ahead(tree, ticket, can_hear=can_hear)
    due = {each.group_id: each.at for each in entries if each.moment is Moment.CLAIM_DUE}
    supervised = {each.group_id for each in entries if each.moment is Moment.SUPERVISED}
    for entry in entries:
        if entry.moment is Moment.ASKED:
            rung = _rung_to_come(entry, tree)
            is_top = entry.group_id in supervised
            yield replace(rung, until_at=due.get(entry.group_id), is_supervised=is_top)


def _rung_to_come(entry: Entry, tree: Hierarchy) -> Rung:
    return Rung(
        Stage.COMING,
        tree.level_name(entry.level),
        node_name(tree, entry.node_id),
        _group_name(tree, entry.group_id),
        entry.at,
    )


def _group_name(tree: Hierarchy, group_id: str) -> str:
    group = tree.find_group(group_id)
    return group.name if group else group_id
