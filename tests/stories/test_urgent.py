"""Danger, at any hour: the number to call first, the urgent clock, and no quiet hours."""

from datetime import UTC, datetime

import pytest

from tests.stories.world import World

HALF_PAST_TWO = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
"""Wednesday 25 November, 02:30 in Shanghai."""

PROPERTY, COMMUNITY, STREET = "xingfuli-property", "xingfuli-staff", "xinhua-staff"
QUIET = ("  supervise_every: 4h\n", '  supervise_every: 4h\n  quiet: ["21:30-07:30"]\n')


@pytest.fixture
def night(make_world) -> World:
    world = make_world(start=HALF_PAST_TWO)
    world.edits(QUIET)
    return world


def test_at_night_somebody_shut_in_a_lift_is_told_whom_to_call_and_staff_are_woken(night: World):
    receipt = night.says_alone("u1", "电梯困人了，有老人被困在里面", name="1-201")

    assert receipt.index("119") < receipt.index("请勿扒门") < receipt.index("#1001")
    assert "最晚今天 02:40 前有人回应" in receipt
    assert night.heard(PROPERTY, "【紧急】新工单 #1001")


def test_nobody_wakes_up_and_within_half_an_hour_the_street_knows(night: World):
    night.says_alone("u1", "电梯困人了，有老人被困在里面", name="1-201")

    night.wait(minutes=11)
    assert night.heard(COMMUNITY, "【紧急】上报来的工单 #1001")
    night.wait(minutes=10)
    assert night.heard(STREET, "【紧急】上报来的工单 #1001")
    night.wait(minutes=16)
    assert night.heard(STREET, "【督办】#1001")


def test_urgent_words_after_the_report_hurry_it(world: World):
    world.says("xingfuli-b1-residents", "u1", "电梯坏了", name="1-201")

    answer = world.says("xingfuli-b1-residents", "u1", "@里仁 有人被困在电梯里了", name="1-201")

    assert "按紧急事项处理，最晚今天 09:10 前有人回应" in answer
    assert world.heard(PROPERTY, "【紧急】新工单 #1001")
    assert world.ticket(1001).urgent


def test_who_smelled_gas_and_feels_ill_a_minute_later_is_told_to_call_both(night: World):
    first = night.says_alone("u1", "家里有煤气味", name="1-201")
    night.wait(minutes=1)

    answer = night.says_alone("u1", "我有点头晕，孩子也吐了", name="1-201")
    again = night.says_alone("u1", "已经出来了，在楼下", name="1-201")

    assert "119" in first
    assert "120" not in first
    assert "先开窗、离开屋子" in answer
    assert "到室外打 119，有人不舒服马上打 120" in answer
    assert "120" not in again


def test_a_danger_that_is_only_denied_is_no_danger(world: World):
    world.says("xingfuli-b1-residents", "u1", "电梯坏了，没有困人", name="1-201")

    assert not world.ticket(1001).urgent


def test_staff_may_make_it_urgent(world: World):
    world.says("xingfuli-b1-residents", "u1", "电梯坏了", name="1-201")

    assert "已加急，请在今天 09:10 前认领" in world.staff_says(PROPERTY, "liqiang", "加急 1001")


def test_what_somebody_in_danger_asks_goes_to_those_on_their_way(world: World):
    world.says("xingfuli-b1-residents", "u1", "有人困在电梯里了")

    answer = world.says_alone("u1", "我要不要先下楼？")

    assert answer == "已补充到工单 #1001。"
    assert world.heard("xingfuli-property", "#1001", "我要不要先下楼？")
    world.wait(hours=1)
    assert "已补充" not in world.says_alone("u1", "物业几点下班？")


def test_who_runs_there_reads_the_flat_that_was_told_later_and_the_group_the_unit_alone(world: World):
    world.says("xingfuli-b1-residents", "u1", "有人困在电梯里了")
    world.says_alone("u1", "2单元301门口那部")

    world.staff_says("xingfuli-property", "liqiang", "认领 1001")

    [details] = [each for each in world.private("liqiang") if each.startswith("您负责的 #1001")]
    assert "幸福里社区1号楼 2单元\n有人困在电梯里了\n2单元301门口那部\n" in details
    assert not world.heard("xingfuli-property", "301")
