"""From our words to the page's JSON: a line of a window, an outbound message, rows of buttons and back."""

import json

from typing_extensions import TypedDict

from bot.channels.sandbox.lines import Line
from routing.messages import Button, Outbound

Rows = tuple[tuple[Button, ...], ...]


class ButtonJson(TypedDict):
    label: str
    say: str


class ReplyJson(TypedDict):
    text: str
    buttons: list[list[ButtonJson]]


class LineJson(ReplyJson):
    """`at` is ISO 8601 in UTC; `picture` is an address on this host or None."""

    id: int
    group: str
    author: str
    name: str
    at: str
    picture: str | None


def render_text(message: Outbound) -> str:
    """Pictures that are shown below it are not among those of the message any more: of the others it says how many."""
    lines = [
        message.text,
        f"（附图片 {len(message.pictures)} 张）" if message.pictures else "",
        f"{message.link.label}：{message.link.url}" if message.link else "",
    ]
    return "\n".join(each for each in lines if each)


def render_buttons(rows: Rows) -> list[list[ButtonJson]]:
    return [[{"label": each.label, "say": each.say} for each in row] for row in rows]


def render_reply(message: Outbound) -> ReplyJson:
    return {"text": render_text(message), "buttons": render_buttons(message.buttons)}


def render_line(line: Line) -> LineJson:
    return {
        "id": line.line_id,
        "group": line.chat,
        "author": line.author,
        "name": line.name,
        "text": line.text,
        "buttons": render_buttons(line.buttons),
        "at": line.at.isoformat().replace("+00:00", "Z"),
        "picture": f"/api/v1/sandbox/pictures/{line.picture}" if line.picture else None,
    }


def write_buttons(rows: Rows) -> str:
    """What is stored with a line; the empty text for none."""
    return json.dumps(render_buttons(rows), ensure_ascii=False) if rows else ""


def parse_buttons(text: str) -> Rows:
    """The inverse of `write_buttons`."""
    if not text:
        return ()
    return tuple(tuple(Button(each["label"], each["say"]) for each in row) for row in json.loads(text))
