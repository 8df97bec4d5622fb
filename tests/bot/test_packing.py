"""How several notices for one chat become one message."""

from dataclasses import replace
from datetime import timedelta

from routing.messages import BY_STAFF, Address, Attachment, Kind
from routing.people import Person
from tests.bot.house import ABILITIES, House

HOME, HEAD = "xingfuli-b1-residents", "xingfuli-b1-staff"


def photographs(house: House, *, by: str = BY_STAFF) -> int:
    """A member of staff, on the pages; or whoever else."""
    address = Address(by, by, "chenjie")
    known = house.store.people.find(by, by, "chenjie")
    person = known or house.store.people.add(Person(0, by, by, "chenjie"))
    return house.store.pictures.want(
        Attachment(Kind.IMAGE, ""),
        address=address,
        ticket_number=1001,
        person_id=person.person_id,
        now=house.now,
    )


async def test_what_staff_photographed_when_they_solved_it_goes_to_the_reporter_alone():
    house = House()
    await house.says("u0", "楼上太吵")
    photographs(house)
    await house.says("zhao", "认领 1001")
    house.now += timedelta(hours=1)
    await house.says("zhao", "办结 1001 已劝阻")
    taken = [photographs(house) for _ in range(4)]
    photographs(house, by="sandbox")

    await house.post()

    told = {address.chat: each.pictures for address, each, _ in house.channel.sent if "已办结：" in each.text}
    assert told["private:u0"] == tuple(taken[:3])


async def test_a_group_and_a_channel_without_pictures_get_the_words_alone():
    for group, abilities in ((HOME, ABILITIES), (None, replace(ABILITIES, has_pictures=False))):
        house = House()
        house.channel.abilities = abilities
        await house.says("u0", "楼上太吵", **({"group": group} if group else {}))
        await house.says("zhao", "认领 1001")
        await house.says("zhao", "办结 1001 已劝阻")
        photographs(house)

        await house.post()

        (told,) = [each for _, each, _ in house.channel.sent if "已办结：" in each.text]
        assert told.pictures == ()


async def test_what_one_person_adds_bit_by_bit_stands_under_one_heading():
    house = House()
    await house.says("u0", "楼上太吵", group=HOME)
    await house.post()
    for words in ("五楼在敲", "还有电钻", "一直不停"):
        await house.says("u0", f"补充 1001 {words}", group=HOME)

    await house.post()

    assert house.shown(HEAD)[-1] == "居民补充了 #1001（噪音扰民）：\n五楼在敲\n还有电钻\n一直不停"


async def report_at_once(house: House, count: int) -> None:
    for number in range(count):
        await house.says(f"u{number}", "楼上太吵", group=HOME)


async def test_many_that_are_late_at_the_same_moment_are_supervised_in_one_list():
    house = House()
    await report_at_once(house, 8)
    await house.wait(days=3)

    told = [text for text in house.shown("xinhua-staff") if "督办" in text]

    assert all(text.startswith("【督办】8 件工单已过时限，请马上安排：") for text in told)
    assert told[0].startswith("【督办】8 件工单已过时限，请马上安排：\n#1001 噪音扰民 · 幸福里社区1号楼 · ")
    assert "#1008 噪音扰民" in told[0]
    assert "至今无人认领" in told[0]


async def test_many_reminders_of_the_same_moment_are_one_list():
    house = House()
    await report_at_once(house, 8)
    await house.wait(minutes=59)

    (told,) = [text for text in house.shown(HEAD) if text.startswith("提醒：")]

    assert told.startswith(
        "提醒：8 件工单快到时限：\n#1001 噪音扰民 · 幸福里社区1号楼 · 还没人认领，今天 10:00 到时限\n"
    )


async def test_a_few_reminders_keep_their_buttons():
    house = House()
    await report_at_once(house, 5)
    await house.wait(minutes=59)

    told = [each for address, each, _ in house.channel.sent if address.chat == HEAD and "提醒：" in each.text]

    assert len(told) == 5
    assert all(each.buttons for each in told)
