"""What people say and what the bot answers, in a group and alone."""

from datetime import timedelta

import pytest

from routing.hierarchy import Listen
from routing.messages import Kind
from tests.bot.house import House
from tests.builders import a_hierarchy

HOME = "xingfuli-b1-residents"
HEAD = "xingfuli-b1-staff"


# --- a report and its receipt ---


async def test_the_receipt_says_number_who_has_it_and_by_when():
    house = House()

    said = await house.says("u1", "楼上太吵", group=HOME, name="1-201")

    assert said == (
        "已收到，工单 #1001（噪音扰民）。\n已转1号楼楼栋长群，最晚今天 10:00 前有人回应。"
        "\n想知道进展，回复“进度 1001”。"
    )


async def test_urgent_words_bring_the_advice_first_and_the_number_to_call():
    house = House()

    stuck = await house.says("u1", "有人被困电梯", group=HOME)
    fire = await house.says("u2", "楼道着火了", group=HOME)

    assert stuck.startswith("请勿扒门，按轿厢内紧急呼叫按钮，等待救援。\n【紧急】已收到，工单 #1001")
    assert fire.startswith("请先保证自己安全，马上打 119。")


async def test_the_first_report_alone_says_what_is_kept():
    house = House()

    first = await house.says("u1", "楼上太吵", name="2-201")
    house.now += timedelta(hours=1)
    second = await house.says("u1", "电梯坏了", name="2-201")

    assert "回复“删除我的数据”可随时删除" in first
    assert "删除我的数据" not in second


async def test_several_messages_and_pictures_of_one_person_become_one_ticket():
    house = House()
    await house.shows_picture("u1", group=HOME)
    await house.says("u1", "楼上太吵", group=HOME)

    assert "已补充到工单 #1001" in await house.says("u1", "就是五楼那家", group=HOME)
    assert "照片已放进工单 #1001" in await house.shows_picture("u1", group=HOME)

    assert len(house.store.state.tickets) == 1
    assert len(house.store.pictures.list_of(1001)) == 2


async def test_two_matters_in_one_message_are_two_tickets_with_a_receipt_each():
    house = House()

    said = await house.says("u1", "楼上太吵，还有电梯坏了", name="2-201")

    assert "工单 #1001（噪音扰民）" in said
    assert "工单 #1002（电梯）" in said
    assert [house.ticket(each).text for each in (1001, 1002)] == ["楼上太吵", "电梯坏了"]
    assert house.ticket(1001).origin == house.ticket(1002).origin
    assert said.count("删除我的数据") == 1


async def test_a_picture_after_the_matter_was_withdrawn_waits_for_words():
    house = House()
    await house.says("u1", "楼上太吵", group=HOME)
    await house.says("u1", "撤回 1001", group=HOME)

    assert "请再说一句" in await house.shows_picture("u1", group=HOME)


async def test_words_that_fit_nowhere_become_a_ticket_that_a_person_sorts():
    house = House()

    assert "（其他）" in await house.says("u1", "门口有条大黄狗", group=HOME)


async def test_neighbours_hear_that_they_are_not_alone():
    house = House()
    await house.says("u1", "没水了，停水", group=HOME)

    said = await house.says("u2", "停水了", group="xingfuli-b2-residents")

    assert "这件事已有 2 位居民反映，一起办理，工单 #1001" in said
    assert "由幸福里物业群负责，最晚今天 11:00 前有人回应。" in said
    await house.says("liqiang", "认领 1001")
    late = await house.says("u3", "停水了", group=HOME)
    assert "李强正在办理，预计11月26日 周四 18:00 前办结。" in late
    await house.says("liqiang", "暂缓 1001 1天 等配件")
    assert "因故暂缓到明天 09:00。" in await house.says("u4", "停水了", group=HOME)


# --- a group's chatter ---


async def test_what_a_group_says_among_itself_is_neither_answered_nor_kept():
    house = House()

    for text in ("今天天气真好", "楼上太吵", "我的", "进度", "催办", "撤回"):
        assert await house.says("u1", text, group=HOME, addressed=False) == ""

    state = house.store.state
    assert [state.inbox, state.people, state.messages, state.dialogs, state.tickets] == [{}, {}, [], {}, {}]


async def test_a_command_with_a_number_is_heard_without_a_mention():
    house = House()
    await house.says("u1", "楼上太吵", group=HOME)

    assert "待认领" in await house.says("u1", "进度 1001", group=HOME, addressed=False)
    assert (
        "认领了" in await house.says("chenjie", "1001认领", group=HEAD, addressed=False)
        or house.ticket().holder
    )
    assert await house.says("chenjie", "待办", group=HEAD, addressed=False)


async def test_a_bare_word_is_heard_of_who_has_something_under_way_and_help_of_everybody():
    house = House()
    assert "进度 1024" in await house.says("u9", "帮助", group=HOME, addressed=False)

    await house.says("u1", "楼上太吵", group=HOME)

    assert "#1001" in await house.says("u1", "我的", group=HOME, addressed=False)
    assert "待认领" in await house.says("u1", "进度", group=HOME, addressed=False)
    assert "已替您催办" in await house.says("u1", "催办", group=HOME, addressed=False)
    assert await house.says("u2", "我的", group=HOME, addressed=False) == ""


async def test_staff_who_say_a_bare_word_of_the_work_in_their_group_are_answered():
    house = House()

    assert "请带上工单号" in await house.says("chenjie", "认领", group=HEAD, addressed=False)
    assert "认领 1024" in await house.says("chenjie", "帮助", group=HEAD, addressed=False)
    assert await house.says("chenjie", "同意", group=HEAD, addressed=False) == ""


async def test_staff_take_a_ticket_in_their_own_words_and_a_resident_who_says_so_talks_of_a_flat():
    house = House()
    await house.says("u1", "楼上太吵", group=HOME)

    assert await house.says("u2", "1001我来", group=HOME, addressed=False) == ""
    assert "已认领 #1001" in await house.says("chenjie", "1001 我来", group=HEAD, addressed=False)


async def test_a_key_of_a_foreign_menu_is_answered_with_help_and_stands_in_no_ticket():
    house = House()
    await house.says("u1", "楼上太吵")

    said = await house.says("u1", "old_menu_key", is_button=True)

    assert "进度 1024" in said
    assert "added" not in [each.kind.value for each in house.store.history.list_of(1001)]


@pytest.mark.parametrize(
    ("listen", "text", "is_heard"),
    [
        (Listen.MENTION, "楼上太吵", False),
        (Listen.KEYWORDS, "楼上太吵", True),
        (Listen.KEYWORDS, "门口有条狗", False),
        (Listen.KEYWORDS, "哪里太吵？谢谢", True),
        (Listen.ALL, "电梯坏了", True),
        (Listen.ALL, "今天天气真好", False),
    ],
)
async def test_a_group_is_read_as_far_as_the_file_allows(listen: Listen, text: str, is_heard: bool):
    house = House(a_hierarchy(listen=listen))

    assert bool(await house.says("u1", text, group=HOME, addressed=False)) is is_heard


async def test_after_a_question_only_a_yes_is_heard_and_the_rest_of_the_talk_is_left_alone():
    house = House()
    assert "回复“要”" in await house.says("u1", "社区几点上班？", group=HOME)

    assert await house.says("u1", "哈哈你们也在", group=HOME, addressed=False) == ""
    assert "工单 #1001" in await house.says("u1", "要", group=HOME, addressed=False)


async def test_a_picture_in_a_group_that_is_not_for_the_bot_is_left_alone():
    house = House(a_hierarchy(listen=Listen.ALL))

    assert await house.shows_picture("u1", group=HOME, addressed=False) == ""
    assert await house.says("u1", "", group=HOME, addressed=False, kind=Kind.VOICE) == ""


async def test_a_group_that_the_file_does_not_know_hears_its_id_when_it_asks():
    house = House()

    assert "群号 mystery" in await house.says("u1", "你好", group="mystery")
    assert await house.says("u1", "你好", group="mystery", addressed=False) == ""


# --- talk ---


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("谢谢大家", "不客气"),
        ("你好", "我是里仁"),
        ("社区几点上班？", "要请工作人员回复您吗？"),
        ("@里仁", "请直接告诉我"),
        ("帮助", "进度 1024"),
        ("我的", "还没有在办的工单"),
        ("待办", "给工作人员用的"),
        ("认领 1001", "给工作人员用的"),
        ("进度 1001", "没有找到工单 #1001"),
        ("事情怎么样了", "还没有在办的工单"),
    ],
)
async def test_everything_gets_a_fitting_answer(said: str, answer: str):
    assert answer in await House().says("u1", said)


@pytest.mark.parametrize(
    ("kind", "answer"),
    [(Kind.VOICE, "听不了语音"), (Kind.LOCATION, "位置收到了"), (Kind.UNSUPPORTED, "只看得懂文字和照片")],
)
async def test_what_is_not_text_gets_a_fitting_answer(kind: Kind, answer: str):
    assert answer in await House().says("u1", "幸福路1号502室", kind=kind)


async def test_a_location_in_a_group_shows_no_flat():
    assert "502" not in await House().says("u1", "幸福路1号502室", kind=Kind.LOCATION, group=HOME)


async def test_a_question_becomes_a_ticket_when_the_person_says_yes():
    house = House()
    await house.says("u1", "社区几点上班？", name="2-201")

    assert "工单 #1001" in await house.says("u1", "要", name="2-201")
    assert house.ticket().text == "社区几点上班？"


async def test_a_report_that_begins_like_a_command_of_the_staff_is_a_report():
    assert "工单 #1001" in await House().says("u1", "备注 我家门口太吵", group=HOME)


async def test_staff_are_greeted_as_staff_and_may_report_themselves():
    house = House()

    assert "回复“待办”" in await house.says("wangfang", "你好")
    assert "工单 #1001" in await house.says("wangfang", "电梯坏了")
    assert "工单 #1001" in await house.says("wangfang", "进度 1001")


async def test_one_may_ask_for_ones_own_number_but_not_before_others():
    house = House()

    assert "chenjie" in await house.says("chenjie", "我的编号")
    assert "chenjie" not in await house.says("chenjie", "我的编号", group=HEAD)


async def test_words_without_a_matter_are_offered_to_a_person_unless_they_go_on_with_one():
    house = House()
    assert "没太看明白" in await house.says("u1", "嗯嗯就是那个", group=HOME)

    await house.says("u1", "楼上太吵", group=HOME)

    assert "已补充到工单 #1001" in await house.says("u1", "嗯嗯就是那家", group=HOME)


async def test_who_wants_a_person_is_told_how_a_person_hears_of_it():
    house = House()

    answer = await house.says("u1", "转人工")

    assert "工作人员会看到" in answer
    assert "没太看明白" not in answer


async def test_who_asked_for_a_person_is_not_asked_again_whether_a_person_is_wanted():
    house = House()
    await house.says("u1", "转人工")

    answer = await house.says("u1", "那件事我想当面讲清楚")

    assert "工单 #1001" in answer


async def test_a_plain_greeting_after_the_wish_for_a_person_is_no_matter():
    house = House()
    await house.says("u1", "转人工")

    assert "工单" not in await house.says("u1", "你好")
