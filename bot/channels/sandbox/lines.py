"""A line of a chat window, and its number. How it is stored and shown live is in `windows`.

Stored lines and those that live in memory share one order: a stored line has the number `shown_id * STEP`, one in
memory the number of the stored line before it plus a little. Numbers stay exact in JavaScript.
"""

from dataclasses import dataclass
from datetime import datetime

from routing.messages import Button

STEP = 1_000_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A line before it has a number. `key` is its once-only key among all windows. `author` is a user id, a staff id
    or "liren"; `picture` a handle of `pictures`."""

    key: str
    chat: str
    author: str
    name: str
    text: str
    at: datetime
    buttons: tuple[tuple[Button, ...], ...] = ()
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    line_id: int
    chat: str
    author: str
    name: str
    text: str
    at: datetime
    buttons: tuple[tuple[Button, ...], ...] = ()
    picture: str | None = None


def number_line(draft: Draft, line_id: int) -> Line:
    return Line(
        line_id=line_id,
        chat=draft.chat,
        author=draft.author,
        name=draft.name,
        text=draft.text,
        at=draft.at,
        buttons=draft.buttons,
        picture=draft.picture,
    )
