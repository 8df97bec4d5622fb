"""What is said to whom: mentions, private chats, buttons, pictures."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from bot.channels.sandbox.inbound import Spoken, parse_message, take_mention
from routing.messages import Address, Attachment, Inbound, Kind, Speaker

NOW = datetime(2026, 11, 24, 7, 24, tzinfo=UTC)
GROUP = "xingfuli-b1-residents"


def parse(spoken: Spoken, *, picture: Attachment | None = None, replies_to_bot: bool = False) -> Inbound:
    return parse_message(spoken, key="m1", now=NOW, picture=picture, replies_to_bot=replies_to_bot)


def test_a_mention_in_a_group_is_addressed_and_taken_out():
    inbound = parse(Spoken(group=GROUP, sender="u1", name="1-201", text="@里仁 3单元电梯又不动了"))

    assert inbound == Inbound(
        key="m1",
        kind=Kind.TEXT,
        address=Address("sandbox", "sandbox", GROUP),
        speaker=Speaker("u1", "1-201"),
        private=False,
        addressed=True,
        occurred_at=NOW,
        text="3单元电梯又不动了",
        message_ref="m1",
    )


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("@里仁电梯坏了", "电梯坏了"),
        ("＠里仁，电梯坏了", "电梯坏了"),
        ("电梯坏了 @liren", "电梯坏了"),
        ("电梯坏了@机器人", "电梯坏了"),
        ("@小里\u2005电梯坏了", "电梯坏了"),
        ("@Bot：电梯坏了", "电梯坏了"),
        ("电梯 @LIREN 坏了", "电梯   坏了"),
        ("@里仁", ""),
        ("@ 里仁 在吗", "在吗"),
    ],
)
def test_mentions_as_people_type_them(text: str, rest: str):
    assert take_mention(text) == (rest, True)


@pytest.mark.parametrize(
    "text",
    [
        "电梯坏了",
        "@王芳 在吗",
        "写信到 someone@bot.example",
        "@botany",
        "@liren2",
        "里仁 在吗",
        "@所有人 明天停水",
    ],
)
def test_other_words_are_no_mention(text: str):
    assert take_mention(text) == (text, False)


def test_chatter_in_a_group_is_not_addressed():
    assert not parse(Spoken(group=GROUP, sender="u1", text="晚上谁家有葱？")).addressed


@pytest.mark.parametrize("more", [{"mention": True}, {"button": True}])
def test_a_flag_addresses_what_has_no_mention(more: dict[str, bool]):
    inbound = parse(Spoken(group=GROUP, sender="u1", text="认领 1024", **more))

    assert inbound.addressed
    assert inbound.is_button is more.get("button", False)


def test_a_reply_to_the_bot_is_addressed():
    spoken = Spoken(group=GROUP, sender="u1", text="还没好", reply_to=7_000_000)

    inbound = parse(spoken, replies_to_bot=True)

    assert inbound.addressed
    assert inbound.reply_to == "7000000"


@pytest.mark.parametrize("group", [None, "private:u1"])
def test_a_private_chat_is_always_addressed(group: str | None):
    inbound = parse(Spoken(group=group, sender="u1", text="我的"))

    assert inbound.private
    assert inbound.addressed
    assert inbound.address.chat == "private:u1"


@pytest.mark.parametrize(("text", "kind"), [("", Kind.IMAGE), ("@里仁 看这里", Kind.TEXT)])
def test_a_picture_with_words_is_a_text_with_an_attachment(text: str, kind: Kind):
    picture = Attachment(Kind.IMAGE, "abc")

    inbound = parse(Spoken(group=GROUP, sender="u1", text=text, picture="x.jpg"), picture=picture)

    assert inbound.kind is kind
    assert inbound.attachments == (picture,)


def test_letters_that_no_screen_shows_are_taken_out():
    assert (
        parse(Spoken(group=GROUP, sender="u1", name="1-\x00201", text="电\x00梯\x1b坏了")).text == "电梯坏了"
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"sender": ""},
        {"sender": "u\n1"},
        {"sender": "u1", "message_id": "x" * 101},
        {"sender": "u1", "colour": "red"},
        {"sender": 1},
        {"sender": "u1", "mention": "yes"},
    ],
)
def test_wrong_bodies_are_refused(wrong: dict[str, object]):
    with pytest.raises(ValidationError):
        Spoken.model_validate({"text": "电梯坏了", **wrong})
