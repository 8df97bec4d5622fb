import pytest

from bot.channel import Outcome, SendError
from bot.channels.telegram.sender import TelegramChannel
from bot.channels.telegram.wording import Me
from tests.telegram_vendor import (
    Fault,
    TelegramVendor,
    answers,
    bad_request,
)


async def test_tap_is_acknowledged_and_a_late_one_does_no_harm(
    channel: TelegramChannel, vendor: TelegramVendor, caplog: pytest.LogCaptureFixture
) -> None:
    vendor.will("answerCallbackQuery", answers(200, ""), bad_request("query is too old"))

    await channel.acknowledge_tap("tap-1")
    await channel.acknowledge_tap("tap-2", "已认领")

    assert [call.fields for call in vendor.calls] == [
        {"callback_query_id": "tap-1"},
        {"callback_query_id": "tap-2", "text": "已认领"},
    ]
    assert "query is too old" in caplog.text


async def test_username_is_asked_once(channel: TelegramChannel, vendor: TelegramVendor) -> None:
    assert (await channel.me()).username == (await channel.me()).username == "liren_bot"
    assert len(vendor.list_calls("getMe")) == 1


async def test_account_is_the_tokens_whatever_a_stand_in_calls_its_bot(
    channel: TelegramChannel, vendor: TelegramVendor
) -> None:
    vendor.will("getMe", Fault(body='{"ok": true, "result": {"id": 666, "username": "other_bot"}}'))

    assert await channel.me() == Me(123456, "other_bot")


async def test_check_tells_account_privacy_and_arrival(
    channel: TelegramChannel, vendor: TelegramVendor
) -> None:
    before = await channel.check()
    await channel.set_webhook()
    vendor.reads_all_group_messages = False
    after = await channel.check()

    assert before == "@liren_bot (123456) · reads everything in its groups · webhook is not set to " + (
        "http://127.0.0.1:8000/callback/telegram"
    )
    assert "privacy mode is on" in after
    assert after.endswith("webhook, 0 waiting")


async def test_check_with_a_wrong_token_is_a_fault_of_configuration(
    channel: TelegramChannel, vendor: TelegramVendor
) -> None:
    vendor.will("getMe", answers(401, "Unauthorized"))

    with pytest.raises(SendError) as caught:
        await channel.check()

    assert caught.value.outcome is Outcome.CONFIGURATION


async def test_webhook_is_set_with_secret_and_nothing_dropped(
    channel: TelegramChannel, vendor: TelegramVendor
) -> None:
    await channel.set_webhook()

    (call,) = vendor.calls
    assert dict(call.fields) == {
        "url": "http://127.0.0.1:8000/callback/telegram",
        "secret_token": "nobodys-secret_1",
        "allowed_updates": '["message", "edited_message", "callback_query", "my_chat_member"]',
        "drop_pending_updates": "false",
    }
    await channel.delete_webhook()
    assert vendor.calls[-1].fields == {"drop_pending_updates": "false"}
