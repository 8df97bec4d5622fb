"""Who reported a ticket, on both databases."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from storage.writing.unit_of_work import Unit
from tests.storage.conftest import NOW
from tests.storage.rows import a_person, a_reporter, a_ticket

Do = Callable[[Callable[[Unit], Any]], Any]


def people_on(unit: Unit, number: int) -> list[int]:
    return [each.person_id for each in unit.reporters.list_of(number)]


def street(unit: Unit) -> dict[str, int]:
    """Three people and two tickets: Anna and Bo on 1, Bo and Chen on 2."""
    ids = {name: unit.people.add(a_person(name)).person_id for name in ("anna", "bo", "chen")}
    for number, names in ((1, ("anna", "bo")), (2, ("bo", "chen"))):
        unit.tickets.add(a_ticket(number))
        for minute, name in enumerate(names):
            at = NOW + timedelta(minutes=minute)
            unit.reporters.add(a_reporter(number, ids[name], reported_at=at))
    return ids


def test_reporters_come_in_the_order_of_their_reports(do: Do) -> None:
    ids = do(street)

    assert do(lambda unit: people_on(unit, 1)) == [ids["anna"], ids["bo"]]
    assert do(lambda unit: unit.reporters.list_of(1)[0]) == a_reporter(1, ids["anna"])


def test_the_second_report_of_one_person_is_no_new_reporter(do: Do) -> None:
    ids = do(street)

    assert do(lambda unit: unit.reporters.add(a_reporter(1, ids["anna"]))) is False
    assert do(lambda unit: unit.reporters.add(a_reporter(1, ids["chen"]))) is True
    assert do(lambda unit: unit.reporters.is_reporter(1, ids["chen"]))


def test_who_leaves_is_no_reporter_any_more(do: Do) -> None:
    ids = do(street)

    do(lambda unit: unit.reporters.remove(1, ids["anna"]))

    assert do(lambda unit: people_on(unit, 1)) == [ids["bo"]]


def test_who_takes_back_what_they_told_stays_with_what_came_by_a_merge(do: Do) -> None:
    ids = do(street)
    do(lambda unit: unit.reporters.move(1, to=2))
    told = do(lambda unit: unit.reporters.list_reports(2, ids["bo"]))

    do(lambda unit: unit.reporters.take_back(2, ids["bo"]))
    do(lambda unit: unit.reporters.take_back(2, ids["anna"]))

    assert told == [1, 2]
    assert do(lambda unit: unit.reporters.list_reports(2, ids["bo"])) == [1]
    assert do(lambda unit: unit.reporters.list_reports(2, ids["anna"])) == [1]


def test_a_merge_brings_its_reporters_and_a_parting_takes_back_only_its_own(do: Do) -> None:
    ids = do(street)

    do(lambda unit: unit.reporters.move(1, to=2))
    merged = do(lambda unit: people_on(unit, 2))
    do(lambda unit: unit.reporters.part(1, out_of=2))
    parted = do(lambda unit: people_on(unit, 2))

    assert sorted(merged) == sorted(ids.values())
    assert parted == [ids["bo"], ids["chen"]]
    assert do(lambda unit: people_on(unit, 1)) == [ids["anna"], ids["bo"]]


def test_who_came_by_a_merge_and_then_says_it_too_stays_after_the_parting(do: Do) -> None:
    ids = do(street)
    do(lambda unit: unit.reporters.move(1, to=2))

    was_new = do(lambda unit: unit.reporters.add(a_reporter(2, ids["anna"])))
    do(lambda unit: unit.reporters.part(1, out_of=2))

    assert was_new is False
    assert do(lambda unit: unit.reporters.is_reporter(2, ids["anna"]))


def test_who_came_by_two_merges_stays_until_both_are_parted(do: Do) -> None:
    ids = do(street)

    def merge_both_into_a_third(unit: Unit) -> None:
        unit.tickets.add(a_ticket(3))
        unit.reporters.move(1, to=3)
        unit.reporters.move(2, to=3)

    do(merge_both_into_a_third)
    do(lambda unit: unit.reporters.part(1, out_of=3))

    assert do(lambda unit: people_on(unit, 3)) == [ids["bo"], ids["chen"]]
