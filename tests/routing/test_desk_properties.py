"""Whatever people say and however time passes, a ticket keeps its promises."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.texts import has_text
from routing import desk as verbs
from routing.desk.moving import is_homeless
from routing.errors import WrongMomentError
from routing.escalation import Step, next_due
from routing.tickets import ENDED, Status, Ticket
from tests.builders import a_reading
from tests.sayings import EVENTS, a_world, happen
from tests.world import World


def check(world: World, ticket: Ticket) -> None:
    tree = world.hierarchy
    assert not is_homeless(ticket, tree)
    assert tree.groups[ticket.group].kind != "residents"
    assert tree.nodes[ticket.node].level == ticket.level
    assert (ticket.holder is not None) or ticket.status not in {Status.CLAIMED, Status.WAITING}
    assert ticket.holder is None or ticket.status is not Status.OPEN
    assert (ticket.merged_into is not None) is (ticket.status is Status.MERGED)
    assert (ticket.paused_until is not None) is (ticket.status is Status.WAITING) or ticket.status in ENDED
    assert ticket.reporters == len(world.store.reporters.list_of(ticket.number))
    due = next_due(ticket)
    assert ticket.next_due_at == (due[0] if due else None)
    assert (ticket.next_due_at is None) is (ticket.status in ENDED)
    assert ticket.next_due_at is None or ticket.next_due_at > world.now - timedelta(seconds=1)


def check_claims(world: World, number: int) -> None:
    """Between two claims it was free again: nobody's claim is taken from them unseen."""
    freeing = {"released", "handed_back", "escalated", "transferred", "sorted", "reopened", "parted"}
    story = [each for each in world.story(number) if each in freeing | {"claimed"}]
    for earlier, later in pairwise(story):
        assert (earlier, later) != ("claimed", "claimed")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EVENTS, max_size=25))
def test_any_sequence_of_verbs_and_waiting_keeps_the_invariants(events):
    world, numbers = a_world()

    for event in events:
        before = {each: world.ticket(each) for each in numbers}
        stories = {each: len(world.story(each)) for each in numbers}
        happen(world, numbers, event)
        for number in numbers:
            ticket = world.ticket(number)
            assert ticket.version >= before[number].version
            has_changed = ticket.version > before[number].version
            assert has_changed is (len(world.story(number)) > stories[number])
            # A sweep that is due runs at once in life; a person's verb may leave a limit that is past already.
            world.wait(seconds=0)
            check(world, world.ticket(number))
            check_claims(world, number)
    assert all(has_text(f"error.{each.key}") for each in world.refusals)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EVENTS, max_size=15))
def test_the_clock_is_never_early_and_lifts_a_ticket_only_upward(events):
    world, numbers = a_world()
    tree = world.hierarchy

    for event in [*events, ("wait", timedelta(days=9))]:
        if event[0] != "wait":
            happen(world, numbers, event)
            continue
        levels = {each: tree.level_index(world.ticket(each).level) for each in numbers}
        due = {each: world.ticket(each).next_due_at for each in numbers}
        taken = len(world.steps)
        happen(world, numbers, event)
        for at, step, number in world.steps[taken:]:
            assert due[number] is not None
            assert at >= due[number]
            assert step in Step
        for number in numbers:
            assert tree.level_index(world.ticket(number).level) >= levels[number]


@settings(max_examples=20, deadline=None)
@given(st.permutations(["liqiang", "zhoujun", "wangfang", "zhao"]))
def test_of_any_crowd_that_claims_exactly_one_wins(crowd):
    world = World()
    number = world.report("电梯坏了", reading=a_reading("elevator"))

    verbs.claim(world.desk(), number, world.staff(crowd[0]))

    for staff_id in crowd[1:]:
        with pytest.raises(WrongMomentError) as refused:
            verbs.claim(world.desk(), number, world.staff(staff_id))
        assert refused.value.values["holder"] == world.hierarchy.staff[crowd[0]].name
    assert world.ticket(number).holder == crowd[0]
