"""What may happen on a street, for hypothesis to choose from: sayings of staff and residents, and waiting."""

from datetime import timedelta
from functools import partial

from hypothesis import strategies as st

from routing import desk as verbs
from routing.callers import Caller
from routing.errors import DeskError
from routing.tickets import Rating
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
IN_CHARGE = "whoever is in charge"
ACTORS = st.sampled_from([IN_CHARGE] * 12 + list(STAFF))
VERBS = st.sampled_from([*sorted(SAYINGS), *["claim"] * 6, *["resolve"] * 3])
EVENTS = st.one_of(
    st.tuples(VERBS, ACTORS, st.integers(0, 2)),
    st.tuples(st.just("pause"), ACTORS, st.integers(0, 2), st.sampled_from([1, 5, 20])),
    st.tuples(st.just("merge"), ACTORS, st.integers(0, 2), st.integers(0, 2)),
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


def _staff(world: World, who: str, number: int) -> Caller:
    """Most of what is said at random would be refused, were it not said by somebody who may."""
    ticket = world.ticket(number)
    members = world.hierarchy.list_members(ticket.group)
    return world.staff((ticket.holder or members[0].staff_id) if who == IN_CHARGE else who)


def _say(world: World, numbers: list[int], name: str, number: int, rest: list) -> None:
    if name == "add":
        reading = a_reading(urgent=rest[0])
        report = verbs.Report(world.person("u1"), "还有", reading, "xingfuli-b1", world.person("u1").private)
        verbs.add_words(world.desk(), world.ticket(number), report)
        return
    caller = world.resident(rest[0]) if name in ASKED_BY_RESIDENTS else _staff(world, rest[0], number)
    if name == "pause":
        until_at = world.now + timedelta(days=rest[2])
        verbs.pause(world.desk(), number, caller, until_at=until_at, reason="等")
    elif name == "merge":
        verbs.merge(world.desk(), number, caller, into=numbers[rest[2]])
    else:
        (SAYINGS | ASKED_BY_RESIDENTS)[name](world.desk(), number, caller)
