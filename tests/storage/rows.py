"""Core values to store, whole and valid; what a test is about it names itself."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from routing.durations import parse_span
from routing.events import Actor, Event, EventKind
from routing.hierarchy import Limits
from routing.messages import Address, Inbound, Kind, Speaker
from routing.notice_kinds import Hearer, Notice, NoticeKind
from routing.people import Message, Person, Reporter
from routing.plans import Plan
from routing.tickets import Status, Ticket
from routing.working_time import Calendar
from storage.writing.unit_of_work import Unit
from tests.storage.conftest import NOW

GROUP_CHAT = Address("telegram", "bot", "-1001001")
PRIVATE_CHAT = Address("telegram", "bot", "501")
OFFICE = Calendar("Asia/Shanghai", frozenset({1, 2, 3, 4, 5}), ((540, 720), (840, 1080)), "cn")
LIMITS = Limits(parse_span("1wh"), parse_span("2wd"), parse_span("15m"))
PLAN = Plan(
    clock_id="normal",
    calendar=OFFICE,
    limits=(("building", LIMITS), ("street", Limits(parse_span("4wh"), parse_span("7wd"), None))),
    rate_within=parse_span("3d"),
    reopen_limit=2,
    supervise_every=parse_span("1wd"),
    quiet=(22 * 60, 7 * 60),
)


def a_ticket(number: int, **changes: Any) -> Ticket:
    ticket = Ticket(
        number=number,
        version=1,
        status=Status.OPEN,
        urgent=False,
        category="elevator",
        text="3单元电梯又不动了",
        origin="xingfuli-b1",
        root="xinhua",
        node="xingfuli-b1",
        level="building",
        group="xingfuli-property",
        holder=None,
        plan=PLAN,
        cycle=1,
        opened_at=NOW,
        dispatched_at=NOW,
        claim_due_at=NOW + timedelta(hours=1),
        resolve_due_at=NOW + timedelta(days=1),
        next_due_at=NOW + timedelta(minutes=45),
    )
    return replace(ticket, **changes)


def a_person(user: str = "501", **changes: Any) -> Person:
    person = Person(0, "telegram", "bot", user, name="1-201", private=PRIVATE_CHAT, home="1-201")
    return replace(person, **changes)


def a_reporter(number: int, person_id: int, **changes: Any) -> Reporter:
    reporter = Reporter(number, person_id, GROUP_CHAT, "88", "xingfuli-b1", NOW)
    return replace(reporter, **changes)


def an_event(number: int, **changes: Any) -> Event:
    event = Event(
        number, EventKind.OPENED, NOW, Actor.RESIDENT, "xingfuli-b1", "xingfuli-property", "rule starts_at"
    )
    return replace(event, **changes)


def a_notice(number: int, **changes: Any) -> Notice:
    hearer = Hearer.group("xingfuli-property")
    notice = Notice(NoticeKind.ASKED, hearer, number, 1, urgent=False, values={"text": "3单元电梯又不动了"})
    return replace(notice, **changes)


def an_inbound(key: str, **changes: Any) -> Inbound:
    inbound = Inbound(key, Kind.TEXT, GROUP_CHAT, Speaker("501"), False, True, NOW, text="电梯不动了")
    return replace(inbound, **changes)


def open_ticket(unit: Unit, **changes: Any) -> int:
    """Stores a ticket with everything that comes with one, and returns its number."""
    number = unit.tickets.next_number()
    ticket = a_ticket(number, **changes)
    unit.tickets.add(ticket)
    person = unit.people.find("telegram", "bot", "501") or unit.people.add(a_person())
    unit.reporters.add(a_reporter(number, person.person_id))
    unit.messages.add(Message(number, f"person:{person.person_id}", NOW, ticket.text))
    unit.history.append(an_event(number, node=ticket.node, group=ticket.group))
    unit.outbox.add(a_notice(number), [GROUP_CHAT], now=NOW)
    return number
