"""What many people told of, ranked by people and not by messages."""

from datetime import UTC, datetime, timedelta

from routing.hot_matters import Stop, Told, rank_hot_matters

MONDAY = datetime(2026, 9, 7, tzinfo=UTC)
WEEK = {"since": MONDAY, "until": MONDAY + timedelta(days=7)}


def told(number: int, person_id: int, *, node: str = "b1", hour: int = 0, category: str = "water") -> Told:
    return Told(number, category, person_id, node, MONDAY + timedelta(hours=hour))


def test_ten_messages_of_one_person_count_less_than_two_people():
    facts = [*(told(1, 7, hour=each) for each in range(10)), told(2, 1), told(2, 2), told(1, 8), told(2, 3)]

    ranked = rank_hot_matters(facts, **WEEK)

    assert [(each.number, each.reporters, each.tellings) for each in ranked] == [(2, 3, 3), (1, 2, 11)]


def test_a_matter_of_one_person_is_not_hot():
    assert rank_hot_matters([told(1, 7), told(1, 7, hour=3)], **WEEK) == ()


def test_how_a_matter_moved_between_buildings_is_told_in_order():
    facts = [
        told(1, 4, node="b3", hour=9),
        told(1, 1, hour=1),
        told(1, 2, hour=2),
        told(1, 1, node="b2", hour=5),
    ]

    (matter,) = rank_hot_matters(facts, **WEEK)

    hours = [MONDAY + timedelta(hours=each) for each in (1, 5, 9)]
    assert matter.path == (Stop("b1", hours[0], 2), Stop("b2", hours[1], 1), Stop("b3", hours[2], 1))
    assert (matter.since, matter.until) == (hours[0], hours[2])


def test_what_was_told_outside_the_window_does_not_count():
    facts = [told(1, 1, hour=-1), told(1, 2), told(1, 3, hour=7 * 24), told(1, 4, hour=7 * 24 - 1)]

    (matter,) = rank_hot_matters(facts, **WEEK)

    assert matter.reporters == 2


def test_of_as_many_people_more_places_then_the_latest_then_the_older_ticket_come_first():
    facts = [
        *(told(1, each) for each in (1, 2)),
        *(told(2, each) for each in (1, 2)),
        *(told(3, each, hour=5) for each in (1, 2)),
        *(told(4, each, node=f"b{each}") for each in (1, 2)),
    ]

    assert [each.number for each in rank_hot_matters(facts, **WEEK)] == [4, 3, 1, 2]


def test_a_matter_is_named_by_the_category_it_was_last_sorted_into():
    facts = [told(1, 1, category="other"), told(1, 2, hour=1, category="water")]

    assert rank_hot_matters(facts, **WEEK)[0].category == "water"


def test_the_least_number_of_people_may_be_higher():
    assert rank_hot_matters([told(1, 1), told(1, 2)], least=3, **WEEK) == ()
