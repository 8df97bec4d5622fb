"""Staff ask the residents of a ticket something; what they answer goes to the ticket and to whoever has it."""

from tests.stories.world import World

HOME, PROPERTY, COMMUNITY = "xingfuli-b1-residents", "xingfuli-property", "xingfuli-staff"


def a_claimed_leak(world: World) -> None:
    world.says_alone("u1", "我家停水了", name="1-201")
    world.staff_says(PROPERTY, "liqiang", "认领 1001")


def test_a_resident_simply_answers_what_staff_asked(world: World):
    a_claimed_leak(world)

    assert "回答会记在工单里" in world.staff_says_alone("liqiang", "询问 1001 明天上午家里有人吗")
    assert "李强想问：明天上午家里有人吗" in world.private("u1")[-1]
    assert "已补充到工单 #1001" in world.says_alone("u1", "有人，九点以后", name="1-201")

    assert "居民补充了 #1001" in world.private("liqiang")[-1]
    assert "有人，九点以后" in world.private("liqiang")[-1]
    assert world.happened(1001)[-2:] == ["questioned", "added"]


def test_a_tap_asks_for_the_question_and_a_picture_answers_it(world: World):
    a_claimed_leak(world)

    assert "想问 #1001 的居民什么" in world.taps("private:liqiang", "liqiang", "问居民", name="李强")
    world.staff_says_alone("liqiang", "水表的照片发一张")
    world.wait(hours=1)
    assert "照片已放进工单 #1001" in world.says_alone("u1", picture="meter.png", name="1-201")

    assert "照片 1 张" in world.private("liqiang")[-1]
    assert "已补充到工单 #1001" in world.says_alone("u1", "就是这个表", name="1-201")


def test_a_new_matter_is_not_taken_for_the_answer(world: World):
    a_claimed_leak(world)
    world.staff_says_alone("liqiang", "question 1001 家里有人吗")

    assert "工单 #1002" in world.says_alone("u1", "3号楼电梯坏了，门打不开", name="1-201")
    assert "已补充到工单 #1001" in world.says_alone("u1", "家里有人", name="1-201")


def test_in_a_group_the_answer_is_what_is_said_to_the_bot(world: World):
    world.says(HOME, "u1", "我家停水了", name="1-201", mention=True)
    world.staff_says(PROPERTY, "liqiang", "认领 1001")
    world.staff_says(PROPERTY, "liqiang", "问居民 1001 几点停的")

    assert world.says(HOME, "u1", "晚上吃什么", name="1-201") == ""
    assert "已补充到工单 #1001" in world.says(HOME, "u1", "早上七点", name="1-201", mention=True)


def test_who_may_not_handle_it_may_not_ask(world: World):
    a_claimed_leak(world)

    assert "给工作人员用的" in world.says_alone("u2", "询问 1001 你是谁")
    assert "没有找到工单" in world.staff_says_alone("sunli", "询问 1001 你是谁")
