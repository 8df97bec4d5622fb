"""Passing a ticket on: to a colleague, to another group, down the tree; never to residents, never to win time."""

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import pytest

from routing.desk import (
    claim,
    pause,
    resume,
    transfer,
)
from routing.errors import BadValueError, WrongMomentError
from routing.escalation import claim_due, resolve_due
from routing.hierarchy import Staff
from routing.notice_kinds import Hearer, NoticeKind
from routing.tickets import Status
from tests.builders import a_hierarchy, a_reading
from tests.world import World

ELEVATOR = a_reading("elevator")


def test_a_transfer_to_a_colleague_of_the_same_group_keeps_the_limits():
    world = World()
    number = world.report("电梯坏了", reading=ELEVATOR)
    before = claim(world.desk(), number, world.staff("liqiang"))
    world.wait(minutes=5)

    after = transfer(world.desk(), number, world.staff("liqiang"), whom="@周军")

    assert (after.holder, after.resolve_due_at, after.cycle) == (
        "zhoujun",
        before.resolve_due_at,
        before.cycle,
    )
    assert NoticeKind.GIVEN in world.heard_by(Hearer.staff("zhoujun"))


def test_a_transfer_to_another_group_asks_it_anew():
    world = World()
    number = world.report("电梯坏了", reading=ELEVATOR)

    after = transfer(world.desk(), number, world.staff("liqiang"), whom="幸福里网格工作群")

    assert (after.group, after.status, after.node) == ("xingfuli-staff", Status.OPEN, "xingfuli-b1")
    assert world.heard_by(Hearer.group("xingfuli-property"))[-1] is NoticeKind.GONE


def test_inside_the_level_nobody_wins_time_by_passing_it_on():
    world = World()
    number = world.report("电梯坏了", reading=ELEVATOR)
    asked = world.ticket(number)
    world.wait(minutes=10)

    open_still = transfer(world.desk(), number, world.staff("liqiang"), whom="幸福里网格工作群")
    claimed = claim(world.desk(), number, world.staff("wangfang"))
    world.wait(minutes=10)
    back = transfer(world.desk(), number, world.staff("wangfang"), whom="幸福里物业群")

    assert (open_still.claim_due_at, open_still.resolve_due_at) == (asked.claim_due_at, None)
    assert claimed.resolve_due_at == resolve_due(asked)
    assert (back.status, back.resolve_due_at) == (Status.OPEN, resolve_due(asked))
    assert back.claim_due_at == claim_due(replace(asked, dispatched_at=world.now))


def test_near_the_limit_to_resolve_the_new_group_has_no_longer_than_that_to_claim():
    world = World()
    number = world.report("电梯坏了", reading=ELEVATOR)
    due_at = claim(world.desk(), number, world.staff("liqiang")).resolve_due_at
    world.wait(until=due_at - timedelta(minutes=1))

    after = transfer(world.desk(), number, world.staff("liqiang"), whom="幸福里网格工作群")
    world.wait(minutes=2)

    assert after.claim_due_at == after.resolve_due_at == due_at
    assert world.story(number)[-1] == "escalated"


def test_a_transfer_to_a_person_of_another_group_dispatches_it_there():
    world = World()
    number = world.report("电梯坏了", reading=ELEVATOR)

    after = transfer(world.desk(), number, world.staff("liqiang"), whom="wangfang")

    assert (after.group, after.holder, after.status) == ("xingfuli-staff", "wangfang", Status.CLAIMED)
    assert after.resolve_due_at is not None


def test_the_street_may_send_a_ticket_down_to_a_building():
    world = World()
    number = world.report(origin="xinhua")

    world.wait(minutes=10)
    after = transfer(world.desk(), number, world.staff("zhao"), whom="陈杰")

    assert after.dispatched_at == world.now
    assert (after.node, after.level, after.group) == ("xingfuli-b1", "building", "xingfuli-b1-staff")


@pytest.mark.parametrize(
    ("whom", "node", "level"), [("王芳", "xingfuli", "community"), ("街道工作群", "xinhua", "street")]
)
def test_staff_of_a_higher_place_have_it_there_with_that_levels_limits_and_it_climbs_on_from_there(
    whom: str, node: str, level: str
):
    world = World()
    number = world.report()
    claim(world.desk(), number, world.staff("chenjie"))
    world.wait(minutes=10)

    after = transfer(world.desk(), number, world.staff("chenjie"), whom=whom)
    world.wait(days=20)

    assert (after.node, after.level, after.dispatched_at) == (node, level, world.now - timedelta(days=20))
    assert world.ticket(number).level == "street"
    assert world.story(number).count("escalated") == (level == "community")
    assert world.story(number)[-1] == "supervised"


@pytest.mark.parametrize("whom", ["谁也不是", "1号楼居民群", "xingfuli-b1-residents", "孙丽", ""])
def test_a_transfer_to_nobody_to_residents_or_outside_the_branch_is_refused(whom):
    world = World()
    number = world.report()

    with pytest.raises(BadValueError, match="unknown_receiver"):
        transfer(world.desk(), number, world.staff("chenjie"), whom=whom)


@pytest.mark.parametrize("groups", [(), ("xingfuli-b1-residents",)])
def test_somebody_without_a_group_to_answer_in_cannot_be_given_a_ticket(groups):
    idle = Staff("idle", "闲人", "志愿者", "xingfuli-b1", groups)
    tree = a_hierarchy()
    world = World(hierarchy=_with_staff(tree, idle))
    number = world.report()

    with pytest.raises(BadValueError, match="unknown_receiver"):
        transfer(world.desk(), number, world.staff("chenjie"), whom="闲人")


def _with_staff(tree, staff):
    return replace(tree, staff=MappingProxyType({**tree.staff, staff.staff_id: staff}))


def test_a_transfer_to_where_it_is_already_does_not_start_the_limits_anew():
    world = World()
    number = world.report("电梯坏了", reading=ELEVATOR)
    claim(world.desk(), number, world.staff("liqiang"))

    for whom in ("liqiang", "幸福里物业群"):
        with pytest.raises(WrongMomentError, match="already_there"):
            transfer(world.desk(), number, world.staff("liqiang"), whom=whom)


def test_a_pause_that_was_asked_for_does_not_follow_the_ticket_to_another_holder():
    world = World()
    number = world.report("电梯坏了", reading=ELEVATOR)
    claim(world.desk(), number, world.staff("liqiang"))
    pause(
        world.desk(),
        number,
        world.staff("liqiang"),
        until_at=world.now.replace(month=12, day=20),
        reason="等配件",
    )

    after = transfer(world.desk(), number, world.staff("liqiang"), whom="周军")

    assert after.pause_request is None
    with pytest.raises(WrongMomentError, match="not_while_claimed"):
        resume(world.desk(), number, world.staff("zhoujun"))
