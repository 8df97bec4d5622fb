"""Whatever people say and however time passes, a ticket keeps its promises."""

from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.texts import has_text
from routing import desk as verbs
from routing.desk.moving import is_homeless
from routing.errors import DeskError, WrongMomentError
from routing.escalation import Step, next_due
from routing.tickets import ENDED, Rating, Status, Ticket
from tests.builders import a_reading
from tests.world import World

STAFF = ("chenjie", "liqiang", "zhoujun", "wangfang", "zhao", "sunli")
RESIDENTS = ("u1", "u2")
SPANS = (timedelta(minutes=7), timedelta(hours=1), timedelta(hours=5), timedelta(days=1), timedelta(days=5))
SAYINGS = {
    "claim": verbs.claim,
    "release": verbs.release,
    "hand_back": partial(verbs.hand_back, reason="属地不符"),
    "escalate": partial(verbs.escalate, reason="难办"),
    "to_colleague": partial(verbs.transfer, whom="周军"),
    "to_group": partial(verbs.transfer, whom="幸福里网格工作群"),
    "note": partial(verbs.add_note, text="看过了"),
    "resume": verbs.resume,
    "approve": verbs.approve_pause,
    "refuse": partial(verbs.refuse_pause, reason="不行"),
    "resolve": partial(verbs.resolve, result="好了"),
    "decline": partial(verbs.decline, reason="请找法院"),
    "sort": partial(verbs.sort, category="电梯"),
    "sort_back": partial(verbs.sort, category="noise"),
    "hurry": verbs.make_urgent,
    "part": verbs.part,
    "reopen": partial(verbs.reopen, reason="再办"),
    "close": partial(verbs.close, reason="到此为止"),
}
ASKED_BY_RESIDENTS = {
    "urge": verbs.urge,
    "withdraw": verbs.withdraw,
    "satisfied": partial(verbs.rate, rating=Rating.SATISFIED),
    "unsatisfied": partial(verbs.rate, rating=Rating.UNSATISFIED),
}
EVENTS = st.one_of(
    st.tuples(st.sampled_from(sorted(SAYINGS)), st.sampled_from(STAFF), st.integers(0, 2)),
    st.tuples(st.just("pause"), st.sampled_from(STAFF), st.integers(0, 2), st.sampled_from([1, 5, 20])),
    st.tuples(st.just("merge"), st.sampled_from(STAFF), st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.sampled_from(sorted(ASKED_BY_RESIDENTS)), st.sampled_from(RESIDENTS), st.integers(0, 2)),
    st.tuples(st.just("add"), st.booleans(), st.integers(0, 2)),
    st.tuples(st.just("wait"), st.sampled_from(SPANS)),
)  # fmt: skip


def a_world() -> tuple[World, list[int]]:
    """Three tickets: two of one building that may be merged, and one whose place is not known."""
    world = World()
    numbers = [
        world.report(who="u1"),
        world.report("电梯坏了", who="u2", reading=a_reading("elevator")),
        world.report(who="u1", origin="xinhua"),
    ]
    return world, numbers


def happen(world: World, numbers: list[int], event: tuple) -> None:
    """One event; a refusal leaves no trace, as the writer sees to it."""
    name, *rest = event
    if name == "wait":
        world.wait(until=world.now + rest[0])
        return
    number = numbers[rest[1]]
    savepoint = world.store.state.copy()
    try:
        _say(world, numbers, name, number, rest)
    except DeskError as refused:
        world.store.state = savepoint
        world.refusals.append(refused)


def _say(world: World, numbers: list[int], name: str, number: int, rest: list) -> None:
    if name == "add":
        reading = a_reading(urgent=rest[0])
        report = verbs.Report(world.person("u1"), "还有", reading, "xingfuli-b1", world.person("u1").private)
        verbs.add_words(world.desk(), world.ticket(number), report)
        return
    caller = world.resident(rest[0]) if name in ASKED_BY_RESIDENTS else world.staff(rest[0])
    if name == "pause":
        until_at = world.now + timedelta(days=rest[2])
        verbs.pause(world.desk(), number, caller, until_at=until_at, reason="等")
    elif name == "merge":
        verbs.merge(world.desk(), number, caller, into=numbers[rest[2]])
    else:
        (SAYINGS | ASKED_BY_RESIDENTS)[name](world.desk(), number, caller)


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
