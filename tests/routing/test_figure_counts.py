"""Summed counts say the same as the stories that they were counted from, whatever happened and whenever one looks."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing import desk as verbs
from routing.figure_counts import (
    NOTHING,
    Counts,
    Undecided,
    count_overdue,
    count_ticket,
    difference,
    find_undecided,
    total,
)
from routing.figure_rates import figures_of_counts
from routing.metrics import Dispatch, Places, TicketFacts, facts_of, figures_of
from routing.tickets import Status
from tests.builders import TUESDAY_NINE
from tests.sayings import EVENTS, a_world, happen
from tests.world import World

HOUR = timedelta(hours=1)


def read(world: World, number: int) -> TicketFacts:
    places = Places({node_id: node.level for node_id, node in world.hierarchy.nodes.items()})
    return facts_of(world.ticket(number), world.store.history.list_of(number), places)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EVENTS, max_size=25), st.integers(0, 400))
def test_the_sum_of_counts_is_what_the_formulas_say_of_the_stories(events, hours_later):
    world, numbers = a_world()
    for event in events:
        happen(world, numbers, event)
    facts = [read(world, each) for each in numbers]
    later = world.now + hours_later * HOUR

    levels, categories, parts = {}, {}, []
    for each in facts:
        rows = dict(count_ticket(each))
        undecided = find_undecided(each)
        if undecided is not None:
            rows[undecided.level] = total([rows[undecided.level], count_overdue(undecided, later)])
        parts += rows.values()
        for level, counts in rows.items():
            levels[level] = total([levels.get(level, NOTHING), counts])
            categories[each.category] = total([categories.get(each.category, NOTHING), counts])

    assert figures_of_counts(
        total(parts), by_category=categories, by_level=levels, smallest_n=2
    ) == figures_of(facts, later, smallest_n=2)


def a_dispatch(level: str = "building", *, left_after: float | None = 2, **more) -> Dispatch:
    left_at = None if left_after is None else TUESDAY_NINE + left_after * HOUR
    return Dispatch(
        TUESDAY_NINE, TUESDAY_NINE + HOUR, TUESDAY_NINE + 8 * HOUR, left_at=left_at, level=level, **more
    )


def test_a_level_that_passed_a_ticket_on_counts_its_dispatch_and_the_last_one_the_ticket():
    first = a_dispatch(went_up=True, timed_out=True)
    last = a_dispatch("community", left_after=30, resolved_at=TUESDAY_NINE + 30 * HOUR)

    found = count_ticket(TicketFacts(Status.CLOSED, "noise", "community", (first, last), resolutions=1))

    building, community = found["building"], found["community"]
    assert (building.tickets, building.dispatches, building.went_up, building.timed_out) == (0, 1, 1, 1)
    assert (building.held, building.held_seconds, building.held_4h, building.due) == (1, 7200, 1, 0)
    assert (community.tickets, community.solved, community.solved_seconds) == (1, 1, 30 * 3600)
    assert (community.solved_3d, community.due, community.on_time) == (1, 1, 0)


def test_what_takes_longer_than_every_step_is_counted_without_one():
    (found,) = count_ticket(
        TicketFacts(Status.WITHDRAWN, "noise", "building", (a_dispatch(left_after=24 * 9),))
    ).values()

    assert (found.held, found.held_7d, found.held_3d, found.solved) == (1, 0, 0, 0)


def test_a_story_that_was_lost_counts_the_ticket_alone():
    facts = TicketFacts(Status.CLOSED, "noise", "building", ())

    assert count_ticket(facts) == {"building": Counts(tickets=1, status_closed=1)}
    assert find_undecided(facts) is None


def test_only_what_somebody_still_owes_is_undecided():
    untouched = a_dispatch(left_after=None)
    claimed = replace(untouched, claimed_at=TUESDAY_NINE, answered_at=TUESDAY_NINE, was_extended=True)
    waits_unclaimed = replace(untouched, waits=True)

    def of(dispatch: Dispatch) -> Undecided | None:
        return find_undecided(TicketFacts(Status.OPEN, "noise", "building", (dispatch,)))

    claim_due, resolve_due = untouched.claim_due_at, untouched.resolve_due_at
    assert of(untouched) == Undecided("building", claim_due, resolve_due, was_extended=False)
    assert of(claimed) == Undecided("building", None, resolve_due, was_extended=True)
    assert of(waits_unclaimed) == Undecided("building", claim_due, None, was_extended=False)
    assert of(replace(claimed, waits=True)) is None
    assert of(a_dispatch()) is None


def test_a_limit_counts_from_the_instant_it_runs_out():
    undecided = Undecided("building", TUESDAY_NINE, TUESDAY_NINE + HOUR, was_extended=True)

    assert count_overdue(undecided, TUESDAY_NINE - HOUR) == NOTHING
    assert count_overdue(undecided, TUESDAY_NINE) == Counts(asked=1)
    assert count_overdue(undecided, TUESDAY_NINE + HOUR) == Counts(asked=1, due=1, extended=1)
    assert count_overdue(Undecided("building", None, None, was_extended=False), TUESDAY_NINE) == NOTHING


def test_a_difference_turns_the_old_sum_into_the_new_one():
    old, new = Counts(tickets=2, asked=3), Counts(tickets=1, due=4)

    assert total([old, difference(new, old)]) == new
    assert total([]) == NOTHING


def test_who_passed_it_up_is_told_apart_from_the_clock_that_did():
    world = World()
    by_clock, by_person = world.report(), world.report(who="u2")
    verbs.escalate(world.desk(), by_person, world.staff("chenjie"), reason="要换水泵")
    world.wait(hours=1)

    silent, handed_up = (count_ticket(read(world, each))["building"] for each in (by_clock, by_person))

    assert (silent.went_up, silent.timed_out) == (1, 1)
    assert (handed_up.went_up, handed_up.timed_out) == (1, 0)
