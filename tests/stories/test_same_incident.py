"""The same incident, told by neighbours one after the other: joined when sure, put before staff when likely, never
against what the places say; and parted again, with everybody told."""

from collections.abc import Callable

from admin_web.ports import NewReport
from app.api_ports import build_ports
from tests.stories.world import World

B1, B2, B5 = "xingfuli-b1-residents", "xingfuli-b2-residents", "hepingli-b5-residents"
PROPERTY = "xingfuli-property"


def lift_told_by_two(world: World) -> None:
    world.says(B1, "u1", "电梯坏了", name="1-101")
    world.wait(minutes=20)
    world.says(B1, "u2", "电梯又停了，什么时候修", name="1-502")


def test_a_neighbour_s_report_of_the_same_lift_is_joined_and_they_hear_how_many_there_are(world: World):
    world.says(B1, "u1", "电梯坏了", name="1-101")
    world.wait(minutes=20)

    receipt = world.says(B1, "u2", "电梯又停了，什么时候修", name="1-502")

    assert "已收到，工单 #1002（电梯）" in receipt
    assert "这件事已有 2 位邻居反映，并到工单 #1001 一起办" in receipt
    assert world.ticket(1001).reporters == 2
    assert (world.ticket(1002).status, world.ticket(1002).merged_into) == ("merged", 1001)
    assert world.heard(PROPERTY, "又有居民反映 #1001（电梯），现在共 2 人", "电梯又停了", "拆案 1002")
    assert not world.heard(PROPERTY, "新工单 #1002")


def test_both_hear_how_it_ends_and_either_number_shows_how_it_stands(world: World):
    lift_told_by_two(world)

    world.staff_says(PROPERTY, "liqiang", "认领 1001")
    assert "#1001（电梯）：处置中" in world.says(B1, "u2", "进度 1002")
    world.staff_says(PROPERTY, "liqiang", "办结 1001 换了继电器")

    assert world.heard(B1, "#1001", "已办结：换了继电器")
    assert len(world.look(lambda unit: unit.reporters.list_of(1001))) == 2


def test_what_was_wrongly_joined_is_parted_again_and_everybody_is_told(world: World):
    lift_told_by_two(world)

    world.taps(PROPERTY, "liqiang", "不是同一件", name="李强")

    assert (world.ticket(1002).status, world.ticket(1001).reporters) == ("open", 1)
    assert world.heard(PROPERTY, "新工单 #1002")
    assert world.heard(B1, "您报的 #1002（电梯）改为单独办理")
    assert world.happened(1001)[-1] == "left"


def test_the_holder_of_the_other_one_hears_of_the_parting_too(world: World):
    lift_told_by_two(world)
    world.staff_says(PROPERTY, "zhoujun", "认领 1001")

    world.staff_says(PROPERTY, "liqiang", "拆案 1002")

    assert any("#1002 已从 #1001（电梯）拆出" in each for each in world.private("zhoujun"))


def test_somebody_trapped_makes_what_the_neighbour_told_urgent(world: World):
    world.says(B1, "u1", "电梯坏了", name="1-101")

    receipt = world.says(B1, "u2", "电梯坏了，有人困在电梯里！", name="1-502")

    assert "并到工单 #1001" in receipt
    assert "请勿扒门" in receipt
    assert world.ticket(1001).urgent


def test_the_next_building_s_lift_is_only_offered_and_one_tap_of_staff_makes_them_one(world: World):
    world.says(B1, "u1", "电梯坏了", name="1-101")
    assert "工单 #1002" in world.says(B2, "v1", "@里仁 电梯坏了", name="2-101")

    assert world.heard(PROPERTY, "新工单 #1002", "可能与 #1001 是同一件事", "相邻楼栋", "并到 1001")
    world.taps(PROPERTY, "liqiang", "合并", name="李强")

    assert (world.ticket(1002).status, world.ticket(1001).reporters) == ("merged", 2)
    assert world.heard(B2, "#1002", "并到 #1001 一起办")


def test_staff_may_also_answer_with_the_number_alone(world: World):
    world.says(B1, "u1", "电梯坏了", name="1-101")
    world.says(B2, "v1", "@里仁 电梯坏了", name="2-101")

    assert "#1002 已并入 #1001" in world.staff_says(PROPERTY, "liqiang", "并到 1001")


def test_where_nothing_was_offered_the_two_numbers_are_asked_for(world: World):
    world.says(B1, "u1", "电梯坏了", name="1-101")

    assert "请写两个号" in world.staff_says(PROPERTY, "liqiang", "并到 1001")


def test_another_unit_s_lift_is_another_matter(world: World):
    world.says(B1, "u1", "1单元电梯坏了", name="1-101")

    assert "工单 #1002" in world.says(B1, "u2", "2单元电梯坏了", name="1-2-502")

    assert world.ticket(1002).status == "open"
    assert not world.heard(PROPERTY, "可能与")


def test_another_community_s_lift_is_not_even_offered(world: World):
    world.says(B1, "u1", "电梯坏了", name="1-101")

    assert "工单 #1002" in world.says(B5, "w1", "@里仁 电梯坏了", name="5-101")

    assert world.ticket(1002).status == "open"
    assert not [each for each in world.shown("hepingli-staff") if "可能与" in each]


def test_what_is_solved_takes_nobody_in_any_more(world: World):
    world.says(B1, "u1", "电梯坏了", name="1-101")
    world.staff_says(PROPERTY, "liqiang", "认领 1001")
    world.staff_says(PROPERTY, "liqiang", "办结 1001 修好了")

    assert "工单 #1002" in world.says(B1, "u2", "电梯坏了", name="1-502")

    assert world.ticket(1002).status == "open"


def test_who_told_from_nowhere_joins_the_neighbours_once_they_say_where_they_live(world: World):
    world.says(B1, "u1", "电梯坏了", name="1-101")
    assert "请问您家在哪个小区" in world.says_alone("u9", "电梯坏了")

    world.says_alone("u9", "幸福里1号楼")

    assert (world.ticket(1002).merged_into, world.ticket(1001).reporters) == (1001, 2)
    assert any("并到工单 #1001 一起办" in each for each in world.private("u9"))


def test_a_house_that_opens_again_still_knows_what_is_open(world: World):
    world.says(B1, "u1", "电梯坏了", name="1-101")

    world.restart()
    world.settle()

    assert "并到工单 #1001" in world.says(B1, "u2", "电梯又停了", name="1-502")


def test_the_file_may_leave_it_to_staff(make_world: Callable[..., World], world: World):
    world.edits(("supervise_every: 4h", "supervise_every: 4h\n  same_matter: offer"))
    world.says(B1, "u1", "电梯坏了", name="1-101")

    assert "工单 #1002" in world.says(B1, "u2", "电梯坏了", name="1-502")

    assert world.ticket(1002).status == "open"
    assert world.heard(PROPERTY, "可能与 #1001 是同一件事")


def test_erased_words_are_compared_with_no_longer(world: World):
    world.says(B1, "u1", "电梯坏了", name="1-101")
    world.says(B1, "u1", "删除我的数据")
    world.settle()

    assert len(world.house.matters) == 0


def test_what_an_office_takes_by_telephone_is_compared_like_what_is_written_in_a_chat(world: World):
    world.says(B1, "u1", "电梯坏了", name="1-101")
    report = build_ports(world.house).report

    told = [
        world.run(
            report(NewReport("xingfuli-b1", "电梯又停了，什么时候修", by="office:hotline", contact=each))
        )
        for each in ("吴先生 13800000001", "郑女士 13800000002", "吴先生 13800000001")
    ]
    world.settle()

    assert [world.ticket(each).merged_into for each in told] == [1001, 1001, None]
    assert world.ticket(1001).reporters == 3
    assert world.heard(PROPERTY, f"新工单 #{told[2]}", "可能与 #1001 是同一件事")


def test_neighbours_who_ring_are_gathered_as_those_who_write_are(world: World):
    report = build_ports(world.house).report

    for _ in range(5):
        world.run(report(NewReport("xingfuli-b1", "我家停水了", by="office:hotline", category="water")))
    world.settle()

    assert (world.ticket(1001).reporters, world.ticket(1001).node) == (5, "xingfuli")


def test_what_neighbours_said_while_it_was_held_back_is_read_together(world: World):
    said = [
        "电梯坏了",
        "电梯又停了",
        "电梯不动了",
        "电梯停在三楼不动",
        "电梯按了没反应，坏了",
        "电梯门开了不走，我住501",
    ]
    for at, each in enumerate(said, start=1):
        world.says(B1, f"u{at}", each, name=f"1-{at}01")
    assert world.ticket(1001).reporters == len(said)

    world.wait(minutes=2)

    told = world.heard(PROPERTY, "又有居民反映 #1001")
    assert "现在共 6 人：\n#1005 电梯按了没反应，坏了\n#1006 电梯门开了不走，我住***\n" in told[-1]
    assert "回复“拆案 工单号”，例如“拆案 1006”" in told[-1]
    assert all(sum(each in one for one in told) == 1 for each in said[1:4])


def test_what_was_parted_while_it_was_held_back_is_not_told(world: World):
    for at in range(1, 7):
        world.says(B1, f"u{at}", "电梯坏了", name=f"1-{at}01")
    world.staff_says_alone("liqiang", "拆案 1005")

    world.wait(minutes=2)

    told = "\n".join(world.heard(PROPERTY, "又有居民反映 #1001"))
    assert "拆案 1006" in told
    assert "1005" not in told
