from datetime import timedelta

import pytest

from bot.channel import Channel, Outcome, SendError
from bot.channels.telegram.sender import MAX_FILE_BYTES, TelegramChannel
from routing.messages import Address, Attachment, Button, Kind, Outbound
from tests.bot.channels.telegram.conftest import NOW, load_picture
from tests.telegram_vendor import (
    TOKEN,
    Fault,
    TelegramVendor,
    answers,
    bad_request,
    flood,
    forbidden,
    hang,
    migrated,
    page,
    reset,
)

PERSON = Address("telegram", "123456", "510001")
GROUP = Address("telegram", "123456", "-1001234567890")
TOPIC = Address("telegram", "123456", "-1001234567890", "42")
RECEIVED = Outbound("工单 #1024 已受理")
CLAIM = Button("认领", "认领 1024")


async def fails(channel: TelegramChannel, message: Outbound = RECEIVED) -> SendError:
    with pytest.raises(SendError) as caught:
        await channel.send(PERSON, message, key="k1")
    return caught.value


async def test_message_is_shown_and_its_reference_names_chat_and_message(
    channel: TelegramChannel, vendor: TelegramVendor
) -> None:
    reference = await channel.send(
        TOPIC, Outbound("待认领", buttons=((CLAIM,),), reply_to="-1001234567890:77"), key="k1"
    )

    assert reference == "-1001234567890:1001"
    (shown,) = vendor.shown
    assert (shown.chat, shown.text, shown.says) == ("-1001234567890", "待认领", [["认领 1024"]])
    assert shown.fields["message_thread_id"] == "42"
    assert shown.json("reply_parameters") == {"message_id": 77, "allow_sending_without_reply": True}
    assert shown.json("link_preview_options") == {"is_disabled": True}
    assert "parse_mode" not in shown.fields


def test_it_is_a_channel(channel: TelegramChannel) -> None:
    promised: Channel = channel

    assert (promised.name, promised.account) == ("telegram", "123456")
    assert promised.abilities.is_keyed is False


# --- failures -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (forbidden(), Outcome.RECIPIENT_GONE),
        (forbidden("bot was kicked from the supergroup chat"), Outcome.RECIPIENT_GONE),
        (forbidden("user is deactivated"), Outcome.RECIPIENT_GONE),
        (bad_request("chat not found"), Outcome.RECIPIENT_GONE),
        (bad_request("PEER_ID_INVALID"), Outcome.RECIPIENT_GONE),
        (bad_request("not enough rights to send text messages to the chat"), Outcome.RECIPIENT_GONE),
        (bad_request("message is too long"), Outcome.REFUSED),
        (bad_request("MESSAGE_EMPTY"), Outcome.REFUSED),
        (answers(401, "Unauthorized"), Outcome.CONFIGURATION),
        (answers(404, "Not Found"), Outcome.CONFIGURATION),
        (answers(409, "Conflict"), Outcome.RETRY_LATER),
        (answers(413, "Request Entity Too Large"), Outcome.REFUSED),
        (answers(429, "Too Many Requests"), Outcome.RETRY_LATER),
        (answers(418, "I'm a teapot"), Outcome.REFUSED),
        (answers(500, "Internal Server Error"), Outcome.RETRY_LATER),
        (answers(500, "Internal Server Error: restart"), Outcome.RETRY_LATER),
        (Fault(status=500, body='{"ok": false}'), Outcome.RETRY_LATER),
        (page(502), Outcome.RETRY_LATER),
        (page(504), Outcome.UNKNOWN),
        (page(429), Outcome.RETRY_LATER),
        (page(413), Outcome.REFUSED),
        (page(403), Outcome.CONFIGURATION),
        (page(200), Outcome.UNKNOWN),
        (Fault(status=200, body='{"ok": true, "result": {"message_'), Outcome.UNKNOWN),
        (reset(), Outcome.UNKNOWN),
    ],
)
async def test_failure_has_its_outcome_and_the_next_message_goes_out(
    channel: TelegramChannel, vendor: TelegramVendor, fault: Fault, outcome: Outcome
) -> None:
    vendor.will("sendMessage", fault)

    error = await fails(channel)

    assert error.outcome is outcome
    assert TOKEN not in repr(error) + error.detail
    assert (await channel.send(PERSON, Outbound("下一条"), key="k2")).startswith("510001:")


async def test_flood_control_says_how_long(channel: TelegramChannel, vendor: TelegramVendor) -> None:
    vendor.will("sendMessage", flood(7))

    error = await fails(channel)

    assert (error.outcome, error.retry_after) == (Outcome.RETRY_LATER, timedelta(seconds=7))


async def test_migrated_group_tells_its_new_id(channel: TelegramChannel, vendor: TelegramVendor) -> None:
    vendor.will("sendMessage", migrated(-1009999))

    error = await fails(channel)

    assert (error.outcome, error.moved_to) == (Outcome.RETRY_LATER, "-1009999")


async def test_silence_after_the_request_is_unknown(vendor: TelegramVendor) -> None:
    hasty = TelegramChannel(
        vendor.settings(),
        load_picture=load_picture,
        now=lambda: NOW,
        call_within=timedelta(milliseconds=200),
    )
    vendor.will("sendMessage", hang())

    error = await fails(hasty)
    await hasty.close()

    assert error.outcome is Outcome.UNKNOWN
    assert len(vendor.shown) == 1


async def test_nobody_at_the_address_is_tried_again_later() -> None:
    async with TelegramVendor() as gone:
        settings = gone.settings()
    channel = TelegramChannel(settings, load_picture=load_picture, now=lambda: NOW)

    error = await fails(channel)
    await channel.close()

    assert error.outcome is Outcome.RETRY_LATER
    assert TOKEN not in repr(error) + error.detail


async def test_odd_answer_to_a_message_that_was_shown_is_a_success(
    channel: TelegramChannel, vendor: TelegramVendor
) -> None:
    vendor.will(
        "sendMessage", Fault(status=200, body='{"ok": true, "result": {"message_id": 5, "date": "?"}}')
    )

    assert await channel.send(PERSON, Outbound("好"), key="k1") == "510001:5"


@pytest.mark.parametrize(
    ("complaint", "lost"),
    [
        ("message to be replied not found", "reply_parameters"),
        ("message thread not found", "message_thread_id"),
        ("TOPIC_CLOSED", "message_thread_id"),
        ("BUTTON_DATA_INVALID", "reply_markup"),
        ("inline keyboard expected", "reply_markup"),
    ],
)
async def test_message_goes_out_without_what_is_refused(
    channel: TelegramChannel, vendor: TelegramVendor, complaint: str, lost: str
) -> None:
    vendor.will("sendMessage", bad_request(complaint))

    await channel.send(TOPIC, Outbound("待认领", buttons=((CLAIM,),), reply_to="-1001234567890:77"), key="k1")

    tried, shown = vendor.list_calls("sendMessage")
    assert set(tried.fields) - set(shown.fields) == {lost}


async def test_it_is_tried_only_once_without(channel: TelegramChannel, vendor: TelegramVendor) -> None:
    vendor.will("sendMessage", bad_request("BUTTON_DATA_INVALID"), bad_request("BUTTON_DATA_INVALID"))

    error = await fails(channel, Outbound("待认领", buttons=((CLAIM,),)))

    assert error.outcome is Outcome.REFUSED
    assert len(vendor.calls) == 2


# --- several parts --------------------------------------------------------------------------------------------------


async def test_second_attempt_goes_on_where_the_first_one_stopped(
    channel: TelegramChannel, vendor: TelegramVendor
) -> None:
    message = Outbound("楼" * 9000, buttons=((CLAIM,),))
    await channel.send(PERSON, Outbound("先"), key="k0")
    vendor.will("sendMessage", Fault(status=200, body='{"ok": true, "result": {"message_id": 5}}'), flood(1))

    await fails(channel, message)
    await channel.send(PERSON, message, key="k1")

    assert [shown.text[:5] for shown in vendor.shown[1:]] == ["（2/3）", "（3/3）"]


async def test_other_words_under_the_same_key_begin_anew(
    channel: TelegramChannel, vendor: TelegramVendor
) -> None:
    vendor.will("sendMessage", Fault(status=200, body='{"ok": true, "result": {"message_id": 5}}'), flood(1))

    await fails(channel, Outbound("楼" * 5000))
    await channel.send(PERSON, Outbound("可能重复：" + "楼" * 5000), key="k1")

    assert [shown.text[:5] for shown in vendor.shown] == ["（1/2）", "（2/2）"]


async def test_sent_message_is_forgotten(channel: TelegramChannel, vendor: TelegramVendor) -> None:
    await channel.send(PERSON, Outbound("好"), key="k1")
    await channel.send(PERSON, Outbound("好"), key="k1")

    assert len(vendor.shown) == 2


# --- pictures -------------------------------------------------------------------------------------------------------


async def test_pictures_follow_the_words(channel: TelegramChannel, vendor: TelegramVendor) -> None:
    reference = await channel.send(GROUP, Outbound("楼道灯不亮", pictures=(7, 8)), key="k1")

    words, lamp, lift = vendor.shown
    assert [words.method, lamp.method, lift.method] == ["sendMessage", "sendPhoto", "sendPhoto"]
    assert [*lamp.files.values(), *lift.files.values()] == [b"\xff\xd8a lamp", b"\xff\xd8a lift"]
    assert lamp.json("reply_parameters")["message_id"] == 1001
    assert reference == "-1001234567890:1001"


async def test_words_stand_without_a_picture_that_is_missing_or_refused(
    channel: TelegramChannel, vendor: TelegramVendor
) -> None:
    vendor.will("sendPhoto", bad_request("PHOTO_INVALID_DIMENSIONS"))

    reference = await channel.send(GROUP, Outbound("楼道灯不亮", pictures=(7, 99)), key="k1")

    assert reference == "-1001234567890:1001"
    assert [shown.method for shown in vendor.shown] == ["sendMessage"]


async def test_picture_alone_is_a_message(channel: TelegramChannel, vendor: TelegramVendor) -> None:
    assert await channel.send(GROUP, Outbound("", pictures=(7,)), key="k1") == "-1001234567890:1001"


async def test_put_off_picture_does_not_repeat_the_words(
    channel: TelegramChannel, vendor: TelegramVendor
) -> None:
    message = Outbound("楼道灯不亮", pictures=(7, 8))
    vendor.will("sendPhoto", flood(3))

    error = await fails(channel, message)
    await channel.send(PERSON, message, key="k1")

    assert error.retry_after == timedelta(seconds=3)
    assert [shown.method for shown in vendor.shown] == ["sendMessage", "sendPhoto", "sendPhoto"]


async def test_nothing_to_show_is_refused(channel: TelegramChannel, vendor: TelegramVendor) -> None:
    assert (await fails(channel, Outbound(" "))).outcome is Outcome.REFUSED
    assert vendor.calls == []


# --- fetching -------------------------------------------------------------------------------------------------------

PHOTO = Attachment(Kind.IMAGE, "AgAC_x")


async def test_picture_is_fetched(channel: TelegramChannel, vendor: TelegramVendor) -> None:
    vendor.add_file("AgAC_x", b"jpeg" * 100_000)

    assert await channel.fetch(PHOTO) == b"jpeg" * 100_000


@pytest.mark.parametrize(("size", "is_taken"), [(MAX_FILE_BYTES, True), (MAX_FILE_BYTES + 1, False)])
async def test_picture_has_ten_mebibytes_at_most(
    channel: TelegramChannel, vendor: TelegramVendor, size: int, is_taken: bool
) -> None:
    # The size is not announced, so that only counting can tell.
    vendor.add_file("AgAC_x", bytes(size))
    vendor.will(
        "getFile",
        Fault(
            status=200,
            body='{"ok": true, "result": {"file_id": "AgAC_x", "file_unique_id": "AQAD",'
            ' "file_path": "photos/file_1.jpg"}}',
        ),
    )

    if is_taken:
        assert len(await channel.fetch(PHOTO)) == size
        return
    with pytest.raises(SendError) as caught:
        await channel.fetch(PHOTO)
    assert caught.value.outcome is Outcome.REFUSED


async def test_announced_size_is_enough_to_refuse(channel: TelegramChannel, vendor: TelegramVendor) -> None:
    vendor.add_file("AgAC_x", bytes(MAX_FILE_BYTES + 1))

    with pytest.raises(SendError, match="more than"):
        await channel.fetch(PHOTO)


@pytest.mark.parametrize(
    "path",
    ["../../etc/passwd", "/var/lib/tg/file.jpg", "photos/../x", "http://127.0.0.1/x", "a?b", "a b", ""],
)
async def test_path_that_leads_elsewhere_is_refused(
    channel: TelegramChannel, vendor: TelegramVendor, path: str
) -> None:
    vendor.add_file("AgAC_x", b"x", path=path)

    with pytest.raises(SendError) as caught:
        await channel.fetch(PHOTO)

    assert caught.value.outcome is Outcome.REFUSED


async def test_unknown_file_is_refused_and_silence_is_asked_again(
    channel: TelegramChannel, vendor: TelegramVendor
) -> None:
    with pytest.raises(SendError) as refused:
        await channel.fetch(PHOTO)
    vendor.will("getFile", reset())
    with pytest.raises(SendError) as silent:
        await channel.fetch(PHOTO)

    assert (refused.value.outcome, silent.value.outcome) == (Outcome.REFUSED, Outcome.RETRY_LATER)


# --- taps and the account -------------------------------------------------------------------------------------------


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
