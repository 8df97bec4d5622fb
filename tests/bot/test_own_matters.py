"""What people say of a matter under way without the listed words, and what they do not want any more."""

import pytest

from routing.tickets import Status
from tests.bot.house import House

HOME = "xingfuli-b1-residents"
HEAD = "xingfuli-b1-staff"


@pytest.fixture
async def house() -> House:
    """u1 of 1号楼 has one matter, with the building's staff."""
    house = House()
    await house.says("u1", "楼上太吵", group=HOME)
    await house.post()
    return house


# --- residents ---


@pytest.mark.parametrize(
    "said", ["催一下", "麻烦快点", "帮我催催", "怎么还不来，快点来啊", "咋还没人来", "没人管啊"]
)
async def test_who_wants_it_faster_has_urged(house, said):
    assert await house.says("u1", said) == "已替您催办工单 #1001。"


@pytest.mark.parametrize("said", ["什么时候来", "师傅几点到？", "多久能修好", "多会儿能来人啊", "人呢？"])
async def test_who_asks_when_somebody_comes_hears_how_it_stands(house, said):
    assert (await house.says("u1", said)).startswith("工单 #1001（噪音扰民）：待认领")


@pytest.mark.parametrize(
    "said", ["不用来了，他们消停了", "已经修好了", "来电了", "你们不用管了", "算了吧", "不用了 来水了"]
)
async def test_what_is_not_needed_any_more_may_be_withdrawn(house, said):
    offered = await house.says("u1", said)

    assert offered == "好的。不用再来的话，请回复“撤回 1001”；还要办就不用回。"
    assert house.ticket().status is Status.OPEN
    assert await house.taps("u1", "撤回") == "工单 #1001 已撤回。"


@pytest.mark.parametrize("said", ["修好了吗", "电梯也不用修了吗，还没好呢", "3单元电梯不动了，快点来"])
async def test_a_question_and_another_matter_are_no_wish_to_withdraw(house, said):
    assert "撤回 1001" not in await house.says("u1", said)
    assert house.ticket().status is Status.OPEN


async def test_of_several_matters_it_is_asked_which_is_not_needed(house):
    await house.says("u1", "电梯坏了")

    answer = await house.says("u1", "不用来了")

    assert answer.startswith("好的。哪一件不用再办了？\n#1002 电梯：待认领\n#1001 噪音扰民：待认领")


@pytest.mark.parametrize("said", ["满意", "评价", "基本满意"])
async def test_a_rating_before_there_is_a_result_is_told_so(house, said):
    assert await house.says("u1", said) == "现在没有等您评价的事。办好以后会告诉您，到时再请您评价。"


@pytest.mark.parametrize("said", ["不满意", "没解决", "还没修好"])
async def test_who_is_not_content_before_there_is_a_result_hears_where_it_stays(house, said):
    assert (await house.says("u1", said)).startswith("工单 #1001（噪音扰民）：待认领")


async def test_who_has_nothing_under_way_is_not_asked_about_it():
    house = House()

    assert "撤回" not in await house.says("u2", "不用来了")


@pytest.mark.parametrize("said", ["撤消 1001", "撤销1001", "取消 1001", "我要撤回1001", "麻烦帮我撤回 1001"])
async def test_a_matter_is_withdrawn_in_the_words_that_people_have(house, said):
    assert await house.says("u1", said) == "工单 #1001 已撤回。"


@pytest.mark.parametrize("said", ["删除我的资料", "删掉我的数据", "删除我的个人信息"])
async def test_erasing_has_more_than_one_word(house, said):
    assert (await house.says("u1", said)).startswith("已删除您的个人资料和留言。")


# --- the offer that a person reads it ---


async def test_who_tells_the_place_after_the_offer_wants_it_and_nothing_is_lost():
    house = House()
    await house.says("u9", "厨房水管的师傅来吗")

    receipt = await house.says("u9", "幸福里1号楼")

    assert "已收到，工单 #1001" in receipt
    assert house.ticket().text == "厨房水管的师傅来吗，幸福里1号楼"
    assert house.ticket().origin == "xingfuli-b1"


@pytest.mark.parametrize("said", ["不用", "不用了。", "算了吧", "不要"])
async def test_who_does_not_want_it_is_left_in_peace(said):
    house = House()
    await house.says("u9", "今晚有活动吗")

    assert await house.says("u9", said) == "好的。"
    assert await house.says("u9", "要") != "好的。"
    assert house.store.tickets.find(1001) is None


# --- staff ---


@pytest.mark.parametrize("said", ["算了", "取消", "点错了", "先不办了"])
async def test_a_half_said_command_is_taken_back(house, said):
    await house.says("chenjie", "认领 1001")
    await house.says("chenjie", "办结 1001")

    assert await house.says("chenjie", said) == "好的，#1001 先不动。"
    assert house.ticket().status is Status.CLAIMED
    assert "已办结" not in "".join(house.shown(HOME))


async def test_what_the_state_forbids_is_refused_before_it_is_asked_why(house):
    await house.says("chenjie", "认领 1001")
    await house.says("chenjie", "办结 1001 已劝说")

    assert await house.says("chenjie", "不予受理 1001") == "#1001 已办结，不能再“不予受理”。"
    assert await house.says("chenjie", "办结 1001") == "#1001 已办结，不能再“办结”。"


@pytest.mark.parametrize("said", ["领1001", "我接 1001", "接单 1001", "请认领1001"])
async def test_a_ticket_is_taken_in_the_words_that_staff_have(house, said):
    assert (await house.says("chenjie", said, group=HEAD)).startswith("陈杰 已认领 #1001")


@pytest.mark.parametrize("said", ["认领 1001 1002", "认领1001、1002", "1001和1002认领", "1001 1002我来"])
async def test_two_numbers_are_not_taken_for_one(house, said):
    await house.says("u2", "楼上太吵", group=HOME)

    answer = await house.says("chenjie", said, group=HEAD)

    assert answer == "一次认领一件，请分开发，例如“认领 1001”。"
    assert house.ticket().status is Status.OPEN


async def test_who_says_no_number_sees_which_it_may_be(house):
    await house.says("u2", "楼上太吵", group=HOME)

    asked = await house.says("chenjie", "认领", group=HEAD)

    assert asked.startswith("您有几件，请带上工单号：\n#1001 噪音扰民 · 幸福里社区1号楼 · 今天")
    assert asked.endswith("例如“认领 1001”。")


async def test_who_merges_two_tickets_hears_it_once(house):
    await house.says("u2", "楼上太吵", group=HOME)
    await house.post()

    await house.says("chenjie", "并案 1002 1001", group=HEAD)
    await house.post()

    assert [each for each in house.shown(HEAD) if "又有居民反映" in each or "已并入" in each] == []
    assert house.answers[-1].messages[0].text == "#1002 已并入 #1001，所有居民都会继续收到进展。"


async def test_a_pause_without_its_reason_is_told_with_both(house):
    await house.says("chenjie", "认领 1001")
    await house.says("chenjie", "暂缓 1001")

    assert await house.says("chenjie", "3天") == "请写上原因，例如“暂缓 1001 3天 等配件”。"


async def test_under_how_it_stands_are_the_buttons_that_still_do_something(house):
    async def labels() -> list[str]:
        await house.says("u1", "进度 1001")
        return [each.label for row in house.answers[-1].messages[0].buttons for each in row]

    live = await labels()
    await house.says("chenjie", "认领 1001")
    await house.says("chenjie", "办结 1001 已劝说")
    resolved = await labels()
    await house.says("u1", "评价 1001 满意")

    assert live == ["查进度", "催办"]
    assert resolved == ["满意", "基本满意", "没解决"]
    assert await labels() == []


@pytest.mark.parametrize(
    "said", ["办结 1001、1002 都修好了", "办结 1001 1002 修好了", "1001 1002 办结 修好了"]
)
async def test_two_results_at_once_end_none_of_the_tickets(house, said):
    await house.says("u2", "楼上太吵", group=HOME)
    await house.says("chenjie", "认领 1001")

    assert await house.says("chenjie", said) == "一次办结一件，请分开发，例如“办结 1001”。"
    assert house.ticket().status is Status.CLAIMED


@pytest.mark.parametrize(
    "said", ["办结 1001 1201室的水管修好了", "办结 1001 2026年的旧灯换了", "办结 1001 1777 修好了"]
)
async def test_a_number_in_a_result_that_is_no_ticket_stays_there(house, said):
    await house.says("chenjie", "认领 1001")

    assert (await house.says("chenjie", said)).startswith("#1001 已办结")


async def test_a_result_without_a_number_is_heard_among_colleagues_and_not_among_residents(house):
    await house.says("chenjie", "认领 1001")

    assert not await house.says("chenjie", "办结 已劝说，答应不吵", group=HOME, addressed=False)
    answer = await house.says("chenjie", "办结 已劝说，答应不吵", group=HEAD, addressed=False)
    assert answer.startswith("#1001 已办结")


async def test_who_may_not_solve_it_hears_so_before_they_write_the_result(house):
    await house.says("zhao", "认领 1001")

    answer = await house.says("chenjie", "办结 1001")

    assert answer == "#1001 在赵敏手上，只有办理人和上级能这样做。"


async def test_a_question_keeps_its_mark(house):
    await house.says("chenjie", "询问 1001 一般几点敲？")
    await house.post()

    assert any("陈杰想问：一般几点敲？" in each for each in house.shown(HOME))


@pytest.mark.parametrize("before", ["认领 1001", "认领 1001|暂缓 1001 3天 等人"])
async def test_a_resident_who_rates_too_early_is_not_told_to_say_words_of_the_staff(house, before):
    for each in before.split("|"):
        await house.says("chenjie", each)

    assert await house.says("u1", "评价 1001 一般") == "#1001 还没办好。办好会告诉您，到时再请您评价。"
