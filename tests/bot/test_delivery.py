"""From the outbox to the chats: once, at the right time, many as one, and every failure written down."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channel import Outcome, Pace, SendError
from bot.packing import LEASE
from bot.settling import MOST_ATTEMPTS
from routing.notice_kinds import NoticeKind
from tests.bot.house import ABILITIES, House
from tests.builders import a_hierarchy

HOME, HEAD = "xingfuli-b1-residents", "xingfuli-b1-staff"
NIGHT = (22 * 60, 7 * 60)


async def report(house: House, count: int = 1, *, text: str = "楼上太吵") -> None:
    for number in range(count):
        await house.says(f"u{number}", text, group=HOME)


def fails(house: House, outcome: Outcome, *, times: int = 1, **options) -> None:
    house.channel.failures = [SendError(outcome, "the vendor said no", **options) for _ in range(times)]


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


# --- failures ---


async def test_a_passing_failure_is_tried_again_later_and_later():
    house = House()
    await report(house)
    fails(house, Outcome.RETRY_LATER, times=2)

    await house.post()
    (row,) = house.store.state.outbox.values()
    first = row.due_at - house.now
    house.now = row.due_at
    await house.post()
    (row,) = house.store.state.outbox.values()
    second = row.due_at - house.now

    assert timedelta(seconds=4) <= first <= timedelta(seconds=6)
    assert timedelta(seconds=8) <= second <= timedelta(seconds=12)
    house.now = row.due_at
    assert await house.post() == 1


async def test_the_vendors_own_wish_when_to_try_again_is_kept():
    house = House()
    await report(house)
    fails(house, Outcome.RETRY_LATER, retry_after=timedelta(seconds=77))

    await house.post()

    (row,) = house.store.state.outbox.values()
    assert row.due_at == house.now + timedelta(seconds=77)


async def test_after_many_trials_it_is_a_dead_letter():
    house = House()
    await report(house)
    (row,) = house.store.state.outbox.values()
    tired = replace(row.parcel, attempts=MOST_ATTEMPTS - 1)
    house.store.state.outbox[1] = replace(row, parcel=tired)
    fails(house, Outcome.RETRY_LATER)

    await house.post()

    assert house.states() == ["dead"]


async def test_faulty_settings_are_tried_again_in_minutes():
    house = House()
    await report(house)
    fails(house, Outcome.CONFIGURATION)

    await house.post()

    (row,) = house.store.state.outbox.values()
    assert row.due_at == house.now + timedelta(minutes=10)


@pytest.mark.parametrize("outcome", [Outcome.WINDOW_CLOSED, Outcome.RECIPIENT_GONE])
async def test_a_resident_who_cannot_be_reached_is_told_to_whoever_has_the_ticket(outcome: Outcome):
    house = House()
    await house.says("u1", "楼上太吵", name="2-201")
    await house.post()
    await house.says("wangfang", "认领 1001", group="xingfuli-staff")
    house.channel.failures = []
    rows = house.store.state.outbox
    progress = next(row for row in rows.values() if row.parcel.notice.kind is NoticeKind.PROGRESS_CLAIMED)
    _only(house, progress.parcel.parcel_id)
    fails(house, outcome)

    await house.post()
    await house.post()

    event = house.store.history.list_of(1001)[-1]
    assert (event.kind, event.reason.split(":")[0]) == ("unreachable", "reporters on sandbox")
    assert house.shown("xingfuli-staff")[-1] == "联系不上报 #1001（噪音扰民）的居民，请上门或打电话。"


async def test_a_ticket_whose_group_is_gone_climbs_at_once():
    house = House()
    await report(house)
    fails(house, Outcome.RECIPIENT_GONE)

    await house.post()
    await house.post()

    assert [each.kind for each in house.store.history.list_of(1001)] == ["opened", "unreachable", "escalated"]
    assert "#1001" in house.shown("xingfuli-staff")[-1]


async def test_a_refused_message_is_a_dead_letter_and_bothers_nobody():
    house = House()
    await report(house)
    fails(house, Outcome.REFUSED)

    await house.post()

    assert house.states() == ["dead"]
    assert [each.kind for each in house.store.history.list_of(1001)] == ["opened"]


async def test_an_unknown_end_is_tried_once_more_and_marked_as_a_possible_repeat():
    house = House()
    await report(house)
    fails(house, Outcome.UNKNOWN, times=2)

    await house.post()
    (row,) = house.store.state.outbox.values()
    assert row.parcel.maybe_repeat
    house.now = row.due_at
    await house.post()

    assert house.states() == ["unknown"]


async def test_a_vendor_that_knows_keys_may_simply_be_asked_again():
    house = House()
    house.channel.abilities = replace(ABILITIES, is_keyed=True)
    await report(house)
    fails(house, Outcome.UNKNOWN)

    await house.post()

    (row,) = house.store.state.outbox.values()
    assert not row.parcel.maybe_repeat


async def test_a_group_that_moved_is_written_to_at_its_new_place_at_once():
    house = House()
    await report(house)
    fails(house, Outcome.RETRY_LATER, moved_to="new-chat")

    await house.post()
    await house.post()

    assert house.shown("new-chat")


async def test_an_answer_that_belongs_to_no_ticket_fails_quietly():
    house = House(passive=())
    await house.says("u1", "你好")
    fails(house, Outcome.RECIPIENT_GONE)

    await house.post()

    assert house.states() == ["dead"]


def _only(house: House, parcel_id: int) -> None:
    """Leaves one row waiting, so that the failure meets it."""
    row = house.store.state.outbox[parcel_id]
    house.store.state.outbox.clear()
    house.store.state.outbox[parcel_id] = row
