"""A day of the past placed again, by the tree in force and by a draft: what would have gone elsewhere."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from admin_web.hierarchy_trying import Elsewhere, Replay, Trial
from admin_web.ports import Scope, TicketQuery
from app.tree.trying import TrialTree, open_for_trial, try_message
from routing.hierarchy import RESIDENTS, Group, Hierarchy
from routing.ports import Reader
from routing.tickets import Ticket
from storage.store import Store

MOST_TICKETS = 2_000
LONGEST_EXCERPT = 60


def replay_day(
    store: Store, old: Hierarchy, new: Hierarchy, *, on: date, scope: Scope, reader: Reader
) -> Replay:
    """Each ticket's first words, said again in its building's group at the time it was opened; blocks.

    What staff changed by hand since plays no part: both trees are asked alike.
    """
    before, after = open_for_trial(old, reader), open_for_trial(new, reader)
    tickets = list(_list_opened(store, old, on, scope))
    pairs = [pair for each in tickets if (pair := _place_twice(each, before, after)) is not None]
    moved = [
        Elsewhere(each.number, each.text[:LONGEST_EXCERPT], each.opened_at, _say(was), _say(will))
        for each, was, will in pairs
        if (was.node_id, was.group_id, was.category_id, was.urgent)
        != (will.node_id, will.group_id, will.category_id, will.urgent)
    ]
    return Replay(len(pairs), len(tickets), tuple(moved))


def _list_opened(store: Store, tree: Hierarchy, on: date, scope: Scope) -> Iterator[Ticket]:
    begins = datetime.combine(on, time(), ZoneInfo(tree.timezone))
    query = replace(TicketQuery(scope), opened_from=begins, opened_before=begins + timedelta(days=1))
    for count, file in enumerate(store.reads.tickets.each(query)):
        if count == MOST_TICKETS:
            return
        if file.ticket.text:
            yield file.ticket


def _place_twice(ticket: Ticket, before: TrialTree, after: TrialTree) -> tuple[Ticket, Trial, Trial] | None:
    """None where one of the trees has no group there that could have said it."""
    said_in, says_in = _group_at(before.tree, ticket.origin), _group_at(after.tree, ticket.origin)
    if said_in is None or says_in is None:
        return None
    at = ticket.opened_at
    return (
        ticket,
        try_message(before, ticket.text, said_in, at=at),
        try_message(after, ticket.text, says_in, at=at),
    )


def _group_at(tree: Hierarchy, node_id: str) -> Group | None:
    node = tree.find_node(node_id)
    if node is None or not node.groups:
        return None
    return next((each for each in node.groups if each.kind == RESIDENTS), node.groups[0])


def _say(trial: Trial) -> str:
    urgent = "！" if trial.urgent else ""
    return f"{trial.category}{urgent} → {trial.group}"
