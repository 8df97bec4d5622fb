"""A code binds the account that sends it: alone, once, in time, and not by guessing."""

from datetime import timedelta

import pytest

from bot.binding import (
    CODE_LENGTH,
    CODE_SIGNS,
    MOST_TRIES,
    About,
    Said,
    code_of_scene,
    may_bind,
    parse_binding,
)
from bot.channel import Answer
from routing.bindings import with_bindings
from routing.messages import Kind
from tests.bot.house import House
from tests.builders import a_hierarchy

FILED = a_hierarchy()
CODE = "7K3M9QX2"
HOME = "xingfuli-b1-residents"


def a_house(*, code: str = CODE, staff_id: str = "wangfang") -> House:
    """The admin has made a code for 王芳, good until tomorrow."""
    house = House()
    house.store.bindings.put_code(
        staff_id, code, ends_at=house.now + timedelta(hours=24), by="zhao", now=house.now
    )
    return house


async def says(house: House, user: str, text: str, **how) -> str:
    """And the tree knows of it afterwards, as the house sees to."""
    said = await house.says(user, text, **how)
    house.hierarchy = with_bindings(FILED, house.store.state.bindings.values())
    return said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("绑定 7K3M9QX2", Said(About.CODE, CODE)),
        ("绑定7k3m 9qx2", Said(About.CODE, CODE)),
        ("绑定码：７Ｋ３Ｍ９ＱＸ２", Said(About.CODE, CODE)),
        ("/bind 7K3M-9QX2", Said(About.CODE, CODE)),
        ("绑定 1234", Said(About.CODE, "1234")),
        ("7k3m 9qx2", Said(About.CODE, CODE, is_alone=True)),
        ("绑定", Said(About.HOW)),
        ("解绑。", Said(About.UNBIND)),
        ("绑定 幸福里3号楼", None),
        ("绑定不了怎么办", None),
        ("22334455", None),
        ("ELEVATOR", None),
        ("3号楼电梯坏了", None),
    ],
)
def test_what_is_said_of_binding(text: str, expected: Said | None):
    assert parse_binding(text) == expected


def test_a_code_cannot_be_misread():
    assert len(CODE) == CODE_LENGTH
    assert not set(CODE_SIGNS) & set("01OILU")


@pytest.mark.parametrize("text", [f"绑定 {CODE}", "7k3m 9qx2"])
async def test_the_code_binds_and_the_work_comes_there(text: str):
    house = a_house()

    said = await says(house, "phone", text)

    assert said.startswith("您好，王芳！绑定成功，您是新华街道幸福里社区的网格员。")
    assert house.hierarchy.find_staff_by_account("sandbox", "phone") == house.hierarchy.staff["wangfang"]
    assert await house.says("phone", "待办") == "现在没有待办，辛苦了。"


async def test_a_code_works_once():
    house = a_house()
    await says(house, "phone", f"绑定 {CODE}")

    assert "不对，或者已经过期" in await says(house, "u9", f"绑定 {CODE}")


async def test_a_code_ends():
    house = a_house()
    house.now += timedelta(hours=24)

    assert "不对，或者已经过期" in await says(house, "phone", f"绑定 {CODE}")
    assert house.hierarchy.find_staff_by_account("sandbox", "phone") is None


async def test_after_five_wrong_codes_not_even_the_right_one_is_taken_for_a_quarter_of_an_hour():
    house = a_house()
    for _ in range(MOST_TRIES):
        assert "不对" in await says(house, "phone", "绑定 2222AAAA")

    assert await says(house, "phone", f"绑定 {CODE}") == (
        "试的次数太多了，请过一刻钟再发，或请管理员发个新的绑定码。"
    )
    house.now += timedelta(minutes=16)
    assert "绑定成功" in await says(house, "phone", f"绑定 {CODE}")


async def test_a_code_in_a_group_is_worth_nothing_any_more():
    house = a_house()

    said = await says(house, "u1", f"绑定 {CODE}", group=HOME, addressed=False)

    assert said == "绑定码不能发在群里，刚才那个已经作废。请管理员发个新的，再单独发给我。"
    assert "不对" in await says(house, "phone", f"绑定 {CODE}")


async def test_other_talk_of_binding_in_a_group_is_not_for_the_bot():
    house = a_house()

    assert await says(house, "u1", "绑定 2222AAAA", group=HOME, addressed=False) == ""


async def test_a_word_of_binding_to_the_bot_in_a_group_is_led_away():
    assert await says(a_house(), "u1", "解绑", group=HOME) == "绑定账号请单独发给我，不要发在群里。"


async def test_who_only_says_bind_hears_how():
    said = await says(a_house(), "u1", "绑定")

    assert said.startswith("把管理员给您的绑定码发给我")
    assert (await says(a_house(), "wangfang", "绑定")).startswith("您已登记为工作人员：王芳。")


async def test_an_account_is_one_persons():
    house = a_house()
    await says(house, "phone", f"绑定 {CODE}")
    house.store.bindings.put_code(
        "zhao", "AAAA2222", ends_at=house.now + timedelta(hours=1), by="zhao", now=house.now
    )

    assert await says(house, "phone", "绑定 AAAA2222") == (
        "这个账号现在登记的是王芳。要换人用，请先回复“解绑”，再发绑定码。"
    )
    assert "已解绑" in await says(house, "phone", "解绑")
    assert "赵敏" in await says(house, "phone", "绑定 AAAA2222")


async def test_who_is_bound_already_keeps_a_code_for_nothing():
    house = a_house()

    assert await says(house, "wangfang", f"绑定 {CODE}") == "王芳，这个账号已经绑定好了，不用再绑。"


async def test_a_new_phone_takes_over_and_the_old_one_hears_so():
    house = a_house()
    await says(house, "old", f"绑定 {CODE}")
    house.store.bindings.put_code(
        "wangfang", "AAAA2222", ends_at=house.now + timedelta(hours=1), by="zhao", now=house.now
    )

    await says(house, "new", "绑定 AAAA2222")
    await house.post()

    assert house.alone("old")[-1].startswith("王芳的绑定已换到另一个账号")
    assert house.hierarchy.accounts_of("wangfang") == {"sandbox": "new"}
    assert house.hierarchy.find_staff_by_account("sandbox", "old") is None


async def test_unbinding_needs_a_binding():
    house = a_house()

    assert await says(house, "u1", "解绑") == "这个账号没有绑定工作人员，不用解绑。"
    assert "管理员登记在名单里" in await says(house, "wangfang", "解绑")


async def test_an_unknown_code_of_known_staff_is_something_else():
    house = a_house()
    await says(house, "phone", f"绑定 {CODE}")

    assert "绑定码" not in await says(house, "phone", "AB23CD45")


async def test_the_picture_of_a_slip_binds_too():
    house = a_house()

    answer = await scan(house, "phone", f"bind-{CODE}", kind=Kind.FOLLOW)

    assert "绑定成功" in answer.messages[0].text
    assert house.store.bindings.find("sandbox", "phone") == "wangfang"


async def test_who_leaves_the_account_is_not_bound_any_more():
    house = a_house()
    await says(house, "phone", f"绑定 {CODE}")

    await scan(house, "phone", None, kind=Kind.UNFOLLOW)

    assert house.store.bindings.find("sandbox", "phone") is None


async def test_a_bot_that_is_put_out_of_a_group_unbinds_nobody():
    house = a_house()
    await says(house, "phone", f"绑定 {CODE}")

    await house.says("phone", "", kind=Kind.UNFOLLOW, group=HOME)

    assert house.store.bindings.find("sandbox", "phone") == "wangfang"


def test_the_house_looks_again_only_after_what_may_bind():
    house = a_house()

    assert may_bind(house.inbound("u1", f"绑定 {CODE}"))
    assert may_bind(house.inbound("u1", "", kind=Kind.UNFOLLOW))
    assert may_bind(house.inbound("u1", "", kind=Kind.SCAN, scene=f"bind-{CODE}"))
    assert not may_bind(house.inbound("u1", "电梯坏了"))
    assert not may_bind(house.inbound("u1", f"绑定 {CODE}", group=HOME))
    assert code_of_scene("xingfuli-b1") is None


async def scan(house: House, user: str, scene: str | None, *, kind: Kind) -> Answer:
    return await house.hear(house.inbound(user, "", kind=kind, scene=scene))
