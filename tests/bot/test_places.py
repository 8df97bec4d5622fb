"""Where somebody belongs: known from nickname, code or words, or asked for once."""

from datetime import timedelta

import pytest

from routing.messages import Kind
from tests.bot.house import House

HOME = "xingfuli-b1-residents"
HEAD = "xingfuli-b1-staff"


# --- where somebody belongs ---


@pytest.mark.parametrize("name", ["2-1-502", "2-502"])
async def test_a_nickname_in_the_usual_form_says_where_somebody_lives(name: str):
    house = House()

    said = await house.says("u1", "电梯坏了", name=name)

    assert house.ticket().origin == "xingfuli-b2"
    assert "请问您家" not in said


async def test_an_unknown_place_is_asked_for_once_in_one_question_and_the_answer_moves_all():
    house = House()

    first = await house.says("u1", "楼上太吵")
    second = await house.says("u1", "电梯坏了")
    told = await house.says("u1", "幸福里1号楼")

    assert "请问您家在哪个小区、几号楼？" in first
    assert "请问您家" not in second
    assert told == "记下了：幸福里社区1号楼。工单 #1002 已转幸福里物业群，最晚今天 10:00 前有人回应。"
    assert [house.ticket(each).origin for each in (1001, 1002)] == ["xingfuli-b1"] * 2
    assert "请问您家" not in await house.says("u1", "消防通道堵了")


async def test_a_report_is_never_taken_for_the_answer():
    house = House()
    await house.says("u1", "楼上太吵")

    said = await house.says("u1", "2号楼电梯坏了")

    assert "工单 #1002" in said
    assert house.ticket(1002).origin == "xingfuli-b2"
    assert house.ticket(1001).origin == "xinhua"


async def test_a_place_that_several_fit_is_asked_again_and_a_command_between_does_no_harm():
    house = House()
    await house.says("u1", "楼上太吵")

    assert "没找到这个地方" in await house.says("u1", "1号楼")
    await house.says("u1", "进度 1001")
    assert "记下了" in await house.says("u1", "和平里1号楼")


async def test_what_somebody_took_meanwhile_stays_with_them():
    house = House()
    await house.says("u1", "楼上太吵")
    await house.says("zhao", "认领 1001")

    assert await house.says("u1", "幸福里1号楼") == "记下了，您在幸福里社区1号楼。有事直接跟我说就行。"
    assert (house.ticket().holder, house.ticket().origin) == ("zhao", "xingfuli-b1")


async def test_a_scanned_code_says_where_somebody_lives_also_while_that_is_asked():
    house = House()
    await house.says("u1", "楼上太吵")

    said = await house.hear(house.inbound("u1", "", kind=Kind.SCAN, scene="xingfuli-b1"))

    assert "记下了：幸福里社区1号楼" in said.messages[0].text
    assert house.ticket().group == HEAD
    again = await house.hear(house.inbound("u1", "", kind=Kind.SCAN, scene="xingfuli-b2"))
    assert again.messages[0].text == "您好，已记下您在幸福里社区2号楼。有事直接发给我就行。"


async def test_a_code_that_the_file_does_not_know_is_only_a_welcome():
    house = House()

    answer = await house.hear(house.inbound("u1", "", kind=Kind.SCAN, scene="nowhere"))

    assert answer.messages[0].text.startswith("您好，我是里仁，新华街道的报事助手")


async def test_whoever_starts_again_without_a_code_is_welcomed_to_where_they_live():
    house = House()
    await house.hear(house.inbound("u1", "", kind=Kind.FOLLOW, scene="xingfuli-b2"))

    again = await house.hear(house.inbound("u1", "", kind=Kind.FOLLOW))

    assert "幸福里社区2号楼" in again.messages[0].text


async def test_following_by_a_code_welcomes_to_the_building():
    house = House()

    alone = await house.hear(house.inbound("u1", "", kind=Kind.FOLLOW, scene="xingfuli-b2"))
    plain = await house.hear(house.inbound("u2", "", kind=Kind.FOLLOW))
    group = await house.hear(house.inbound("u3", "", kind=Kind.FOLLOW, group=HOME))

    assert "幸福里社区2号楼的报事助手" in alone.messages[0].text
    assert "新华街道的报事助手" in plain.messages[0].text
    assert group.messages == ()


async def test_small_talk_or_a_question_before_the_answer_does_no_harm():
    house = House()
    await house.says("u1", "楼上太吵")

    assert "我是里仁" in await house.says("u1", "你好")
    await house.says("u1", "社区几点上班？")

    assert "记下了：幸福里社区1号楼" in await house.says("u1", "幸福里1号楼")


async def test_a_half_said_command_before_the_answer_does_no_harm():
    house = House()
    await house.says("u1", "楼上太吵")
    await house.says("u1", "补充 1001")
    await house.says("u1", "每天半夜")

    assert "记下了：幸福里社区1号楼" in await house.says("u1", "幸福里1号楼")


async def test_who_writes_alone_later_is_known_from_the_group():
    house = House()
    await house.says("u1", "楼上太吵", group="xingfuli-b1-residents")
    house.now += timedelta(hours=1)

    assert "请问您家" not in await house.says("u1", "电梯坏了")
    assert house.ticket(1002).origin == "xingfuli-b1"
