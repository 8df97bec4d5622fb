"""The link that signs a member of staff in: for one who reads alone, and never for a group or a reporter."""

from routing.messages import Address, Link
from tests.bot.house import House

HOME, HEAD = "xingfuli-b1-residents", "xingfuli-b1-staff"


def a_house_with_an_address() -> House:
    house = House()
    house.delivery.work_link = link_to
    return house


def link_to(address: Address, staff_id: str, ticket_number: int) -> str:
    return f"https://liren.test/{staff_id}/{ticket_number}"


def links(house: House, chat: str) -> list[Link | None]:
    return [message.link for address, message, _ in house.channel.sent if address.chat == chat]


async def test_the_holder_alone_gets_a_link_to_the_ticket():
    house = a_house_with_an_address()
    await house.says("u1", "楼上太吵", group=HOME)
    await house.says("chenjie", "认领 1001", group=HEAD)
    await house.post()

    assert links(house, "private:chenjie") == [Link("在手机上办理", "https://liren.test/chenjie/1001")]


async def test_neither_the_group_nor_the_reporter_gets_one():
    house = a_house_with_an_address()
    await house.says("u1", "楼上太吵")
    await house.says("u2", "楼上太吵", group=HOME)
    await house.post()
    await house.says("chenjie", "认领 1001", group=HEAD)
    await house.says("chenjie", "认领 1002", group=HEAD)
    await house.post()

    chats = {address.chat for address, _, _ in house.channel.sent} - {"private:chenjie"}
    assert {HEAD, HOME} <= chats
    assert [each for chat in chats for each in links(house, chat) if each] == []


async def test_staff_who_report_as_neighbours_get_none_about_their_report():
    house = a_house_with_an_address()
    await house.says("wangfang", "我家楼上太吵", group=HOME)
    await house.says("wangfang", "评价 1001 满意")
    await house.post()
    await house.says("chenjie", "认领 1001", group=HEAD)
    await house.says("chenjie", "办结 1001 已劝阻", group=HEAD)
    await house.post()

    assert [each for each in links(house, "private:wangfang") if each] == []


async def test_a_link_that_does_not_fit_is_left_out():
    house = a_house_with_an_address()
    house.delivery.work_link = lambda *_: "https://liren.test/" + "x" * 1900
    await house.says("u1", "楼上太吵", group=HOME)
    await house.says("chenjie", "认领 1001", group=HEAD)
    await house.post()

    assert links(house, "private:chenjie") == [None]


async def test_who_asks_for_the_pages_gets_a_letter_with_the_way_there():
    house = a_house_with_an_address()

    assert await house.says("wangfang", "工作台") == ""
    await house.post()

    assert links(house, "private:wangfang") == [Link("在手机上办理", "https://liren.test/wangfang/0")]
    kept = list(house.store.state.inbox.values())
    assert not any("liren.test" in each for each in kept)


async def test_who_asks_where_there_are_no_pages_hears_so():
    house = House()

    await house.says("wangfang", "工作台")
    await house.post()

    assert house.alone("wangfang") == ["这里还没有开通手机工作台，请回复“待办”看要办的事。"]
    assert links(house, "private:wangfang") == [None]


async def test_in_a_group_nobody_is_given_the_way():
    house = a_house_with_an_address()

    said = await house.says("wangfang", "工作台", group="xingfuli-staff")
    await house.post()

    assert said == "工作台的链接只能单独发给您，请到和我的私聊里说“工作台”。"
    assert house.channel.sent == []


async def test_a_resident_who_says_it_is_no_staff():
    house = a_house_with_an_address()

    await house.says("u1", "工作台")
    await house.post()

    assert links(house, "private:u1") == []


async def test_several_tickets_told_at_once_lead_to_the_list():
    house = a_house_with_an_address()
    for number in (1001, 1002):
        await house.says(f"u{number}", "楼上太吵", group=HOME)
        await house.says("chenjie", f"认领 {number}", group=HEAD)
    await house.post()
    for number in (1001, 1002):
        await house.says(f"u{number}", f"撤回 {number}", group=HOME)

    await house.post()

    assert "撤回了 #1001" in house.alone("chenjie")[-1]
    assert "撤回了 #1002" in house.alone("chenjie")[-1]
    assert links(house, "private:chenjie")[-1] == Link("在手机上办理", "https://liren.test/chenjie/0")
