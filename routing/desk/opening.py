"""A report becomes a ticket, joins one of the same person, or is gathered with its neighbours' into one incident."""

from dataclasses import dataclass, replace

from routing.desk.desk import Desk, dispatched, lead_of
from routing.desk.gathering import Incident, find_incident, gather_into
from routing.desk.sorting import hurry
from routing.desk.waiting import go_on
from routing.escalation import with_next_due
from routing.events import Actor, EventKind
from routing.hierarchy import URGENT_CLOCK
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
    """How a report ended: `fresh` is a new ticket, else it went to one that was there; `neighbours` counts others."""

    ticket: Ticket
    fresh: bool
    why: str
    neighbours: int = 0


def open_ticket(desk: Desk, report: Report) -> Opened:
    """Opens a ticket for the report, or adds its person to the incident that it belongs to."""
    incident = find_incident(desk, report.reading.category, report.origin, report.person.person_id)
    if incident is None:
        return _open_new(desk, report)
    return _join_incident(desk, report, incident)


def add_words(desk: Desk, ticket: Ticket, report: Report) -> Ticket:
    """More words of a reporter on a ticket of theirs; more urgent words make it urgent."""
    values = {"person": str(report.person.person_id)}
    event = desk.event(EventKind.ADDED, ticket, by=Actor.RESIDENT, words=report.text, values=values)
    after = desk.record(ticket, ticket, event)
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


def _open_new(desk: Desk, report: Report) -> Opened:
    category = desk.hierarchy.get_category(report.reading.category)
    found = place(Question(desk.hierarchy, report.origin, category, desk.can_hear))
    ticket = with_next_due(_new_ticket(desk, report, found))
    desk.store.tickets.add(ticket)
    keep_words(desk, ticket, report)
    _add_reporter(desk, ticket, report)
    values = {"why": found.why, "skipped": "、".join(found.skipped)}
    opened = desk.event(
        EventKind.OPENED, ticket, by=Actor.RESIDENT, reason=f"rule {found.rule}", words="", values=values
    )
    desk.tell(opened, ticket, ticket)
    return Opened(ticket, fresh=True, why=found.why)


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


def _join_incident(desk: Desk, report: Report, incident: Incident) -> Opened:
    ticket = gather_into(desk, incident)
    keep_words(desk, ticket, report)
    is_new = _add_reporter(desk, ticket, report)
    before = ticket
    after = replace(ticket, reporters=ticket.reporters + 1) if is_new else ticket
    values = {"reporters": str(after.reporters), "person": str(report.person.person_id)}
    event = desk.event(
        EventKind.JOINED, after, by=Actor.RESIDENT, reason="gather", words=report.text, values=values
    )
    after = _hurry_if_urgent(desk, desk.record(before, after, event), report)
    why = f"同一件事已有{after.reporters}位居民反映"
    return Opened(after, fresh=False, why=why, neighbours=after.reporters - 1)


def _add_reporter(desk: Desk, ticket: Ticket, report: Report) -> bool:
    return desk.store.reporters.add(
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
    fallback = desk.hierarchy.categories[-1].category_id
    is_vague = reading.category == fallback and reading.certainty < SURE
    is_same = is_vague or reading.category == latest.category
    return latest if is_close and is_same else None
