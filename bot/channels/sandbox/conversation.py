"""One thing said in a window: shown, handed to the inbox, and what the bot answers shown once."""

import asyncio
from dataclasses import dataclass

from bot.channel import Answer, Receive
from bot.channels.sandbox.lines import Draft, Line
from bot.channels.sandbox.ports import Board
from bot.channels.sandbox.render import render_text
from bot.channels.sandbox.settings import BOT_AUTHOR, BOT_NAME
from routing.messages import Inbound


@dataclass(frozen=True, slots=True)
class Said:
    answer: Answer
    line: Line
    replies: tuple[Line, ...]


async def say(draft: Draft, inbound: Inbound, *, receive: Receive, board: Board) -> Said:
    """Raises NotStoredError of `receive`; the same message may then be said again."""
    key = f"said:{inbound.key}"
    if inbound.addressed:
        # In this order, so that one commit serves both and the question stands above what follows from it.
        line, answer = await asyncio.gather(board.keep(draft, key=key), receive(inbound))
    else:
        answer = await receive(inbound)
        line = await _show_overheard(draft, answer, key=key, board=board)
    return Said(answer, line, await _show_answer(draft, answer, key=inbound.key, board=board))


async def _show_overheard(draft: Draft, answer: Answer, *, key: str, board: Board) -> Line:
    """A line that the bot took up is kept; chatter is not stored."""
    if answer.messages or answer.ticket_number is not None:
        return await board.keep(draft, key=key)
    return await board.mutter(draft, key=key)


async def _show_answer(draft: Draft, answer: Answer, *, key: str, board: Board) -> tuple[Line, ...]:
    """At a repeat the board knows the keys and shows nothing twice."""
    drafts = (
        Draft(draft.chat, BOT_AUTHOR, BOT_NAME, render_text(each), draft.at, each.buttons)
        for each in answer.messages
    )
    return tuple([await board.keep(each, key=f"answer:{key}:{n}") for n, each in enumerate(drafts)])
