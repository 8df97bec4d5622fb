"""The chained log and every way to tamper with it, on both databases."""

import contextlib
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from routing.events import EventKind
from storage.audit import Head
from storage.audit_check import Flaw
from storage.store import Store
from storage.tables.office import AUDIT
from storage.tables.tickets import TICKET, TICKET_EVENT
from storage.writing.unit_of_work import Unit
from tests.storage.conftest import NOW
from tests.storage.rows import an_event, open_ticket

Do = Callable[[Callable[[Unit], Any]], Any]
Tamper = Callable[[sa.Connection], Any]


def some_story(unit: Unit) -> None:
    number = open_ticket(unit)
    for kind, words in [(EventKind.CLAIMED, ""), (EventKind.NOTED, "在修了"), (EventKind.RESOLVED, "修好了")]:
        unit.history.append(
            an_event(number, kind=kind, by="wangfang", words=words, values={"place": "3号楼"})
        )
    unit.audit.append("token.made", subject="token:1", by="zhao", content={"scope": "xinhua"}, at=NOW)


def fail_after_a_story(unit: Unit) -> int:
    some_story(unit)
    return 1 // 0


def flaws(store: Store, *, known_head: Head | None = None) -> list[tuple[int, Flaw]]:
    return [(each.seq, each.flaw) for each in store.verify_audit(known_head=known_head).problems]


def tamper(store: Store, change: Tamper) -> None:
    with store.writing_engine.begin() as connection:
        change(connection)


def test_a_chain_that_nobody_touched_holds(store: Store, do: Do) -> None:
    do(some_story)
    do(some_story)

    report = store.verify_audit()

    assert (report.rows, report.problems) == (10, ())
    assert report.head == store.reads.audit_head()


def test_an_empty_chain_holds(store: Store) -> None:
    assert store.verify_audit().problems == ()


def test_rows_are_gapless_whatever_fails_between(store: Store, do: Do) -> None:
    for _ in range(3):
        do(some_story)
        with pytest.raises(ZeroDivisionError):
            do(fail_after_a_story)

    assert [each.seq for each in reversed(store.reads.list_audit())] == list(range(1, 16))


def test_audit_rows_hold_no_words(store: Store, do: Do) -> None:
    do(some_story)

    with store.reading_engine.begin() as connection:
        everything = str(connection.execute(sa.select(AUDIT)).all())

    assert "在修了" not in everything
    assert "3号楼" not in everything


EDITS: dict[str, dict[str, object]] = {
    "at": {"at": NOW + timedelta(microseconds=1)},
    "kind": {"kind": "ticket.released"},
    "subject": {"subject": "ticket:1002"},
    "by": {"by": "liqiang"},
    "root": {"root": "another"},
    "content": {"content": "[]"},
    "seal": {"sealed": "0" * 64},
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edited_row_is_found(store: Store, do: Do, edit: dict[str, object]) -> None:
    do(some_story)

    tamper(store, lambda c: c.execute(sa.update(AUDIT).where(AUDIT.c.seq == 2).values(edit)))

    assert (2, Flaw.CHANGED) in flaws(store)


def test_a_row_that_was_edited_with_a_fitting_hash_is_found_by_the_next(store: Store, do: Do) -> None:
    do(some_story)

    tamper(store, lambda c: c.execute(sa.update(AUDIT).where(AUDIT.c.seq == 2).values(hash="0" * 64)))

    assert flaws(store) == [(2, Flaw.CHANGED), (3, Flaw.MOVED)]


def test_a_deleted_row_is_found(store: Store, do: Do) -> None:
    do(some_story)

    tamper(store, lambda c: c.execute(sa.delete(AUDIT).where(AUDIT.c.seq == 2)))

    assert flaws(store) == [(2, Flaw.EVENT_UNSEALED), (3, Flaw.GAP)]


def test_a_row_that_was_deleted_with_its_event_is_found(store: Store, do: Do) -> None:
    do(some_story)

    def cut_out(connection: sa.Connection) -> None:
        connection.execute(sa.delete(AUDIT).where(AUDIT.c.seq == 2))
        connection.execute(sa.delete(TICKET_EVENT).where(TICKET_EVENT.c.event_id == 2))

    tamper(store, cut_out)

    assert flaws(store) == [(3, Flaw.GAP)]


def test_rows_that_changed_places_are_found(store: Store, do: Do) -> None:
    do(some_story)

    def swap(connection: sa.Connection) -> None:
        for old, new in ((2, 99), (3, 2), (99, 3)):
            connection.execute(sa.update(AUDIT).where(AUDIT.c.seq == old).values(seq=new))

    tamper(store, swap)

    assert {(2, Flaw.CHANGED), (2, Flaw.MOVED), (3, Flaw.CHANGED), (3, Flaw.MOVED)} <= set(flaws(store))


def test_a_cut_tail_is_found_by_the_events_that_are_left(store: Store, do: Do) -> None:
    do(some_story)

    tamper(store, lambda c: c.execute(sa.delete(AUDIT).where(AUDIT.c.seq > 3)))

    assert flaws(store) == [(4, Flaw.EVENT_UNSEALED)]


def test_a_tail_that_was_cut_with_its_events_is_found_by_a_head_noted_elsewhere(store: Store, do: Do) -> None:
    do(some_story)
    noted = store.reads.audit_head()

    def cut(connection: sa.Connection) -> None:
        connection.execute(sa.delete(AUDIT).where(AUDIT.c.seq > 3))
        connection.execute(sa.delete(TICKET_EVENT).where(TICKET_EVENT.c.event_id > 3))

    tamper(store, cut)

    assert flaws(store) == []
    assert flaws(store, known_head=noted) == [(5, Flaw.TAIL_CUT)]


def test_a_chain_that_went_on_still_holds_the_head_that_was_noted(store: Store, do: Do) -> None:
    do(some_story)
    noted = store.reads.audit_head()
    do(some_story)

    assert flaws(store, known_head=noted) == []
    assert flaws(store, known_head=Head(noted.seq, "0" * 64)) == [(noted.seq, Flaw.TAIL_CUT)]


STORY_EDITS: dict[str, tuple[dict[str, object], Flaw]] = {
    "kind": ({"kind": "released"}, Flaw.EVENT_CHANGED),
    "at": ({"at": NOW - timedelta(days=1)}, Flaw.EVENT_CHANGED),
    "by": ({"by": "liqiang"}, Flaw.EVENT_CHANGED),
    "node": ({"node": "elsewhere"}, Flaw.EVENT_CHANGED),
    "reason": ({"reason": "rule other"}, Flaw.EVENT_CHANGED),
    "words": ({"words": "没修好"}, Flaw.WORDS_CHANGED),
    "values": ({"values": "{}"}, Flaw.WORDS_CHANGED),
    "salt": ({"salt": "0"}, Flaw.WORDS_CHANGED),
    "words without an erasure": ({"words": "", "values": "{}", "salt": None}, Flaw.WORDS_GONE),
}


@pytest.mark.parametrize(("edit", "flaw"), STORY_EDITS.values(), ids=STORY_EDITS)
def test_an_edited_story_is_found(store: Store, do: Do, edit: dict[str, object], flaw: Flaw) -> None:
    do(some_story)

    tamper(
        store, lambda c: c.execute(sa.update(TICKET_EVENT).where(TICKET_EVENT.c.event_id == 3).values(edit))
    )

    assert flaws(store) == [(3, flaw)]


def test_a_deleted_event_is_found(store: Store, do: Do) -> None:
    do(some_story)

    tamper(store, lambda c: c.execute(sa.delete(TICKET_EVENT).where(TICKET_EVENT.c.event_id == 3)))

    assert flaws(store) == [(3, Flaw.EVENT_GONE)]


def test_an_event_that_was_slipped_in_is_found(store: Store, do: Do) -> None:
    do(some_story)

    def slip_in(connection: sa.Connection) -> None:
        event = dict(connection.execute(sa.select(TICKET_EVENT)).mappings().first() or {})
        connection.execute(sa.insert(TICKET_EVENT).values({**event, "event_id": 5}))

    tamper(store, slip_in)

    assert flaws(store) == [(5, Flaw.EVENT_UNSEALED)]


def test_a_ticket_that_was_ended_without_a_word_is_found(store: Store, do: Do) -> None:
    do(some_story)

    tamper(store, lambda c: c.execute(sa.update(TICKET).values(status="closed")))

    assert flaws(store) == [(4, Flaw.ENDED_UNTOLD)]


def test_an_end_before_it_was_reopened_does_not_tell_of_the_next(store: Store, do: Do) -> None:
    def ended_and_reopened(unit: Unit) -> None:
        number = open_ticket(unit)
        for kind in (EventKind.CLOSED, EventKind.REOPENED):
            unit.history.append(an_event(number, kind=kind))

    do(ended_and_reopened)

    tamper(store, lambda c: c.execute(sa.update(TICKET).values(status="closed")))

    assert (3, Flaw.ENDED_UNTOLD) in flaws(store)


def test_an_end_that_was_told_is_none(store: Store, do: Do) -> None:
    def some_that_ended(unit: Unit) -> None:
        for _ in range(3):
            number = open_ticket(unit)
            for kind in (EventKind.CLOSED, EventKind.REOPENED, EventKind.CLOSED):
                unit.history.append(an_event(number, kind=kind))

    do(some_that_ended)

    tamper(store, lambda c: c.execute(sa.update(TICKET).values(status="closed")))

    assert flaws(store) == []


def test_a_ticket_that_was_deleted_is_found(store: Store, do: Do) -> None:
    do(some_story)
    path = store.writing_engine.url.database

    if store.writing_engine.dialect.name != "sqlite":
        with pytest.raises(sa.exc.IntegrityError):
            tamper(store, lambda c: c.execute(sa.delete(TICKET)))
        return
    # As any tool opens the file: the keys between tables are only kept by those who ask for it.
    with contextlib.closing(sqlite3.connect(str(path))) as file, file:
        file.execute("DELETE FROM ticket")

    assert (4, Flaw.TICKET_GONE) in flaws(store)
