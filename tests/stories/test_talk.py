"""The small change of talk: buttons, half-said commands, pictures, groups that nobody knows, the worklist."""

from tests.stories.world import World

HOME, PROPERTY = "xingfuli-b1-residents", "xingfuli-property"


def test_staff_get_by_with_buttons_and_one_sentence(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")

    assert "李强 已认领 #1001" in world.taps(PROPERTY, "liqiang", "认领", name="李强")
    assert "处理结果" in world.taps(PROPERTY, "liqiang", "办结", name="李强")
    assert "#1001 已办结" in world.staff_says(PROPERTY, "liqiang", "换了门机板")

    assert world.heard(HOME, "已办结：换了门机板")


def test_a_question_of_the_bot_waits_a_quarter_of_an_hour(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    world.staff_says(PROPERTY, "liqiang", "认领 1001")
    world.staff_says(PROPERTY, "liqiang", "办结 1001")

    world.wait(minutes=16)
    world.staff_says(PROPERTY, "liqiang", "换了门机板")

    assert world.ticket(1001).status == "claimed"


def test_a_colleague_s_words_are_not_taken_for_the_answer(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    world.staff_says(PROPERTY, "liqiang", "认领 1001")
    world.staff_says(PROPERTY, "liqiang", "办结 1001")

    assert world.staff_says(PROPERTY, "zhoujun", "中午吃什么") == ""

    assert world.ticket(1001).status == "claimed"


def test_a_reply_to_a_notice_needs_no_number(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    world.says(HOME, "u2", "我家停水了", name="1-202")
    notice = next(each for each in world.lines(PROPERTY) if "#1002" in each.text)

    world.staff_says(PROPERTY, "liqiang", "认领", reply_to=str(notice.line_id))

    assert world.ticket(1002).holder == "liqiang"


def test_the_worklist_shows_what_is_mine_and_what_is_free(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    world.says(HOME, "u2", "我家停水了", name="1-202")
    world.staff_says(PROPERTY, "liqiang", "认领 1001")

    listed = world.staff_says_alone("liqiang", "待办")

    assert "您手上的：" in listed
    assert listed.index("#1001") < listed.index("等人认领的：") < listed.index("#1002")


def test_a_picture_with_words_goes_to_the_ticket(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201", picture="lift.png")

    (picture_id,) = world.look(lambda unit: unit.pictures.list_of(1001))
    kept = world.look(lambda unit: unit.pictures.find_content(picture_id))

    assert kept.content.startswith(b"\xff\xd8\xff") or kept.content.startswith(b"RIFF") or kept.content
    assert "照片 1 张" in world.staff_says(PROPERTY, "liqiang", "详情 1001")


def test_a_picture_first_and_words_later_belong_together(world: World):
    assert "照片收到了" in world.says_alone("u1", picture="lift.png", name="1-201")

    world.says_alone("u1", "电梯坏了", name="1-201")

    assert len(world.look(lambda unit: unit.pictures.list_of(1001))) == 1


def test_words_first_and_a_picture_soon_after_belong_together(world: World):
    world.says_alone("u1", "电梯坏了", name="1-201")

    assert "已放进工单 #1001" in world.says_alone("u1", picture="lift.png", name="1-201")

    assert len(world.look(lambda unit: unit.pictures.list_of(1001))) == 1


def test_a_group_that_the_file_does_not_know_is_told_what_to_enter(world: World):
    answer = world.says("some-other-group", "u1", "@里仁 电梯坏了")

    assert "这个群还没有登记" in answer
    assert "some-other-group" in answer
    assert world.says("some-other-group", "u1", "电梯坏了") == ""
    assert world.look(lambda unit: unit.tickets.find(1001)) is None


def test_a_group_that_is_not_listened_to_only_hears_what_is_addressed(world: World):
    assert world.says("xingfuli-b2-residents", "u2", "电梯坏了", name="2-201") == ""
    assert "#1001" in world.says("xingfuli-b2-residents", "u2", "@里仁 电梯坏了", name="2-201")


def test_what_staff_write_reaches_people_as_they_wrote_it(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    world.staff_says(PROPERTY, "liqiang", "认领１００１")

    world.staff_says(PROPERTY, "liqiang", "办结 1001 换了门机板（备件①），请放心乘坐！")

    assert world.heard(HOME, "换了门机板（备件①），请放心乘坐")


def test_a_resident_asks_how_it_stands(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")

    open_yet = world.says_alone("u1", "进度", name="1-201")
    world.staff_says(PROPERTY, "liqiang", "认领 1001")
    taken = world.says_alone("u1", "进度 1001", name="1-201")

    assert "待认领" in open_yet
    assert "最晚今天 10:00 前有人认领" in open_yet
    assert "处置中" in taken
    assert "李强在办" in taken


def test_residents_of_many_tempers_are_answered_as_they_mean_it(world: World):
    asked = world.says_alone("u1", "1号楼电梯什么时候能修好啊")
    corrected = [world.says_alone("u2", each) for each in ("3号楼没水了", "不对 是5号楼")]
    stabbed = world.says_alone("u3", "有人被捅了 流了好多血")
    english = world.says_alone("u4", "no water in building 2 since this morning")
    snake = world.says_alone("u5", "1号楼楼道里有蛇")

    assert "#1001（电梯）" in asked
    assert "5号楼" in corrected[1]
    assert world.ticket(1002).origin.endswith("-b5")
    assert "110" in stabbed
    assert "120" in stabbed
    assert "12356" not in stabbed
    assert "（停水漏水）" in english
    assert "紧急" in snake


def test_a_correction_of_one_does_not_move_what_the_neighbours_told(world: World):
    world.says_alone("u1", "1号楼的电梯坏了")
    world.says_alone("u2", "1号楼电梯坏了 不动了")

    world.says_alone("u2", "不对 是2号楼")

    assert world.ticket(1001).origin == "xingfuli-b1"
    assert world.ticket(1003).category == "elevator"


def test_who_wants_to_hear_no_more_is_told_how_and_loses_nothing(world: World):
    world.says_alone("u1", "电梯坏了", name="1-101")

    for said in ("退订", "别再给我发消息了", "TD"):
        assert "回复“删除我的数据”" in world.says_alone("u1", said)

    assert world.happened(1001) == ["opened"]


def test_solved_and_thanks_in_one_breath_is_a_rating(world: World):
    world.says_alone("u1", "电梯坏了", name="1-101")
    world.staff_says_alone("liqiang", "认领 1001")
    world.staff_says_alone("liqiang", "办结 1001 修好了")

    assert world.says_alone("u1", "解决了谢谢你们") == "谢谢您的评价。工单 #1001 已结案。"


def test_who_asks_what_this_is_and_how_it_works_hears_so(world: World):
    assert world.says_alone("u1", "你是谁？").startswith("您好，我是里仁")
    assert world.says_alone("u1", "你是机器人吗").startswith("您好，我是里仁")
    assert world.says_alone("u1", "这个怎么用啊").startswith("有事直接发给我")
    assert not world.says("xingfuli-b1-residents", "u1", "这个怎么用啊")


def test_who_resumes_their_own_work_hears_so_once(world: World):
    world.says_alone("u1", "电梯坏了", name="1-101")
    world.staff_says_alone("liqiang", "认领 1001")
    world.staff_says_alone("liqiang", "暂缓 1001 2天 等配件")

    answer = world.staff_says("xingfuli-property", "liqiang", "恢复 1001")

    assert answer.startswith("#1001 已恢复")
    assert not [each for each in world.private("liqiang") if "恢复计时" in each]
