from datetime import timedelta

import pytest

from bot.channel import Channel, Outcome
from bot.channels.telegram.sender import TelegramChannel
from routing.messages import Outbound
from tests.bot.channels.telegram.cast import CLAIM, GROUP, PERSON, TOPIC, fails
from tests.telegram_vendor import (
    Fault,
    TelegramVendor,
    bad_request,
    flood,
    reset,
)


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

    reference = await channel.send(GROUP, Outbound("楼道灯不亮", pictures=(7, 9, 99)), key="k1")

    assert reference == "-1001234567890:1001"
    assert [call.method for call in vendor.calls] == ["sendMessage", "sendPhoto"]
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


async def test_a_picture_whose_end_nobody_knows_does_not_repeat_the_words(
    channel: TelegramChannel, vendor: TelegramVendor
) -> None:
    vendor.will("sendPhoto", reset(shows=False))

    await channel.send(PERSON, Outbound("楼道灯不亮", pictures=(7,)), key="k1")

    assert [shown.method for shown in vendor.shown] == ["sendMessage"]


async def test_nothing_to_show_is_refused(channel: TelegramChannel, vendor: TelegramVendor) -> None:
    assert (await fails(channel, Outbound(" "))).outcome is Outcome.REFUSED
    assert vendor.calls == []
