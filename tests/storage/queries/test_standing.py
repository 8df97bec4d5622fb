"""The four numbers of the first page, in both databases and under every scope."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from routing.tickets import Status
from storage.store import Store
from storage.writing.unit_of_work import Unit
from tests.storage.conftest import NOW, Do
from tests.storage.rows import open_ticket


@dataclass(frozen=True)
class Places:
    nodes: frozenset[str] | None


EVERYTHING = Places(None)


def a_late_ticket(unit: Unit, *, by: timedelta, status: Status = Status.OPEN) -> int:
    limits = {"claim_due_at": NOW + by, "resolve_due_at": NOW + timedelta(days=9)}
    return open_ticket(unit, status=status, **limits)


@pytest.mark.parametrize(
    ("by", "status", "late"),
    [
        (timedelta(minutes=-1), Status.OPEN, 1),
        (timedelta(minutes=1), Status.OPEN, 0),
        (timedelta(minutes=-1), Status.CLAIMED, 0),
        (timedelta(minutes=-1), Status.WAITING, 0),
    ],
)
def test_a_ticket_is_late_when_the_limit_that_runs_has_passed(
    do: Do, store: Store, by: timedelta, status: Status, late: int
) -> None:
    do(lambda unit: a_late_ticket(unit, by=by, status=status))

    standing = store.reads.standing.count(EVERYTHING, now=NOW)

    assert (standing.open, standing.late, standing.dead, standing.has_any_ticket) == (1, late, 0, True)


def test_what_is_closed_is_neither_open_nor_late(do: Do, store: Store) -> None:
    do(lambda unit: a_late_ticket(unit, by=timedelta(days=-1), status=Status.CLOSED))

    standing = store.reads.standing.count(EVERYTHING, now=NOW)

    assert (standing.open, standing.late, standing.has_any_ticket) == (0, 0, True)


def test_nothing_is_counted_out_of_sight(do: Do, store: Store) -> None:
    do(lambda unit: a_late_ticket(unit, by=timedelta(days=-1)))

    standing = store.reads.standing.count(Places(frozenset({"elsewhere"})), now=NOW)

    assert (standing.open, standing.late, standing.dead, standing.has_any_ticket) == (0, 0, 0, False)
