import json

import pytest
from aiogram.types import InlineKeyboardMarkup
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.render import clean, render_picture, render_words
from routing.messages import Address, Button, Link, Outbound

GROUP = Address("telegram", "123456", "-1001234567890", "42")
CLAIM = Button("认领", "认领 1024")
PASS_ON = Button("转派", "转派 1024")


def test_short_message_is_one_call_with_everything() -> None:
    message = Outbound("工单 #1024 待认领", buttons=((CLAIM, PASS_ON),), reply_to="-1001234567890:77")

    (call,) = render_words(message, to=GROUP)

    assert json.loads(call.model_dump_json(exclude_none=True, exclude_defaults=True)) == {
        "chat_id": -1001234567890,
        "text": "工单 #1024 待认领",
        "message_thread_id": 42,
        "link_preview_options": {"is_disabled": True},
        "reply_parameters": {"message_id": 77, "allow_sending_without_reply": True},
        "reply_markup": {
            "inline_keyboard": [
                [
                    {"text": "认领", "callback_data": "认领 1024"},
                    {"text": "转派", "callback_data": "转派 1024"},
                ]
            ]
        },
    }
    assert call.parse_mode is None


def test_long_message_replies_first_and_has_its_buttons_last() -> None:
    calls = render_words(Outbound("楼" * 9000, buttons=((CLAIM,),), reply_to="-1001234567890:77"), to=GROUP)

    assert [call.reply_parameters is not None for call in calls] == [True, False, False]
    assert [call.reply_markup is not None for call in calls] == [False, False, True]
    assert [call.text[:5] for call in calls] == ["（1/3）", "（2/3）", "（3/3）"]


@pytest.mark.parametrize(
    ("reference", "message_id"),
    [
        ("-1001234567890:77", 77),
        ("77", 77),
        ("510001:77", None),
        ("-1001234567890:x", None),
        ("", None),
        (None, None),
    ],
)
def test_reply_is_only_to_a_message_of_the_same_chat(reference: str | None, message_id: int | None) -> None:
    (call,) = render_words(Outbound("好", reply_to=reference), to=GROUP)

    assert (call.reply_parameters and call.reply_parameters.message_id) == message_id


def test_button_says_64_bytes_at_most() -> None:
    fits = Button("选", "评" * 20 + "1024")
    over = Button("选", "评" * 20 + "10240")

    (call,) = render_words(Outbound("选", buttons=((fits,), ())), to=GROUP)

    assert isinstance(call.reply_markup, InlineKeyboardMarkup)
    assert call.reply_markup.inline_keyboard[0][0].callback_data == fits.say
    with pytest.raises(AssertionError, match="64 bytes"):
        render_words(Outbound("选", buttons=((over,),)), to=GROUP)


@pytest.mark.parametrize("text", ["", " \n", "\x00\u202e"])
def test_no_words_are_no_call(text: str) -> None:
    assert render_words(Outbound(text, pictures=(7,)), to=GROUP) == ()


def test_peoples_words_go_out_as_they_are() -> None:
    text = "[点我](http://evil.example) <a href='x'>*b*</a> {config} _x_ &amp; /claim\n制表\t完"

    (call,) = render_words(Outbound(text), to=GROUP)

    assert call.text == text
    assert call.entities is None


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("叫上@wang_xiulan来", "叫上@\u2060wang_xiulan来"),
        ("@all", "@\u2060all"),
        ("写信到 me@liren.example", "写信到 me@liren.example"),
        ("@ 三楼", "@ 三楼"),
    ],
)
def test_nobody_is_called_by_a_quoted_name(text: str, calls: str) -> None:
    assert clean(text) == calls


@given(st.text())
def test_whatever_is_said_can_be_sent(text: str) -> None:
    for call in render_words(Outbound(text), to=GROUP):
        assert "\x00" not in call.text
        call.text.encode()


def test_half_characters_and_turned_directions_are_dropped() -> None:
    assert clean("a\ud800b\u202ec\r\nd\x1be") == "abc\nde"


def test_picture_stands_under_its_words() -> None:
    call = render_picture(b"jpeg", to=GROUP, under=1001)

    assert call.chat_id == -1001234567890
    assert call.message_thread_id == 42
    assert call.reply_parameters is not None
    assert call.reply_parameters.message_id == 1001


def test_chat_name_and_odd_thread_are_passed_as_they_can_be() -> None:
    (call,) = render_words(Outbound("好"), to=Address("telegram", "1", "@xingfuli", "x"))

    assert (call.chat_id, call.message_thread_id) == ("@xingfuli", None)


def test_link_is_a_key_below_the_others() -> None:
    message = Outbound(
        "新工单",
        buttons=((Button("认领", "认领 1024"),),),
        link=Link("在手机上办理", "https://liren.test/w?key=a.b"),
    )

    (call,) = render_words(message, to=Address("telegram", "1", "2001"))

    assert isinstance(call.reply_markup, InlineKeyboardMarkup)
    assert [[each.text for each in row] for row in call.reply_markup.inline_keyboard] == [
        ["认领"],
        ["在手机上办理"],
    ]
    assert call.reply_markup.inline_keyboard[1][0].url == "https://liren.test/w?key=a.b"
    assert "liren.test" not in repr(message)
