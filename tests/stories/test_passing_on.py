"""What handlers do when it is not theirs, or not now: hand back, transfer, put off with a yes from above."""

from datetime import UTC, datetime

from tests.stories.world import World

HOME = "xingfuli-b1-residents"
PROPERTY, COMMUNITY, STREET = "xingfuli-property", "xingfuli-staff", "xinhua-staff"


def test_the_second_hand_back_goes_up_and_there_is_no_third(world: World):
    world.says("xingfuli-b2-residents", "u2", "@里仁 电梯坏了", name="2-201")

    assert "为什么退回 #1001" in world.staff_says(PROPERTY, "liqiang", "退回 1001")
    assert "已退回" in world.taps(PROPERTY, "liqiang", "权属不清")
    assert world.ticket(1001).group == COMMUNITY
    assert "已退回" in world.staff_says(COMMUNITY, "wangfang", "退回 1001 职能交叉 请街道牵头")

    assert world.heard(STREET, "退回的工单 #1001", "职能交叉 请街道牵头", "第二次退回")
    assert "不能再退" in world.staff_says(STREET, "zhao", "退回 1001 属地不符")
    assert world.ticket(1001).hand_backs == 2


def test_a_reason_that_is_not_listed_hands_nothing_back(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")

    answer = world.staff_says(PROPERTY, "liqiang", "退回 1001 太忙了")

    assert "要写明原因" in answer
    assert world.ticket(1001).group == PROPERTY


def test_a_transfer_gives_it_to_one_person_who_hears_it_alone(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")

    world.staff_says(PROPERTY, "liqiang", "转派 1001 周军")

    assert (world.ticket(1001).holder, world.ticket(1001).status) == ("zhoujun", "claimed")
    assert "李强把 #1001（电梯）转给了周军" in world.private("zhoujun")[-1]
    assert world.heard(HOME, "#1001", "已转给周军办理")


def test_a_short_pause_stops_the_clock_and_the_resident_knows_until_when(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    world.staff_says(PROPERTY, "liqiang", "认领 1001")

    answer = world.staff_says(PROPERTY, "liqiang", "暂缓 1001 3天 等配件")

    assert "已暂缓到11月27日 周五 09:00" in answer
    assert world.heard(HOME, "先缓到11月27日 周五 09:00：等配件")
    world.wait(days=2, hours=23)
    assert world.happened(1001)[-1] == "paused"
    world.wait(hours=2)
    assert world.ticket(1001).status == "claimed"
    assert world.heard(HOME, "#1001", "继续办理")
    assert any("恢复计时" in each for each in world.private("liqiang"))


def test_a_long_pause_needs_a_yes_from_above(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    world.staff_says(PROPERTY, "liqiang", "认领 1001")

    assert "已请上级同意" in world.staff_says(PROPERTY, "liqiang", "暂缓 1001 20天 等配件到货")
    assert world.ticket(1001).status == "claimed"
    assert "上一级来定" in world.staff_says(PROPERTY, "zhoujun", "同意 1001")
    assert "已同意" in world.taps(COMMUNITY, "wangfang", "同意", name="王芳")

    assert world.ticket(1001).paused_until == datetime(2026, 12, 14, 1, 0, tzinfo=UTC)
    assert world.heard(HOME, "#1001", "先缓到12月14日")


def test_a_pause_that_is_refused_leaves_the_limit_as_it_was(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    world.staff_says(PROPERTY, "liqiang", "认领 1001")
    due_at = world.ticket(1001).resolve_due_at
    world.staff_says(PROPERTY, "liqiang", "暂缓 1001 20天 等配件到货")

    world.staff_says(COMMUNITY, "wangfang", "不同意 1001 请先找备用件")

    assert world.ticket(1001).resolve_due_at == due_at
    assert "没有获得同意：请先找备用件" in world.private("liqiang")[-1]


def test_short_pauses_that_add_up_to_a_long_one_need_a_yes_as_well(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    world.staff_says(PROPERTY, "liqiang", "认领 1001")
    for _ in range(2):
        assert "已暂缓到" in world.staff_says(PROPERTY, "liqiang", "暂缓 1001 3天 等配件")
        world.wait(days=3, minutes=1)

    assert "已请上级同意" in world.staff_says(PROPERTY, "liqiang", "暂缓 1001 3天 等配件")

    assert world.heard(COMMUNITY, "申请把 #1001", "之前已自行暂缓 2 次")


def test_what_is_given_back_is_free_for_others(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    world.staff_says(PROPERTY, "liqiang", "认领 1001")

    world.staff_says(PROPERTY, "liqiang", "放回 1001")

    assert "周军 已认领" in world.staff_says(PROPERTY, "zhoujun", "认领 1001")


def test_a_note_reaches_the_holder_and_no_resident(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    world.staff_says(PROPERTY, "liqiang", "认领 1001")

    world.staff_says(COMMUNITY, "wangfang", "备注 1001 维保合同月底到期")

    assert "维保合同月底到期" in world.private("liqiang")[-1]
    assert not world.heard(HOME, "维保合同")
