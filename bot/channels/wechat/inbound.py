"""Turns the vendor's fields into an `Inbound`, or nothing. Pure; the vendor's names end here.

Source: the vendor's pages 接收普通消息 and 接收事件推送. Events carry no id of their own (wechatpy gives each the
id 0), so their once-only key is made of what makes them different.
"""

import hashlib
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.channels.wechat.refusals import Reason, RefusedError
from routing.messages import Address, Attachment, Inbound, Kind, Speaker, Window

_log = logging.getLogger(__name__)

# The vendor's limits for writing back (客服消息): after a message, and after a tap in the menu, a scan or a follow.
MESSAGE_WINDOW = Window(5, timedelta(hours=48))
EVENT_WINDOW = Window(3, timedelta(minutes=1))

_NAME = re.compile(r"[!-~]{1,64}")
_SECONDS = re.compile(r"[0-9]{1,10}")
_QR_SCENE = "qrscene_"
_MAX_SCENE = 64
_KEY_FIELDS = (
    "ToUserName", "FromUserName", "CreateTime", "MsgType", "Event", "EventKey", "MsgID", "MenuId", "Ticket",
)  # fmt: skip
# What the vendor sends in place of a sticker that the account cannot see.
_STICKER = "【收到不支持的消息类型，暂无法显示】"

Fields = Mapping[str, str]
Content = tuple[Kind, str, tuple[Attachment, ...]]


def parse_inbound(fields: Fields, *, account: str) -> Inbound | None:
    """None for what says nothing to us (a position every five seconds, a page viewed, kinds of events unknown here).

    `account` is our app id. Raises RefusedError where a field that every message must have is missing or malformed.
    """
    if _require(fields, "MsgType").lower() == "event":
        return _parse_event(fields, account)
    return _parse_message(fields, account)


# --- messages -------------------------------------------------------------------------------------------------------


def _parse_message(fields: Fields, account: str) -> Inbound:
    message_id = _match(_NAME, fields, "MsgId")
    kind, text, attachments = _read_content(fields)
    return _common(
        fields,
        account,
        key=f"m:{message_id}",
        kind=kind,
        text=text,
        attachments=attachments,
        is_button=bool(fields.get("bizmsgmenuid")),
        message_ref=message_id,
        window=MESSAGE_WINDOW,
    )


def _read_content(fields: Fields) -> Content:
    read = _READERS.get(fields["MsgType"].lower())
    return read(fields) if read else (Kind.UNSUPPORTED, "", ())


def _read_text(fields: Fields) -> Content:
    text = fields.get("Content", "")
    return (Kind.UNSUPPORTED, "", ()) if text == _STICKER else (Kind.TEXT, text, ())


def _read_image(fields: Fields) -> Content:
    return Kind.IMAGE, "", (Attachment(Kind.IMAGE, _require(fields, "MediaId")),)


def _read_voice(fields: Fields) -> Content:
    """Recognition is being taken down by the vendor and is mostly empty; where it is not, it is as good as typed.

    The sound itself is not handed on: nothing here could listen to it.
    """
    recognised = fields.get("Recognition", "").strip()
    return (Kind.TEXT, recognised, ()) if recognised else (Kind.VOICE, "", ())


def _read_location(fields: Fields) -> Content:
    """The label; where there is none, latitude and longitude."""
    place = ",".join(filter(None, (fields.get("Location_X"), fields.get("Location_Y"))))
    return Kind.LOCATION, fields.get("Label", "").strip() or place, ()


_READERS: Mapping[str, Callable[[Fields], Content]] = {
    "text": _read_text,
    "image": _read_image,
    "voice": _read_voice,
    "location": _read_location,
}


# --- events ---------------------------------------------------------------------------------------------------------


def _parse_event(fields: Fields, account: str) -> Inbound | None:
    event = _require(fields, "Event").lower()
    parse = _EVENTS.get(event)
    if parse is None:
        _log.info("wechat event=%s outcome=ignored", event if event.isidentifier() else "unnamed")
        return None
    return parse(fields, account)


def _parse_follow(fields: Fields, account: str) -> Inbound:
    event_key = fields.get("EventKey", "")
    scene = event_key.removeprefix(_QR_SCENE) if event_key.startswith(_QR_SCENE) else ""
    return replace(_event(fields, account, Kind.FOLLOW), scene=_scene(scene), window=EVENT_WINDOW)


def _parse_scan(fields: Fields, account: str) -> Inbound:
    scene = _scene(fields.get("EventKey", ""))
    return replace(_event(fields, account, Kind.SCAN), scene=scene, window=EVENT_WINDOW)


def _parse_unfollow(fields: Fields, account: str) -> Inbound:
    return _event(fields, account, Kind.UNFOLLOW)


def _parse_menu_tap(fields: Fields, account: str) -> Inbound:
    """The keys of our menu are the words a person would type."""
    said = _require(fields, "EventKey")
    return replace(_event(fields, account, Kind.TEXT), text=said, is_button=True, window=EVENT_WINDOW)


def _parse_delivery(fields: Fields, account: str) -> Inbound:
    sent = _match(_NAME, fields, "MsgID")
    return replace(_event(fields, account, Kind.DELIVERY), text=fields.get("Status", ""), delivery_of=sent)


_EVENTS: Mapping[str, Callable[[Fields, str], Inbound]] = {
    "subscribe": _parse_follow,
    "scan": _parse_scan,
    "unsubscribe": _parse_unfollow,
    "click": _parse_menu_tap,
    "templatesendjobfinish": _parse_delivery,
}


def _event(fields: Fields, account: str, kind: Kind) -> Inbound:
    # No XML can hold U+001F, so two different events never give the same text.
    told_apart = "\x1f".join(fields.get(name, "") for name in _KEY_FIELDS)
    digest = hashlib.sha256(told_apart.encode()).hexdigest()
    return _common(fields, account, key=f"e:{digest[:40]}", kind=kind)


def _scene(text: str) -> str | None:
    return text if 0 < len(text) <= _MAX_SCENE else None


# --- what all have in common ----------------------------------------------------------------------------------------


def _common(fields: Fields, account: str, *, key: str, kind: Kind, **more: Any) -> Inbound:
    openid = _match(_NAME, fields, "FromUserName")
    _match(_NAME, fields, "ToUserName")  # whom an answer must come from
    return Inbound(
        key=key,
        kind=kind,
        address=Address("wechat", account, openid),
        speaker=Speaker(openid),
        private=True,
        addressed=True,
        occurred_at=datetime.fromtimestamp(int(_match(_SECONDS, fields, "CreateTime")), UTC),
        **more,
    )


def _require(fields: Fields, name: str) -> str:
    value = fields.get(name)
    if not value:
        raise RefusedError(Reason.FIELDS)
    return value


def _match(pattern: re.Pattern[str], fields: Fields, name: str) -> str:
    value = _require(fields, name)
    if not pattern.fullmatch(value):
        raise RefusedError(Reason.FIELDS)
    return value
