"""Two replicas' memories of the open matters on one store: what one hears of, the other learns from the log."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.reading.incidents import MatterMemory
from routing.callers import Caller
from routing.desk import Desk, Report, merge, open_ticket, part, resolve
from routing.desk.handling import claim
from routing.hierarchy import Hierarchy
from routing.likeness import Telling
from storage.store import Store, open_store
from tests.builders import TUESDAY_NINE, a_hierarchy, a_person, a_reading, alone
from tests.world import FakeReach

TREE = a_hierarchy()
B1 = ("xingfuli-b1", "xingfuli", "xinhua")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    made = open_store(database_url, now=lambda: TUESDAY_NINE)
    made.upgrade()
    yield made
    made.close_now()


class Replica:
    """`refresh` is what the duty rings each second."""

    def __init__(self, store: Store, hierarchy: Hierarchy = TREE) -> None:
        self.store = store
        self.memory = MatterMemory(store.reads.matters, lambda: hierarchy)
        self.refresh()

    def refresh(self) -> None:
        asyncio.run(self.memory.refresh())

    def does(self, verb, *arguments, **options):
        def job(unit):
            desk = Desk(unit, TREE, FakeReach(), TUESDAY_NINE, incidents=self.memory)
            return verb(desk, *arguments, **options)

        return self.store.writer.run_now(job)

    def hears(self, who: str, text: str = "电梯坏了", origin: str = "xingfuli-b1") -> int:
        """The number of the report itself."""

        def job(unit):
            person = unit.people.find("sandbox", "liren", who) or unit.people.add(a_person(who))
            desk = Desk(unit, TREE, FakeReach(), TUESDAY_NINE, incidents=self.memory)
            opened = open_ticket(desk, Report(person, text, a_reading("elevator"), origin, alone(who)))
            return opened.own or opened.ticket.number

        return self.store.writer.run_now(job)

    def finds(self, text: str = "电梯又停了") -> list[int]:
        telling = Telling(text, TUESDAY_NINE + timedelta(minutes=10), "elevator", B1)
        return [each.number for each in self.memory.list_likely(telling)]


def staff(staff_id: str) -> Caller:
    return Caller(staff=TREE.staff[staff_id])


def test_a_report_is_known_at_once_here_and_after_a_round_elsewhere(store: Store):
    here, there = Replica(store), Replica(store)

    number = here.hears("u1")

    assert (here.finds(), there.finds()) == ([number], [])
    there.refresh()
    assert there.finds() == [number]


def test_a_replica_that_has_just_started_knows_all_that_is_open(store: Store):
    here = Replica(store)
    lead = here.hears("u1")
    here.hears("u2", "电梯门打不开了")

    there = Replica(store)

    assert there.finds() == [lead]
    assert there.finds("电梯门还是打不开") == [lead]


def test_what_has_ended_is_forgotten_everywhere(store: Store):
    here, there = Replica(store), Replica(store)
    number = here.hears("u1")
    there.refresh()
    here.does(claim, number, staff("liqiang"))
    here.does(resolve, number, staff("liqiang"), result="修好了")

    here.refresh()
    there.refresh()

    assert (len(here.memory), len(there.memory)) == (0, 0)


def test_a_parting_by_hand_parts_the_words_again(store: Store):
    here, there = Replica(store), Replica(store)
    lead, other = here.hears("u1"), here.hears("u2", "门禁坏了谁都能进来", "xingfuli-b2")
    here.does(merge, other, staff("liqiang"), into=lead)
    there.refresh()
    assert there.finds("门禁坏了") == [lead]

    here.does(part, other, staff("liqiang"))
    there.refresh()

    assert there.finds("门禁坏了谁都能进来")[0] == other


def test_a_report_whose_transaction_failed_is_forgotten_when_it_is_found(store: Store):
    here = Replica(store)

    def fails(desk: Desk) -> None:
        person = desk.store.people.add(a_person("u2"))
        open_ticket(desk, Report(person, "电梯坏了", a_reading("elevator"), "xingfuli-b1", alone("u2")))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        here.does(fails)
    phantom = here.finds()
    number = here.hears("u3")

    assert phantom
    assert store.writer.run_now(lambda unit: unit.tickets.get(number)).status == "open"
    assert here.finds() == [number]


def test_two_replicas_at_once_make_no_two_truths(store: Store):
    here, there = Replica(store), Replica(store)
    lead = here.hears("u1")
    there.refresh()

    here.does(claim, lead, staff("liqiang"))
    here.does(resolve, lead, staff("liqiang"), result="修好了")
    number = there.hears("u2")  # it has not heard of the end

    assert there.finds()[0] in {lead, number}
    assert store.writer.run_now(lambda unit: unit.tickets.get(number)).status == "open"


def test_finding_and_forgetting_what_is_not_there_changes_nothing(store: Store):
    here = Replica(store)

    here.memory.forget(99)
    here.memory.join(99, into=98)

    assert here.memory.find(Telling("电梯坏了", TUESDAY_NINE)) is None
