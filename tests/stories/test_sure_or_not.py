"""In doubt the reader asks one short question, once; an answer sorts the ticket, silence leaves it to staff."""

from tests.stories.world import World

B1, B2 = "xingfuli-b1-residents", "xingfuli-b2-residents"
PROPERTY, STAFF_B1 = "xingfuli-property", "xingfuli-b1-staff"
UNSURE = "水有点黄"
QUESTION = "请问是“停水漏水”的事吗？是就回复 1，不是就回复 2。不回也没关系，工作人员会看。"


def test_in_doubt_it_asks_which_it_is_and_the_ticket_is_there_already(world: World):
    receipt = world.says(B1, "u1", f"@里仁 {UNSURE}", name="1-101")

    assert "已收到，工单 #1001（停水漏水）" in receipt
    assert QUESTION in receipt
    assert world.heard(PROPERTY, "新工单 #1001", "分类没有把握（45%）", "分类 1001")


def test_what_the_choices_say_can_be_typed_by_people(world: World):
    world.says(B1, "u1", f"@里仁 {UNSURE}", name="1-101")

    said = world.says_alone("u1", "归类 1001 其他")

    assert "按“其他”办理" in said
    assert world.ticket(1001).category == "other"


def test_a_digit_sorts_the_ticket_and_moves_it(world: World):
    world.says(B1, "u1", f"@里仁 {UNSURE}", name="1-101")

    said = world.says(B1, "u1", "2")

    assert "明白了，#1001 按“其他”办理，已转1号楼楼栋长群" in said
    ticket = world.ticket(1001)
    assert (ticket.category, ticket.group) == ("other", STAFF_B1)
    assert world.heard(STAFF_B1, "新工单 #1001 · 其他")
    assert world.heard(PROPERTY, "#1001", "已转由1号楼楼栋长群负责")
    assert world.shown(B1)[-1] == said  # told once


def test_a_tap_does_the_same(world: World):
    world.says_alone("u1", "@里仁 你好，我住幸福里1号楼", name="1-101")
    world.says_alone("u1", UNSURE, name="1-101")

    assert "按“其他”办理" in world.taps("private:u1", "u1", "不是")


def test_the_guess_may_be_right_and_stays_where_it_is(world: World):
    world.says(B1, "u1", f"@里仁 {UNSURE}", name="1-101")

    assert "按“停水漏水”办理，已转幸福里物业群" in world.says(B1, "u1", "停水漏水")

    assert world.happened(1001) == ["opened", "sorted"]
    assert len(world.heard(PROPERTY, "#1001")) == 1


def test_it_is_asked_once_and_other_words_are_no_answer(world: World):
    world.says(B1, "u1", f"@里仁 {UNSURE}", name="1-101")

    added = world.says(B1, "u1", "@里仁 从昨天开始的", name="1-101")
    later = world.says(B1, "u1", "2")

    assert "已补充到工单 #1001" in added
    assert "请问是" not in added
    assert "按“其他”办理" in later


def test_no_answer_leaves_it_to_staff(world: World):
    world.says(B1, "u1", f"@里仁 {UNSURE}", name="1-101")
    world.wait(minutes=30)

    assert world.says(B1, "u1", "2") == ""
    world.staff_says(PROPERTY, "liqiang", "分类 1001 噪音扰民")

    assert world.ticket(1001).category == "noise"


def test_an_answer_that_comes_after_staff_have_it_changes_nothing(world: World):
    world.says(B1, "u1", f"@里仁 {UNSURE}", name="1-101")
    world.staff_says(PROPERTY, "liqiang", "认领 1001")

    assert "已经有工作人员在看了" in world.says(B1, "u1", "2")

    assert world.ticket(1001).category == "water"


def test_somebody_else_s_digit_is_no_answer(world: World):
    world.says(B1, "u1", f"@里仁 {UNSURE}", name="1-101")

    assert world.says(B1, "u2", "2") == ""
    assert "没有找到工单" in world.says_alone("u2", "归类 1001 其他")

    assert world.ticket(1001).category == "water"


def test_nobody_is_asked_while_it_is_urgent(world: World):
    receipt = world.says(B1, "u1", "@里仁 水有点黄，还有人困在电梯里", name="1-101")

    assert "【紧急】" in receipt
    assert "请问是" not in receipt


def test_nobody_is_asked_about_what_was_only_overheard(world: World):
    world.edits(("scene: b1, listen: keywords", "scene: b1, listen: all"))

    answers = [world.says(B1, "u1", each, name="1-101") for each in (UNSURE, "楼上好像在弄什么，有点响")]

    assert all("请问是" not in each for each in answers)


def test_a_file_that_never_wants_to_ask_is_obeyed(world: World):
    world.edits(("supervise_every: 4h", "supervise_every: 4h\n  ask_below: 0"))

    receipt = world.says(B1, "u1", f"@里仁 {UNSURE}", name="1-101")

    assert "工单 #1001" in receipt
    assert "请问是" not in receipt
    assert not world.heard(PROPERTY, "没有把握")


def test_where_it_is_comes_before_what_it_is(world: World):
    receipt = world.says_alone("u9", UNSURE)

    assert "请问您家在哪个小区" in receipt
    assert "请问是" not in receipt


def test_what_nobody_could_guess_is_sorted_by_a_person(world: World):
    receipt = world.says(B2, "v1", "@里仁 厨房那里有水渍", name="2-101")

    assert "工单 #1001（其他）" in receipt
    assert "请问是" not in receipt
