"""The sentences for what the desk refuses: why not, and what to do instead."""

from datetime import datetime

from bot.channel import Answer
from bot.texts import has_text, say
from bot.texts.moments import say_moment
from bot.turn import Turn, reply_text
from routing.errors import DeskError
from routing.hierarchy import Hierarchy


def say_refusal(turn: Turn, error: DeskError) -> Answer:
    """The sentence for a refusal, as an answer about the ticket that it names."""
    number = error.values.get("number")
    said = word_refusal(error, turn.hierarchy, turn.now)
    ticket = number if isinstance(number, int) else None
    return reply_text(said, ticket=ticket, about=f"error.{error.key}")


def word_refusal(error: DeskError, hierarchy: Hierarchy, now: datetime) -> str:
    """The sentence for a refusal, with instants in local words and verbs by their names."""
    values = dict(error.values)
    verb = values.get("verb")
    special = f"error.{error.key}.{verb}"
    if verb:
        key = f"verb.{verb}"
        values["verb"] = hierarchy.words.get(key) or (say(key) if has_text(key) else verb)
    again_at = values.get("again_at")
    if isinstance(again_at, datetime):
        values["again_at"] = say_moment(again_at, now, timezone=hierarchy.timezone)
    return say(special if has_text(special) else f"error.{error.key}", **values)
