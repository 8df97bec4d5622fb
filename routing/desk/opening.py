"""A report becomes a ticket, joins one of the same person, or is gathered with its neighbours' into one incident.

What is gathered has a number of its own and is part of the incident from the start, so that it can be parted again.
"""

from dataclasses import dataclass, replace

from routing.callers import reaches
from routing.desk.desk import Desk, dispatched, lead_of
from routing.desk.gathering import find_incident, gather_into
from routing.desk.same_matter import Same, Told, find_same, note_joined, note_told
from routing.desk.sorting import hurry
from routing.desk.waiting import go_on
from routing.escalation import with_next_due
from routing.events import SAME_MATTER, Actor, EventKind
from routing.hierarchy import FALLBACK_CATEGORY, URGENT_CLOCK
from routing.messages import Address
from routing.people import Message, Person, Reporter
from routing.plans import freeze_plan
from routing.reading import SURE, Reading
from routing.rules import place
from routing.rules.placement import Placement, Question
from routing.tickets import LIVE, Status, Ticket


@dataclass(frozen=True, slots=True)
class Report:
    """What a person said and where. `origin` is the node they belong to; `place` the spot in words, if any."""

    person: Person
    text: str
    reading: Reading
    origin: str
    address: Address
    message_ref: str | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """How a report ended: `fresh` is a new ticket, else it went to one that was there; `neighbours` counts others.

    `own` is the number that the report itself has in an incident, 0 where it is the ticket's own; `is_same` says that
    it went there because of what it tells, and not by the file's rule.
    """

    ticket: Ticket
    fresh: bool
    why: str
    neighbours: int = 0
    own: int = 0
    is_same: bool = False


def open_ticket(desk: Desk, report: Report) -> Opened:
    """Opens a ticket for the report, or adds its person to the incident that it belongs to."""
    incident = find_incident(desk, report.reading.category, report.origin, report.person.person_id)
    if incident is not None:
        return _join(desk, report, gather_into(desk, incident), reason="gather")
    same = find_same(desk, _told_by(report))
    if same is not None and same.lead is not None:
        return _join(desk, report, same.lead, reason=SAME_MATTER, same=same)
    return _open_new(desk, report, same)


def _told_by(report: Report) -> Told:
    return Told(
        text=report.text,
        category=report.reading.category,
        origin=report.origin,
        person_id=report.person.person_id,
        spot=report.place,
        place=report.reading.place,
    )


def add_words(desk: Desk, ticket: Ticket, report: Report) -> Ticket:
    """More words of a reporter on a ticket of theirs; more urgent words make it urgent, and a spot is kept that nobody
    had told."""
    values = {"person": str(report.person.person_id)}
    event = desk.event(EventKind.ADDED, ticket, by=Actor.RESIDENT, words=report.text, values=values)
    after = desk.record(ticket, replace(ticket, place=ticket.place or report.place), event)
    keep_words(desk, after, report)
    return _hurry_if_urgent(desk, after, report)


def keep_words(desk: Desk, ticket: Ticket, report: Report) -> None:
    author = f"person:{report.person.person_id}"
    if report.text:
        desk.store.messages.add(Message(ticket.number, author, desk.now, report.text))


def _hurry_if_urgent(desk: Desk, ticket: Ticket, report: Report) -> Ticket:
    """Urgent words end a pause as well: what was put off for a part that is missing is no longer only that."""
    if not report.reading.urgent or ticket.urgent or ticket.status not in LIVE:
        return ticket
    if ticket.status is Status.WAITING:
        ticket = go_on(desk, ticket, by=Actor.RESIDENT)
    return hurry(desk, ticket, by=Actor.RESIDENT, words="")


def _open_new(desk: Desk, report: Report, same: Same | None) -> Opened:
    found = _find_place(desk, report)
    ticket = with_next_due(_new_ticket(desk, report, found))
    _store_new(desk, ticket, report)
    values = {"why": found.why, "skipped": "、".join(found.skipped), **_read_as(report.reading)}
    if same is not None and _may_learn_of(desk, ticket.group, same.number):
        values |= {"likely": str(same.number), "likely_why": same.why}
    opened = desk.event(
        EventKind.OPENED, ticket, by=Actor.RESIDENT, reason=f"rule {found.rule}", words="", values=values
    )
    desk.tell(opened, ticket, ticket)
    note_told(desk, _told_by(report), ticket.number)
    return Opened(ticket, fresh=True, why=found.why)


def _may_learn_of(desk: Desk, group_id: str, number: int) -> bool:
    """Who is asked about this report is told of another only where they may handle that as well, and so merge it."""
    other = desk.store.tickets.find(number)
    return other is not None and reaches(
        desk.hierarchy, lead_of(desk.store, other), desk.hierarchy.groups[group_id]
    )


def _find_place(desk: Desk, report: Report) -> Placement:
    category = desk.hierarchy.get_category(report.reading.category)
    return place(Question(desk.hierarchy, report.origin, category, desk.can_hear))


def _store_new(desk: Desk, ticket: Ticket, report: Report) -> None:
    desk.store.tickets.add(ticket)
    keep_words(desk, ticket, report)
    _add_reporter(desk, ticket, report)


def _read_as(reading: Reading) -> dict[str, str]:
    """What the reader made of it and why, for whoever looks at the story, and to learn from."""
    return {
        "read_as": reading.category,
        "certainty": f"{reading.certainty:.2f}",
        "read_why": "；".join(reading.lasting_why),
    }


def _new_ticket(desk: Desk, report: Report, found: Placement) -> Ticket:
    hierarchy, reading = desk.hierarchy, report.reading
    category = hierarchy.get_category(reading.category)
    plan = freeze_plan(hierarchy, category, clock_id=URGENT_CLOCK if reading.urgent else None)
    ticket = Ticket(
        number=desk.store.tickets.next_number(),
        version=1,
        status=Status.OPEN,
        urgent=plan.clock_id == URGENT_CLOCK,
        category=category.category_id,
        text=report.text,
        origin=report.origin,
        root=hierarchy.root_id,
        node=found.node_id,
        level=found.level,
        group=found.group_id,
        holder=None,
        plan=plan,
        cycle=0,
        opened_at=desk.now,
        dispatched_at=desk.now,
        claim_due_at=None,
        resolve_due_at=None,
        next_due_at=None,
        place=report.place,
    )
    return dispatched(desk, ticket, node_id=found.node_id, group=hierarchy.groups[found.group_id])


def _join(desk: Desk, report: Report, lead: Ticket, *, reason: str, same: Same | None = None) -> Opened:
    """The report is part of the incident from the start; its group is not asked, and its person is answered at once."""
    own = _merged_at_birth(desk, report, lead, reason=reason)
    person_id = report.person.person_id
    is_new = same is not None or not desk.store.reporters.is_reporter(lead.number, person_id)
    desk.store.reporters.move(own.number, to=lead.number)
    after = replace(lead, reporters=lead.reporters + 1) if is_new else lead
    values = {
        "reporters": str(after.reporters),
        "person": str(report.person.person_id),
        "from": str(own.number),
        "why": same.why if same else "",
    }
    event = desk.event(
        EventKind.JOINED, after, by=Actor.RESIDENT, reason=reason, words=report.text, values=values
    )
    after = _hurry_if_urgent(desk, desk.record(lead, after, event), report)
    why = f"同一件事已有{after.reporters}位居民反映"
    return Opened(
        after, fresh=False, why=why, neighbours=after.reporters - 1, own=own.number, is_same=same is not None
    )


def _merged_at_birth(desk: Desk, report: Report, lead: Ticket, *, reason: str) -> Ticket:
    found = _find_place(desk, report)
    ticket = replace(
        _new_ticket(desk, report, found),
        version=2,  # opened, and merged
        status=Status.MERGED,
        merged_into=lead.number,
        closed_at=desk.now,
        claim_due_at=None,
    )
    _store_new(desk, ticket, report)
    opened = desk.event(
        EventKind.OPENED,
        ticket,
        by=Actor.RESIDENT,
        reason=f"rule {found.rule}",
        values=_read_as(report.reading),
    )
    into = {"into": str(lead.number)}
    merged = desk.event(EventKind.MERGED, ticket, by=Actor.SYSTEM, reason=reason, values=into)
    for each in (opened, merged):
        desk.store.history.append(each)
    note_told(desk, _told_by(report), ticket.number)
    note_joined(desk, ticket.number, into=lead.number)
    return ticket


def _add_reporter(desk: Desk, ticket: Ticket, report: Report) -> None:
    desk.store.reporters.add(
        Reporter(
            ticket_number=ticket.number,
            person_id=report.person.person_id,
            address=report.address,
            message_ref=report.message_ref,
            node_id=report.origin,
            reported_at=desk.now,
        )
    )


def find_to_join(desk: Desk, person: Person, reading: Reading) -> Ticket | None:
    """The person's own latest ticket, when this message still belongs to it: close in time and no other matter.

    Words that name no matter of their own ("三楼", "两天了") go on with the last; what surely is one stands alone.
    """
    reported = desk.store.tickets.find_latest_reported_by(person.person_id)
    latest = lead_of(desk.store, reported) if reported else None
    if reported is None or latest is None or latest.status not in LIVE:
        return None
    is_close = desk.now - reported.opened_at <= desk.hierarchy.manners.join_within.as_elapsed()
    is_vague = reading.category == FALLBACK_CATEGORY and reading.certainty < SURE
    is_same = is_vague or reading.category == latest.category
    return latest if is_close and is_same else None
