"""The whole timetable of a ticket that nobody touches: when each level is asked, reminded and passed over. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from routing.escalation import claim_due, promise_at, remind_at, resolve_due
from routing.hierarchy import URGENT_CLOCK, Category, Group, Hierarchy
from routing.ladder import CanHear, Rung, rung_above
from routing.plans import freeze_plan
from routing.rules import place
from routing.rules.placement import Placement, Question
from routing.tickets import Status, Ticket


class Moment(StrEnum):
    ASKED = "asked"
    REMINDED = "reminded"
    CLAIM_DUE = "claim_due"
    RESOLVE_DUE = "resolve_due"
    SUPERVISED = "supervised"


@dataclass(frozen=True, slots=True)
class Entry:
    """`resolve_due` rows are what would hold if the level claimed it; `skipped` names nodes passed over."""

    at: datetime
    moment: Moment
    node_id: str
    level: str
    group_id: str
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forecast:
    placement: Placement
    clock_id: str
    entries: tuple[Entry, ...]


def forecast(
    hierarchy: Hierarchy, category: Category, *, origin: str, urgent: bool, at: datetime, can_hear: CanHear
) -> Forecast:
    """Where a report of this category goes first and everything that follows while nobody claims it."""
    found = place(Question(hierarchy, origin, category, can_hear))
    ticket = _untouched(hierarchy, category, found, origin=origin, urgent=urgent, at=at)
    entries = tuple(_climb(hierarchy, category, ticket, skipped=found.skipped, can_hear=can_hear))
    return Forecast(found, ticket.plan.clock_id, entries)


def ahead(hierarchy: Hierarchy, ticket: Ticket, *, can_hear: CanHear) -> tuple[Entry, ...]:
    """What follows for this ticket while nobody does anything: each level above, asked when the one below was late.

    Nothing while no limit runs, and nothing new once the top is supervised.
    """
    due_at = promise_at(ticket)
    if due_at is None or ticket.supervised_at is not None:
        return ()
    category = hierarchy.get_category(ticket.category)
    asked = (*ticket.asked_groups, ticket.group)
    rung = rung_above(hierarchy, ticket.node, category, asked=asked, can_hear=can_hear)
    if rung is None:
        return (_entry(ticket, due_at, Moment.SUPERVISED),)
    above = replace(_on(ticket, rung, due_at), status=Status.OPEN)
    return tuple(_climb(hierarchy, category, above, skipped=rung.skipped, can_hear=can_hear))


def _climb(
    hierarchy: Hierarchy, category: Category, ticket: Ticket, *, skipped: tuple[str, ...], can_hear: CanHear
) -> Iterator[Entry]:
    while True:
        yield from _level(ticket, skipped)
        due_at = claim_due(ticket)
        asked = (*ticket.asked_groups, ticket.group)
        rung = rung_above(hierarchy, ticket.node, category, asked=asked, can_hear=can_hear)
        if rung is None:
            yield _entry(ticket, due_at, Moment.SUPERVISED)
            return
        ticket, skipped = _on(ticket, rung, due_at), rung.skipped


def _level(ticket: Ticket, skipped: tuple[str, ...]) -> Iterator[Entry]:
    yield replace(_entry(ticket, ticket.dispatched_at, Moment.ASKED), skipped=skipped)
    reminder_at = remind_at(ticket)
    if reminder_at is not None:
        yield _entry(ticket, reminder_at, Moment.REMINDED)
    yield _entry(ticket, claim_due(ticket), Moment.CLAIM_DUE)
    yield _entry(ticket, resolve_due(ticket), Moment.RESOLVE_DUE)


def _entry(ticket: Ticket, at: datetime, moment: Moment) -> Entry:
    return Entry(at, moment, ticket.node, ticket.level, ticket.group)


def _on(ticket: Ticket, rung: Rung, at: datetime) -> Ticket:
    return _with_promise(
        replace(
            ticket,
            node=rung.node.node_id,
            level=rung.node.level,
            group=rung.group.group_id,
            dispatched_at=at,
            asked_groups=(*ticket.asked_groups, ticket.group),
        )
    )


def _with_promise(ticket: Ticket) -> Ticket:
    return replace(ticket, claim_due_at=claim_due(ticket))


def _untouched(
    hierarchy: Hierarchy, category: Category, found: Placement, *, origin: str, urgent: bool, at: datetime
) -> Ticket:
    plan = freeze_plan(hierarchy, category, clock_id=URGENT_CLOCK if urgent else None)
    ticket = Ticket(
        number=0,
        version=0,
        status=Status.OPEN,
        urgent=plan.clock_id == URGENT_CLOCK,
        category=category.category_id,
        text="",
        origin=origin,
        root=hierarchy.root_id,
        node=found.node_id,
        level=found.level,
        group=found.group_id,
        holder=None,
        plan=plan,
        cycle=0,
        opened_at=at,
        dispatched_at=at,
        claim_due_at=None,
        resolve_due_at=None,
        next_due_at=None,
    )
    return _with_promise(ticket)


def is_reachable(hierarchy: Hierarchy, group: Group) -> bool:
    """For a draft, before any channel is asked: somebody belongs to the group, or it has a chat."""
    return bool(group.chats) or bool(hierarchy.members.get(group.group_id))
