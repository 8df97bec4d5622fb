"""Tickets, on both databases."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from routing.errors import UnknownTicketError, WrongMomentError
from routing.plans import Plan
from routing.tickets import PauseRequest, Rating, Status, Ticket
from storage.mapping import TICKET_COLUMNS
from storage.store import Store
from storage.writing.unit_of_work import Unit
from tests.storage.conftest import NOW
from tests.storage.rows import PLAN, a_person, a_reporter, a_ticket, open_ticket

Do = Callable[[Callable[[Unit], Any]], Any]
LATER = NOW + timedelta(hours=2)
FULL = a_ticket(
    1001,
    version=7,
    status=Status.WAITING,
    urgent=True,
    holder="wangfang",
    cycle=3,
    reminded_for=LATER,
    claimed_at=NOW,
    paused_at=NOW,
    paused_until=LATER,
    pause_request=PauseRequest(LATER, "等配件", "wangfang"),
    resolved_at=NOW,
    resolved_level="building",
    closed_at=LATER,
    supervised_at=NOW,
    urged_at=NOW,
    reporters=4,
    escalations=1,
    hand_backs=2,
    reopens=1,
    rating=Rating.MOSTLY,
    merged_into=1000,
    place="3号楼",
    asked_groups=("xingfuli-property", "xinhua-staff"),
)


def add(unit: Unit, number: int, **changes: Any) -> None:
    unit.tickets.add(a_ticket(number, **changes))


@pytest.mark.parametrize("ticket", [a_ticket(1001), FULL], ids=["new", "full"])
def test_a_ticket_comes_back_as_it_was(do: Do, ticket: Ticket) -> None:
    do(lambda unit: unit.tickets.add(ticket))

    assert do(lambda unit: unit.tickets.get(1001)) == ticket
    assert do(lambda unit: unit.tickets.find(1001)) == ticket


def test_a_full_ticket_leaves_no_field_at_its_default() -> None:
    unset = [
        each.name for each in fields(Ticket) if getattr(FULL, each.name) == getattr(a_ticket(1001), each.name)
    ]

    assert set(unset) <= {
        "number", "category", "text", "origin", "root", "node", "level", "group", "plan", "opened_at", "dispatched_at",
        "claim_due_at", "resolve_due_at", "next_due_at",
    }  # fmt: skip


def test_an_unknown_number_is_refused_by_get_and_nothing_for_find(do: Do) -> None:
    with pytest.raises(UnknownTicketError) as refusal:
        do(lambda unit: unit.tickets.get(4711))

    assert refusal.value.values["number"] == 4711
    assert do(lambda unit: unit.tickets.find(4711)) is None


def test_numbers_start_at_1001_and_never_come_twice(do: Do) -> None:
    numbers = [do(lambda unit: unit.tickets.next_number()) for _ in range(5)]

    assert numbers == [1001, 1002, 1003, 1004, 1005]


def test_the_number_of_an_undone_job_carries_nothing_of_it(do: Do) -> None:
    taken: list[int] = []

    def fail_after_taking(unit: Unit) -> None:
        taken.append(open_ticket(unit))
        raise WrongMomentError("changed_meanwhile")

    with pytest.raises(WrongMomentError):
        do(fail_after_taking)
    next_one = do(open_ticket)

    # Nobody heard of the first: it may be given again only where its whole job left no trace.
    assert next_one == do(lambda unit: unit.tickets.get(next_one)).number
    assert len(do(lambda unit: unit.history.list_of(next_one))) == 1


def test_saving_needs_the_version_before(do: Do) -> None:
    do(lambda unit: add(unit, 1001))
    claimed = a_ticket(1001, version=2, status=Status.CLAIMED, holder="wangfang")

    do(lambda unit: unit.tickets.save(claimed))

    with pytest.raises(WrongMomentError):
        do(lambda unit: unit.tickets.save(replace(claimed, holder="liqiang")))
    assert do(lambda unit: unit.tickets.get(1001)) == claimed


def test_due_tickets_come_oldest_first_and_only_when_due(do: Do) -> None:
    def several(unit: Unit) -> None:
        add(unit, 1, next_due_at=NOW - timedelta(minutes=1))
        add(unit, 2, next_due_at=NOW - timedelta(minutes=9))
        add(unit, 3, next_due_at=NOW)
        add(unit, 4, next_due_at=NOW + timedelta(microseconds=1))
        add(unit, 5, next_due_at=None)

    do(several)

    assert do(lambda unit: unit.tickets.list_due(NOW, limit=10)) == [2, 1, 3]
    assert do(lambda unit: unit.tickets.list_due(NOW, limit=2)) == [2, 1]


def test_tickets_under_nodes_are_live_or_resolved(do: Do) -> None:
    def several(unit: Unit) -> None:
        for number, status in enumerate(Status, start=1):
            add(unit, number, status=status)
        add(unit, 20, node="xingfuli-b2")
        add(unit, 21, node="xingfuli-b3")

    do(several)
    found = do(lambda unit: unit.tickets.list_live_under(["xingfuli-b1", "xingfuli-b2"]))

    assert [(each.number, each.status) for each in found] == [
        (1, Status.OPEN), (2, Status.CLAIMED), (3, Status.WAITING), (4, Status.RESOLVED), (20, Status.OPEN),
    ]  # fmt: skip
    assert do(lambda unit: unit.tickets.list_live_under([])) == []


def test_what_somebody_holds_comes_most_pressing_first(do: Do) -> None:
    def several(unit: Unit) -> None:
        held = {"holder": "wangfang", "status": Status.CLAIMED}
        add(unit, 1, **held, resolve_due_at=LATER)
        add(unit, 2, **held, resolve_due_at=NOW)
        add(unit, 3, **held, resolve_due_at=None, next_due_at=None)
        add(unit, 4, **held, urgent=True, resolve_due_at=LATER + timedelta(days=9))
        add(unit, 5, holder="wangfang", status=Status.RESOLVED)
        add(unit, 6, holder="liqiang", status=Status.CLAIMED)

    do(several)

    assert [each.number for each in do(lambda unit: unit.tickets.list_held_by("wangfang"))] == [4, 2, 1, 3]


def test_what_groups_are_asked_is_open(do: Do) -> None:
    def several(unit: Unit) -> None:
        add(unit, 1, group="a", claim_due_at=LATER)
        add(unit, 2, group="b", claim_due_at=NOW)
        add(unit, 3, group="a", status=Status.CLAIMED)
        add(unit, 4, group="c")

    do(several)

    assert [each.number for each in do(lambda unit: unit.tickets.list_asked_of(["a", "b"]))] == [2, 1]
    assert [each.number for each in do(lambda unit: unit.tickets.list_asked_of(["a", "b"], limit=1))] == [2]


def test_what_a_person_reported_and_is_not_ended_comes_newest_first(do: Do) -> None:
    def several(unit: Unit) -> int:
        person_id = unit.people.add(a_person()).person_id
        for number, status in [
            (1, Status.OPEN),
            (2, Status.CLOSED),
            (3, Status.RESOLVED),
            (4, Status.MERGED),
        ]:
            add(unit, number, status=status)
            unit.reporters.add(a_reporter(number, person_id, reported_at=NOW + timedelta(minutes=number)))
        add(unit, 5)
        return person_id

    person_id = do(several)

    assert [each.number for each in do(lambda unit: unit.tickets.list_live_reported_by(person_id))] == [3, 1]
    assert do(lambda unit: unit.tickets.find_latest_reported_by(person_id)).number == 4
    assert do(lambda unit: unit.tickets.find_latest_reported_by(999)) is None


def test_alike_are_live_of_the_same_street_and_category_since_then(do: Do) -> None:
    def several(unit: Unit) -> None:
        add(unit, 1, opened_at=NOW)
        add(unit, 2, opened_at=NOW - timedelta(minutes=10))
        add(unit, 3, opened_at=NOW - timedelta(minutes=31))
        add(unit, 4, category="noise")
        add(unit, 5, root="another-street")
        add(unit, 6, status=Status.RESOLVED)

    do(several)
    since = NOW - timedelta(minutes=30)
    found = do(lambda unit: unit.tickets.list_alike("elevator", root="xinhua", since=since))

    assert [each.number for each in found] == [2, 1]


def test_merged_tickets_are_found_by_the_one_that_leads(do: Do) -> None:
    def several(unit: Unit) -> None:
        add(unit, 1)
        add(unit, 2, status=Status.MERGED, merged_into=1)

    do(several)

    assert [each.number for each in do(lambda unit: unit.tickets.list_merged_into(1))] == [2]


def test_tickets_of_one_plan_share_it_and_keep_it_once(store: Store, do: Do) -> None:
    def several(unit: Unit) -> None:
        add(unit, 1)
        add(unit, 2)
        add(unit, 3, plan=replace(PLAN, reopen_limit=5))

    do(several)

    plans: list[Plan] = do(lambda unit: [unit.tickets.get(number).plan for number in (1, 2, 3)])

    assert plans == [PLAN, PLAN, replace(PLAN, reopen_limit=5)]
    assert plans[0] is plans[1]


def test_a_plan_that_was_undone_with_its_job_is_stored_by_the_next(do: Do) -> None:
    def fail(unit: Unit) -> None:
        add(unit, 1)
        raise WrongMomentError("changed_meanwhile")

    with pytest.raises(WrongMomentError):
        do(fail)
    do(lambda unit: add(unit, 2))

    assert do(lambda unit: unit.tickets.get(2)).plan == PLAN


@pytest.mark.parametrize("name", ["opened_at", "next_due_at", "paused_until"])
def test_an_instant_without_a_zone_is_refused(do: Do, name: str) -> None:
    naive = datetime(2026, 11, 23, 9, 51)

    with pytest.raises(ValueError, match="time zone"):
        do(lambda unit: add(unit, 1, **{name: naive}))
    assert do(lambda unit: unit.tickets.find(1)) is None


def test_the_table_has_a_column_for_every_field_of_a_ticket() -> None:
    columns = {"plan" if name == "plan_id" else name for name in TICKET_COLUMNS}

    assert columns == {each.name for each in fields(Ticket)}
