"""Several jobs in one transaction: what one made the next one sees, and what a failed one made is gone."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from routing.messages import Attachment, Inbound, Kind, Speaker
from routing.people import Message
from storage.engine import parse_address, writing_engine
from storage.plan_shelf import PlanShelf
from storage.writing.batches import Session
from storage.writing.unit_of_work import Unit
from storage.writing.waiting_jobs import WaitingJob
from tests.storage.conftest import NOW, Do
from tests.storage.rows import GROUP_CHAT, a_person, a_ticket, an_inbound, open_ticket

PHOTO = Attachment(Kind.IMAGE, "file-1", "电梯门口")
Job = Callable[[Unit], Any]
Commit = Callable[..., list[WaitingJob]]


class SpoiltError(Exception):
    """What the job of a test ends with."""


@pytest.fixture
def commit(store_url: str) -> Iterator[Commit]:
    """Runs jobs as one batch; those of messages are given as (job, message)."""
    engine = writing_engine(parse_address(store_url), connections=1)
    session = Session(engine, shelf=PlanShelf())

    def run(*jobs: Job | tuple[Job, Inbound]) -> list[WaitingJob]:
        pairs = [each if isinstance(each, tuple) else (each, None) for each in jobs]
        batch = [WaitingJob(job, None, loop=None, about=about) for job, about in pairs]  # type: ignore[arg-type]
        session.commit(batch)
        return batch

    yield run
    session.close()
    engine.dispose()


def spoil(unit: Unit) -> None:
    open_ticket(unit)
    raise SpoiltError


def look(unit: Unit) -> None:
    unit.tickets.find_next_due()


def words_of(number: int) -> Job:
    return lambda unit: [each.text for each in unit.messages.list_of(number)]


def test_jobs_that_open_nothing_leave_no_number_out(commit: Commit) -> None:
    opened = [
        each.result for _ in range(3) for each in commit(look, open_ticket, look, look, open_ticket, look)
    ]

    assert [each for each in opened if each] == [1001, 1002, 1003, 1004, 1005, 1006]


def test_in_a_flood_numbers_are_drawn_together_and_still_rise(commit: Commit) -> None:
    opened = [each.result for each in commit(*[open_ticket] * 40, look)]

    assert opened[:-1] == list(range(1001, 1041))


def test_a_failed_job_leaves_the_rows_of_others_and_none_of_its_own(commit: Commit, do: Do) -> None:
    first, spoilt, last = commit(open_ticket, spoil, open_ticket)

    assert isinstance(spoilt.error, SpoiltError)
    assert do(lambda unit: [unit.tickets.find(each.result) is not None for each in (first, last)]) == [
        True,
        True,
    ]
    assert do(words_of(first.result)) == ["3单元电梯又不动了"]
    assert first.result != last.result


def test_rows_that_were_written_for_a_job_that_failed_are_written_again(commit: Commit, do: Do) -> None:
    def look_and_fail(unit: Unit) -> None:
        unit.people.add(a_person("502"))
        assert len(unit.tickets.list_live_reported_by(1)) == 1
        raise SpoiltError

    first, _ = commit(open_ticket, look_and_fail)

    assert do(words_of(first.result)) == ["3单元电梯又不动了"]
    assert do(lambda unit: unit.people.find("telegram", "bot", "502")) is None


def test_a_job_sees_what_waits_of_the_job_before(commit: Commit) -> None:
    opened, found, words = commit(
        open_ticket,
        lambda unit: [each.number for each in unit.tickets.list_near(["xingfuli-b1"], limit=5)],
        lambda unit: unit.tickets.find_latest_reported_by(1).number,
    )

    assert found.result == [opened.result]
    assert words.result == opened.result


def test_what_somebody_who_never_reported_has_is_found_without_writing_what_waits(
    commit: Commit, do: Do
) -> None:
    person_id = do(lambda unit: unit.people.add(a_person("502")).person_id)

    def list_own_and_written(unit: Unit) -> tuple[int, int]:
        own = unit.tickets.list_live_reported_by(person_id)
        driver: Any = unit._connection.connection.driver_connection
        return len(own), driver.execute("SELECT count(*) FROM ticket").fetchone()[0]

    _, looked = commit(open_ticket, (list_own_and_written, an_inbound("m2", speaker=Speaker("502"))))

    assert looked.result == (0, 0)


def test_a_change_of_a_ticket_that_waits_is_kept(commit: Commit, do: Do) -> None:
    def change(unit: Unit) -> None:
        ticket = unit.tickets.get(1)
        unit.tickets.save(replace(ticket, place="2单元", version=ticket.version + 1))

    commit(lambda unit: unit.tickets.add(a_ticket(1)), change)

    assert do(lambda unit: unit.tickets.get(1).place) == "2单元"


def test_an_erasure_reaches_the_words_of_the_same_batch(commit: Commit, do: Do) -> None:
    def erase(unit: Unit) -> None:
        person = unit.people.find("telegram", "bot", "501")
        assert person is not None
        unit.people.erase(person.person_id, now=NOW)

    opened, _ = commit(open_ticket, erase)

    assert do(words_of(opened.result)) == [""]


# --- messages, about which is asked at once -------------------------------------------------------------------------


def take(key: str, *, text: str = "没电了") -> tuple[Job, Inbound]:
    """As the inbox does: nothing for a repeat, else a person, a ticket and the key."""
    message = an_inbound(key)

    def job(unit: Unit) -> int | str:
        known = unit.inbox.find_answer("telegram", "bot", key)
        if known is not None:
            return known
        person = unit.people.find("telegram", "bot", "501") or unit.people.add(a_person())
        number = unit.tickets.next_number()
        unit.tickets.add(a_ticket(number))
        unit.messages.add(Message(number, f"person:{person.person_id}", NOW, text))
        unit.inbox.add(message, answer=str(number), now=NOW)
        return person.person_id

    return job, message


def test_a_repeat_in_the_same_batch_and_in_a_later_one_is_known(commit: Commit) -> None:
    first, again = commit(take("m1"), take("m1"))
    later, fresh = commit(take("m1"), take("m2"))

    assert again.result == later.result
    assert isinstance(again.result, str)
    assert fresh.result == first.result


def test_a_person_who_changes_in_the_batch_is_seen_as_changed(commit: Commit) -> None:
    def move(unit: Unit) -> None:
        person = unit.people.find("telegram", "bot", "501")
        assert person is not None
        unit.people.save(replace(person, node_id="xingfuli-b2"))

    commit(take("m1"))
    *_, found = commit(
        take("m2"),
        (move, an_inbound("m3")),
        (lambda unit: unit.people.find("telegram", "bot", "501").node_id, an_inbound("m4")),
    )

    assert found.result == "xingfuli-b2"


def test_a_picture_that_comes_in_the_batch_is_given_to_the_ticket(commit: Commit) -> None:
    def want(unit: Unit) -> None:
        person = unit.people.find("telegram", "bot", "501")
        assert person is not None
        unit.pictures.want(PHOTO, address=GROUP_CHAT, ticket_number=None, person_id=person.person_id, now=NOW)

    def give(unit: Unit) -> int:
        unit.tickets.add(a_ticket(1))
        return unit.pictures.give_waiting(1, ticket_number=1, since=NOW)

    commit(take("m1"))
    *_, given = commit(take("m2"), (want, an_inbound("m3")), (give, an_inbound("m4")))

    assert given.result == 1
