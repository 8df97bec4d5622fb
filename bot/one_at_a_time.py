"""Staff in a hurry name two tickets in one breath: a command is for one, and they hear so."""

import re

from bot.commands import Command, Word
from bot.turn import Turn
from routing.errors import BadValueError

SECOND_NUMBER = re.compile(
    r"^(?:[#＃和跟及、,，/ ]|还有)*(\d{4,9})(?!\d|\s*(?:[室楼栋幢层天日月元点年户家]|单元|号))"
)
"""Two tickets in one breath: "认领 1001 1002", "办结 1001、1002 都修好了"."""

ONE_AT_A_TIME = frozenset(
    {
        Word.CLAIM,
        Word.RELEASE,
        Word.HAND_BACK,
        Word.ESCALATE,
        Word.RESUME,
        Word.RESOLVE,
        Word.DECLINE,
        Word.HURRY,
        Word.CLOSE,
        Word.REOPEN,
        Word.DETAILS,
        Word.APPROVE,
        Word.REFUSE,
    }
)
"""The others may go on with a number that means something else."""


def verb_key(word: Word) -> str:
    """The text key of a command's name."""
    renamed = {Word.HURRY: "verb.make_urgent", Word.HAND_BACK: "verb.hand_back"}
    return renamed.get(word, f"verb.{word.value}")


def require_one_number(turn: Turn, command: Command, number: int) -> None:
    """Else the second ticket stays undone without anybody's notice, and its number stands in the other's result."""
    second = SECOND_NUMBER.match(command.rest) if command.word in ONE_AT_A_TIME else None
    if second is None or int(second[1]) == number:
        return
    if command.word is Word.CLAIM or turn.store.tickets.find(int(second[1])) is not None:
        verb = verb_key(command.word).removeprefix("verb.")
        raise BadValueError("one_at_a_time", number=number, verb=verb)
