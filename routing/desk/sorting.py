"""分类, 加急, 并案, 拆案: putting right what a ticket is about. Only staff sort."""

from dataclasses import replace

from routing.callers import Caller, require_hand
from routing.desk.desk import Desk, dispatched, require_moment
from routing.desk.gathering import find_incident, gather_into, merge_into
from routing.desk.handling import require_reporter
from routing.desk.same_matter import Told, find_same
from routing.errors import BadValueError, WrongMomentError
from routing.escalation import resolve_due
from routing.events import CONFIRMED, HURRIED, PARTED_OFF, SAME_MATTER, TOLD, Actor, EventKind
from routing.hierarchy import URGENT_CLOCK, Category
from routing.plans import freeze_plan
from routing.rules import place
from routing.rules.placement import Question
from routing.tickets import LIVE, Status, Ticket, Verb


def sort(desk: Desk, number: int, caller: Caller, *, category: str) -> Ticket:
    """分类 by id or name: the ticket gets that category's promise and moves to who handles it."""
    ticket = desk.store.tickets.get(number)
    require_hand(desk.hierarchy, ticket, caller)
    require_moment(ticket, Verb.SORT)
    chosen = _find_category(desk, ticket, category)
    if chosen.category_id == ticket.category:
        raise WrongMomentError("sorted_already", number=number, category=chosen.name)
    return _place_again(desk, ticket, _as_of(desk, ticket, chosen), by=caller.by)


def confirm(desk: Desk, number: int, caller: Caller) -> Ticket:
    """The category is right as it is. Nothing moves and nobody is told: it is kept to learn from."""
    ticket = desk.store.tickets.get(number)
    require_hand(desk.hierarchy, ticket, caller)
    require_moment(ticket, Verb.SORT)
    return _say_so(desk, ticket, by=caller.by, reason=CONFIRMED)


def sort_as_told(desk: Desk, number: int, caller: Caller, *, category: str) -> Ticket:
    """Its reporter was asked which category is meant. Who is asked moves, unless staff have it in hand already."""
    ticket = desk.store.tickets.get(number)
    require_reporter(desk, ticket, caller)
    chosen = _find_category(desk, ticket, category)
    if ticket.status is not Status.OPEN or _is_sorted(desk, ticket):
        raise WrongMomentError("sorted_meanwhile", number=number)
    if chosen.category_id == ticket.category:
        return _say_so(desk, ticket, by=Actor.RESIDENT, reason=TOLD)
    return _place_again(desk, ticket, _as_of(desk, ticket, chosen), by=Actor.RESIDENT)


def _say_so(desk: Desk, ticket: Ticket, *, by: str, reason: str) -> Ticket:
    values = {"category": desk.category_of(ticket).name, "from_category": ticket.category}
    return desk.record(
        ticket, ticket, desk.event(EventKind.SORTED, ticket, by=by, reason=reason, values=values)
    )


def _is_sorted(desk: Desk, ticket: Ticket) -> bool:
    return any(each.is_sorting for each in desk.store.history.list_of(ticket.number))


def _as_of(desk: Desk, ticket: Ticket, chosen: Category) -> Ticket:
    plan = freeze_plan(desk.hierarchy, chosen, clock_id=URGENT_CLOCK if ticket.urgent else None)
    return replace(ticket, category=chosen.category_id, plan=plan, urgent=plan.clock_id == URGENT_CLOCK)


def make_urgent(desk: Desk, number: int, caller: Caller, *, reason: str = "") -> Ticket:
    """加急: the urgent clock runs from now, at the same place."""
    ticket = desk.store.tickets.get(number)
    require_hand(desk.hierarchy, ticket, caller)
    require_moment(ticket, Verb.MAKE_URGENT)
    if ticket.urgent:
        raise WrongMomentError("urgent_already", number=number)
    return hurry(desk, ticket, by=caller.by, words=reason)


def hurry(desk: Desk, ticket: Ticket, *, by: str, words: str) -> Ticket:
    """Gives the ticket the urgent clock; asked anew of the same group, or pressed on whoever has it."""
    plan = freeze_plan(desk.hierarchy, desk.category_of(ticket), clock_id=URGENT_CLOCK)
    hurried = replace(ticket, plan=plan, urgent=True)
    group = desk.hierarchy.find_group(ticket.group)
    if ticket.status is Status.OPEN and group is not None:
        hurried = dispatched(desk, hurried, node_id=ticket.node, group=group)
    if ticket.status is Status.CLAIMED:
        hurried = _pressed(desk, hurried)
    event = desk.event(
        EventKind.SORTED, hurried, by=by, reason=HURRIED, words=words, values={"from_group": ticket.group}
    )
    return desk.record(ticket, hurried, event)


def locate(desk: Desk, number: int, *, origin: str, place: str) -> Ticket:
    """The reporter has told where it is: the ticket moves to who is asked there, or to its neighbours' incident.

    One that somebody has taken stays with them, and they are told. Ended tickets stay as they are.
    """
    ticket = desk.store.tickets.get(number)
    if ticket.status not in LIVE or ticket.origin == origin:
        return ticket
    told = replace(ticket, origin=origin, place=place or ticket.place)
    if ticket.status is not Status.OPEN:
        return desk.record(
            ticket, told, desk.event(EventKind.MOVED, told, by=Actor.RESIDENT, reason="located")
        )
    lead = _with_neighbours(desk, told)
    return lead or _place_again(desk, ticket, told, by=Actor.RESIDENT, kind=EventKind.MOVED)


def merge(desk: Desk, number: int, caller: Caller, *, into: int) -> Ticket:
    """并案: this ticket becomes part of `into`, and every reporter keeps hearing. Returns the one that goes on."""
    if number == into:
        raise BadValueError("merge_with_itself", number=number)
    tickets = {each: desk.store.tickets.get(each) for each in sorted((number, into))}
    for each in tickets.values():
        require_hand(desk.hierarchy, each, caller)
    require_moment(tickets[number], Verb.MERGE)
    if tickets[into].status not in LIVE:
        raise WrongMomentError("merge_into_ended", number=number, into=into)
    return merge_into(desk, tickets[number], tickets[into], by=caller.by, reason="by_hand")


def part(desk: Desk, number: int, caller: Caller) -> Ticket:
    """拆案: a merged ticket stands alone again, with its own reporters, where it belongs."""
    ticket = desk.store.tickets.get(number)
    require_hand(desk.hierarchy, ticket, caller)
    require_moment(ticket, Verb.PART)
    lead = desk.store.tickets.get(ticket.merged_into or number)
    desk.store.reporters.part(number, out_of=lead.number)
    count = len(desk.store.reporters.list_of(lead.number))
    left = replace(lead, reporters=count)
    desk.record(
        lead,
        left,
        desk.event(
            EventKind.LEFT,
            left,
            by=caller.by,
            reason=PARTED_OFF,
            values={"reporters": str(count), "from": str(number)},
        ),
    )
    alone = replace(ticket, status=Status.OPEN, merged_into=None, closed_at=None)
    return _place_again(desk, ticket, alone, by=caller.by, kind=EventKind.PARTED)


def _pressed(desk: Desk, ticket: Ticket) -> Ticket:
    """The urgent limit of whoever has it runs from now, unless the old one ends sooner."""
    fresh = replace(ticket, dispatched_at=desk.now)
    return replace(fresh, resolve_due_at=min(ticket.resolve_due_at or desk.now, resolve_due(fresh)))


def _with_neighbours(desk: Desk, ticket: Ticket) -> Ticket | None:
    """A report whose place was not known at first is gathered once it is; None where it stands alone.

    Its reporter is answered that it was, and who is asked at the place hears of it with their neighbours' ticket only.
    """
    reporters = desk.store.reporters.list_of(ticket.number)
    person_id = reporters[0].person_id if reporters else 0
    incident = find_incident(desk, ticket.category, ticket.origin, person_id, besides=ticket.number)
    if incident is not None:
        return merge_into(desk, ticket, gather_into(desk, incident), by=Actor.RESIDENT, reason="gather")
    told = Told(ticket.text, ticket.category, ticket.origin, person_id, spot=ticket.place)
    same = find_same(desk, told, besides=ticket.number)
    if same is None or same.lead is None:
        return None
    return merge_into(desk, ticket, same.lead, by=Actor.RESIDENT, reason=SAME_MATTER)


def _place_again(
    desk: Desk, before: Ticket, changed: Ticket, *, by: str, kind: EventKind = EventKind.SORTED
) -> Ticket:
    hierarchy = desk.hierarchy
    category = hierarchy.get_category(changed.category)
    found = place(Question(hierarchy, changed.origin, category, desk.can_hear))
    group = hierarchy.groups[found.group_id]
    after = replace(
        dispatched(desk, changed, node_id=found.node_id, group=group), asked_groups=(group.group_id,)
    )
    values = {
        "category": category.name,
        "from_category": before.category,
        "from_group": before.group,
        "into": str(before.merged_into or ""),
    }
    return desk.record(
        before, after, desk.event(kind, after, by=by, reason=f"rule {found.rule}", values=values)
    )


def _find_category(desk: Desk, ticket: Ticket, wanted: str) -> Category:
    name = wanted.strip()
    found = next((each for each in desk.hierarchy.categories if name in {each.category_id, each.name}), None)
    if found is None:
        names = "、".join(each.name for each in desk.hierarchy.categories)
        raise BadValueError("unknown_category", number=ticket.number, category=name, categories=names)
    return found
