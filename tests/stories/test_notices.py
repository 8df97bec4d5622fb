"""What is told, and when: nothing that is no longer true, nothing at night that can wait, many things as one."""

from datetime import UTC, datetime

import pytest

from tests.stories.world import World

HOME, HEADS, PROPERTY = "xingfuli-b1-residents", "xingfuli-b1-staff", "xingfuli-property"
TEN_IN_THE_EVENING = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
QUIET = ("  supervise_every: 4h\n", '  supervise_every: 4h\n  quiet: ["21:30-07:30"]\n')
NEIGHBOURS_APART = ("  supervise_every: 4h\n", "  supervise_every: 4h\n  same_matter: off\n")


@pytest.fixture
def evening(make_world) -> World:
    world = make_world(start=TEN_IN_THE_EVENING)
    world.edits(QUIET)
    return world


def test_what_is_not_urgent_waits_for_the_morning(evening: World):
    receipt = evening.says(HOME, "u1", "电梯坏了", name="1-201")
    assert "#1001" in receipt

    evening.wait(hours=9)
    assert evening.shown(PROPERTY) == []
    evening.wait(minutes=31)

    assert evening.heard(PROPERTY, "新工单 #1001")


def test_what_is_no_longer_true_in_the_morning_is_not_told(evening: World):
    evening.says(HOME, "u1", "电梯坏了", name="1-201")
    evening.says_alone("u1", "撤回 1001")

    evening.wait(hours=10)

    assert not evening.heard(PROPERTY, "新工单 #1001")
    dropped = evening.look(lambda unit: unit.parcels.list_lanes(evening.now))
    assert dropped == []


def test_several_things_for_one_chat_that_waited_come_as_one_message(evening: World):
    evening.edits(NEIGHBOURS_APART)
    for each in range(1, 4):
        evening.says(HOME, f"u{each}", "电梯坏了", name=f"1-{each}01")

    evening.wait(hours=10)

    assert len(evening.shown(PROPERTY)) == 1
    assert evening.heard(PROPERTY, "有 3 件新工单等人认领", "#1001", "#1002", "#1003", "待办")


def test_more_than_a_few_new_tickets_in_a_minute_arrive_as_one_list(world: World):
    world.edits(NEIGHBOURS_APART)
    for each in range(1, 10):
        world.says(HOME, f"u{each}", "电梯坏了", name=f"1-{each}01")
    assert len(world.shown(PROPERTY)) == 5

    world.wait(minutes=2)

    assert len(world.shown(PROPERTY)) == 6
    assert "有 4 件新工单等人认领" in world.shown(PROPERTY)[-1]


def test_staff_who_act_are_not_told_again_in_the_same_chat(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")

    world.staff_says(PROPERTY, "liqiang", "认领 1001")

    assert len(world.heard(PROPERTY, "认领")) == 2  # the new ticket, and the answer
    assert not world.heard(PROPERTY, "由李强认领了")


def test_who_acts_in_private_lets_the_group_know(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")

    world.staff_says_alone("liqiang", "认领 1001")

    assert world.heard(PROPERTY, "#1001（电梯）由李强认领了。")


def test_each_notice_is_shown_once(world: World):
    world.says_alone("u1", "电梯坏了", name="1-201")
    world.wait(days=2)

    for chat in (PROPERTY, "xingfuli-staff", "xinhua-staff", "private:u1"):
        plain = [each for each in world.shown(chat) if "【督办】" not in each]
        assert len(plain) == len(set(plain)), chat


def test_many_tickets_that_climb_together_arrive_as_one_list(world: World):
    world.edits(NEIGHBOURS_APART)
    for each in range(1, 10):
        world.says(HOME, f"u{each}", "楼上装修声太吵了", name=f"1-{each}01")

    world.wait(hours=1, minutes=1)

    assert world.heard("xingfuli-staff", "有 9 件", "#1001", "#1009", "待办")
    assert not world.heard("xingfuli-staff", "上报来的工单")
