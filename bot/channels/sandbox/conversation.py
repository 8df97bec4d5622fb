"""One thing said in a window: handed to the inbox, then shown together with what the bot answers, once."""

from dataclasses import dataclass

from bot.channel import Answer, Receive
from bot.channels.sandbox.feed import Happening
from bot.channels.sandbox.lines import Draft, Line
from bot.channels.sandbox.ports import Board
from bot.channels.sandbox.render import render_text
from bot.channels.sandbox.settings import BOT_AUTHOR, BOT_NAME
from routing.messages import Inbound

ERASED = "answer.erased"
"""The answer after which open pages still show what is erased."""


@dataclass(frozen=True, slots=True)
class Said:
    answer: Answer
    line: Line
    replies: tuple[Line, ...]


async def say(draft: Draft, inbound: Inbound, *, receive: Receive, board: Board) -> Said:
    """Raises NotStoredError of `receive`; then nothing is shown, and the same message may be said again.

    A line that the bot did not take up is chatter: it is shown, but not stored.
    """
    answer = await receive(inbound)
    if not (inbound.addressed or answer.messages or answer.ticket_number is not None):
        return Said(answer, await board.mutter(draft), ())
    # At a repeat the board knows the keys: it shows what is missing after a crash in between, and nothing twice.
    line, *replies = await board.keep(draft, *_drafts_of(answer, draft, inbound.key))
    if answer.about == ERASED:
        board.feed.tell(Happening("cleared"))
    return Said(answer, line, tuple(replies))


def _drafts_of(answer: Answer, draft: Draft, key: str) -> tuple[Draft, ...]:
    return tuple(
        Draft(
            key=f"answer:{key}:{place}",
            chat=draft.chat,
            author=BOT_AUTHOR,
            name=BOT_NAME,
            text=render_text(message),
            at=draft.at,
            buttons=message.buttons,
        )
        for place, message in enumerate(answer.messages)
    )
