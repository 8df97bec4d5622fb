"""Telegram's update → our `Inbound`, or nothing. Pure: Telegram's types end here.

A message's reference is `<chat>:<message id>`, because Telegram counts messages in each chat anew.
An edited message is an addition: a TEXT that replies to its own earlier wording (`reply_to == message_ref`).
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from aiogram.enums import ChatMemberStatus, ChatType, ContentType
from aiogram.types import (
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    Message,
    Update,
    User,
)

from bot.channels.telegram.wording import (
    Me,
    Wording,
    is_private,
    read_wording,
    replied_message,
    without_nul,
)
from routing.messages import Address, Attachment, Inbound, Kind, Speaker

CHANNEL = "telegram"

_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
# Things people send that we can not read. Every other kind without words is a notice of Telegram's own.
_UNREADABLE = frozenset(
    {
        ContentType.ANIMATION,
        ContentType.AUDIO,
        ContentType.CHECKLIST,
        ContentType.CONTACT,
        ContentType.DICE,
        ContentType.DOCUMENT,
        ContentType.GAME,
        ContentType.PAID_MEDIA,
        ContentType.POLL,
        ContentType.RICH_MESSAGE,
        ContentType.STICKER,
        ContentType.STORY,
        ContentType.UNKNOWN,
        ContentType.VIDEO,
        ContentType.VIDEO_NOTE,
    }
)


@dataclass(frozen=True, slots=True)
class _Content:
    kind: Kind
    attachments: tuple[Attachment, ...] = ()
    words: str = ""


def to_inbound(update: Update, me: Me, *, now: datetime) -> Inbound | None:
    """`now` stands in for a tapped button's time, which Telegram does not tell.

    Raises ValueError for a date that can not be.
    """
    key = f"u:{update.update_id}"
    if update.message is not None:
        return _said(update.message, me, key=key)
    if update.edited_message is not None:
        return _edited(update.edited_message, me)
    if update.callback_query is not None:
        return _tapped(update.callback_query, me, key=key, now=now)
    if update.my_chat_member is not None:
        return _joined_or_left(update.my_chat_member, me, key=key)
    return None


def message_ref(chat: str | int, message_id: int) -> str:
    return f"{chat}:{message_id}"


# --- messages -------------------------------------------------------------------------------------------------------


def _said(message: Message, me: Me, *, key: str) -> Inbound | None:
    if message.migrate_to_chat_id is not None:
        return _migrated(message, me, key=key)
    speaker = _speaker_of(message)
    content = _content_of(message)
    if speaker is None or content is None or not _is_conversation(message.chat):
        return None
    wording = read_wording(message, me)
    if wording is None:
        return None
    return _worded(message, me, key=key, speaker=speaker, content=content, wording=wording)


def _worded(
    message: Message, me: Me, *, key: str, speaker: Speaker, content: _Content, wording: Wording
) -> Inbound:
    reply = replied_message(message)
    return Inbound(
        key=key,
        kind=Kind.FOLLOW if wording.starts else content.kind,
        address=_address(message.chat, me, thread=_topic(message)),
        speaker=speaker,
        private=is_private(message),
        addressed=wording.addressed,
        occurred_at=_utc(message.date),
        text=wording.text or content.words,
        attachments=content.attachments,
        scene=wording.scene,
        message_ref=message_ref(message.chat.id, message.message_id),
        reply_to=message_ref(message.chat.id, reply.message_id) if reply else None,
    )


def _edited(message: Message, me: Me) -> Inbound | None:
    if message.edit_date is None or not (message.text or message.caption):
        return None
    said = _said(message, me, key=f"e:{message.chat.id}:{message.message_id}:{message.edit_date}")
    if said is None or said.kind is Kind.FOLLOW:
        return None
    return replace(
        said,
        kind=Kind.TEXT,
        attachments=(),
        occurred_at=_instant(message.edit_date),
        reply_to=said.message_ref,
    )


def _migrated(message: Message, me: Me, *, key: str) -> Inbound:
    return Inbound(
        key=key,
        kind=Kind.MIGRATION,
        address=_address(message.chat, me),
        speaker=_speaker_of(message) or Speaker(str(message.chat.id)),
        private=False,
        addressed=False,
        occurred_at=_utc(message.date),
        message_ref=message_ref(message.chat.id, message.message_id),
        moved_to=str(message.migrate_to_chat_id),
    )


def _content_of(message: Message) -> _Content | None:
    """None: a notice of Telegram's own, like a new title."""
    picture = _picture_of(message)
    if picture is not None:
        return _Content(Kind.IMAGE, (picture,))
    if message.voice is not None:
        return _Content(Kind.VOICE, (Attachment(Kind.VOICE, message.voice.file_id),))
    if message.location is not None or message.venue is not None:
        return _Content(Kind.LOCATION, words=_place(message))
    if message.text or message.caption:
        return _Content(Kind.TEXT)
    return _Content(Kind.UNSUPPORTED) if message.content_type in _UNREADABLE else None


def _picture_of(message: Message) -> Attachment | None:
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Attachment(Kind.IMAGE, largest.file_id)
    document = message.document
    if document is None or not (document.mime_type or "").startswith("image/"):
        return None
    return Attachment(Kind.IMAGE, document.file_id, without_nul(document.file_name or ""))


def _place(message: Message) -> str:
    if message.venue is None:
        return ""
    return without_nul(f"{message.venue.title} {message.venue.address}").strip()


# --- taps and membership --------------------------------------------------------------------------------------------


def _tapped(tap: CallbackQuery, me: Me, *, key: str, now: datetime) -> Inbound | None:
    """A tap says its data. A message too old to be shown again still tells its chat, but no longer its topic."""
    shown = tap.message
    if shown is None or not tap.data or not _is_conversation(shown.chat):
        return None
    return Inbound(
        key=key,
        kind=Kind.TEXT,
        address=_address(shown.chat, me, thread=_topic(shown) if isinstance(shown, Message) else None),
        speaker=_person(tap.from_user),
        private=shown.chat.type == ChatType.PRIVATE,
        addressed=True,
        occurred_at=now,
        text=without_nul(tap.data),
        is_button=True,
        message_ref=message_ref(shown.chat.id, shown.message_id),
    )


def _joined_or_left(change: ChatMemberUpdated, me: Me, *, key: str) -> Inbound | None:
    """`updates` has left two statuses: member and left."""
    was_in, is_in = (
        member.status == ChatMemberStatus.MEMBER
        for member in (change.old_chat_member, change.new_chat_member)
    )
    private = change.chat.type == ChatType.PRIVATE
    # Who unblocks the bot presses Start in the same moment; that message is the better greeting.
    if was_in == is_in or (private and is_in) or not _is_conversation(change.chat):
        return None
    return Inbound(
        key=key,
        kind=Kind.FOLLOW if is_in else Kind.UNFOLLOW,
        address=_address(change.chat, me),
        speaker=_person(change.from_user),
        private=private,
        addressed=True,
        occurred_at=_utc(change.date),
    )


# --- who, where and when --------------------------------------------------------------------------------------------


def _speaker_of(message: Message) -> Speaker | None:
    """None: a bot, or a post that a channel passes on.

    Who speaks for a group (an anonymous admin) or for a channel is known by that chat; the user that Telegram puts
    in their place is one and the same bot for everybody.
    """
    chat = message.sender_chat
    if chat is not None and not message.is_automatic_forward:
        return Speaker(str(chat.id), without_nul(chat.title or ""))
    if message.from_user is None or message.from_user.is_bot or message.is_automatic_forward:
        return None
    return _person(message.from_user)


def _person(user: User) -> Speaker:
    name = user.full_name.strip() or user.username or ""
    return Speaker(str(user.id), without_nul(name), is_bot=user.is_bot)


def _is_conversation(chat: Chat) -> bool:
    return chat.type == ChatType.PRIVATE or chat.type in _GROUPS


def _address(chat: Chat, me: Me, *, thread: str | None = None) -> Address:
    return Address(CHANNEL, str(me.user_id), str(chat.id), thread)


def _topic(message: Message) -> str | None:
    """Replies outside topics carry a thread id too, but Telegram refuses it when we send it back."""
    return str(message.message_thread_id) if message.is_topic_message else None


def _utc(at: datetime) -> datetime:
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("a date beyond the calendar") from error


def _instant(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError) as error:
        raise ValueError("a date beyond the calendar") from error
