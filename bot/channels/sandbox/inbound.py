"""From what the page or a program says to a neutral `Inbound`. Pure, but for the number given to a nameless message."""

import re
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.channels.sandbox.settings import ACCOUNT, CHANNEL
from routing.messages import Address, Attachment, Inbound, Kind, Speaker

PRIVATE = "private:"

_Token = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]

# A mention as people type it: Chinese names run into the text, Latin ones end where the word ends.
_MENTION = re.compile(
    r"[@＠]\s?(?:里仁|机器人|小里)|(?<![A-Za-z0-9._-])[@＠]\s?(?:liren|bot)(?![A-Za-z0-9_.-])", re.IGNORECASE
)
_EDGE = " \t\r\n\u2005\u3000,，:：、"
# PostgreSQL refuses NUL, and no screen shows the others.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Spoken(BaseModel):
    """The body of a message. A `group` that is missing, null or "private:<sender>" is the private chat with the bot.

    `picture` is a PNG or JPEG as base64 (also as a data: address), or only a file name for a made-up picture.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    group: _Token | None = None
    sender: _Token
    name: Annotated[str, StringConstraints(max_length=64)] = ""
    text: str = ""
    message_id: _Token | None = None
    reply_to: _Token | int | None = Field(default=None, description="id of a line in this window")
    mention: bool = False
    button: bool = False
    picture: str | None = None

    @property
    def chat(self) -> str:
        return self.group or f"{PRIVATE}{self.sender}"


def is_private(chat: str) -> bool:
    return chat.startswith(PRIVATE)


def clean_text(text: str) -> str:
    return _UNSEEN.sub("", text)


def take_mention(text: str) -> tuple[str, bool]:
    """The text without mentions of the bot, and whether there was one."""
    rest, found = _MENTION.subn(" ", text)
    return (rest.strip(_EDGE), True) if found else (text.strip(), False)


def parse_message(
    spoken: Spoken, *, key: str, now: datetime, picture: Attachment | None, replies_to_bot: bool
) -> Inbound:
    """`picture` is the stored one. A picture with words is a text that has an attachment."""
    text, is_mentioned = take_mention(clean_text(spoken.text))
    private = is_private(spoken.chat)
    return Inbound(
        key=key,
        kind=Kind.IMAGE if picture and not text else Kind.TEXT,
        address=Address(CHANNEL, ACCOUNT, spoken.chat),
        speaker=Speaker(spoken.sender, clean_text(spoken.name).strip()),
        private=private,
        addressed=private or is_mentioned or replies_to_bot or spoken.mention or spoken.button,
        occurred_at=now,
        text=text,
        attachments=(picture,) if picture else (),
        is_button=spoken.button,
        message_ref=key,
        reply_to=None if spoken.reply_to is None else str(spoken.reply_to),
    )
