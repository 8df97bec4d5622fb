"""Our `Outbound` → Telegram's calls. Pure; sending them is not done here.

Everything goes out as plain text, so that no one's words can become a link, a format or a button.
"""

import re

from aiogram.methods import SendMessage, SendPhoto
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)

from bot.channels.telegram.parts import split_text
from routing.messages import Address, Button, Link, Outbound

# https://core.telegram.org/bots/api#inlinekeyboardbutton, `callback_data`
MAX_SAY_BYTES = 64

# Controls, marks that turn the reading direction, and halves of characters, which UTF-8 can not carry.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# In plain text, too, Telegram calls a person by @name; a word joiner behind the @ makes it mere letters.
_MENTION = re.compile(r"(?<![A-Za-z0-9_])@(?=[A-Za-z])")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def render_words(message: Outbound, *, to: Address) -> tuple[SendMessage, ...]:
    """In order; the first one replies, the last one has the buttons. None when there are no words."""
    words = clean(message.text)
    if not words.strip():
        return ()
    pieces = split_text(words)
    last = len(pieces) - 1
    return tuple(
        SendMessage(
            chat_id=chat_id(to),
            text=piece,
            message_thread_id=_thread_id(to),
            parse_mode=None,
            link_preview_options=_NO_PREVIEW,
            reply_parameters=_reply(message.reply_to, to) if index == 0 else None,
            reply_markup=_keyboard(message.buttons, message.link) if index == last else None,
        )
        for index, piece in enumerate(pieces)
    )


def render_picture(picture: bytes, *, to: Address, under: int | None) -> SendPhoto:
    """`under` is the id of the words that it belongs to."""
    return SendPhoto(
        chat_id=chat_id(to),
        photo=BufferedInputFile(picture, filename="picture"),
        message_thread_id=_thread_id(to),
        parse_mode=None,
        reply_parameters=None if under is None else _reply(str(under), to),
    )


def clean(text: str) -> str:
    return _MENTION.sub("@\u2060", _UNSPEAKABLE.sub("", text))


def chat_id(to: Address) -> int | str:
    return int(to.chat) if re.fullmatch(r"-?[0-9]{1,18}", to.chat) else to.chat


def _thread_id(to: Address) -> int | None:
    return int(to.thread) if to.thread is not None and to.thread.isdecimal() else None


def _reply(reference: str | None, to: Address) -> ReplyParameters | None:
    """A reference into another chat (answering in private to what was said in a group) is no reply here."""
    if reference is None:
        return None
    chat, _, number = reference.rpartition(":")
    if chat not in ("", to.chat) or not number.isdecimal():
        return None
    return ReplyParameters(message_id=int(number), allow_sending_without_reply=True)


def _keyboard(rows: tuple[tuple[Button, ...], ...], link: Link | None) -> InlineKeyboardMarkup | None:
    """The link is a key below the others, which no person's words can become."""
    keys = [[_key(button) for button in row] for row in rows if row]
    if link is not None:
        keys.append([InlineKeyboardButton(text=clean(link.label), url=link.url)])
    return InlineKeyboardMarkup(inline_keyboard=keys) if keys else None


def _key(button: Button) -> InlineKeyboardButton:
    assert len(button.say.encode()) <= MAX_SAY_BYTES, f"a button says more than {MAX_SAY_BYTES} bytes"
    return InlineKeyboardButton(text=clean(button.label), callback_data=button.say)
