"""From the outbox to the chats: once, at the right time, many as one, and every failure written down."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channel import Pace
from bot.packing import LEASE
from tests.bot.house import ABILITIES, House
from tests.builders import a_hierarchy

HOME, HEAD = "xingfuli-b1-residents", "xingfuli-b1-staff"
NIGHT = (22 * 60, 7 * 60)


async def report(house: House, count: int = 1, *, text: str = "楼上太吵") -> None:
    for number in range(count):
        await house.says(f"u{number}", text, group=HOME)


# --- what arrives ---


async def test_a_new_ticket_arrives_in_the_group_that_is_asked():
    house = House()
    await report(house)

    assert await house.post() == 1

    (text,) = house.shown(HEAD)
    assert text == "新工单 #1001 · 噪音扰民\n幸福里社区1号楼\n楼上太吵\n请在今天 10:00 前认领。"
    assert await house.post() == 0


async def test_what_is_no_longer_true_is_not_sent():
    house = House()
    await report(house)
    await house.says("chenjie", "认领 1001")

    await house.post()

    assert "dropped" in house.states()
    assert not any("新工单" in each for each in house.shown(HEAD))


async def test_the_household_goes_to_the_holder_alone():
    house = House()
    await house.says("u1", "楼上太吵", group=HOME, name="1-1-201")
    await house.says("chenjie", "认领 1001", group=HEAD)

    await house.post()

    assert "住户：1-1-201" in "".join(house.alone("chenjie"))
    assert not any(
        "1-1-201" in message.text for address, message, _ in house.channel.sent if ":" not in address.chat
    )


async def test_a_reply_to_a_notice_is_about_its_ticket():
    house = House()
    await report(house, 2)
    await house.post()

    said = await house.says("chenjie", "认领", group=HEAD, reply_to="ref-2")

    assert "已认领 #1002" in said


# --- many at once ---


async def test_a_few_new_tickets_arrive_one_by_one_with_their_buttons():
    house = House()
    await report(house, 5)

    await house.post()

    assert len(house.shown(HEAD)) == 5
    assert all(message.buttons for address, message, _ in house.channel.sent if address.chat == HEAD)


async def test_many_new_tickets_at_once_arrive_as_one_list():
    house = House()
    await report(house, 8)

    await house.post()

    (text,) = house.shown(HEAD)
    assert text.startswith(
        "有 8 件新工单等人认领：\n#1001 噪音扰民 · 幸福里社区1号楼 · 楼上太吵 · 今天 10:00 前认领\n"
    )


async def test_those_that_come_after_many_wait_a_minute_and_arrive_as_one_list():
    house = House()
    await report(house, 5)
    await house.post()
    for number in range(5, 8):
        await house.says(f"u{number}", "楼上太吵", group=HOME)

    await house.post()
    assert len(house.shown(HEAD)) == 5
    house.now += timedelta(minutes=1)
    await house.post()

    assert house.shown(HEAD)[-1].startswith("有 3 件新工单等人认领")
    assert len(house.shown(HEAD)) == 6


async def test_an_urgent_ticket_is_never_in_a_list():
    house = House()
    await report(house, 8)
    await house.says("u9", "太吵，有人被困", group=HOME)

    await house.post()

    assert sum("【紧急】" in each for each in house.shown(HEAD) + house.shown("xingfuli-property")) == 1
    assert any("【紧急】新工单 #1009" in each for each in house.shown("xingfuli-property"))


async def test_plain_notices_for_one_chat_arrive_together_as_far_as_they_fit():
    house = House()
    house.channel.abilities = replace(ABILITIES, max_bytes=120)
    await report(house, 3)
    await house.post()
    for number in (1001, 1002, 1003):
        await house.says("wangfang", f"认领 {number}")

    await house.post()

    taken = [each for each in house.shown(HEAD) if "认领了" in each]
    assert [each.count("认领了") for each in taken] == [2, 1]


async def test_notices_that_all_fit_are_one_message():
    house = House()
    await report(house, 2)
    await house.post()
    for number in (1001, 1002):
        await house.says("wangfang", f"认领 {number}")

    await house.post()

    assert sum("认领了" in each for each in house.shown(HEAD)) == 1


# --- quiet hours ---


async def test_at_night_only_what_is_urgent_arrives():
    house = House(a_hierarchy(quiet=NIGHT))
    house.now = house.now.replace(hour=15)  # 23:00
    await report(house)
    await house.says("u9", "有人被困", group=HOME)

    await house.post()

    assert house.shown(HEAD) == []
    assert len(house.shown("xingfuli-property")) == 1
    house.now += timedelta(hours=8)
    await house.post()
    assert len(house.shown(HEAD)) == 1


async def test_a_channel_that_rings_nowhere_keeps_no_quiet_hours():
    house = House(a_hierarchy(quiet=NIGHT))
    house.channel.abilities = replace(ABILITIES, rings=False)
    house.now = house.now.replace(hour=15)
    await report(house)

    await house.post()

    assert len(house.shown(HEAD)) == 1


async def test_who_asks_at_night_is_answered_at_night():
    house = House(a_hierarchy(quiet=NIGHT), passive=())
    house.now = house.now.replace(hour=15)
    await report(house)

    await house.post()

    assert len(house.shown(HOME)) == 1


# --- pace and leases ---


async def test_a_letter_that_would_wait_long_for_the_pace_is_given_back():
    house = House()
    house.channel.abilities = replace(ABILITIES, group_pace=Pace(1, timedelta(minutes=1)))
    await report(house, 2)

    await house.post()

    assert len(house.shown(HEAD)) == 1
    assert sorted(house.states()) == ["sent", "waiting"]


async def test_letters_that_would_be_too_quick_wait_a_moment_each():
    house = House()
    house.channel.abilities = replace(ABILITIES, lane_pace=Pace(1, timedelta(seconds=0.5)))
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    house.delivery.monotonic, house.delivery.sleep = lambda: 1.0, sleep
    for text in ("楼上太吵", "电梯坏了", "消防通道堵了"):
        await report(house, text=text)

    assert await house.post() == 3
    assert waits == [0.0, 0.5, 1.0]


async def test_only_one_replica_has_a_lane():
    house = House()
    await report(house)
    house.store.parcels.lease_lane("sandbox:liren", owner="other", now=house.now, lasts=timedelta(seconds=30))

    assert await house.post() == 0
    house.now += timedelta(seconds=31)
    assert await house.post() == 1


@pytest.mark.parametrize(
    ("was_called", "begins"), [(True, "（可能重复）新工单 #1001"), (False, "新工单 #1001")]
)
async def test_a_letter_whose_postman_died_is_sent_again_and_says_so_if_the_vendor_had_it(
    was_called: bool, begins: str
):
    house = House()
    await report(house)
    (taken,) = house.store.parcels.take("sandbox:liren", owner="dead", now=house.now, lasts=LEASE, limit=1)
    if was_called:
        house.store.parcels.note_called([taken.parcel_id], owner="dead", now=house.now)
    assert await house.post() == 0

    house.now += LEASE
    await house.post()

    assert house.shown(HEAD)[0].startswith(begins)


async def test_a_store_that_fails_meanwhile_is_no_end_of_the_postman():
    house = House()
    await report(house)
    house.store.parcels.lease_lane = _broken

    assert await house.post() == 0


def _broken(*args, **kwargs):
    raise OSError("gone")
