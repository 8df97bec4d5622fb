"""What an erasure takes away, table by table. Story and chain keep that something happened, not what was said."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from routing.events import Actor
from routing.notice_kinds import NoticeKind
from routing.outgoing import SendState
from routing.people import Person
from storage.audit import AuditLog, Fact, seal
from storage.delivery.outbox import Outbox
from storage.mapping import dump_values
from storage.pictures import PictureState
from storage.sandbox import NO_CHAT
from storage.tables.talk import DIALOG, INBOX, OUTBOX, PERSON, REPLY_WINDOW, SANDBOX_MESSAGE
from storage.tables.tickets import MESSAGE, PICTURE, REPORTER, TICKET, TICKET_EVENT
from storage.ticket_pairs import rewrite, told_of
from storage.traces import Traces, author_of, find_traces
from storage.writing.pending import Pending

ERASED_KIND = "person.erased"
_SANDBOX = "sandbox"
# An answer is worded already: without its words there is nothing left to send.
_IS_WAITING_ANSWER = (OUTBOX.c.kind == NoticeKind.ANSWER.value, OUTBOX.c.due_at.is_not(None))
_NOTHING_SAID = '{"messages":[],"ticket":null}'


class Eraser:
    def __init__(
        self, connection: sa.Connection, *, outbox: Outbox, facts: Pending[Fact], audit: AuditLog
    ) -> None:
        self._connection = connection
        self._outbox = outbox
        self._facts = facts
        self._audit = audit

    def erase(self, person: Person, *, now: datetime) -> None:
        self._outbox.write()
        traces = find_traces(self._connection, person)
        self._clear_tickets(traces)
        self._clear_messages(person)
        events = self._clear_events(traces)
        self._clear_outbox(traces, now=now)
        self._clear_pictures(person)
        self._clear_talk(traces)
        self._clear_answers(traces)
        self._clear_person(person, now=now)
        self._audit.append(
            ERASED_KIND,
            subject=author_of(person),
            by=Actor.RESIDENT.value,
            content={"events": events, "tickets": sorted(traces.tickets)},
            at=now,
        )

    def _clear_tickets(self, traces: Traces) -> None:
        """A ticket that others reported too is told in the words of the next who wrote."""
        columns = (TICKET.c.number, TICKET.c.text, TICKET.c.place)
        rows = self._run(sa.select(*columns).where(TICKET.c.number.in_(traces.tickets)))
        for number, text, place in rows.all():
            if number in traces.alone or traces.are_in(text):
                told = "" if number in traces.alone else self._next_words(number, traces.person)
                changed = {"text": told, "place": ""}
                self._run(sa.update(TICKET).where(TICKET.c.number == number).values(changed))
                before, after = told_of(text, place), told_of(told, "")
                rewrite(self._connection, number, before=before, after=after)

    def _next_words(self, number: int, person: Person) -> str:
        statement = (
            sa.select(MESSAGE.c.text)
            .where(
                MESSAGE.c.ticket_number == number,
                MESSAGE.c.author.like("person:%"),
                MESSAGE.c.author != author_of(person),
            )
            .order_by(MESSAGE.c.message_id)
            .limit(1)
        )
        return self._run(statement).scalar() or ""

    def _clear_messages(self, person: Person) -> None:
        self._run(sa.update(MESSAGE).where(MESSAGE.c.author == author_of(person)).values(text=""))

    def _clear_events(self, traces: Traces) -> list[int]:
        """Returns the ids of the events that lost words; those not written yet never had any."""
        self._facts.rewrite(lambda fact: _without_words(fact, traces))
        statement = sa.select(TICKET_EVENT).where(TICKET_EVENT.c.ticket_number.in_(traces.tickets))
        theirs = [row for row in self._run(statement).mappings().all() if traces.is_theirs(dict(row))]
        for row in theirs:
            values = dump_values(traces.unquoted(json.loads(row["values"])))
            self._run(
                sa.update(TICKET_EVENT)
                .where(TICKET_EVENT.c.event_id == row["event_id"])
                .values(words="", values=values, salt=None)
            )
        return [row["event_id"] for row in theirs]

    def _clear_outbox(self, traces: Traces, *, now: datetime) -> None:
        person = traces.person
        to_them = _is_to(person)
        self._run(sa.update(OUTBOX).where(to_them, OUTBOX.c.due_at.is_not(None)).values(_dropped(now)))
        self._run(sa.update(OUTBOX).where(to_them).values(values="{}", chat="", vendor_ref=None))
        statement = sa.select(OUTBOX.c.parcel_id, OUTBOX.c["values"]).where(
            OUTBOX.c.ticket_number.in_(traces.tickets)
        )
        for parcel_id, values in self._run(statement).all():
            if any(traces.are_quoted_in(each) for each in json.loads(values).values()):
                scrubbed = dump_values(traces.unquoted(json.loads(values)))
                its_id = OUTBOX.c.parcel_id == parcel_id
                self._run(sa.update(OUTBOX).where(its_id).values(values=scrubbed))
                self._run(sa.update(OUTBOX).where(its_id, *_IS_WAITING_ANSWER).values(_dropped(now)))

    def _clear_pictures(self, person: Person) -> None:
        nothing = {
            "state": PictureState.LOST.value,
            "content": None,
            "due_at": None,
            "handle": "",
            "note": "",
            "chat": "",
            "media_type": "",
        }
        self._run(sa.update(PICTURE).where(PICTURE.c.person_id == person.person_id).values(nothing))

    def _clear_talk(self, traces: Traces) -> None:
        person = traces.person
        self._run(
            sa.delete(DIALOG).where(
                DIALOG.c.channel == person.channel,
                DIALOG.c.account == person.account,
                DIALOG.c.user == person.user,
            )
        )
        lane = f"{person.channel}:{person.account}"
        self._run(
            sa.delete(REPLY_WINDOW).where(REPLY_WINDOW.c.lane == lane, REPLY_WINDOW.c.user == person.user)
        )
        if person.channel == _SANDBOX:
            self._clear_own_lines(person)
        self._clear_sandbox(traces)

    def _clear_own_lines(self, person: Person) -> None:
        line = SANDBOX_MESSAGE.c
        conditions = [line.author == person.user]
        if person.private:
            conditions.append(line.chat == person.private.chat)
        self._drop_lines(sa.or_(*conditions))

    def _clear_sandbox(self, traces: Traces) -> None:
        """Its windows show notices about tickets of every channel."""
        line = SANDBOX_MESSAGE.c
        words = [line.text.contains(each, autoescape=True) for each in traces.words]
        self._drop_lines(sa.or_(sa.false(), *words))
        about = [line.text.contains(f"#{number}") for number in traces.tickets]
        shown = self._run(sa.select(line.shown_id, line.text).where(sa.or_(sa.false(), *about)))
        quoting = [shown_id for shown_id, text in shown.all() if traces.are_quoted_in(text)]
        self._drop_lines(line.shown_id.in_(quoting))

    def _drop_lines(self, condition: sa.ColumnElement[bool]) -> None:
        """The newest line is emptied instead: SQLite would give its id again, and a page would take the next for it."""
        line = SANDBOX_MESSAGE.c
        newest = self._run(sa.select(sa.func.max(line.shown_id))).scalar()
        self._run(
            sa.delete(SANDBOX_MESSAGE).where(sa.or_(condition, line.chat == NO_CHAT), line.shown_id != newest)
        )
        nothing = dict.fromkeys(("chat", "author", "name", "text", "buttons"), NO_CHAT)
        self._run(sa.update(SANDBOX_MESSAGE).where(condition, line.shown_id == newest).values(nothing))

    def _clear_answers(self, traces: Traces) -> None:
        """What staff were answered about the tickets may quote them; a repeat of their question is answered no more."""
        answer = INBOX.c.answer
        about = [answer.endswith(f'"ticket":{number}}}') for number in traces.tickets]
        for channel, account, key, text in self._run(
            sa.select(INBOX.c.channel, INBOX.c.account, INBOX.c.key, answer).where(sa.or_(sa.false(), *about))
        ).all():
            if any(traces.are_quoted_in(each["text"]) for each in json.loads(text)["messages"]):
                its_key = (INBOX.c.channel == channel, INBOX.c.account == account, INBOX.c.key == key)
                self._run(sa.update(INBOX).where(*its_key).values(answer=_NOTHING_SAID))

    def _clear_person(self, person: Person, *, now: datetime) -> None:
        self._run(sa.delete(REPORTER).where(REPORTER.c.person_id == person.person_id))
        nobody = {
            "user": f"erased-{person.person_id}",
            "name": "",
            "private_chat": None,
            "private_thread": None,
            "node_id": None,
            "home": "",
            "consented_at": None,
            "follows": False,
            "erased_at": now,
        }
        self._run(sa.update(PERSON).where(PERSON.c.person_id == person.person_id).values(nobody))

    def _run(self, statement: sa.Executable) -> sa.CursorResult[*tuple[Any, ...]]:
        result: sa.CursorResult[*tuple[Any, ...]] = self._connection.execute(statement)
        return result


def _dropped(now: datetime) -> dict[str, Any]:
    return {
        "state": SendState.DROPPED.value, "detail": "erased", "due_at": None, "owner": None, "settled_at": now,
    }  # fmt: skip


def _is_to(person: Person) -> sa.ColumnElement[bool]:
    as_hearer = sa.and_(OUTBOX.c.hearer_kind == "person", OUTBOX.c.hearer_name == str(person.person_id))
    if person.private is None:
        return as_hearer
    in_private = sa.and_(
        OUTBOX.c.channel == person.private.channel,
        OUTBOX.c.account == person.private.account,
        OUTBOX.c.chat == person.private.chat,
    )
    return sa.or_(as_hearer, in_private)


def _without_words(fact: Fact, traces: Traces) -> Fact:
    if fact.event is None or not traces.is_theirs(fact.event):
        return fact
    values = dump_values(traces.unquoted(json.loads(fact.event["values"])))
    event = {**fact.event, "words": "", "values": values}
    return replace(fact, event=event, sealed=seal(event["salt"], words="", values=values))
