"""What staff say and tap: each word one verb of the desk, and an answer that says what comes next."""

import pytest

from routing.tickets import Status
from tests.bot.house import House

HOME, HEAD = "xingfuli-b1-residents", "xingfuli-b1-staff"
PROPERTY, COMMUNITY = "xingfuli-property", "xingfuli-staff"


async def a_house(text: str = "楼上太吵") -> House:
    house = House()
    await house.says("u1", text, group=HOME, name="1-201")
    await house.post()
    return house


async def test_a_tap_claims_and_the_answer_says_by_when():
    house = await a_house()

    said = await house.taps("chenjie", "认领", group=HEAD)

    assert said == "陈杰 已认领 #1001，请在今天 18:00 前办结。"
    assert house.ticket().holder == "chenjie"


async def test_who_claims_alone_is_told_everything_at_once_and_nothing_twice():
    house = await a_house("我家1-201楼上太吵")

    said = await house.says("chenjie", "认领 1001")
    await house.post()

    assert said.startswith("陈杰 已认领 #1001，请在今天 18:00 前办结。\n")
    assert "我家1-201楼上太吵" in said
    assert not any("您负责的 #1001" in each for each in house.alone("chenjie"))


async def test_who_comes_second_hears_who_has_it():
    house = await a_house("电梯坏了")
    await house.says("liqiang", "认领 1001", group=PROPERTY)

    assert await house.says("zhoujun", "认领 1001", group=PROPERTY) == "#1001 已经由李强认领了。"


async def test_a_tap_on_resolve_asks_for_the_result_and_takes_the_next_words():
    house = await a_house()
    await house.taps("chenjie", "认领", group=HEAD)

    assert await house.taps("chenjie", "办结", group=HEAD) == "请写一句 #1001 的处理结果。"
    said = await house.says("chenjie", "已上门劝阻，对方同意", group=HEAD, addressed=False)

    assert said == "#1001 已办结，正在请居民评价。"
    assert house.ticket().status is Status.RESOLVED
    await house.post()
    assert (
        house.shown(HOME)[-1]
        == "您报的 #1001（噪音扰民）已办结：已上门劝阻，对方同意\n问题解决了吗？请评价一下。"
    )


async def test_another_command_lets_the_question_drop():
    house = await a_house()
    await house.taps("chenjie", "认领", group=HEAD)
    await house.taps("chenjie", "办结", group=HEAD)

    await house.says("chenjie", "详情 1001", group=HEAD)

    assert await house.says("chenjie", "好的", group=HEAD, addressed=False) == ""


async def test_handing_back_offers_the_listed_reasons_as_buttons():
    house = await a_house("电梯坏了")

    assert await house.taps("liqiang", "退回", group=PROPERTY) == "为什么退回 #1001？请选一个："
    assert await house.taps("liqiang", "权属不清", group=PROPERTY) == "#1001 已退回，转1号楼楼栋长群。"


async def test_words_that_do_not_fit_may_be_said_again():
    house = await a_house("电梯坏了")
    await house.taps("liqiang", "退回", group=PROPERTY)

    assert "要写明原因" in await house.says("liqiang", "太忙", group=PROPERTY, addressed=False)
    assert "已退回" in await house.says("liqiang", "属地不符", group=PROPERTY, addressed=False)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("放回 1001", "#1001 已放回，等人认领。"),
        ("上报 1001 要社区出面", "#1001 已上报社区，由幸福里网格工作群接着办。"),
        ("转派 1001 王芳", "#1001 已转给王芳。"),
        ("转派 1001 幸福里网格工作群", "#1001 已转给幸福里网格工作群。"),
        ("备注 1001 看过了", "备注已记在 #1001。"),
        ("暂缓 1001 2天 等住户回来", "#1001 已暂缓到11月26日 周四 09:00，已告诉居民。"),
        (
            "暂缓 1001 20天 等拨款",
            "#1001 要暂缓到12月14日 周一 09:00，时间较长，已请上级同意；同意前时限照算。",
        ),
        ("不予受理 1001 合同纠纷，请找法院", "#1001 已记为不予受理，原因已告诉居民。"),
        ("分类 1001 电梯", "#1001 已改为“电梯”，转幸福里物业群，最晚今天 10:00 前认领。"),
        ("加急 1001", "#1001 已加急，请在今天 11:00 前办结。"),
        ("并案 1001 1001", "#1001 不能并到自己。"),
        ("并案 1001 那个", "没看懂工单号，请写数字，例如 1024。"),
        ("暂缓 1001 不知道", "没看懂暂缓到什么时候。请写“3天”“周五”“下个月初”或“12月1日”，后面写原因。"),
        ("结案 1001 好了", "#1001 这一步要上一级来定。"),
        ("暂缓 1001", "#1001 暂缓到什么时候、为什么？例如“3天 等配件”。"),
        ("分类 1001", "#1001 属于哪一类？可选：电梯、噪音扰民、消防通道占用、停水漏水、其他"),
        ("恢复 1001", "#1001 正在办理，暂时不能恢复。"),
    ],
)
async def test_each_word_is_one_verb_with_its_answer(said: str, answer: str):
    house = await a_house()
    await house.says("chenjie", "认领 1001", group=HEAD)

    assert await house.says("chenjie", said, group=HEAD) == answer


async def test_a_long_pause_is_approved_or_refused_above():
    house = await a_house()
    await house.says("chenjie", "认领 1001", group=HEAD)
    await house.says("chenjie", "暂缓 1001 20天 等拨款", group=HEAD)
    await house.post()

    assert house.shown(COMMUNITY)[-1].endswith("暂缓到12月14日 周一 09:00：等拨款\n同意吗？")
    assert await house.taps("wangfang", "不同意", group=COMMUNITY) == "已回复不同意 #1001 暂缓。"
    await house.says("chenjie", "暂缓 1001 20天 等拨款", group=HEAD)
    await house.post()
    assert await house.taps("wangfang", "同意", group=COMMUNITY) == "已同意 #1001 暂缓到12月14日 周一 09:00。"
    assert await house.says("chenjie", "恢复 1001") == "#1001 已恢复，请在今天 18:00 前办结。"


async def test_tickets_are_merged_and_parted():
    house = await a_house()
    await house.says("u2", "对门太吵", group=HOME)

    assert (
        await house.says("chenjie", "并案 1002 1001", group=HEAD)
        == "#1002 已并入 #1001，所有居民都会继续收到进展。"
    )
    assert "#1002 已并入 #1001，请用那个工单号。" in await house.says("u2", "催办 1002", group=HOME)
    assert "工单 #1001" in await house.says("u2", "进度 1002", group=HOME)
    assert "已拆出，单独办理" in await house.says("chenjie", "拆案 1002", group=HEAD)


async def test_somebody_above_reopens_or_closes():
    house = await a_house()
    await house.says("chenjie", "认领 1001", group=HEAD)
    await house.says("chenjie", "办结 1001 好了", group=HEAD)

    assert await house.says("wangfang", "重办 1001") == "#1001 已重办，转幸福里网格工作群。"
    await house.says("wangfang", "办结 1001 劝好了")
    assert "还没人认领" in await house.says("zhao", "结案 1001 已核实")


async def test_details_show_the_household_to_one_person_and_not_to_a_group():
    house = await a_house("楼上太吵，我家502电话13812345678")

    alone = await house.says("chenjie", "详情 1001")
    group = await house.says("chenjie", "详情 1001", group=HEAD)

    assert "住户：1-201" in alone
    assert "502" in alone
    for secret in ("1-201", "502", "13812345678"):
        assert secret not in group
    assert group.endswith("请在今天 10:00 前认领。")


async def test_the_worklist_shows_ones_own_and_what_may_be_claimed():
    house = await a_house()
    for number in range(10):
        await house.says(f"v{number}", "太吵", group=HOME)
    await house.says("chenjie", "认领 1001", group=HEAD)

    lines = (await house.says("chenjie", "待办", group=HEAD)).splitlines()

    assert lines[:3] == [
        "您手上的：",
        "#1001 噪音扰民 · 幸福里社区1号楼 · 今天 18:00",
        "等人认领的：",
    ]
    assert lines[-1] == "…还有 2 件"
    assert await house.says("sunli", "待办") == "现在没有待办，辛苦了。"


async def test_a_bare_word_is_about_the_only_ticket_one_has():
    house = await a_house()

    assert "已认领 #1001" in await house.says("chenjie", "认领", group=HEAD)
    assert await house.says("chenjie", "办结 劝好了", group=HEAD) == "#1001 已办结，正在请居民评价。"
    assert await house.says("chenjie", "放回", group=HEAD) == "请带上工单号，例如“放回 1024”。"


@pytest.mark.parametrize("said", ["详情", "进度", "退回", "加急", "转派", "认领", "同意"])
async def test_a_bare_word_that_may_mean_several_asks_for_the_number(said: str):
    house = House()

    assert await house.says("chenjie", said) == f"请带上工单号，例如“{said} 1024”。"


async def test_the_help_names_the_listed_reasons():
    house = await a_house()

    assert "属地不符、权属不清、职能交叉" in await house.says("chenjie", "帮助", group=HEAD)


async def test_whoever_is_told_of_a_climb_can_claim_it_with_a_tap():
    house = await a_house()

    await house.wait(hours=1)

    assert house.shown(HEAD)[-1] == "#1001（噪音扰民）已交社区办理：到时限无人认领。"
    assert "上报来的工单 #1001" in house.shown(COMMUNITY)[-1]
    assert "王芳 已认领 #1001" in await house.taps("wangfang", "认领", group=COMMUNITY)
