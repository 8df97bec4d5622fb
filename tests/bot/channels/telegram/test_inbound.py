from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiogram.types import Update

from bot.channels.telegram.inbound import to_inbound
from bot.channels.telegram.updates import needs_username, parse_update
from bot.channels.telegram.wording import Me
from routing.messages import Address, Attachment, Inbound, Kind, Speaker

FIXTURES = Path(__file__).parents[3] / "fixtures" / "telegram"
ME = Me(123456, "liren_bot")
SAID_AT = datetime(2025, 11, 25, 9, 51, 56, tzinfo=UTC)
NOW = datetime(2025, 11, 25, 10, 0, tzinfo=UTC)

PRIVATE = Inbound(
    key="",
    kind=Kind.TEXT,
    address=Address("telegram", "123456", "510001"),
    speaker=Speaker("510001", "秀兰 王"),
    private=True,
    addressed=True,
    occurred_at=SAID_AT,
    message_ref="510001:77",
)
GROUP = replace(
    PRIVATE,
    address=Address("telegram", "123456", "-1001234567890"),
    private=False,
    message_ref="-1001234567890:77",
)
TOPIC = replace(GROUP, address=replace(GROUP.address, thread="42"))
PHOTO = (Attachment(Kind.IMAGE, "AgACAgUAAxkBAAIB_x"),)

EXPECTED: dict[str, Inbound | None] = {
    # private chats
    "private_text": replace(PRIVATE, text="1栋2单元电梯坏了，老人下不了楼"),
    "private_command": replace(PRIVATE, text="claim 1024"),
    "private_start": replace(PRIVATE, kind=Kind.FOLLOW),
    "private_start_with_scene": replace(PRIVATE, kind=Kind.FOLLOW, scene="b1-code"),
    "private_photo": replace(PRIVATE, kind=Kind.IMAGE, text="楼道灯不亮", attachments=PHOTO),
    "private_photo_of_album": replace(PRIVATE, kind=Kind.IMAGE, attachments=PHOTO),
    "private_image_document": replace(
        PRIVATE,
        kind=Kind.IMAGE,
        attachments=(Attachment(Kind.IMAGE, "BQACAgUAAxkBAAIC_p", "楼顶漏水.png"),),
    ),
    "private_pdf": replace(PRIVATE, kind=Kind.UNSUPPORTED),
    "private_video_with_caption": replace(PRIVATE, text="水管爆了"),
    "private_voice": replace(
        PRIVATE, kind=Kind.VOICE, attachments=(Attachment(Kind.VOICE, "AwACAgUAAxkBAAIC_o"),)
    ),
    "private_location": replace(PRIVATE, kind=Kind.LOCATION),
    "private_venue": replace(PRIVATE, kind=Kind.LOCATION, text="幸福里小区东门 安宁路8号"),
    "private_sticker": replace(PRIVATE, kind=Kind.UNSUPPORTED),
    "private_content_of_tomorrow": replace(PRIVATE, kind=Kind.UNSUPPORTED),
    "private_edited_text": replace(
        PRIVATE,
        key="e:510001:77:1764064356",
        text="1栋3单元电梯坏了",
        occurred_at=SAID_AT + timedelta(seconds=40),
        reply_to="510001:77",
    ),
    "private_blocked": replace(PRIVATE, kind=Kind.UNFOLLOW, message_ref=None),
    "private_unblocked": None,
    # groups
    "group_plain": replace(GROUP, text="今天谁有空打羽毛球", addressed=False),
    "group_mention": replace(GROUP, text="👨‍👩‍👧 1栋电梯坏了"),
    "group_mention_behind_characters": replace(GROUP, text="电梯坏了"),
    "group_mention_of_another": replace(GROUP, text="@liren_bot2 你好", addressed=False),
    "group_text_mention": replace(GROUP, text="👍 ，电梯坏了"),
    "group_photo_with_mention": replace(GROUP, kind=Kind.IMAGE, text="楼道灯不亮", attachments=PHOTO),
    "group_command": replace(GROUP, text="status 1024"),
    "group_command_to_this_bot": replace(GROUP, text="status 1024"),
    "group_command_to_another_bot": None,
    "group_face": replace(GROUP, text="/呲牙", addressed=False),
    "group_start_with_scene": replace(GROUP, kind=Kind.FOLLOW, scene="b1-code"),
    "group_reply_to_bot": replace(GROUP, text="还没修好", reply_to="-1001234567890:60"),
    "group_reply_to_neighbour": replace(
        GROUP, text="我家也是", addressed=False, reply_to="-1001234567890:61"
    ),
    "group_thread_of_replies": replace(GROUP, text="我家也停水", reply_to="-1001234567890:61"),
    "topic_mention": replace(TOPIC, text="停水了"),
    "topic_plain": replace(TOPIC, text="谁家的快递", addressed=False),
    "group_anonymous_admin": replace(GROUP, text="待办", speaker=Speaker("-1001234567890", "幸福里1栋居民")),
    "group_person_as_channel": replace(GROUP, text="停水了", speaker=Speaker("-1009876543210", "老王说事")),
    "group_passed_on_by_channel": None,
    "group_message_of_a_bot": None,
    "group_new_title": None,
    "group_bot_among_new_members": None,
    # membership
    "group_joined": replace(GROUP, kind=Kind.FOLLOW, message_ref=None),
    "group_left": replace(GROUP, kind=Kind.UNFOLLOW, message_ref=None),
    "group_left_while_restricted": replace(GROUP, kind=Kind.UNFOLLOW, message_ref=None),
    "group_made_admin": None,
    "channel_joined": None,
    "group_migrated": replace(
        GROUP,
        kind=Kind.MIGRATION,
        address=Address("telegram", "123456", "-4012345"),
        addressed=False,
        message_ref="-4012345:77",
        moved_to="-1001234567890",
    ),
    "group_migrated_by_anonymous_admin": replace(
        GROUP,
        kind=Kind.MIGRATION,
        address=Address("telegram", "123456", "-4012345"),
        speaker=Speaker("-4012345", "幸福里1栋居民"),
        addressed=False,
        message_ref="-4012345:77",
        moved_to="-1001234567890",
    ),
    "group_migrated_from": None,
    # taps
    "tap_in_group": replace(
        GROUP, text="认领 1024", is_button=True, occurred_at=NOW, message_ref="-1001234567890:60"
    ),
    "tap_in_topic": replace(
        TOPIC, text="认领 1024", is_button=True, occurred_at=NOW, message_ref="-1001234567890:60"
    ),
    "tap_on_old_message": replace(
        PRIVATE, text="评价 1024 满意", is_button=True, occurred_at=NOW, message_ref="510001:60"
    ),
    "tap_outside_chats": None,
    # what we do not read
    "channel_post": None,
    "reaction": None,
    "kind_of_tomorrow": None,
}


def read(name: str) -> bytes:
    return (FIXTURES / f"{name}.json").read_bytes()


def test_every_payload_is_expected() -> None:
    assert {path.stem for path in FIXTURES.glob("*.json")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_payload_becomes_exactly_this(name: str) -> None:
    update = parse_update(read(name))

    inbound = to_inbound(update, ME, now=NOW)

    expected = EXPECTED[name]
    if expected is not None and not expected.key:
        expected = replace(expected, key=f"u:{update.update_id}")
    assert inbound == expected


def test_username_is_needed_for_a_mention_in_a_group_and_nowhere_else() -> None:
    asking = {name for name in EXPECTED if needs_username(parse_update(read(name)))}

    assert "group_mention" in asking
    assert "group_command_to_another_bot" in asking
    assert not asking & {"group_plain", "group_command", "tap_in_group", "private_text", "reaction"}


def test_two_edits_of_one_message_are_two_additions() -> None:
    first = parse_update(read("private_edited_text"))
    assert first.edited_message is not None
    later = first.edited_message.model_copy(update={"edit_date": 1764064400, "text": "1栋3单元，二楼"})
    second = first.model_copy(update={"edited_message": later})

    one, two = (to_inbound(update, ME, now=NOW) for update in (first, second))

    assert one is not None
    assert two is not None
    assert one.key != two.key
    assert one.reply_to == two.reply_to == "510001:77"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("@liren_bot 电梯坏了", "电梯坏了"),
        ("@LIREN_BOT，电梯坏了", "电梯坏了"),
        ("请 @liren_bot 看一下\n三楼", "请 看一下\n三楼"),
        ("电梯坏了 @liren_bot", "电梯坏了"),
        ("@liren_bot", ""),
        ("@liren_bot /claim 1024", "claim 1024"),
        ("@liren_bot /认领 1024", "认领 1024"),
        ("/claim@LIREN_bot   1024", "claim 1024"),
        ("电\x00梯@liren_bot坏了", "电梯 坏了"),
    ],
)
def test_mention_and_slash_are_taken_out(text: str, words: str) -> None:
    inbound = to_inbound(group_says(text), ME, now=NOW)

    assert inbound is not None
    assert (inbound.text, inbound.addressed) == (words, True)


@pytest.mark.parametrize(
    "text", ["写信到 me@liren_bot", "https://t.me/@liren_bot", "@liren_bots 好", "a/claim 1024", "/ 三楼"]
)
def test_what_only_looks_like_a_mention_is_left(text: str) -> None:
    inbound = to_inbound(group_says(text), ME, now=NOW)

    assert inbound is not None
    assert (inbound.text, inbound.addressed) == (text, False)


def test_start_with_other_words_is_a_follow_without_scene() -> None:
    inbound = to_inbound(group_says("/start 你 好"), ME, now=NOW)

    assert inbound is not None
    assert (inbound.kind, inbound.scene, inbound.text) == (Kind.FOLLOW, None, "")


@pytest.mark.parametrize("date", ['"9999-12-31T23:59:59-10:00"', '"0001-01-01T00:00:00+10:00"'])
def test_date_beyond_the_calendar_is_a_value_error(date: str) -> None:
    body = read("private_text").replace(b"1764064316", date.encode())

    with pytest.raises(ValueError, match="date"):
        to_inbound(parse_update(body), ME, now=NOW)


def group_says(text: str) -> Update:
    update = parse_update(read("group_plain"))
    assert update.message is not None
    return update.model_copy(update={"message": update.message.model_copy(update={"text": text})})
