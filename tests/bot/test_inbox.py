"""One job of the writer: once-only, all or nothing, and the answer goes the way it travels."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channel import NotKnownError, NotStoredError
from routing.messages import Kind, Window
from tests.bot.house import House

HOME = "xingfuli-b1-residents"
HEAD = "xingfuli-b1-staff"


# --- once only ---


async def test_the_same_message_twice_is_one_ticket_and_the_same_answer():
    house = House()
    inbound = house.inbound("u1", "楼上太吵", group=HOME)

    first = await house.hear(inbound)
    second = await house.hear(inbound)

    assert second.messages == first.messages
    assert (second.is_repeat, second.ticket_number) == (True, 1001)
    assert len(house.store.state.tickets) == 1


async def test_a_refusal_leaves_no_trace_but_its_answer():
    house = House()
    await house.says("u1", "楼上太吵", group=HOME)
    before = house.ticket()
    inbound = house.inbound("chenjie", "退回 1001 太忙", group=HEAD)

    first = await house.hear(inbound)

    assert "要写明原因，可选：属地不符、权属不清、职能交叉" in first.messages[0].text
    assert (await house.hear(inbound)).messages == first.messages
    assert house.ticket() == before


async def test_a_store_that_is_full_refuses_so_that_the_vendor_repeats():
    house = House()
    house.writer.is_down = True

    with pytest.raises(NotStoredError):
        await house.says("u1", "楼上太吵", group=HOME)


async def test_another_bot_is_never_answered():
    house = House()
    inbound = house.inbound("bot", "楼上太吵", group=HOME)

    answer = await house.hear(replace(inbound, speaker=replace(inbound.speaker, is_bot=True)))

    assert (answer.messages, house.store.state.inbox) == ((), {})


async def test_a_channel_that_carries_no_answer_gets_it_by_the_outbox_as_a_reply():
    house = House(passive=())
    inbound = house.inbound("u1", "楼上太吵", group=HOME, message_ref="m-7")

    await house.hear(inbound)
    await house.post()

    (receipt,) = [each for each in house.channel.sent if each[0].chat == HOME]
    assert (receipt[1].reply_to, receipt[1].buttons[0][0].say) == ("m-7", "进度 1001")


async def test_a_message_opens_the_window_for_writing_back():
    house = House()

    await house.says("u1", "楼上太吵", window=Window(5, timedelta(hours=48)), name="2-201")

    assert house.store.windows.use("sandbox:liren", "u1", now=house.now)


async def test_a_group_that_was_migrated_keeps_its_messages():
    house = House()
    await house.says("u1", "楼上太吵", group=HOME)

    answer = await house.hear(house.inbound("", "", kind=Kind.MIGRATION, group=HEAD, moved_to="new-chat"))

    assert answer.messages == ()
    await house.post()
    assert house.shown("new-chat")


async def test_a_delivery_report_is_kept_and_not_answered():
    house = House()

    answer = await house.hear(house.inbound("u1", "failed", kind=Kind.DELIVERY))

    assert answer.messages == ()
    assert len(house.store.state.inbox) == 1


async def test_a_refusal_that_cannot_be_stored_is_repeated_by_the_vendor_too():
    house = House()
    await house.says("u1", "楼上太吵", group=HOME)
    house.writer.runs_left = 1

    with pytest.raises(NotStoredError):
        await house.says("chenjie", "退回 1001 太忙", group="xingfuli-b1-staff")


async def test_an_answer_that_comes_too_late_for_the_callback_goes_by_the_outbox():
    house = House()
    house.writer.takes = timedelta(seconds=5)
    house.writer.on_time = lambda passed: setattr(house, "now", house.now + passed)

    answer = await house.hear(house.inbound("u1", "楼上太吵", group=HOME))
    house.writer.takes = timedelta(0)
    await house.post()

    assert (answer.messages, answer.ticket_number) == ((), 1001)
    assert house.shown(HOME)[0].startswith("已收到，工单 #1001")


async def test_an_old_message_is_answered_as_the_first_time_or_not_at_all():
    house = House()
    report = house.inbound("u1", "电梯坏了")
    first = await house.hear(report)
    rows = len(house.store.state.outbox)

    again = await house.hear(replace(report, known_only=True))

    assert again == replace(first, is_repeat=True, about="")
    assert len(house.store.state.outbox) == rows
    with pytest.raises(NotKnownError):
        await house.hear(replace(house.inbound("u1", "漏水了"), known_only=True))
    assert house.store.tickets.find(1002) is None
