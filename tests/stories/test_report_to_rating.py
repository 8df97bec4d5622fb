"""The plain journey: a resident says what is broken, somebody takes it, mends it, and is rated."""

from app.api_ports import build_ports
from app.pages.work import StoredWork
from bot.channels.sandbox.pictures import draw_picture
from routing.callers import Caller
from routing.desk import resolve
from storage.queries.work import WorkReads
from storage.writing.unit_of_work import Unit
from tests.stories.world import World

HOME = "xingfuli-b1-residents"
PROPERTY = "xingfuli-property"


def test_a_report_becomes_a_ticket_that_somebody_mends_and_is_rated_for(world: World):
    receipt = world.says_alone("u1", "电梯坏了", name="1-1-201")

    assert "#1001" in receipt
    assert "幸福里物业群" in receipt
    assert "最晚今天 10:00 前有人回应" in receipt
    assert world.heard(PROPERTY, "新工单 #1001", "幸福里社区1号楼", "请在今天 10:00 前认领")

    assert "请在今天 18:00 前办结" in world.staff_says(PROPERTY, "liqiang", "认领 1001")
    assert world.private("u1")[-1] == "您报的 #1001（电梯）已有人办理：李强，预计今天 18:00 前办结。"
    assert "住户：1-1-201" in world.private("liqiang")[-1]

    world.wait(hours=2)
    world.staff_says(PROPERTY, "liqiang", "办结 1001 换了门机板")
    assert "换了门机板" in world.private("u1")[-1]

    assert "谢谢您的评价" in world.taps("private:u1", "u1", "满意")
    assert world.happened(1001) == ["opened", "claimed", "resolved", "rated", "closed"]
    assert world.ticket(1001).rating == "satisfied"


def test_nobody_rates_and_the_ticket_closes_after_three_days(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    world.staff_says(PROPERTY, "liqiang", "认领 1001")
    world.staff_says(PROPERTY, "liqiang", "办结 1001 换了门机板")

    world.wait(days=2, hours=23)
    assert world.ticket(1001).status == "resolved"
    world.wait(hours=1, minutes=1)

    assert world.ticket(1001).status == "closed"
    assert world.ticket(1001).rating is None
    assert world.story(1001)[-1].reason == "unrated"
    assert world.heard(HOME, "#1001", "已结案", "评价 1001 不满意")


def test_only_one_of_two_who_claim_gets_it(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")

    world.staff_says(PROPERTY, "liqiang", "认领 1001")

    assert world.staff_says(PROPERTY, "zhoujun", "认领 1001") == "#1001 已经由李强认领了。"
    assert world.ticket(1001).holder == "liqiang"


def test_the_same_message_twice_is_one_ticket_and_the_same_answer(world: World):
    first = world.says(HOME, "u1", "电梯坏了", name="1-201", key="m1")

    again = world.says(HOME, "u1", "电梯坏了", name="1-201", key="m1")

    assert again == first
    assert world.happened(1001) == ["opened"]
    assert world.look(lambda unit: unit.tickets.find(1002)) is None


def test_words_said_soon_after_belong_to_the_same_ticket(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")

    world.wait(minutes=2)
    assert "已补充到工单 #1001" in world.says(HOME, "u1", "@里仁 电梯门一直在抖", name="1-201")
    world.wait(minutes=10)
    assert "工单 #1002" in world.says(HOME, "u1", "@里仁 电梯门一直在抖", name="1-201")


def test_a_resident_withdraws_and_staff_need_not_come(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")

    assert world.says_alone("u1", "撤回 1001") == "工单 #1001 已撤回。"

    assert world.ticket(1001).status == "withdrawn"
    assert world.heard(PROPERTY, "居民撤回了 #1001")
    assert "已被居民撤回" in world.staff_says(PROPERTY, "liqiang", "认领 1001")


def test_a_resident_urges_at_most_every_half_hour(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")

    assert "已替您催办" in world.says(HOME, "u1", "催办 1001")
    assert "刚催过" in world.says(HOME, "u1", "催办 1001")
    world.wait(minutes=31)
    assert "已替您催办" in world.says(HOME, "u1", "催办 1001")
    assert len(world.heard(PROPERTY, "居民催办 #1001")) == 2


def test_what_is_no_matter_for_this_desk_is_declined_with_a_way_on(world: World):
    world.says(HOME, "u1", "楼上太吵了", name="1-201")

    world.staff_says("xingfuli-b1-staff", "chenjie", "不予受理 1001 属于治安问题，请打 110")

    assert world.ticket(1001).status == "declined"
    assert "属于治安问题，请打 110" in world.shown(HOME)[-1]


def test_a_picture_of_the_result_is_shown_below_the_words_to_who_wrote_alone(world: World):
    world.says_alone("u1", "我家停水了", name="1-201")
    world.staff_says_alone("liqiang", "认领 1001")
    pages = StoredWork(world.house.store, WorkReads(world.house.store.reading_engine), lambda: None)

    def solve(unit: Unit) -> None:
        desk = build_ports(world.house).desk(unit)
        resolve(desk, 1001, Caller(staff=world.tree_now.staff["liqiang"]), result="换了阀门")
        pages.keep_picture(unit, 1001, draw_picture("valve"), by="liqiang", now=desk.now)

    world.look(solve)
    world.settle()

    *_, words, picture = world.lines("private:u1")
    assert "已办结：换了阀门" in words.text
    assert world.house.windows.pictures.find(picture.picture) == draw_picture("valve")
    assert not any(each.picture for each in world.lines("xingfuli-property"))


def test_a_picture_that_staff_send_with_their_words_in_the_chat_goes_along(world: World):
    world.says_alone("u1", "我家停水了", name="1-201")
    world.staff_says_alone("liqiang", "认领 1001")

    world.staff_says_alone("liqiang", "办结 1001 换了阀门", picture="valve.png")
    world.wait(seconds=3)

    *_, words, picture = world.lines("private:u1")
    assert "已办结：换了阀门" in words.text
    assert world.house.windows.pictures.find(picture.picture).startswith(b"\xff\xd8\xff")
    assert len(world.look(lambda unit: unit.pictures.list_of(1001))) == 1


def test_pictures_that_staff_send_right_before_or_after_the_words_reach_the_reporter(world: World):
    world.says_alone("u1", "1号楼漏水了", name="1-201")
    world.says_alone("u2", "1号楼单元门锁坏了", name="1-301")
    world.says_alone("u3", "1号楼电梯坏了", name="1-302")
    for number in (1001, 1003):
        world.staff_says_alone("liqiang", f"认领 {number}")

    before = world.staff_says_alone("liqiang", "", picture="valve.png")
    world.staff_says_alone("liqiang", "办结 1001 换了阀门")
    world.staff_says_alone("liqiang", "办结 1003 换了配件")
    after = [world.staff_says_alone("liqiang", "", picture=f"lift-{each}.png") for each in (1, 2)]
    world.wait(seconds=16)

    assert before.startswith("照片收到了。是办理结果的话，请在两分钟内回复“办结")
    assert after == ["照片已放进 #1003，会发给居民。"] * 2
    assert [bool(each.picture) for each in world.lines("private:u1")[-2:]] == [False, True]
    assert "已办结：换了阀门" in world.lines("private:u1")[-2].text
    assert [bool(each.picture) for each in world.lines("private:u3")[-3:]] == [False, True, True]
    assert world.private("u3")[-3] == "您报的 #1003（电梯），这是办好后的照片。"
    assert not any(each.picture for each in world.lines("private:u2"))


def test_a_picture_of_staff_that_belongs_to_nothing_makes_no_resident_of_them(world: World):
    alone = world.staff_says_alone("liqiang", "", picture="valve.png")
    world.wait(minutes=5)
    world.says_alone("u1", "1号楼漏水了", name="1-201")
    world.staff_says_alone("liqiang", "认领 1001")
    world.staff_says_alone("liqiang", "办结 1001 换了阀门")
    world.wait(minutes=3)
    late = world.staff_says_alone("liqiang", "", picture="late.png")

    assert "是您自己要报的事，请说一句是什么、在哪里。" in alone
    assert late == alone
    assert not any(each.picture for each in world.lines("private:u1"))
    assert world.look(lambda unit: unit.people.find("sandbox", "liren", "liqiang")) is None


def test_a_picture_may_come_between_the_question_for_the_result_and_its_answer(world: World):
    world.says_alone("u1", "1号楼漏水了", name="1-201")
    world.staff_says_alone("liqiang", "认领 1001")
    world.staff_says_alone("liqiang", "办结 1001")

    between = world.staff_says_alone("liqiang", "", picture="valve.png")
    world.staff_says_alone("liqiang", "换了阀门")

    assert between == "照片收到了，再写一句 #1001 的处理结果就好。"
    assert [bool(each.picture) for each in world.lines("private:u1")[-2:]] == [False, True]
