"""Searching the log, and going on with a check from where the last one ended, on both databases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from admin_web.ports import EVERYTHING, Scope
from storage.audit_check import Anchor, ChainCheck, Flaw
from storage.queries import audit as audit_queries
from storage.queries.audit import AuditReads
from storage.store import Store
from storage.tables.office import AUDIT
from storage.tables.tickets import TICKET_EVENT
from storage.writing.unit_of_work import Unit
from tests.storage.conftest import NOW
from tests.storage.rows import an_event, open_ticket

Do = Callable[[Callable[[Unit], Any]], Any]


@dataclass(frozen=True)
class Wanted:
    subject: str = ""
    by: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    at_from: datetime | None = None
    at_before: datetime | None = None
    seq: int | None = None
    scope: Scope = EVERYTHING


@pytest.fixture
def reads(store: Store) -> AuditReads:
    return AuditReads(store.reading_engine)


def note(minutes: int, *, by: str = "zhao") -> Callable[[Unit], None]:
    at = NOW + timedelta(minutes=minutes)
    return lambda unit: unit.audit.append(
        "token.created", subject=f"token:{minutes}", by=by, content={}, at=at
    )


def fill(do: Do, count: int) -> None:
    for minute in range(count):
        do(note(minute, by="qian" if minute % 3 == 0 else "zhao"))


def seqs(page: audit_queries.RowPage) -> list[int]:
    return [each.seq for each in page.rows]


def test_pages_are_newest_first_and_end(do: Do, reads: AuditReads) -> None:
    fill(do, 5)

    first = reads.search(Wanted(), below=None, limit=3)
    second = reads.search(Wanted(), below=first.older, limit=3)

    assert (seqs(first), first.older) == ([5, 4, 3], 3)
    assert (seqs(second), second.older) == ([2, 1], None)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(by=("qian",)), [7, 4, 1]),
        (Wanted(by=("qian", "zhao")), [7, 6, 5, 4, 3, 2, 1]),
        (Wanted(kinds=("token.",)), [7, 6, 5, 4, 3, 2, 1]),
        (Wanted(kinds=("token%",)), []),
        (Wanted(subject="token:2"), [3]),
        (Wanted(seq=4), [4]),
        (Wanted(at_from=NOW + timedelta(minutes=5)), [7, 6]),
        (Wanted(at_before=NOW + timedelta(minutes=2)), [2, 1]),
        (Wanted(at_from=NOW + timedelta(minutes=2), at_before=NOW + timedelta(minutes=4)), [4, 3]),
    ],
)
def test_each_part_of_a_search_narrows(
    do: Do, reads: AuditReads, wanted: Wanted, expected: list[int]
) -> None:
    fill(do, 7)

    assert seqs(reads.search(wanted, below=None, limit=50)) == expected
    assert [each.seq for rows in reads.each(wanted) for each in rows] == expected[::-1]


def test_a_ticket_is_found_by_its_story_however_far_back(
    do: Do, reads: AuditReads, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = do(open_ticket)
    do(lambda unit: unit.history.append(an_event(number, by="wangfang")))
    fill(do, 6)
    monkeypatch.setattr(audit_queries, "LOOKED_THROUGH", 2)

    found = reads.search(Wanted(subject=f"ticket:{number}"), below=None, limit=50)
    other = reads.search(Wanted(by=("wangfang",)), below=None, limit=50)

    assert {each.subject for each in found.rows} == {f"ticket:{number}"}
    assert found.older is None
    assert (seqs(other), other.older is not None) == ([], True)


def check_on(store: Store, begin: Anchor) -> tuple[list[tuple[int, Flaw]], Anchor]:
    check = ChainCheck(begin)
    with store.reading_engine.begin() as connection:
        while check.step(connection):
            pass
        report = check.finish(connection)
    return [(each.seq, each.flaw) for each in report.problems], check.anchor()


def check(store: Store) -> Anchor:
    problems, anchor = check_on(store, ChainCheck().anchor())
    assert problems == []
    return anchor


def change(store: Store, statement: sa.sql.dml.UpdateBase) -> None:
    with store.writing_engine.begin() as connection:
        connection.execute(statement)


def test_a_check_that_goes_on_counts_all_rows_and_sees_only_what_is_new(store: Store, do: Do) -> None:
    fill(do, 3)
    anchor = check(store)
    fill(do, 2)
    change(store, sa.update(AUDIT).where(AUDIT.c.seq.in_((2, 5))).values(by="somebody"))

    problems, later = check_on(store, anchor)

    assert problems == [(5, Flaw.CHANGED)]
    assert (anchor.rows, later.rows, later.head.seq) == (3, 5, 5)


def test_a_check_that_goes_on_sees_that_its_beginning_was_rewritten_or_cut(store: Store, do: Do) -> None:
    fill(do, 3)
    anchor = check(store)
    change(store, sa.update(AUDIT).where(AUDIT.c.seq == 3).values(hash="0" * 64))
    rewritten, _ = check_on(store, anchor)
    change(store, sa.delete(AUDIT).where(AUDIT.c.seq == 3))
    cut, _ = check_on(store, anchor)

    assert rewritten == [(3, Flaw.CHANGED)]
    assert cut == [(3, Flaw.TAIL_CUT)]


def test_words_that_left_between_two_checks_still_need_their_erasure(store: Store, do: Do) -> None:
    number = do(open_ticket)
    do(lambda unit: unit.history.append(an_event(number, words="在修了")))
    before = check(store)
    last = before.head.seq
    change(store, sa.update(TICKET_EVENT).where(TICKET_EVENT.c.event_id == last).values(words="", salt=None))
    whole, anchor = check_on(store, ChainCheck().anchor())

    again, _ = check_on(store, anchor)

    assert whole == [(last, Flaw.WORDS_GONE)]
    assert again == whole
    assert before.without_words == ()
