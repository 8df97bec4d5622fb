"""What is offered is what the verbs themselves allow: tried for every verb, state and person of a street."""

from datetime import timedelta
from functools import partial

import pytest

from routing import desk as verbs
from routing.callers import Caller
from routing.desk.possible import RIGHTS, list_possible, list_possible_for_reporter
from routing.errors import DeskError
from routing.tickets import Status, Verb
from tests.builders import a_reading
from tests.world import World

ELEVATOR = a_reading("elevator")
PEOPLE = ("chenjie", "liqiang", "zhoujun", "wangfang", "zhao", "sunli")


def other_of(world: World) -> int:
    """A second ticket of the same place, so that there is something to merge into."""
    return world.report("3单元也坏了", who="u9", reading=ELEVATOR)


def sayings(world: World, other: int) -> dict:
    soon = world.now + timedelta(days=1)
    return {
        Verb.CLAIM: verbs.claim,
        Verb.RESOLVE: partial(verbs.resolve, result="好了"),
        Verb.RESUME: verbs.resume,
        Verb.APPROVE: verbs.approve_pause,
        Verb.REFUSE: partial(verbs.refuse_pause, reason=""),
        Verb.NOTE: partial(verbs.add_note, text="看过了"),
        Verb.QUESTION: partial(verbs.question, text="几楼？"),
        Verb.TRANSFER: partial(verbs.transfer, whom="chenjie"),
        Verb.PAUSE: partial(verbs.pause, until_at=soon, reason="等配件"),
        Verb.ESCALATE: partial(verbs.escalate, reason="难办"),
        Verb.HAND_BACK: partial(verbs.hand_back, reason="属地不符"),
        Verb.RELEASE: verbs.release,
        Verb.SORT: partial(verbs.sort, category="noise"),
        Verb.MAKE_URGENT: verbs.make_urgent,
        Verb.MERGE: partial(verbs.merge, into=other),
        Verb.PART: verbs.part,
        Verb.DECLINE: partial(verbs.decline, reason="请找法院"),
        Verb.REOPEN: partial(verbs.reopen, reason="没修好"),
        Verb.CLOSE: partial(verbs.close, reason="当面确认过"),
    }


def leave_open(world: World, number: int, other: int) -> None:
    pass


def claim(world: World, number: int, other: int) -> None:
    verbs.claim(world.desk(), number, world.staff("liqiang"))


def pause(world: World, number: int, other: int) -> None:
    claim(world, number, other)
    soon = world.now + timedelta(days=2)
    verbs.pause(world.desk(), number, world.staff("liqiang"), until_at=soon, reason="等配件")


def ask_for_a_pause(world: World, number: int, other: int) -> None:
    claim(world, number, other)
    far = world.now + timedelta(days=30)
    verbs.pause(world.desk(), number, world.staff("liqiang"), until_at=far, reason="等配件")


def resolve(world: World, number: int, other: int) -> None:
    claim(world, number, other)
    verbs.resolve(world.desk(), number, world.staff("liqiang"), result="好了")


def close(world: World, number: int, other: int) -> None:
    resolve(world, number, other)
    verbs.close(world.desk(), number, world.staff("zhao"), reason="当面确认过")


def decline(world: World, number: int, other: int) -> None:
    verbs.decline(world.desk(), number, world.staff("liqiang"), reason="请找法院")


def merge(world: World, number: int, other: int) -> None:
    verbs.merge(world.desk(), number, world.staff("wangfang"), into=other)


def hand_back_once(world: World, number: int, other: int) -> None:
    verbs.hand_back(world.desk(), number, world.staff("liqiang"), reason="属地不符")


def hand_back_twice(world: World, number: int, other: int) -> None:
    hand_back_once(world, number, other)
    verbs.hand_back(world.desk(), number, world.staff("wangfang"), reason="属地不符")


def hurry(world: World, number: int, other: int) -> None:
    verbs.make_urgent(world.desk(), number, world.staff("liqiang"))


def climb_to_the_top(world: World, number: int, other: int) -> None:
    verbs.escalate(world.desk(), number, world.staff("wangfang"), reason="难办")
    while world.ticket(number).node != world.hierarchy.root_id:
        verbs.escalate(world.desk(), number, world.staff("zhao"), reason="难办")


STATES = (
    leave_open, claim, pause, ask_for_a_pause, resolve, close, decline, merge, hand_back_once, hand_back_twice,
    hurry, climb_to_the_top,
)  # fmt: skip


@pytest.mark.parametrize("arrive", STATES)
def test_what_is_offered_is_what_the_verbs_allow(arrive):
    world = World()
    number = world.report("电梯坏了", reading=ELEVATOR)
    other = other_of(world)
    arrive(world, number, other)
    ticket = world.ticket(number)

    for who in PEOPLE:
        caller = world.staff(who)
        offered = set(list_possible(world.hierarchy, ticket, caller))
        allowed = set()
        for verb, say in sayings(world, other).items():
            savepoint = world.store.state.copy()
            try:
                say(world.desk(), number, caller)
                allowed.add(verb)
            except DeskError as refused:
                if refused.key in {"already_there", "nobody_above", "unknown_receiver"}:
                    allowed |= offered & {verb}  # seen only when it is said
            world.store.state = savepoint
        assert offered == allowed, who


def test_every_verb_of_staff_has_a_right():
    assert {*RIGHTS, Verb.ADD, Verb.URGE, Verb.RATE, Verb.WITHDRAW} == set(Verb)


def test_a_stranger_is_offered_nothing():
    world = World()
    number = world.report("电梯坏了", reading=ELEVATOR)

    assert list_possible(world.hierarchy, world.ticket(number), Caller()) == ()


def test_a_reporter_may_urge_while_it_is_under_way_and_rate_afterwards():
    world = World()
    number = world.report("电梯坏了", reading=ELEVATOR)
    early = list_possible_for_reporter(world.ticket(number))
    resolve(world, number, number)
    late = list_possible_for_reporter(world.ticket(number))

    assert early == (Verb.ADD, Verb.URGE, Verb.WITHDRAW)
    assert world.ticket(number).status is Status.RESOLVED
    assert late == (Verb.ADD, Verb.RATE)
