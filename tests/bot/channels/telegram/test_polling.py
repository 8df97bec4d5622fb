import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.channel import Answer, NotStoredError
from bot.channels.telegram.polling import MAX_TRIES, back_off, poll
from bot.channels.telegram.sender import TelegramChannel
from routing.messages import Inbound
from tests.telegram_vendor import Fault, TelegramVendor, answers, flood, page, reset

FIXTURES = Path(__file__).parents[3] / "fixtures" / "telegram"

Receive = Callable[[Inbound], Awaitable[Answer]]


def says(update_id: int, text: str) -> dict[str, Any]:
    update: dict[str, Any] = json.loads((FIXTURES / "private_text.json").read_bytes())
    update["update_id"] = update_id
    update["message"]["text"] = text
    return update


class Reader:
    """Takes everything and stops the polling when it has heard the last word."""

    def __init__(self, last: str = "完") -> None:
        self.heard: list[str] = []
        self.stop = asyncio.Event()
        self._last = last

    async def receive(self, inbound: Inbound) -> Answer:
        self.heard.append(inbound.text)
        if inbound.text == self._last:
            self.stop.set()
        return Answer()


async def run(channel: TelegramChannel, reader: Reader, receive: Receive | None = None) -> list[int]:
    """The failures that it paused for."""
    pauses: list[int] = []

    def pause(failures: int) -> float:
        pauses.append(failures)
        return 0

    async with asyncio.timeout(10):
        await poll(channel, receive or reader.receive, stop=reader.stop, pause=pause)
    return pauses


async def test_updates_are_taken_in_order_after_the_webhook_is_gone(
    channel: TelegramChannel, vendor: TelegramVendor
) -> None:
    await channel.set_webhook()
    vendor.push(says(1, "一"), says(2, "二"), says(3, "完"))
    reader = Reader()

    pauses = await run(channel, reader)

    assert reader.heard == ["一", "二", "完"]
    assert pauses == []
    (call,) = vendor.list_calls("getUpdates")
    assert call.json("allowed_updates") == ["message", "edited_message", "callback_query", "my_chat_member"]


async def test_offset_moves_only_behind_what_is_stored(
    channel: TelegramChannel, vendor: TelegramVendor
) -> None:
    vendor.push(says(1, "一"), says(2, "二"), says(3, "完"))
    reader = Reader()
    refusals = 3

    async def receive(inbound: Inbound) -> Answer:
        nonlocal refusals
        if inbound.text == "二" and refusals:
            refusals -= 1
            assert [one["update_id"] for one in vendor.unconfirmed][-2:] == [2, 3]
            raise NotStoredError
        return await reader.receive(inbound)

    pauses = await run(channel, reader, receive)

    assert reader.heard == ["一", "二", "完"]
    assert pauses == [1, 2, 3]
    assert [call.fields.get("offset") for call in vendor.list_calls("getUpdates")] == [None, "2", "2", "2"]


@pytest.mark.parametrize(
    "bad",
    [
        {"update_id": 2},
        {"update_id": 2, "message": 5},
        {"update_id": 2, "message": {"text": "无头"}},
        {"update_id": 2, "callback_query": {"id": 3}},
        {"update_id": 2, "message": {**says(2, "x")["message"], "date": "0001-01-01T00:00:00+10:00"}},
        {"no": "id"},
        "not an object",
    ],
)
async def test_one_bad_update_costs_only_itself(
    channel: TelegramChannel, vendor: TelegramVendor, bad: Any
) -> None:
    vendor.push(says(1, "一"))
    vendor.will(
        "getUpdates", Fault(body=json.dumps({"ok": True, "result": [says(1, "一"), bad, says(3, "三")]}))
    )
    vendor.push(says(4, "完"))
    reader = Reader()

    await run(channel, reader)

    assert reader.heard == ["一", "三", "完"]


async def test_update_that_our_own_code_stumbles_over_is_left_in_the_end(
    channel: TelegramChannel, vendor: TelegramVendor, caplog: pytest.LogCaptureFixture
) -> None:
    vendor.push(says(1, "一"), says(2, "完"))
    reader = Reader()
    tries = 0

    async def receive(inbound: Inbound) -> Answer:
        nonlocal tries
        if inbound.text == "一":
            tries += 1
            raise RuntimeError(inbound.text)
        return await reader.receive(inbound)

    await run(channel, reader, receive)

    assert (tries, reader.heard) == (MAX_TRIES, ["完"])
    assert "update=1 try=5 bug=RuntimeError" in caplog.text
    assert "一" not in caplog.text


@pytest.mark.parametrize(
    "fault",
    [answers(409, "Conflict: terminated by other getUpdates request"), reset(), page(502), answers(500, "x")],
)
async def test_trouble_on_the_way_is_waited_out(
    channel: TelegramChannel, vendor: TelegramVendor, fault: Fault
) -> None:
    vendor.will("deleteWebhook", fault)
    vendor.will("getUpdates", fault, fault)
    vendor.push(says(1, "完"))
    reader = Reader()

    pauses = await run(channel, reader)

    assert reader.heard == ["完"]
    assert pauses == [1, 2, 3]


async def test_server_without_webhooks_is_polled_all_the_same(
    channel: TelegramChannel, vendor: TelegramVendor
) -> None:
    vendor.will("deleteWebhook", answers(404, "Not Found"))
    vendor.push(says(1, "完"))
    reader = Reader()

    pauses = await run(channel, reader)

    assert (reader.heard, pauses) == (["完"], [])


async def test_flood_control_is_obeyed(channel: TelegramChannel, vendor: TelegramVendor) -> None:
    vendor.will("getUpdates", flood(3600))
    reader = Reader()

    polling = asyncio.ensure_future(poll(channel, reader.receive, stop=reader.stop, pause=lambda _: 0))
    await vendor.called("getUpdates")
    reader.stop.set()
    await asyncio.wait_for(polling, 5)

    assert len(vendor.list_calls("getUpdates")) == 1


async def test_stop_ends_a_poll_under_way_at_once(channel: TelegramChannel, vendor: TelegramVendor) -> None:
    reader = Reader()
    polling = asyncio.ensure_future(poll(channel, reader.receive, stop=reader.stop))
    await vendor.called("getUpdates")

    reader.stop.set()

    await asyncio.wait_for(polling, 2)


async def test_cancelling_ends_a_poll_under_way_at_once(
    channel: TelegramChannel, vendor: TelegramVendor
) -> None:
    reader = Reader()
    polling = asyncio.ensure_future(poll(channel, reader.receive, stop=reader.stop))
    await vendor.called("getUpdates")

    polling.cancel()

    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(polling, 2)


async def test_tap_is_acknowledged_after_it_is_stored(
    channel: TelegramChannel, vendor: TelegramVendor
) -> None:
    vendor.push(json.loads((FIXTURES / "tap_in_group.json").read_bytes()), says(900_999, "完"))
    reader = Reader()

    await run(channel, reader)

    assert reader.heard == ["认领 1024", "完"]
    (call,) = vendor.list_calls("answerCallbackQuery")
    assert call.fields["callback_query_id"] == "4382bfdwdsb323b2d9"


async def test_mention_is_read_by_the_bots_own_name(channel: TelegramChannel, vendor: TelegramVendor) -> None:
    vendor.will("getMe", answers(500, "x"))
    vendor.push(json.loads((FIXTURES / "group_mention.json").read_bytes()))
    reader = Reader(last="👨‍👩‍👧 1栋电梯坏了")

    pauses = await run(channel, reader)

    assert reader.heard == ["👨‍👩‍👧 1栋电梯坏了"]
    assert pauses == [1]


def test_waiting_doubles_up_to_a_minute() -> None:
    waits = [[back_off(failures) for _ in range(50)] for failures in (1, 2, 5, 6, 50, 2000)]

    assert all(1 <= wait <= 2 for wait in waits[0])
    assert all(2 <= wait <= 4 for wait in waits[1])
    assert all(16 <= wait <= 32 for wait in waits[2])
    assert all(30 <= wait <= 60 for late in waits[3:] for wait in late)
