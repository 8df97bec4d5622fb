"""Outbound messages → the shapes that the vendor takes: passive text, customer-service JSON, template JSON. Pure.

Sources: the vendor's pages 被动回复用户消息, 客服接口-发消息 and 模板消息.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from itertools import chain

from wechatpy.replies import TextReply

from bot.channels.wechat.plain_text import clean, cut, cut_characters, escape_cdata
from routing.messages import Button, Link, Outbound

MAX_TEXT_BYTES = 2048
MAX_MENU_BUTTONS = 5
MAX_CLIENT_MSG_ID = 32
_SHANGHAI = timezone(timedelta(hours=8))

Json = dict[str, object]


# --- text -----------------------------------------------------------------------------------------------------------


def render_text(messages: Sequence[Outbound]) -> str:
    """All messages as one text within the vendor's limit; buttons become words to type, which are never cut first;
    those that stand in the text already, in quotes, are not told twice."""
    said = "".join(clean(message.text) for message in messages)
    says = [_word_to_type(button) for message in messages for button in chain(*message.buttons)]
    says = [each for each in says if f"“{each}”" not in said]
    links = [_word_link(message.link) for message in messages if message.link]
    words = "\n\n".join([*links, *([f"可回复：{' · '.join(says)}"] if says else [])])
    text = "\n\n".join(filter(None, (clean(message.text).strip() for message in messages)))
    if not words:
        return cut(text, MAX_TEXT_BYTES)
    words = cut(words, MAX_TEXT_BYTES)
    room = MAX_TEXT_BYTES - len(words.encode()) - 2
    return f"{cut(text, room)}\n\n{words}".strip() if room > 0 else words


def _word_to_type(button: Button) -> str:
    label, say = clean(button.label).strip(), clean(button.say).strip()
    return say if not say.isdecimal() else f"{say} {label}"


def _word_link(link: Link) -> str:
    """WeChat makes an address in a text one that can be tapped."""
    return f"{clean(link.label)}：{link.url}"


def render_passive(text: str, *, to: str, sender: str, now: datetime) -> str:
    """The XML of a passive reply from the account `sender` to the person `to`, not yet encrypted."""
    reply = TextReply(
        source=escape_cdata(sender),
        target=escape_cdata(to),
        content=escape_cdata(text),
        time=int(now.timestamp()),
    )
    xml: str = reply.render()
    return xml


# --- customer service -----------------------------------------------------------------------------------------------


def render_customer_message(message: Outbound, *, to: str) -> Json:
    """A menu to tap where a few buttons go with a text that leaves room for them, else text with words to type."""
    buttons = list(chain(*message.buttons))
    head = clean(message.text).strip()
    tail = _word_link(message.link) if message.link else ""
    size = sum(len(clean(button.say).encode()) for button in buttons) + len(f"{head}{tail}".encode())
    if head and 0 < len(buttons) <= MAX_MENU_BUTTONS and size <= MAX_TEXT_BYTES:
        return {"touser": to, "msgtype": "msgmenu", "msgmenu": _menu(head, buttons, tail=tail)}
    return {"touser": to, "msgtype": "text", "text": {"content": render_text((message,))}}


def render_customer_picture(media_id: str, *, to: str) -> Json:
    return {"touser": to, "msgtype": "image", "image": {"media_id": media_id}}


def _menu(head: str, buttons: Sequence[Button], *, tail: str) -> Json:
    # A tap says the item's content for the person, so the content must be the words and not the label.
    items = [
        {"id": str(number), "content": clean(button.say)} for number, button in enumerate(buttons, start=1)
    ]
    return {"head_content": f"{head}\n", "list": items, "tail_content": tail}


# --- template message -----------------------------------------------------------------------------------------------

_FIELD = re.compile(r"\{\{\s*([A-Za-z_]+?)(\d*)\.DATA\s*\}\}")
_NUMBER_SAID = re.compile(r"\d{1,12}")
_NUMBER_TOLD = re.compile(r"(?<=#)\d{1,12}|(?<!\d)\d{4,12}(?!\d)")
_MAX_THING = 20
_PHRASE = "有新进展"  # a phrase holds at most 5 Chinese characters


def list_template_fields(content: str) -> tuple[str, ...]:
    """The field names in a template's content, in order, such as `character_string1`, `thing2`."""
    return tuple(f"{kind}{number}" for kind, number in _FIELD.findall(content))


def render_template(
    message: Outbound, *, to: str, template_id: str, fields: Sequence[str], url: str, key: str, now: datetime
) -> Json:
    """`key` becomes `client_msg_id`: the vendor drops a second one with the same id within 10 minutes."""
    return {
        "touser": to,
        "template_id": template_id,
        "url": url,
        "client_msg_id": _client_msg_id(key),
        "data": {name: {"value": value} for name, value in _fill(fields, message, now).items()},
    }


def _client_msg_id(key: str) -> str:
    if 0 < len(key) <= MAX_CLIENT_MSG_ID and key.isascii():
        return key
    return hashlib.sha256(key.encode()).hexdigest()[:MAX_CLIENT_MSG_ID]


def _fill(fields: Sequence[str], message: Outbound, now: datetime) -> Mapping[str, str]:
    """Each field by its kind, which its name begins with; the fields for free words share the text in order."""
    text = " ".join(clean(message.text).split()) or "有新消息"
    things = [name for name in fields if _kind(name) not in _FIXED]
    values = dict(zip(things, _share(text, len(things)), strict=True))
    for name in fields:
        fixed = _FIXED.get(_kind(name))
        if fixed:
            values[name] = fixed(message, now)
    return values


def _kind(name: str) -> str:
    return name.rstrip("0123456789")


def _share(text: str, count: int) -> list[str]:
    """`count` pieces of at most 20 characters; the last one tells what is missing, an empty one is a dash."""
    pieces = []
    for number in range(count):
        is_last = number == count - 1
        piece = cut_characters(text, _MAX_THING) if is_last else text[:_MAX_THING]
        pieces.append(piece or "—")
        text = text[_MAX_THING:]
    return pieces


def _ticket_number(message: Outbound, _now: datetime) -> str:
    """What the buttons speak of, else the first number in the text that looks like a ticket's."""
    said = " ".join(button.say for button in chain(*message.buttons))
    found = _NUMBER_SAID.search(said) or _NUMBER_TOLD.search(message.text)
    return found.group() if found else "0"


def _local_time(_message: Outbound, now: datetime) -> str:
    local = now.astimezone(_SHANGHAI)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def _phrase(_message: Outbound, _now: datetime) -> str:
    return _PHRASE


_FIXED = {
    "character_string": _ticket_number,
    "number": _ticket_number,
    "time": _local_time,
    "date": _local_time,
    "phrase": _phrase,
}
