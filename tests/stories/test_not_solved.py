"""The resident says that it is not solved: it comes back one level up, within a limit; then a person decides."""

from tests.stories.world import World

HOME = "xingfuli-b1-residents"
PROPERTY, COMMUNITY, STREET = "xingfuli-property", "xingfuli-staff", "xinhua-staff"


def mended_by(world: World, group: str, staff_id: str) -> None:
    world.staff_says(group, staff_id, "认领 1001")
    world.staff_says(group, staff_id, "办结 1001 修好了")


def test_not_solved_goes_one_level_up_with_the_resident_s_words(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    mended_by(world, PROPERTY, "liqiang")

    assert "哪里没解决" in world.taps(HOME, "u1", "没解决")
    world.says(HOME, "u1", "还是夹门")

    assert world.heard(COMMUNITY, "居民说没解决，#1001")
    assert world.heard(COMMUNITY, "还是夹门")
    assert world.heard(PROPERTY, "#1001", "已交社区办理", "居民反映没有解决")
    assert (world.ticket(1001).level, world.ticket(1001).reopens) == ("community", 1)


def test_who_only_says_that_it_is_still_broken_has_said_not_solved(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    mended_by(world, PROPERTY, "liqiang")

    answer = world.says_alone("u1", "还是不动")

    assert "很抱歉没办好" in answer
    assert "哪里没解决" not in answer
    assert world.heard(COMMUNITY, "居民说没解决，#1001", "居民说：还是不动")


def test_after_two_redos_a_person_above_decides(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    for group, staff_id in ((PROPERTY, "liqiang"), (COMMUNITY, "wangfang"), (STREET, "zhao")):
        mended_by(world, group, staff_id)
        answer = world.says(HOME, "u1", "评价 1001 不满意 还是夹门")

    assert "定夺" in answer
    assert world.heard(STREET, "请您定夺：重办，还是结案", "还是夹门")
    assert "为什么结案" in world.taps(STREET, "zhao", "结案", name="赵敏")
    world.staff_says(STREET, "zhao", "已换新电梯门，现场确认")

    assert world.ticket(1001).status == "closed"
    assert world.heard(HOME, "#1001", "已结案", "已换新电梯门", "回复“评价 1001 不满意”，会有人再看。")
    assert not world.heard(HOME, "就会重办")


def test_a_decision_that_nobody_takes_is_put_before_the_street_again(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    for group, staff_id in ((PROPERTY, "liqiang"), (COMMUNITY, "wangfang"), (STREET, "zhao")):
        mended_by(world, group, staff_id)
        world.says(HOME, "u1", "评价 1001 不满意 还是夹门")

    world.wait(hours=9)

    assert len(world.heard(STREET, "#1001", "请您定夺")) == 3
    assert world.ticket(1001).status == "resolved"


def test_the_decision_may_be_to_do_it_again(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    for group, staff_id in ((PROPERTY, "liqiang"), (COMMUNITY, "wangfang"), (STREET, "zhao")):
        mended_by(world, group, staff_id)
        world.says(HOME, "u1", "评价 1001 不满意 还是夹门")

    world.taps(STREET, "zhao", "重办", name="赵敏")

    assert (world.ticket(1001).status, world.ticket(1001).group) == ("open", STREET)


def test_a_closed_ticket_comes_back_when_it_turns_out_not_to_be_solved(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    mended_by(world, PROPERTY, "liqiang")
    world.says(HOME, "u1", "评价 1001 满意")
    assert world.ticket(1001).status == "closed"

    world.wait(days=1)
    world.says(HOME, "u1", "评价 1001 不满意 又坏了")

    assert (world.ticket(1001).status, world.ticket(1001).group) == ("open", COMMUNITY)
