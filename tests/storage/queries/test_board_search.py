"""Search by words: what is found, in which order, that it stays true when words change, and that nothing is left."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from routing.tickets import Status
from storage.plan_shelf import PlanShelf
from storage.queries import board_search
from storage.queries.board_search import BoardSearch, Found
from storage.store import Store
from storage.tables.board import TICKET_PAIR
from storage.ticket_pairs import pairs_of, told_of
from tests.storage.queries.test_board import Board
from tests.storage.rows import a_ticket, open_ticket
from tests.storage.views import seeing


@pytest.fixture
def search(store: Store) -> BoardSearch:
    return BoardSearch(store.reading_engine, shelf=PlanShelf())


def add(do, number: int, text: str, place: str = "", **changes) -> None:
    do(lambda unit: unit.tickets.add(a_ticket(number, text=text, place=place, **changes)))


def numbers(found: Found) -> list[int]:
    return [each.number for each in found.tickets]


def pairs_in(store: Store, number: int) -> set[str]:
    statement = sa.select(TICKET_PAIR.c.pair).where(TICKET_PAIR.c.number == number)
    with store.reading_engine.begin() as connection:
        return set(connection.execute(statement).scalars())


FINDS = {
    "电梯": [1004, 1003, 1001],
    "电梯又不动": [1001],
    "3单元": [1003, 1001],
    "电梯 3单元": [1003, 1001],
    "漏": [1002],
    "wifi": [1004],
    "WIFI": [1004],
    "1002": [1002],
    "#1002": [1002],
    "梯电": [],
    "飞碟": [],
    "%": [],
    "_又": [],
    "  ": [],
    "9" * 40: [],
}


def test_words_are_found_in_text_and_place(do, search: BoardSearch):
    add(do, 1001, "电梯又不动了", "3单元")
    add(do, 1002, "厨房漏水")
    add(do, 1003, "门口的电梯按钮掉了", "3单元2层")
    add(do, 1004, "电梯里 WiFi 断了")

    assert {said: numbers(search.find(Board(), said)) for said in FINDS} == FINDS


def test_a_number_comes_before_what_only_holds_its_digits(do, search: BoardSearch):
    add(do, 1001, "给 1002 打过电话")
    add(do, 1002, "厨房漏水")

    assert numbers(search.find(Board(), "1002")) == [1002, 1001]


def test_search_is_narrowed_like_every_list_and_comes_in_pages(do, search: BoardSearch):
    for number in range(1001, 1006):
        add(do, number, "电梯坏了", category="elevator" if number != 1003 else "other")
    add(do, 1006, "电梯坏了", origin="hepingli-b5", node="hepingli")
    add(do, 1007, "电梯坏了", status=Status.CLOSED)
    wish = Board(seeing("xingfuli-b1"), category="elevator")

    first = search.find(wish, "电梯", statuses=frozenset({Status.OPEN}), limit=2)
    rest = search.find(wish, "电梯", statuses=frozenset({Status.OPEN}), below=1004, limit=9)

    assert (numbers(first), numbers(rest)) == ([1005, 1004], [1002, 1001])
    assert not first.is_cut


def test_of_a_very_common_word_only_the_newest_are_looked_through(
    do, search: BoardSearch, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(board_search, "LOOKED_THROUGH", 3)
    add(do, 1001, "电梯里有积水")
    for number in range(1002, 1006):
        add(do, number, "电梯坏了")

    found = search.find(Board(), "电梯")
    full = search.find(Board(), "电梯", limit=2)

    of_few_places = search.find(Board(seeing("xingfuli-b1")), "电梯")

    assert numbers(found) == [1005, 1004, 1003]
    assert (found.is_cut, full.is_cut) == (True, False)
    assert numbers(of_few_places) == [1005, 1004, 1003, 1002, 1001]
    assert not of_few_places.is_cut


def test_what_is_looked_for_follows_the_words_of_a_ticket(do, store: Store, search: BoardSearch):
    number = do(open_ticket)

    def tell_the_place(unit):
        ticket = unit.tickets.get(number)
        unit.tickets.save(replace(ticket, place="地下车库", version=ticket.version + 1))

    do(tell_the_place)

    assert numbers(search.find(Board(), "地下车库")) == [number]
    assert pairs_in(store, number) == pairs_of(told_of("3单元电梯又不动了", "地下车库"))


def test_an_erasure_leaves_no_pair_of_letters(do, store: Store, search: BoardSearch):
    number = do(open_ticket)
    before = pairs_in(store, number)

    def erase(unit):
        person = unit.people.find("telegram", "bot", "501")
        unit.people.erase(person.person_id, now=store._now())

    do(erase)

    assert before
    assert pairs_in(store, number) == set()
    assert numbers(search.find(Board(), "电梯")) == []


def test_a_ticket_of_a_job_that_failed_is_not_found(do, store: Store, search: BoardSearch):
    def fail(unit):
        unit.tickets.add(a_ticket(1001, text="电梯坏了"))
        raise LookupError

    with pytest.raises(LookupError):
        do(fail)

    assert pairs_in(store, 1001) == set()


def test_pairs_have_no_blanks_and_end_with_the_indexed_letters():
    assert pairs_of(told_of("A 梯", "3号")) == {"3号"}
    assert len(pairs_of(told_of("".join(chr(0x4E00 + n) for n in range(2000)), ""))) < 500
