"""Tickets that are like one, or near it: what somebody who works on it may want to merge or to ask about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from admin_web.api.scope import subtree_of
from admin_web.auth.visitor import Visitor
from admin_web.board_ports import TicketReads
from admin_web.ticket_rows import TicketRow, row_of
from routing.hierarchy import Hierarchy
from routing.tickets import Ticket


@dataclass(frozen=True, slots=True)
class Likely:
    """`percent` is how surely it is the same matter; `why` are the reader's own words."""

    row: TicketRow
    percent: int
    why: Sequence[str]


@dataclass(frozen=True, slots=True)
class NearPage:
    """`nearby` are of the same category and the same surroundings."""

    likely: Sequence[Likely]
    nearby: Sequence[TicketRow]


async def find_near(reads: TicketReads, visitor: Visitor, ticket: Ticket, now: datetime) -> NearPage:
    """Only what the visitor may see."""
    tree, scope = visitor.visit.hierarchy, visitor.visit.scope
    likenesses = await reads.list_likely(ticket)
    seen = {
        each.number: each for each in await reads.list_numbered(scope, [each.number for each in likenesses])
    }
    likely = [
        Likely(row_of(seen[each.number], tree, now), round(100 * each.certainty), each.why)
        for each in likenesses
        if each.number in seen
    ]
    nearby = await reads.list_nearby(ticket, scope, _surroundings(ticket, tree))
    rows = [row_of(each, tree, now) for each in nearby if each.number not in seen]
    return NearPage(likely, rows)


def _surroundings(ticket: Ticket, tree: Hierarchy) -> frozenset[str]:
    """The node where it was reported and its neighbours below the same parent."""
    node = tree.find_node(ticket.origin)
    if node is None:
        return frozenset({ticket.origin})
    return subtree_of(node.parent_id or node.node_id, tree)
