"""Nobody answers: reminders come first, then the ticket climbs, and at the top it is supervised until somebody acts."""

from tests.stories.world import World

HOME = "xingfuli-b1-residents"
HEADS, COMMUNITY, STREET = "xingfuli-b1-staff", "xingfuli-staff", "xinhua-staff"


def test_silence_carries_a_report_from_the_building_to_the_street_and_there_it_is_supervised(world: World):
    world.says(HOME, "u1", "楼上装修声太吵了", name="1-201")
    assert world.ticket(1001).group == HEADS

    world.wait(minutes=46)
    assert len(world.heard(HEADS, "提醒", "#1001", "今天 10:00 到时限")) == 1

    world.wait(minutes=15)
    assert world.heard(COMMUNITY, "上报来的工单 #1001", "到时限无人认领", "今天 14:00 前认领")
    assert world.heard(HEADS, "#1001", "已交社区办理")
    assert world.heard(HOME, "#1001", "已交社区办理", "今天 14:00 前有人接手")

    world.wait(hours=4)
    assert world.heard(STREET, "上报来的工单 #1001", "明天 09:00 前认领")
    assert world.heard(HOME, "#1001", "已交街道办理")

    world.wait(hours=23)
    assert len(world.heard(STREET, "【督办】#1001", "至今无人认领")) == 2
    assert world.ticket(1001).escalations == 2
    assert world.ticket(1001).status == "open"


def test_each_level_is_asked_once_and_each_reminder_is_given_once(world: World):
    world.says(HOME, "u1", "楼上装修声太吵了", name="1-201")

    world.wait(days=1)

    reached = [each.node for each in world.story(1001) if each.kind == "escalated"]
    assert reached == ["xingfuli", "xinhua"]
    assert world.happened(1001).count("reminded") == 3


def test_a_supervision_ends_when_somebody_claims(world: World):
    world.says(HOME, "u1", "楼上装修声太吵了", name="1-201")
    world.wait(days=1, hours=1)
    orders = len(world.heard(STREET, "【督办】#1001"))

    world.staff_says(STREET, "zhao", "认领 1001")
    world.wait(days=2)

    assert orders
    assert len(world.heard(STREET, "【督办】#1001")) == orders


def test_a_claim_that_leads_nowhere_climbs_too(world: World):
    world.says(HOME, "u1", "楼上装修声太吵了", name="1-201")
    world.staff_says(HEADS, "chenjie", "认领 1001")

    world.wait(hours=8, minutes=50)
    assert world.private("chenjie")[-1].startswith("提醒：#1001")
    world.wait(minutes=20)

    assert world.heard(COMMUNITY, "上报来的工单 #1001", "到时限未办结")
    assert (world.ticket(1001).holder, world.ticket(1001).status) == (None, "open")


def test_a_supervised_holder_and_the_street_hear_of_it(world: World):
    world.says(HOME, "u1", "楼上装修声太吵了", name="1-201")
    world.wait(hours=6)
    world.staff_says(STREET, "zhao", "认领 1001")

    world.wait(days=10)

    assert world.heard(STREET, "【督办】#1001", "已过办结时限", "赵敏在办")
    assert any("【督办】#1001" in each for each in world.private("zhao"))


def test_a_building_without_a_head_is_skipped_and_that_is_said(world: World):
    world.says("xingfuli-b2-residents", "u2", "@里仁 楼上装修声太吵了", name="2-101")

    assert world.ticket(1001).group == COMMUNITY
    assert world.heard(COMMUNITY, "新工单 #1001", "（2号楼暂时没人能接，直接转到这里）")


def test_a_person_sends_it_up_before_the_clock_does(world: World):
    world.says(HOME, "u1", "楼上装修声太吵了", name="1-201")

    assert "已上报社区" in world.staff_says(HEADS, "chenjie", "上报 1001 需要社区协调")

    assert world.heard(COMMUNITY, "上报来的工单 #1001", "下级上报", "需要社区协调")
    assert "您这一级可以看" in world.staff_says(HEADS, "chenjie", "认领 1001")
