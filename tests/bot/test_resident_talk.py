"""What residents say about their own tickets: progress, urging, adding, rating, erasing."""

import pytest

from bot.ratings import find_rating, is_plain_rating
from routing.messages import Kind
from routing.tickets import Rating, Status
from tests.bot.house import House

HOME = "xingfuli-b1-residents"
HEAD = "xingfuli-b1-staff"


async def resolved(house: House) -> None:
    await house.says("u1", "楼上太吵", group=HOME, name="1-201")
    await house.says("chenjie", "认领 1001", group=HEAD)
    await house.says("chenjie", "办结 1001 已上门劝阻", group=HEAD)


# --- about one's own tickets ---


async def test_a_bare_word_is_about_the_only_ticket_it_can_be():
    house = House()
    await house.says("u1", "楼上太吵", group=HOME)

    assert "已替您催办工单 #1001" in await house.says("u1", "催办", group=HOME)
    assert "现在由楼栋的1号楼楼栋长群负责，等人认领" in await house.says("u1", "进度怎么样了", group=HOME)


async def test_with_two_tickets_a_bare_word_asks_which():
    house = House()
    await house.says("u1", "楼上太吵", group=HOME)
    await house.says("u1", "电梯坏了", group=HOME)

    said = await house.says("u1", "催办", group=HOME)

    assert said.splitlines()[1:] == ["#1002 电梯：待认领", "#1001 噪音扰民：待认领", "例如“催办 1002”。"]


async def test_a_second_urge_says_when_again():
    house = House()
    await house.says("u1", "楼上太吵", group=HOME)
    await house.says("u1", "催办 1001", group=HOME)

    assert "今天 09:30 以后可以再催" in await house.says("u1", "催办 1001", group=HOME)


async def test_status_follows_a_ticket_through_its_life():
    house = House()
    await house.says("u1", "楼上太吵", group=HOME)
    await house.says("chenjie", "认领 1001", group=HEAD)
    assert "陈杰在办" in await house.says("u1", "进度 1001", group=HOME)
    await house.says("chenjie", "暂缓 1001 2天 等住户回来", group=HEAD)
    assert "暂缓到11月26日 周四 09:00" in await house.says("u1", "进度 1001", group=HOME)
    await house.says("chenjie", "办结 1001 好了", group=HEAD)
    assert "已办结待评价" in await house.says("u1", "进度 1001", group=HOME)
    assert "#1001 噪音扰民：已办结待评价" in await house.says("u1", "我的", group=HOME)


async def test_nobody_learns_of_somebody_elses_ticket():
    house = House()
    await house.says("u1", "楼上太吵", group=HOME)
    await house.says("u2", "电梯坏了", group=HOME)

    for said in ("进度 1001", "催办 1001", "补充 1001 啊", "撤回 1001", "评价 1001 满意", "评价 1001"):
        assert await house.says("u2", said, group=HOME) == "没有找到工单 #1001，请看看号码对不对。"
    for said in ("详情 1001", "认领 1001", "办结 1001", "进度 1001", "备注 1001 看看"):
        assert await house.says("sunli", said) == "没有找到工单 #1001，请看看号码对不对。"


async def test_added_words_that_are_urgent_hurry_the_ticket_and_name_the_number_to_call():
    house = House()
    await house.says("u1", "楼上太吵", group=HOME)

    said = await house.says("u1", "补充 1001 着火了", group=HOME)

    assert said.startswith("请先保证自己安全，马上打 119。")
    assert house.ticket().urgent


async def test_adding_without_words_asks_for_them():
    house = House()
    await house.says("u1", "楼上太吵", group=HOME)

    assert "请写要补充" in await house.says("u1", "补充 1001", group=HOME)
    assert "已补充到工单 #1001" in await house.says("u1", "在五楼", group=HOME, addressed=False)


async def test_a_withdrawn_ticket_is_gone():
    house = House()
    await house.says("u1", "楼上太吵", group=HOME)

    assert await house.says("u1", "撤回 1001", group=HOME) == "工单 #1001 已撤回。"
    assert "已被居民撤回" in await house.says("u1", "催办 1001", group=HOME)


async def test_one_of_several_only_leaves():
    house = House()
    await house.says("u1", "停水", group=HOME)
    await house.says("u2", "停水", group="xingfuli-b2-residents")

    assert "您已退出工单 #1001" in await house.says("u2", "撤回 1001", group="xingfuli-b2-residents")


async def test_one_of_their_own_reports_goes_on_when_they_take_back_the_other():
    house = House()
    await house.says("u1", "电梯坏了", group=HOME)
    await house.says("u1", "楼上太吵", group=HOME)
    await house.says("wangfang", "并案 1002 1001")

    said = await house.says("u1", "撤回 1001", group=HOME)

    assert "您报的 #1001 已撤回。您另外报的 #1002 也并在这里，会继续办" in said
    assert await house.says("u1", "撤回 1001", group=HOME) == "工单 #1001 已撤回。"


# --- rating ---


@pytest.mark.parametrize("said", ["评价 1001 满意", "满意", "评价 满意", "解决了", "很好，谢谢", "satisfied"])
async def test_a_good_word_closes_it(said: str):
    house = House()
    await resolved(house)

    assert "已结案" in await house.says("u1", said, group=HOME)
    assert house.ticket().rating is Rating.SATISFIED


@pytest.mark.parametrize("said", ["解决了吗", "不行了快来人电梯坏了", "满意度调查在哪填", "很好奇为什么"])
async def test_what_only_begins_like_a_rating_is_none(said: str):
    house = House()
    await resolved(house)

    await house.says("u1", said, group=HOME)

    assert (house.ticket().status, house.ticket().rating) == (Status.RESOLVED, None)


async def test_a_tap_on_not_solved_counts_at_once_and_the_why_is_added():
    house = House()
    await resolved(house)
    await house.post()

    said = await house.taps("u1", "没解决", group=HOME)

    assert said == (
        "很抱歉没办好。工单 #1001 已重新办理，转幸福里网格工作群，最晚今天 11:00 前有人回应。"
        "\n哪里没解决？请说一句，我们一并转过去；不想说就回复“没有”。"
    )
    assert (house.ticket().status, house.ticket().level) == (Status.OPEN, "community")
    assert "已补充到工单 #1001" in await house.says("u1", "还在敲", group=HOME, addressed=False)
    assert house.store.messages.list_of(1001)[-1].text == "还在敲"


async def test_nobody_is_pressed_for_a_why():
    house = House()
    await resolved(house)
    await house.says("u1", "不满意", group=HOME)

    assert await house.says("u1", "没有。", group=HOME, addressed=False) == "好的。"


async def test_a_rating_that_cannot_be_read_shows_how():
    house = House()
    await resolved(house)

    assert "请回复“评价 1001 满意”" in await house.says("u1", "评价 1001 马马虎虎", group=HOME)
    assert await house.says("u1", "评价 1001", group=HOME) == "办得怎么样？请选一个："
    assert "已结案" in await house.taps("u1", "基本满意", group=HOME)


async def test_a_first_of_two_ratings_waits_for_the_other():
    house = House()
    await house.says("u1", "停水", group=HOME)
    await house.says("u2", "停水", group="xingfuli-b2-residents")
    await house.says("liqiang", "认领 1001")
    await house.says("liqiang", "办结 1001 修好了")

    assert await house.says("u1", "满意", group=HOME) == "谢谢您的评价，已记下。"


async def test_after_the_redos_the_street_decides():
    house = House()
    await resolved(house)
    for staff in ("wangfang", "zhao"):
        await house.says("u1", "评价 1001 不满意 还吵", group=HOME)
        await house.says(staff, "认领 1001")
        await house.says(staff, "办结 1001 又去了")

    assert "已交街道工作群定夺" in await house.says("u1", "评价 1001 不满意 还吵", group=HOME)


# --- erase ---


async def test_erasing_takes_the_person_and_leaves_the_ticket():
    house = House()
    await house.says("u1", "楼上太吵", group=HOME, name="1-201")

    assert "已删除您的个人资料和留言" in await house.says("u1", "删除我的数据", group=HOME)

    assert house.ticket().status is Status.OPEN
    assert "1-201" not in repr(house.store.state.people)
    assert await house.says("u1", "删除我的数据", group=HOME) == "这里没有保存您的资料。"


async def test_leaving_the_account_erases_and_leaving_a_group_does_not():
    house = House()
    await house.says("u1", "楼上太吵", name="1-201")
    await house.hear(house.inbound("u1", "", kind=Kind.UNFOLLOW, group=HOME))
    assert house.store.people.find("sandbox", "liren", "u1") is not None

    await house.hear(house.inbound("u1", "", kind=Kind.UNFOLLOW))

    assert house.store.people.find("sandbox", "liren", "u1") is None


async def test_a_reply_to_a_notice_is_about_its_ticket_and_one_to_several_about_none():
    house = House()
    await house.says("u1", "楼上太吵", name="1-201", group=HOME)
    await house.says("u1", "电梯坏了", group=HOME)
    await house.says("zhao", "认领 1001")
    await house.post()
    one = _ref_of(house, "您报的 #1001")
    await house.says("zhao", "放回 1001")
    for number in (1001, 1002):
        await house.says("zhao", f"认领 {number}")
    await house.post()
    both = _ref_of(house, "您报的 #1002")

    assert "已替您催办工单 #1001" in await house.says("u1", "催办", group=HOME, reply_to=one)
    assert "您有几件在办的事" in await house.says("u1", "催办", group=HOME, reply_to=both)


def _ref_of(house: House, words: str) -> str:
    texts = [message.text for _, message, _ in house.channel.sent]
    return f"ref-{max(count for count, text in enumerate(texts, start=1) if words in text)}"


async def test_with_nothing_under_way_a_bare_word_says_so():
    house = House()
    await house.says("u1", "楼上太吵", group=HOME)
    await house.says("u1", "撤回 1001", group=HOME)

    assert "还没有在办的工单" in await house.says("u1", "催办", group=HOME)


@pytest.mark.parametrize(
    ("said", "rating"),
    [
        ("没修好", "unsatisfied"),
        ("还没修好啊", "unsatisfied"),
        ("还是不亮", "unsatisfied"),
        ("还在漏", "unsatisfied"),
        ("又坏了", "unsatisfied"),
        ("好了，谢谢师傅", "satisfied"),
        ("修好了", "satisfied"),
        ("好了没有", None),
        ("没有好的停车位", None),
        ("还是去吃饭吧", None),
        ("又停水了", None),
    ],
)
def test_what_people_say_of_the_result_in_their_own_words(said: str, rating: str | None):
    found = find_rating(said)

    assert (found[0].value if found else None) == rating


async def test_in_a_group_a_plain_word_is_the_rating_of_who_was_asked_and_of_nobody_else():
    house = House()
    await resolved(house)

    assert await house.says("u2", "满意", group=HOME, addressed=False) == ""
    assert await house.says("u1", "还行吧", group=HOME, addressed=False) == ""
    assert "已结案" in await house.says("u1", "满意", group=HOME, addressed=False)
    assert await house.says("u1", "满意", group=HOME, addressed=False) == ""


@pytest.mark.parametrize(
    ("said", "is_plain"), [("没修好", True), ("不满意，还在漏", True), ("好了", False), ("满意度高", False)]
)
def test_a_plain_rating_is_said_of_nothing_else(said: str, is_plain: bool):
    assert is_plain_rating(said) is is_plain
