"""Where a report comes from: the group, the nickname, a scanned picture, or one question that is asked once."""

from tests.stories.world import World

QUESTION = "请问您家在哪个小区、几号楼"


def test_a_stranger_is_asked_once_where_they_live_and_the_ticket_moves_there(world: World):
    assert QUESTION in world.says_alone("u9", "电梯坏了")
    assert world.ticket(1001).group == "xinhua-staff"

    answer = world.says_alone("u9", "和平里5号楼")

    assert "记下了：和平里社区5号楼" in answer
    assert "幸" not in answer
    assert (world.ticket(1001).origin, world.ticket(1001).group) == ("hepingli-b5", "hepingli-staff")
    assert world.heard("hepingli-staff", "#1001", "和平里社区5号楼")
    world.wait(hours=1)
    assert QUESTION not in world.says_alone("u9", "楼上太吵了")
    assert world.ticket(1002).origin == "hepingli-b5"


def test_small_talk_between_the_question_and_its_answer_does_no_harm(world: World):
    world.says_alone("u9", "电梯坏了")
    world.says_alone("u9", "今天天气真好")
    world.says_alone("u9", "进度 1001")
    world.says_alone("u9", "今晚吃饺子吗")

    answer = world.says_alone("u9", "和平里5号楼")

    assert "记下了：和平里社区5号楼" in answer
    assert world.ticket(1001).origin == "hepingli-b5"


def test_a_building_that_nobody_knows_leaves_the_ticket_with_its_community(world: World):
    world.says_alone("u9", "电梯坏了")

    world.says_alone("u9", "幸福里88号楼")

    assert (world.ticket(1001).origin, world.ticket(1001).group) == ("xingfuli", "xingfuli-property")


def test_a_place_that_nobody_knows_is_asked_for_again(world: World):
    world.says_alone("u9", "电梯坏了")

    assert "没找到这个地方" in world.says_alone("u9", "阳光里88号楼")
    assert "记下了：幸福里社区2号楼" in world.says_alone("u9", "幸福里2号楼")


def test_a_nickname_with_building_and_flat_is_enough(world: World):
    receipt = world.says_alone("u2", "电梯坏了", name="2-101")

    assert QUESTION not in receipt
    assert "幸福里物业群" in receipt
    assert world.ticket(1001).origin == "xingfuli-b2"


def test_a_nickname_that_fits_two_communities_says_too_little(make_world):
    world = make_world()
    world.edits(("name: 和平里5号楼居民群", "name: 和平里2号楼居民群"), ("name: 5号楼", "name: 2号楼"))

    assert QUESTION in world.says_alone("u2", "电梯坏了", name="2-101")


def test_the_group_says_more_than_a_nickname(world: World):
    world.says("xingfuli-b1-residents", "u2", "电梯坏了", name="2-101")

    assert world.ticket(1001).origin == "xingfuli-b1"


def test_a_message_that_names_another_building_is_taken_at_its_word_and_told_so(world: World):
    answer = world.says("xingfuli-b1-residents", "u2", "2号楼电梯坏了")

    assert "您说的是幸福里社区2号楼，已按幸福里社区2号楼登记。" in answer
    assert world.ticket(1001).origin == "xingfuli-b2"
    assert world.heard("xingfuli-property", "#1001", "幸福里社区2号楼")


def test_a_message_about_the_own_building_says_nothing_of_it(world: World):
    answer = world.says("xingfuli-b1-residents", "u2", "我们楼电梯坏了，1号楼")

    assert "登记" not in answer
    assert world.ticket(1001).origin == "xingfuli-b1"


def test_a_slip_in_the_building_is_put_right_by_the_next_words(world: World):
    world.says("xingfuli-b1-residents", "u2", "电梯坏了")

    answer = world.says_alone("u2", "说错了，不是1号楼，是2号楼")

    assert "已补充到工单 #1001" in answer
    assert "已按幸福里社区2号楼登记" in answer
    assert world.ticket(1001).origin == "xingfuli-b2"


def test_the_same_matter_of_another_building_is_a_ticket_of_its_own(world: World):
    world.says("xingfuli-b1-residents", "u2", "电梯坏了")
    world.says("xingfuli-b1-residents", "u2", "2号楼电梯也坏了")
    answer = world.says("xingfuli-b1-residents", "u2", "2号楼电梯门开不了")

    assert (world.ticket(1001).origin, world.ticket(1002).origin) == ("xingfuli-b1", "xingfuli-b2")
    assert "已补充到工单 #1002" in answer


def test_a_member_of_staff_who_reports_names_the_building(world: World):
    answer = world.says_alone("wangfang", "2号楼电梯坏了")

    assert "登记" not in answer
    assert world.ticket(1001).origin == "xingfuli-b2"


def test_what_only_another_estate_has_may_be_a_slip_and_stays(world: World):
    world.says("xingfuli-b1-residents", "u2", "5号楼电梯坏了")

    assert world.ticket(1001).origin == "xingfuli-b1"


def test_who_hears_of_it_first_when_the_place_is_told_reads_a_new_ticket_with_unit_and_haste(world: World):
    world.says_alone("u9", "有人困在电梯里了")

    world.says_alone("u9", "幸福里2号楼3单元501")

    [told] = world.heard("xingfuli-property", "#1001")
    assert told.startswith("【紧急】新工单 #1001 · 电梯\n幸福里社区2号楼 3单元\n有人困在电梯里了\n请在")
    assert "501" not in told


def test_a_place_that_joins_the_neighbours_says_so_once_and_staff_read_the_words(world: World):
    world.says("xingfuli-b1-residents", "u1", "3单元电梯门关不上了")
    world.says_alone("u9", "电梯门关不上了")

    answer = world.says_alone("u9", "幸福里1号楼3单元")

    assert answer.startswith(
        "记下了：幸福里社区1号楼。\n这件事已有 2 位邻居反映，您的 #1002 并到工单 #1001 一起办，最晚"
    )
    assert not [each for each in world.private("u9") if "和别人报的是同一件事" in each]
    [_, joined] = world.shown("xingfuli-property")
    assert joined.startswith("又有居民反映 #1001（电梯），现在共 2 人：\n电梯门关不上了\n")
    assert world.heard("xinhua-staff", "#1002（电梯）已并入 #1001")


def test_the_place_told_with_more_of_the_same_matter_is_no_second_ticket(world: World):
    assert QUESTION in world.says_alone("u9", "我家楼上漏水")

    answer = world.says_alone("u9", "幸福里1号楼3单元801漏到701了")

    assert answer.startswith("记下了：幸福里社区1号楼。工单 #1001 已转幸福里物业群，最晚")
    assert (world.ticket(1001).origin, world.ticket(1001).place) == ("xingfuli-b1", "3单元")
    assert world.heard("xingfuli-property", "新工单 #1001", "幸福里社区1号楼 3单元")
    world.wait(hours=1)
    assert QUESTION not in world.says_alone("u9", "楼上太吵了")
