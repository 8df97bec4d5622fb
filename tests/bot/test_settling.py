"""How a send ended, written down: tried again, given up, not known, and who hears that somebody was not reached."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channel import Outcome, SendError
from bot.settling import MOST_ATTEMPTS
from routing.notice_kinds import NoticeKind
from routing.tickets import Status
from tests.bot.house import ABILITIES, House

HOME = "xingfuli-b1-residents"


async def report(house: House) -> None:
    await house.says("u0", "楼上太吵", group=HOME)


def fails(house: House, outcome: Outcome, *, times: int = 1, **options) -> None:
    house.channel.failures = [SendError(outcome, "the vendor said no", **options) for _ in range(times)]


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
    assert (event.kind, event.by, event.reason.split(":")[0]) == (
        "unreachable",
        "system",
        "reporters on sandbox",
    )
    assert house.shown("xingfuli-staff")[-1] == "联系不上报 #1001（噪音扰民）的居民，请上门或打电话。"


async def test_a_ticket_whose_group_is_gone_climbs_at_once():
    house = House()
    await report(house)
    fails(house, Outcome.RECIPIENT_GONE)

    await house.post()
    await house.post()

    assert [each.kind for each in house.store.history.list_of(1001)] == ["opened", "unreachable", "escalated"]
    assert "#1001" in house.shown("xingfuli-staff")[-1]


async def test_a_group_that_cannot_hear_is_not_told_that_it_cannot():
    house = House()
    await report(house)
    await house.says("chenjie", "认领 1001", group="xingfuli-b1-staff")
    done = await _done_here(house)
    _only(house, done)
    fails(house, Outcome.RECIPIENT_GONE)

    await house.post()

    assert house.store.history.list_of(1001)[-1].reason.startswith("group on sandbox")
    assert house.states() == ["dead"]
    assert house.store.tickets.get(1001).status is Status.RESOLVED


async def test_a_refused_message_is_a_dead_letter_and_bothers_nobody():
    house = House()
    await report(house)
    fails(house, Outcome.REFUSED)

    await house.post()

    assert house.states() == ["dead"]
    assert [each.kind for each in house.store.history.list_of(1001)] == ["opened"]


@pytest.mark.parametrize("end", [SendError(Outcome.UNKNOWN, "cut off"), TimeoutError()])
async def test_an_unknown_end_is_tried_once_more_and_marked_as_a_possible_repeat(end: Exception):
    house = House()
    await report(house)
    house.channel.failures = [end, end]

    await house.post()
    (row,) = house.store.state.outbox.values()
    assert (row.parcel.maybe_repeat, row.due_at > house.now) == (True, True)
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


async def _done_here(house: House) -> int:
    """The row that tells the group that its ticket is solved."""
    await house.says("chenjie", "办结 1001 已劝阻", group=HOME)
    rows = house.store.state.outbox.values()
    return next(each.parcel.parcel_id for each in rows if each.parcel.notice.kind is NoticeKind.DONE_HERE)


def _only(house: House, parcel_id: int) -> None:
    """Leaves one row waiting, so that the failure meets it."""
    row = house.store.state.outbox[parcel_id]
    house.store.state.outbox.clear()
    house.store.state.outbox[parcel_id] = row
