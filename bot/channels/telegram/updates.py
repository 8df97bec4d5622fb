"""A body or one raw update → aiogram's `Update`. What it means for us is read in `inbound`."""

from typing import Any

from aiogram.enums import ChatMemberStatus
from aiogram.types import Update
from pydantic_core import from_json

from bot.channels.telegram.wording import names_somebody

# What Telegram delivers of what we read; a kind that is not asked for never comes.
READ_KINDS = ("message", "edited_message", "callback_query", "my_chat_member")

_INSIDE = (ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER)


class MisshapenUpdateError(ValueError):
    """It came whole, but a field of it is not as Telegram describes it: the same will never be readable."""


def parse_update(body: bytes) -> Update:
    """Raises ValueError for what is not JSON, MisshapenUpdateError for an object that is no update; what an update
    holds besides what we know is left."""
    # Not json.loads: this one bounds the depth and refuses half characters.
    raw = from_json(body)
    if not isinstance(raw, dict):
        return Update.model_validate(raw)
    try:
        return Update.model_validate(_loosen(raw))
    except ValueError as error:
        raise MisshapenUpdateError(str(error)) from error


def needs_username(update: Update) -> bool:
    """Whether the bot's username is needed to tell if the bot is meant."""
    message = update.message or update.edited_message
    return message is not None and names_somebody(message)


def _loosen(raw: dict[str, Any]) -> dict[str, Any]:
    """aiogram demands every field of the newest API, also from a server of one's own that is older. Where that
    concerns fields that we never read, the update must not fail over them."""
    tap, change = raw.get("callback_query"), raw.get("my_chat_member")
    if isinstance(tap, dict):
        tap.setdefault("chat_instance", "")
    if isinstance(change, dict):
        for name in ("old_chat_member", "new_chat_member"):
            change[name] = _in_or_out(change.get(name))
    return raw


def _in_or_out(member: object) -> object:
    if not isinstance(member, dict) or "status" not in member:
        return member
    is_in = member["status"] in _INSIDE or member.get("is_member") is True
    status = ChatMemberStatus.MEMBER if is_in else ChatMemberStatus.LEFT
    return {"user": member.get("user"), "status": status.value}
