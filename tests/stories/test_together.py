"""One matter and many reporters: gathered by the rule, merged and parted by hand; everybody keeps hearing."""

from tests.stories.world import World

B1, B2, B5 = "xingfuli-b1-residents", "xingfuli-b2-residents", "hepingli-b5-residents"
PROPERTY = "xingfuli-property"


def statuses(world: World, *numbers: int) -> list[str]:
    return [world.ticket(each).status.value for each in numbers]


def test_the_fifth_reporter_within_half_an_hour_makes_it_the_community_s_incident(world: World):
    for each in range(1, 5):
        world.says(B1, f"u{each}", "我家停水了", name=f"1-{each}01")
        world.wait(minutes=5)

    receipt = world.says(B1, "u5", "停水了", name="1-501")

    assert "这件事已有 5 位居民反映，一起办理，工单 #1001" in receipt
    lead = world.ticket(1001)
    assert (lead.level, lead.reporters, lead.status) == ("community", 5, "open")
    assert statuses(world, 1002, 1003, 1004) == ["merged"] * 3
    assert world.heard(PROPERTY, "上报来的工单 #1001", "多位居民反映同一件事")


def test_two_buildings_are_enough(world: World):
    world.says(B1, "u1", "我家停水了", name="1-101")

    receipt = world.says(B2, "v1", "@里仁 停水了", name="2-101")

    assert "这件事已有 2 位居民反映" in receipt
    assert (world.ticket(1001).level, world.ticket(1001).reporters) == ("community", 2)


def test_what_lies_more_than_half_an_hour_apart_is_not_gathered(world: World):
    world.says(B1, "u1", "我家停水了", name="1-101")
    world.wait(minutes=31)

    assert "工单 #1002" in world.says(B2, "v1", "@里仁 停水了", name="2-101")

    assert statuses(world, 1001, 1002) == ["open", "open"]


def test_another_community_s_pipe_is_another_matter(world: World):
    world.says(B1, "u1", "我家停水了", name="1-101")

    assert "工单 #1002" in world.says(B5, "w1", "@里仁 停水了", name="5-101")

    assert statuses(world, 1001, 1002) == ["open", "open"]


def test_one_person_is_one_reporter_however_often_they_write(world: World):
    for _ in range(6):
        world.says(B1, "u1", "我家停水了", name="1-101")
        world.wait(minutes=6)

    assert {world.ticket(each).status for each in range(1001, 1004)} == {"open"}


def test_everybody_of_an_incident_hears_how_it_ends(world: World):
    world.says(B1, "u1", "我家停水了", name="1-101")
    world.says(B2, "v1", "@里仁 停水了", name="2-101")
    world.says_alone("u3", "停水了", name="1-301")

    world.staff_says(PROPERTY, "liqiang", "认领 1001")
    world.staff_says(PROPERTY, "liqiang", "办结 1001 总阀已修好")

    for window in (B1, B2, "private:u3"):
        assert world.heard(window, "#1001", "已办结：总阀已修好"), window


def test_an_incident_closes_when_all_have_rated(world: World):
    world.says(B1, "u1", "我家停水了", name="1-101")
    world.says(B2, "v1", "@里仁 停水了", name="2-101")
    world.staff_says(PROPERTY, "liqiang", "认领 1001")
    world.staff_says(PROPERTY, "liqiang", "办结 1001 总阀已修好")

    world.says(B1, "u1", "评价 1001 满意")
    assert world.ticket(1001).status == "resolved"
    world.says(B2, "v1", "评价 1001 基本满意")

    assert world.ticket(1001).status == "closed"


def test_merged_by_hand_the_other_reporter_hears_under_the_new_number(world: World):
    world.says(B1, "u1", "电梯坏了", name="1-101")
    world.says(B2, "v1", "@里仁 电梯也坏了", name="2-101")

    world.staff_says(PROPERTY, "liqiang", "并案 1002 1001")
    world.staff_says(PROPERTY, "liqiang", "认领 1001")

    assert world.heard(B2, "#1002", "并到 #1001 一起办")
    assert world.heard(B2, "#1001", "已有人办理：李强")
    assert "#1001（电梯）：处置中" in world.says(B2, "v1", "进度 1002")
    assert "已并入 #1001" in world.staff_says(PROPERTY, "liqiang", "认领 1002")


def test_parted_again_each_reporter_has_their_own(world: World):
    world.says(B1, "u1", "电梯坏了", name="1-101")
    world.says(B2, "v1", "@里仁 电梯也坏了", name="2-101")
    world.staff_says(PROPERTY, "liqiang", "并案 1002 1001")

    world.staff_says(PROPERTY, "liqiang", "拆案 1002")
    world.staff_says(PROPERTY, "liqiang", "认领 1001")
    world.staff_says(PROPERTY, "liqiang", "办结 1001 已修好")

    assert statuses(world, 1001, 1002) == ["resolved", "open"]
    assert world.heard(B2, "#1002", "改为单独办理")
    assert not world.heard(B2, "#1001", "已办结")
    assert world.ticket(1001).reporters == 1


def test_one_of_several_who_withdraws_only_leaves(world: World):
    world.says(B1, "u1", "我家停水了", name="1-101")
    world.says(B2, "v1", "@里仁 停水了", name="2-101")

    assert "您已退出工单 #1001" in world.says(B1, "u1", "撤回 1001")

    assert (world.ticket(1001).status, world.ticket(1001).reporters) == ("open", 1)
