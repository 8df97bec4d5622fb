"""Sums of any period are the sums of its tickets, whether they come by months, by days or ticket by ticket."""

from datetime import UTC, date, datetime, timedelta

import pytest

from routing.figure_counts import NOTHING, Counts, Undecided, total
from storage.figure_keeping import Refresh
from storage.figure_rows import TicketCounts
from storage.queries.figures import Days, FigureReads
from storage.queries.stats import Months, StatReads
from storage.store import open_store

FIRST = date(2026, 1, 20)
NOW = datetime(2026, 11, 24, tzinfo=UTC)
PATHS = {"b1": ("community", "street"), "b2": ("street",)}


def a_ticket(number: int, **changes) -> TicketCounts:
    """One every third day, in turn from two places, of two categories, resolved at two levels."""
    level = "building" if number % 3 else "community"
    values = {
        "number": number,
        "origin": "b1" if number % 2 else "b2",
        "node": "b1" if number % 2 else "street",
        "category": "noise" if number % 5 else "water",
        "level": level,
        "opened_on": FIRST + timedelta(days=3 * number),
        "reporters": 1,
        "by_level": {level: Counts(tickets=1, asked=number, held_seconds=10**9 * number)},
        "undecided": None,
    }
    return TicketCounts(**{**values, **changes})


TICKETS = [a_ticket(number) for number in range(1, 61)]


@pytest.fixture
def store(database_url: str):
    opened = open_store(database_url, now=lambda: NOW)
    opened.upgrade()
    opened.writer.run_now(lambda unit: unit.figures.begin_anew("x"))
    yield opened
    opened.close_now()


def keep(store, *tickets: TicketCounts, seen: int = 0) -> bool:
    change = Refresh(seen, seen + 1, tickets, PATHS)
    return store.writer.run_now(lambda unit: unit.figures.refresh(change))


PERIODS = [
    (date(2026, 1, 1), date(2027, 1, 1)),
    (date(2026, 2, 14), date(2026, 2, 20)),
    (date(2026, 1, 31), date(2026, 3, 1)),
    (date(2026, 2, 1), date(2026, 4, 17)),
    (date(2026, 2, 10), date(2026, 3, 3)),
    (date(2026, 3, 1), date(2026, 3, 1)),
]


def test_any_period_has_the_sum_of_its_tickets(store):
    keep(store, *TICKETS)
    reads = FigureReads(store.reading_engine)

    for since, until in PERIODS:
        days = Days(since, until)
        for place, is_leaf in (("street", False), ("community", False), ("b1", True), ("b2", True)):
            inside = [
                each
                for each in TICKETS
                if since <= each.opened_on < until and place in (each.origin, *PATHS[each.origin])
            ]
            found = reads.by_category_and_level(place, days, is_leaf=is_leaf)
            assert found == by(inside, lambda one: (one.category, one.level)), (place, since, until)
            assert reads.by_day(place, days, is_leaf=is_leaf) == by(inside, lambda one: one.opened_on)
        places = reads.by_place(["street", "community"], days, leaves=["b1"])
        whole = [each for each in TICKETS if since <= each.opened_on < until]
        assert total(places.values()) == total(
            each.by_level[each.level] for each in whole for _ in range(3 if each.origin == "b1" else 1)
        )


def by(tickets: list[TicketCounts], key) -> dict:
    sums: dict = {}
    for each in tickets:
        sums[key(each)] = total([sums.get(key(each), NOTHING), each.by_level[each.level]])
    return sums


def test_a_ticket_that_changes_is_counted_once(store):
    keep(store, a_ticket(1), a_ticket(2))

    keep(store, a_ticket(1, category="water", by_level={"building": Counts(tickets=1, asked=7)}), seen=1)

    found = FigureReads(store.reading_engine).by_category_and_level(
        "street", Days(FIRST, date(2026, 12, 1)), is_leaf=False
    )
    assert found["water", "building"] == Counts(tickets=1, asked=7)
    assert found["noise", "building"] == a_ticket(2).by_level["building"]


def test_what_is_asked_somewhere_is_summed_by_months_and_strays_are_told_apart(store):
    """A ticket that comes back from elsewhere leaves the sums there; a place that is moved takes its strays home."""
    keep(store, a_ticket(2, node="community"), a_ticket(4, node="b2"), a_ticket(1, node="community"))
    keep(store, a_ticket(1, node="b1"), seen=1)
    reads = StatReads(store.reading_engine)
    there, one = frozenset({"community", "b1"}), a_ticket(2).by_level["building"]

    def strays():
        return reads.sum_asked(there, Months(date(2026, 1, 1)), strays_beyond=there)

    assert reads.sum_asked(there, Months(date(2026, 1, 1)))["noise", "building"] == total(
        [one, a_ticket(1).by_level["building"]]
    )
    assert not reads.sum_asked(there, Months(date(2026, 2, 1), date(2026, 3, 1)))
    assert strays() == {("noise", "building"): one}
    store.writer.run_now(lambda unit: unit.figures.move("b2", ("community", "street")))
    assert total(strays().values()) == NOTHING


def test_only_limits_that_have_run_out_are_late(store):
    def due(number: int, claim: timedelta | None, resolve: timedelta | None) -> TicketCounts:
        claim_at, resolve_at = (NOW + each if each is not None else None for each in (claim, resolve))
        return a_ticket(
            number, level="building", by_level={"building": Counts(tickets=1)},
            undecided=Undecided("building", claim_at, resolve_at, was_extended=False),
        )  # fmt: skip

    hour = timedelta(hours=1)
    keep(
        store,
        due(1, -hour, hour),
        due(2, hour, hour),
        due(4, None, timedelta(0)),
        due(5, hour, None),
        a_ticket(7),
    )

    late = FigureReads(store.reading_engine).list_late(Days(FIRST, date(2026, 12, 1)), now=NOW)

    assert sorted(each.opened_on for each in late) == [a_ticket(1).opened_on, a_ticket(4).opened_on]
    assert {each.undecided.level for each in late} == {"building"}
