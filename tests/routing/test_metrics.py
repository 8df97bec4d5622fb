"""The figures of the field: stories are lived through at the desk, and the formulas say what they must."""

from dataclasses import replace
from datetime import timedelta

import pytest

from routing import desk as verbs
from routing.callers import Caller
from routing.metrics import (
    Dispatch,
    Figures,
    Places,
    Rate,
    TicketFacts,
    facts_of,
    figures_of,
)
from routing.tickets import Rating, Status
from tests.builders import TUESDAY_NINE, a_reading
from tests.world import World

HOUR = timedelta(hours=1)


@pytest.fixture
def world() -> World:
    return World()


def facts(world: World, number: int) -> TicketFacts:
    places = Places({node_id: node.level for node_id, node in world.hierarchy.nodes.items()})
    return facts_of(world.ticket(number), world.store.history.list_of(number), places)


def figures(world: World, *numbers: int) -> Figures:
    return figures_of([facts(world, each) for each in numbers], world.now, smallest_n=1)


def counts(rate: Rate) -> tuple[int, int]:
    return rate.count, rate.n


def act(world: World, verb, number: int, staff_id: str = "chenjie", **words):
    return verb(world.desk(), number, world.staff(staff_id), **words)


# --- being asked, and claiming ---


def test_a_claim_within_the_limit_counts_as_answered_and_claimed(world: World):
    number = world.report()
    world.wait(minutes=30)
    act(world, verbs.claim, number)

    found = figures(world, number)

    assert counts(found.response) == counts(found.claim_in_time) == (1, 1)


def test_what_is_still_within_its_limit_is_in_no_denominator(world: World):
    number = world.report()
    world.wait(minutes=59)

    found = figures(world, number)

    assert counts(found.claim_in_time) == (0, 0)
    assert found.claim_in_time.value is None


def test_a_silent_level_counts_against_it_and_the_next_one_stands_for_itself(world: World):
    number = world.report()
    world.wait(hours=1)
    act(world, verbs.claim, number, "wangfang")

    found = figures(world, number)

    assert world.story(number) == ["opened", "reminded", "escalated", "claimed"]
    assert counts(found.claim_in_time) == (1, 2)


def test_a_note_is_an_answer_and_no_claim(world: World):
    number = world.report()
    act(world, verbs.add_note, number, text="已联系住户")

    found = figures(world, number)

    assert (counts(found.response), counts(found.claim_in_time)) == ((1, 1), (0, 1))


def test_what_an_office_does_for_a_resident_answers_nobody(world: World):
    number = world.report()
    verbs.urge(world.desk(), number, Caller(office="office:hotline"))
    world.wait(minutes=50)

    assert counts(figures(world, number).response) == (0, 0)


def test_who_passes_it_on_by_hand_has_answered(world: World):
    number = world.report()
    act(world, verbs.escalate, number, reason="楼里办不了")

    [first, second] = facts(world, number).dispatches

    assert (first.answered_at, first.claimed_at, first.left_at) == (TUESDAY_NINE, None, TUESDAY_NINE)
    assert second.dispatched_at == TUESDAY_NINE


def test_who_is_given_it_by_name_in_the_same_group_holds_it(world: World):
    number = world.report(reading=a_reading("elevator"))
    act(world, verbs.transfer, number, "liqiang", whom="zhoujun")

    [only] = facts(world, number).dispatches

    assert only.claimed_at == TUESDAY_NINE


def test_who_is_given_it_by_name_in_another_group_held_it_from_the_start(world: World):
    number = world.report()
    world.wait(minutes=10)
    act(world, verbs.transfer, number, whom="wangfang")
    world.wait(hours=3)
    act(world, verbs.resolve, number, "wangfang", result="已劝说")

    [_, second] = facts(world, number).dispatches

    assert second.claimed_at == second.dispatched_at == TUESDAY_NINE + timedelta(minutes=10)


def test_who_is_passed_it_inside_the_level_has_what_was_left(world: World):
    number = world.report("电梯坏了", reading=a_reading("elevator"))
    act(world, verbs.claim, number, "liqiang")
    world.wait(hours=1)
    act(world, verbs.transfer, number, "liqiang", whom="幸福里网格工作群")

    first, second = facts(world, number).dispatches

    assert second.dispatched_at > first.dispatched_at
    assert second.resolve_due_at == first.resolve_due_at


def test_a_release_leaves_the_first_claim(world: World):
    number = world.report()
    act(world, verbs.claim, number)
    world.wait(minutes=10)
    act(world, verbs.release, number)
    act(world, verbs.claim, number)

    [only] = facts(world, number).dispatches

    assert only.claimed_at == TUESDAY_NINE


def test_sorting_anew_asks_anew(world: World):
    number = world.report()
    world.wait(minutes=10)
    act(world, verbs.sort, number, category="elevator")

    [first, second] = facts(world, number).dispatches

    assert first.left_at == second.dispatched_at == TUESDAY_NINE + timedelta(minutes=10)
    assert facts(world, number).category == "elevator"


# --- urgency ---


def test_urgency_before_a_claim_starts_its_limits_then(world: World):
    number = world.report()
    world.wait(minutes=30)
    act(world, verbs.make_urgent, number)

    [_, second] = facts(world, number).dispatches

    assert second.claim_due_at == TUESDAY_NINE + timedelta(minutes=40)


def test_urgency_in_somebodys_hands_presses_them_and_does_not_judge_their_claim(world: World):
    number = world.report()
    world.wait(minutes=50)
    act(world, verbs.claim, number)
    world.wait(minutes=5)
    act(world, verbs.make_urgent, number, "wangfang")

    [only] = facts(world, number).dispatches

    assert only.resolve_due_at == TUESDAY_NINE + timedelta(minutes=55) + 2 * HOUR
    assert counts(figures(world, number).claim_in_time) == (1, 1)


# --- resolving ---


def resolved(world: World, *, after: timedelta) -> int:
    number = world.report(who=f"u{world.store.state.numbers}")
    act(world, verbs.claim, number)
    world.now += after
    act(world, verbs.resolve, number, result="已劝说")
    return number


def test_resolved_within_the_limit_and_after_it(world: World):
    early = resolved(world, after=HOUR)
    late = resolved(world, after=timedelta(days=3))

    assert counts(figures(world, early).on_time) == (1, 1)
    assert counts(figures(world, late).on_time) == (0, 1)


def test_a_limit_that_came_in_somebodys_hands_is_late_and_the_next_level_is_not_yet_due(world: World):
    number = world.report()
    act(world, verbs.claim, number)
    world.wait(days=1)

    found = figures(world, number)

    assert world.story(number)[-1] == "escalated"
    assert counts(found.on_time) == (0, 1)


def test_what_waits_is_in_no_denominator(world: World):
    number = world.report()
    act(world, verbs.claim, number)
    act(world, verbs.pause, number, until_at=world.now + timedelta(days=3), reason="等配件")
    world.wait(days=2)

    found = figures(world, number)

    assert counts(found.on_time) == counts(found.extension) == (0, 0)
    assert counts(found.claim_in_time) == (1, 1)


def test_a_pause_moves_the_limit_by_what_was_waited(world: World):
    number = world.report()
    act(world, verbs.claim, number)
    act(world, verbs.pause, number, until_at=world.now + timedelta(days=2), reason="等配件")
    world.wait(days=2)
    act(world, verbs.resolve, number, result="已装好")

    found = figures(world, number)

    assert world.story(number)[-2:] == ["resumed", "resolved"]
    assert counts(found.on_time) == counts(found.extension) == (1, 1)


def test_what_is_resolved_while_it_waits_is_not_late_for_it(world: World):
    number = world.report()
    act(world, verbs.claim, number)
    act(world, verbs.pause, number, until_at=world.now + timedelta(days=6), reason="等配件")
    world.wait(days=5)
    act(world, verbs.resolve, number, result="已装好")

    assert counts(figures(world, number).on_time) == (1, 1)


def test_what_is_withdrawn_before_its_limit_was_never_due(world: World):
    number = world.report()
    verbs.withdraw(world.desk(), number, world.resident("u1"))
    world.wait(days=9)

    found = figures(world, number)

    assert counts(found.on_time) == counts(found.claim_in_time) == (0, 0)
    assert found.by_status == {"withdrawn": 1}


# --- ratings, redos, hand-backs ---


def rate(world: World, number: int, rating: Rating) -> None:
    person = world.store.reporters.list_of(number)[0].person_id
    verbs.rate(world.desk(), number, Caller(person_id=person), rating=rating)


def test_ratings_say_solved_and_satisfied(world: World):
    numbers = [resolved(world, after=HOUR) for _ in range(3)]
    for number, rating in zip(numbers, (Rating.SATISFIED, Rating.MOSTLY, Rating.UNSATISFIED), strict=True):
        rate(world, number, rating)

    usual = figures(world, *numbers)
    strict = figures_of(
        [facts(world, each) for each in numbers],
        world.now,
        smallest_n=1,
        satisfied={Rating.SATISFIED},
    )

    assert counts(usual.resolution) == counts(usual.satisfaction) == (2, 3)
    assert (counts(strict.resolution), counts(strict.satisfaction)) == ((2, 3), (1, 3))
    assert counts(usual.redo) == (1, 3)
    assert facts(world, numbers[2]).level == "community"


def test_a_rating_that_was_erased_is_not_counted(world: World):
    number = resolved(world, after=HOUR)
    rate(world, number, Rating.SATISFIED)
    story = world.store.state.events
    story[:] = [_without_values(each) if each.kind == "rated" else each for each in story]

    assert facts(world, number).ratings == ()


def _without_values(event):
    return replace(event, values=dict.fromkeys(event.values, ""))


def test_a_hand_back_is_counted_among_all_that_were_asked(world: World):
    number = world.report(reading=a_reading("elevator"))
    act(world, verbs.hand_back, number, "liqiang", reason="权属不清")

    found = figures(world, number)

    assert counts(found.hand_back) == (1, 2)


# --- the whole ---


def test_no_rate_is_shown_below_the_smallest_n():
    late = Dispatch(TUESDAY_NINE, TUESDAY_NINE + HOUR, TUESDAY_NINE + 2 * HOUR)
    several = [TicketFacts(Status.OPEN, "noise", "building", (late,)) for _ in range(5)]

    four = figures_of(several[:4], TUESDAY_NINE + 3 * HOUR)
    five = figures_of(several, TUESDAY_NINE + 3 * HOUR)

    assert four.on_time == Rate(0, 4, None)
    assert five.on_time == Rate(0, 5, 0.0)


def test_nothing_has_no_rates_even_where_one_case_would_do():
    found = figures_of([], TUESDAY_NINE, smallest_n=0)

    assert found.tickets == 0
    assert found.on_time == Rate(0, 0, None)
    assert found.by_status == found.by_category == found.by_level == {}


def test_a_place_that_left_the_tree_has_the_tickets_own_level(world: World):
    number = world.report()

    found = facts_of(world.ticket(number), world.store.history.list_of(number), Places({}))

    assert found.dispatches[0].claim_due_at == TUESDAY_NINE + HOUR


def test_a_story_whose_beginning_is_lost_begins_with_what_is_there(world: World):
    number = world.report()
    act(world, verbs.add_note, number, text="看过")

    found = facts_of(world.ticket(number), world.store.history.list_of(number)[1:], Places({}))

    assert len(found.dispatches) == 1
