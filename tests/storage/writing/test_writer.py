"""Group commit, on both databases."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from routing.errors import WrongMomentError
from routing.events import EventKind
from routing.outgoing import SendState
from routing.tickets import Status
from storage.store import Store, open_store
from storage.writing.troubles import DATABASE_ERRORS, StoreUnavailable
from storage.writing.unit_of_work import Unit
from storage.writing.writer import LARGEST_BATCH, Writer
from tests.storage.conftest import NOW
from tests.storage.rows import GROUP_CHAT, a_notice, a_ticket, an_event, an_inbound, open_ticket
from tests.storage.views import EVERYTHING

SHORT = timedelta(milliseconds=20)


@contextmanager
def everybody_waits(writer: Writer) -> Iterator[None]:
    """Keeps every thread of the writer busy, so that all jobs given meanwhile wait for one batch."""
    may_go = threading.Event()
    holders = [_hold_a_thread(writer, may_go) for _ in range(writer.figures().threads)]
    try:
        yield
    finally:
        may_go.set()
        for each in holders:
            each.join()


def _hold_a_thread(writer: Writer, may_go: threading.Event) -> threading.Thread:
    has_begun = threading.Event()

    def hold(_: Unit) -> None:
        has_begun.set()
        may_go.wait(10)

    holder = threading.Thread(target=writer.run_now, args=(hold,))
    holder.start()
    assert has_begun.wait(10)
    return holder


async def test_what_waits_is_one_commit(store: Store) -> None:
    with everybody_waits(store.writer):
        before = store.writer.figures()
        jobs = [asyncio.ensure_future(store.writer.run(open_ticket)) for _ in range(30)]
        await asyncio.sleep(0)
    numbers = await asyncio.gather(*jobs)

    after = store.writer.figures()
    assert sorted(numbers) == list(range(1001, 1031))
    # Those that kept the threads busy are a batch each.
    assert after.batches - before.batches == store.writer.figures().threads + 1


async def test_a_failing_job_leaves_its_neighbours_alone(store: Store) -> None:
    def fail(unit: Unit) -> None:
        open_ticket(unit, text="rolled back")
        unit.inbox.add(an_inbound("bad"), answer="", now=NOW)
        raise WrongMomentError("changed_meanwhile")

    with everybody_waits(store.writer):
        jobs = [store.writer.run(each) for each in (open_ticket, fail, open_ticket)]
        waiting = [asyncio.ensure_future(each) for each in jobs]
        await asyncio.sleep(0)
    first, failure, last = await asyncio.gather(*waiting, return_exceptions=True)

    assert isinstance(failure, WrongMomentError)
    report = store.verify_audit()
    assert (report.rows, report.problems) == (2, ())
    for number in (first, last):
        assert isinstance(number, int)
        file = store.reads.tickets.find(number, scope=EVERYTHING)
        assert file is not None
        assert (file.ticket.text, len(file.events)) == ("3单元电梯又不动了", 1)
    assert await store.writer.run(lambda unit: unit.inbox.find_answer("telegram", "bot", "bad")) is None
    assert store.reads.figures().outbox == {SendState.WAITING: 2}


async def test_a_failing_job_that_made_others_write_early_does_not_undo_them(store: Store) -> None:
    def move_and_fail(unit: Unit) -> None:
        unit.parcels.move_chat("telegram", "bot", chat=GROUP_CHAT.chat, to="-100777")
        raise WrongMomentError("changed_meanwhile")

    with everybody_waits(store.writer):
        waiting = [asyncio.ensure_future(store.writer.run(each)) for each in (open_ticket, move_and_fail)]
        await asyncio.sleep(0)
    await asyncio.gather(*waiting, return_exceptions=True)

    [parcel] = await store.writer.run(
        lambda unit: unit.parcels.take("telegram:bot", owner="a", now=NOW, lasts=SHORT, limit=5)
    )
    assert parcel.address == GROUP_CHAT


async def test_a_job_sees_what_its_neighbours_did(store: Store) -> None:
    number = await store.writer.run(open_ticket)

    def look(unit: Unit) -> list[EventKind]:
        return [each.kind for each in unit.history.list_of(number)]

    with everybody_waits(store.writer):
        note = an_event(number, kind=EventKind.NOTED)
        waiting = [
            asyncio.ensure_future(store.writer.run(lambda unit: unit.history.append(note))),
            asyncio.ensure_future(store.writer.run(look)),
        ]
        await asyncio.sleep(0)
    _, kinds = await asyncio.gather(*waiting)

    assert kinds == [EventKind.OPENED, EventKind.NOTED]


async def test_an_answer_comes_after_the_commit(store: Store, store_url: str) -> None:
    number = await store.writer.run(open_ticket)

    other = open_store(store_url, now=lambda: NOW)
    try:
        assert other.reads.tickets.find(number, scope=EVERYTHING) is not None
    finally:
        await other.close()


async def test_a_job_that_has_not_begun_in_time_is_never_run(store: Store) -> None:
    ran: list[str] = []
    with everybody_waits(store.writer), pytest.raises(TimeoutError):
        await store.writer.run(lambda _: ran.append("too late"), within=SHORT)

    await store.writer.run(lambda _: ran.append("in time"), within=timedelta(seconds=30))
    assert ran == ["in time"]


async def test_a_job_under_way_is_waited_for(store: Store) -> None:
    has_begun, may_go = threading.Event(), threading.Event()

    def slow(unit: Unit) -> int:
        has_begun.set()
        may_go.wait(10)
        return open_ticket(unit)

    waiting = asyncio.ensure_future(store.writer.run(slow, within=SHORT))
    await asyncio.to_thread(has_begun.wait, 10)
    done, _ = await asyncio.wait([waiting], timeout=3 * SHORT.total_seconds())
    may_go.set()

    assert not done
    assert await waiting == 1001


async def test_a_job_of_somebody_who_left_is_not_run(store: Store) -> None:
    ran: list[str] = []
    with everybody_waits(store.writer):
        waiting = asyncio.ensure_future(store.writer.run(lambda _: ran.append("for nobody")))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)

    await store.writer.run(lambda _: ran.append("for somebody"))
    assert ran == ["for somebody"]


async def test_closing_does_what_waits_and_takes_nothing_new(store_url: str) -> None:
    store = open_store(store_url, now=lambda: NOW)
    with everybody_waits(store.writer):
        waiting = [asyncio.ensure_future(store.writer.run(open_ticket)) for _ in range(3)]
        await asyncio.sleep(0)
        closing = asyncio.ensure_future(store.writer.close())
        await asyncio.sleep(0)
    await closing
    numbers = await asyncio.gather(*waiting)

    assert len(set(numbers)) == 3
    with pytest.raises(StoreUnavailable):
        await store.writer.run(open_ticket)
    await store.close()


async def test_more_than_a_batch_waits_for_the_next(store: Store) -> None:
    with everybody_waits(store.writer):
        waiting = [
            asyncio.ensure_future(store.writer.run(lambda unit: unit.tickets.next_number()))
            for _ in range(LARGEST_BATCH + 1)
        ]
        await asyncio.sleep(0)
    numbers = await asyncio.gather(*waiting)

    assert len(set(numbers)) == LARGEST_BATCH + 1


def test_of_eight_who_claim_at_once_exactly_one_wins(store: Store) -> None:
    number = store.writer.run_now(open_ticket)
    start = threading.Barrier(8)
    results: list[str] = []

    def claim(holder: str) -> None:
        claimed = replace(a_ticket(number), version=2, status=Status.CLAIMED, holder=holder)
        start.wait(10)
        try:
            store.writer.run_now(lambda unit: unit.tickets.save(claimed))
            results.append(holder)
        except WrongMomentError:
            results.append("")

    threads = [threading.Thread(target=claim, args=(f"staff-{index}",)) for index in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    [winner] = [each for each in results if each]
    assert len(results) == 8
    assert store.writer.run_now(lambda unit: unit.tickets.get(number)).holder == winner


def receive(key: str) -> Callable[[Unit], str]:
    """What the bot does: a known key has its answer, a new one opens a ticket."""

    def job(unit: Unit) -> str:
        known = unit.inbox.find_answer("telegram", "bot", key)
        if known is not None:
            return known
        answer = str(open_ticket(unit))
        unit.inbox.add(an_inbound(key), answer=answer, now=NOW)
        return answer

    return job


def test_a_key_that_two_stores_take_at_once_makes_one_ticket(store: Store, store_url: str) -> None:
    other = open_store(store_url, now=lambda: NOW)
    keys = [f"m-{index}" for index in range(40)]
    answers: dict[str, set[str]] = {key: set() for key in keys}
    start = threading.Barrier(4)

    def send_all(writer: Writer, order: list[str]) -> None:
        start.wait(10)
        for key in order:
            answers[key].add(writer.run_now(receive(key)))

    orders = [(store, keys), (other, keys), (store, keys[::-1]), (other, keys[::-1])]
    threads = [threading.Thread(target=send_all, args=(each.writer, order)) for each, order in orders]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    other.close_now()

    assert {len(each) for each in answers.values()} == {1}
    assert sum(store.reads.figures().live.values()) == 40
    assert store.verify_audit().problems == ()


def test_a_broken_constraint_is_told_to_its_job_alone(store: Store) -> None:
    store.writer.run_now(lambda unit: unit.tickets.add(a_ticket(1)))

    with pytest.raises(DATABASE_ERRORS, match=r"(?i)unique"):
        store.writer.run_now(lambda unit: unit.tickets.add(a_ticket(1)))

    assert store.writer.run_now(open_ticket) == 1001


def test_an_event_of_no_ticket_is_refused_and_its_neighbours_are_stored(store: Store) -> None:
    with pytest.raises(DATABASE_ERRORS, match=r"(?i)foreign"):
        store.writer.run_now(lambda unit: unit.history.append(an_event(4711)))

    assert store.writer.run_now(open_ticket) == 1001
    assert store.verify_audit().problems == ()


async def test_nobody_is_told_that_it_is_stored_when_the_disk_fills_up_while_jobs_run_singly(
    sqlite_store_url: str,
) -> None:
    runs: list[Unit] = []

    def break_the_batch(unit: Unit) -> None:
        unit.history.append(an_event(4711))  # of no ticket

    def fill_the_disk_when_alone(unit: Unit) -> int:
        runs.append(unit)
        unit.settings.put("written", "before it was full")
        if len(runs) > 1:
            full = sqlite3.OperationalError("database or disk is full")
            full.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise full
        return open_ticket(unit)

    store = open_store(sqlite_store_url, now=lambda: NOW)
    with everybody_waits(store.writer):
        jobs = (open_ticket, break_the_batch, fill_the_disk_when_alone, open_ticket, open_ticket)
        waiting = [asyncio.ensure_future(store.writer.run(each)) for each in jobs]
        await asyncio.sleep(0)
    stored, broken, *lost = await asyncio.gather(*waiting, return_exceptions=True)

    assert stored == await store.writer.run(lambda unit: unit.tickets.find(1001).number)
    assert isinstance(broken, DATABASE_ERRORS)
    assert [type(each) for each in lost] == [StoreUnavailable] * 3
    await store.close()


def test_figures_count_jobs_and_failures(store: Store) -> None:
    store.writer.run_now(lambda unit: unit.outbox.add(a_notice(0), [GROUP_CHAT], now=NOW))
    with pytest.raises(ZeroDivisionError):
        store.writer.run_now(lambda _: 1 // 0)

    figures = store.writer.figures()
    assert (figures.jobs, figures.failed_jobs, figures.waiting, figures.is_alive) == (2, 1, 0, True)
    assert figures.last_commit is not None
