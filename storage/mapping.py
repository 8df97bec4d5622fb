"""Between the core's dataclasses and the columns of the tables. No statement lives here."""

import json
from collections.abc import Mapping
from datetime import datetime
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from routing.events import Event, EventKind
from routing.messages import Address
from routing.notice_kinds import Hearer, Notice, NoticeKind
from routing.outgoing import Parcel
from routing.people import Dialog, Person, Reporter
from routing.plans import Plan
from routing.tickets import PauseRequest, Rating, Status, Ticket
from storage.column_types import clean
from storage.prepared import Fields
from storage.tables.tickets import TICKET

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_NOTHING: Mapping[str, str] = MappingProxyType({})

TICKET_COLUMNS = tuple(TICKET.c.keys())
_TRANSLATED = {"status", "plan_id", "pause_request", "rating", "asked_groups"}
_SAME = tuple(name for name in TICKET_COLUMNS if name not in _TRANSLATED)
_read_same = attrgetter(*_SAME)


def dump_values(values: Mapping[str, str]) -> str:
    if not values:
        return "{}"
    text = _encode(dict(values))
    # JSON writes a NUL in words of its own, so that the column's cleaning does not see it.
    return text if "\\u0000" not in text else _encode({name: clean(each) for name, each in values.items()})


def load_values(text: str) -> Mapping[str, str]:
    return MappingProxyType(json.loads(text)) if text != "{}" else _NOTHING


def ticket_values(ticket: Ticket, *, plan_id: str) -> dict[str, Any]:
    values = dict(zip(_SAME, _read_same(ticket), strict=True))
    values["status"] = ticket.status.value
    values["plan_id"] = plan_id
    values["pause_request"] = _dump_pause(ticket.pause_request) if ticket.pause_request else None
    values["rating"] = ticket.rating.value if ticket.rating else None
    values["asked_groups"] = _encode(ticket.asked_groups) if ticket.asked_groups else "[]"
    return values


def ticket_of(fields: Fields, plan: Plan) -> Ticket:
    """From all columns of the table, in its order."""
    values: dict[str, Any] = dict(zip(TICKET_COLUMNS, fields, strict=True))
    del values["plan_id"]
    values["plan"] = plan
    values["status"] = Status(values["status"])
    if values["pause_request"]:
        values["pause_request"] = _load_pause(values["pause_request"])
    if values["rating"]:
        values["rating"] = Rating(values["rating"])
    groups = values["asked_groups"]
    values["asked_groups"] = tuple(json.loads(groups)) if groups != "[]" else ()
    return Ticket(**values)


def _dump_pause(request: PauseRequest) -> str:
    return _encode([request.until_at.isoformat(), request.reason, request.by])


def _load_pause(text: str) -> PauseRequest:
    until_at, reason, by = json.loads(text)
    return PauseRequest(datetime.fromisoformat(until_at), reason, by)


def address_values(address: Address) -> dict[str, Any]:
    return {
        "channel": address.channel,
        "account": address.account,
        "chat": address.chat,
        "thread": address.thread,
    }


def reporter_values(reporter: Reporter, *, root: str, came_from: int) -> dict[str, Any]:
    return {
        **address_values(reporter.address),
        "ticket_number": reporter.ticket_number,
        "person_id": reporter.person_id,
        "came_from": came_from,
        "root": root,
        "message_ref": reporter.message_ref,
        "node_id": reporter.node_id,
        "reported_at": reporter.reported_at,
    }


def reporter_of(fields: Fields) -> Reporter:
    number, person_id, channel, account, chat, thread, message_ref, node_id, reported_at = fields
    address = Address(channel, account, chat, thread)
    return Reporter(number, person_id, address, message_ref, node_id, reported_at)


def person_values(person: Person) -> dict[str, Any]:
    return {
        "channel": person.channel,
        "account": person.account,
        "user": person.user,
        "name": person.name,
        "private_chat": person.private.chat if person.private else None,
        "private_thread": person.private.thread if person.private else None,
        "node_id": person.node_id,
        "home": person.home,
        "consented_at": person.consented_at,
        "follows": person.follows,
    }


def person_of(fields: Fields) -> Person:
    person_id, channel, account, user, name, chat, thread, node_id, home, consented_at, follows = fields
    private = Address(channel, account, chat, thread) if chat is not None else None
    return Person(
        person_id, channel, account, user, name, private, node_id, home, consented_at, bool(follows)
    )


def event_of(fields: Fields) -> Event:
    number, kind, at, by, node, group, reason, words, values = fields
    return Event(number, EventKind(kind), at, by, node, group, reason, words, load_values(values))


def dialog_values(dialog: Dialog) -> dict[str, Any]:
    return {
        "channel": dialog.channel,
        "account": dialog.account,
        "chat": dialog.chat,
        "user": dialog.user,
        "awaits": dialog.awaits,
        "said": dialog.said,
        "values": _encode([(name, clean(value)) for name, value in dialog.values]),
        "expires_at": dialog.expires_at,
    }


def dialog_of(fields: Fields) -> Dialog:
    channel, account, chat, user, awaits, said, values, expires_at = fields
    pairs = tuple((name, value) for name, value in json.loads(values))
    return Dialog(channel, account, chat, user, awaits, said, expires_at, pairs)


def notice_values(notice: Notice) -> dict[str, Any]:
    return {
        "ticket_number": notice.ticket_number,
        "kind": notice.kind.value,
        "hearer_kind": notice.hearer.kind,
        "hearer_name": notice.hearer.name,
        "cycle": notice.cycle,
        "urgent": notice.urgent,
        "values": dump_values(notice.values),
    }


def parcel_of(fields: Fields) -> Parcel:
    parcel_id, key, kind, hearer_kind, hearer_name, number, cycle, urgent, values, *rest = fields
    channel, account, chat, thread, attempts, created_at, maybe_repeat = rest
    hearer = Hearer(hearer_kind, hearer_name)
    notice = Notice(NoticeKind(kind), hearer, number, cycle, bool(urgent), load_values(values))
    address = Address(channel, account, chat, thread)
    return Parcel(parcel_id, key, notice, address, attempts, created_at, bool(maybe_repeat))
