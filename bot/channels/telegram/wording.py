"""What a Telegram message says once mention and slash are taken out, and whether the bot is meant. Pure.

What kind of message it is and who speaks stands in `inbound`; what the words mean is for `bot.commands`.
"""

import re
from dataclasses import dataclass

from aiogram.enums import ChatType, MessageEntityType
from aiogram.types import Message, MessageEntity

START = "start"

_COMMAND = re.compile(r"/(\w{1,64})(?:@(\w+))?(?:\s+|$)")
# https://core.telegram.org/bots/features#deep-linking
_SCENE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_GAP = re.compile(r"[ \t]{2,}")
_AFTER_MENTION = " \t\r\n,，:：、"


@dataclass(frozen=True, slots=True)
class Me:
    """The bot as Telegram knows it. An empty `username` recognises no mention by name."""

    user_id: int
    username: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """`starts`: the person pressed Start or came by a deep link, whose code is `scene`."""

    text: str
    addressed: bool
    starts: bool = False
    scene: str | None = None


def names_somebody(message: Message) -> bool:
    """True where only the bot's username can tell whether it is meant: in groups, when there is an @."""
    return not is_private(message) and "@" in _raw(message)


def is_private(message: Message) -> bool:
    return message.chat.type == ChatType.PRIVATE


def replied_message(message: Message) -> Message | None:
    """What the person replied to. Inside a topic Telegram calls everything a reply to the topic's birth; not we."""
    reply = message.reply_to_message
    if reply is None or reply.forum_topic_created is not None:
        return None
    return reply


def read_wording(message: Message, me: Me) -> Wording | None:
    """None: a command that names another bot, which is nothing for us."""
    said, is_named = _without_mention(message, me)
    is_meant = is_private(message) or is_named or _answers(message, me)
    command = _COMMAND.match(said)
    # In groups people write /呲牙 for a face; Telegram itself takes only Latin words for commands.
    if command is None or not (is_meant or command[1].isascii()):
        return Wording(said, addressed=is_meant)
    if not _is_for(command, message, me):
        return None
    rest = said[command.end() :].strip()
    if command[1] == START:
        return Wording("", addressed=True, starts=True, scene=rest if _SCENE.fullmatch(rest) else None)
    return Wording(f"{command[1]} {rest}".strip(), addressed=True)


def without_nul(text: str) -> str:
    """PostgreSQL's text takes no NUL."""
    return text.replace("\x00", "")


def _raw(message: Message) -> str:
    return without_nul(message.text or message.caption or "")


def _without_mention(message: Message, me: Me) -> tuple[str, bool]:
    """The words, and whether the bot was named among them."""
    raw = _raw(message)
    said = _cut_entities(raw, [one for one in _entities(message) if _names(one, me)])
    if me.username:
        # By the words and not by the entities alone: Telegram marks no mention right behind a Chinese character.
        # A command's own @name stands behind a Latin word and stays.
        said = re.sub(rf"(?<![A-Za-z0-9_./])@{re.escape(me.username)}(?![A-Za-z0-9_])", " ", said, flags=re.I)
    if said == raw:
        return raw.strip(), False
    return _GAP.sub(" ", said).strip().lstrip(_AFTER_MENTION), True


def _entities(message: Message) -> list[MessageEntity]:
    return message.entities or message.caption_entities or []


def _names(entity: MessageEntity, me: Me) -> bool:
    is_mention = entity.type == MessageEntityType.TEXT_MENTION
    return is_mention and entity.user is not None and entity.user.id == me.user_id


def _cut_entities(text: str, entities: list[MessageEntity]) -> str:
    """Offsets and lengths count UTF-16 units."""
    units = text.encode("utf-16-le")
    for entity in sorted(entities, key=lambda one: one.offset, reverse=True):
        start, end = entity.offset * 2, (entity.offset + entity.length) * 2
        units = units[:start] + " ".encode("utf-16-le") + units[end:]
    return units.decode("utf-16-le", errors="ignore")


def _is_for(command: re.Match[str], message: Message, me: Me) -> bool:
    return is_private(message) or command[2] is None or command[2].lower() == me.username.lower()


def _answers(message: Message, me: Me) -> bool:
    reply = replied_message(message)
    return reply is not None and reply.from_user is not None and reply.from_user.id == me.user_id
