"""The one short question which category is meant: asked once, of those who spoke to the bot, never when it is urgent.

An answer sorts the ticket; without one a person does, who was told that the category is a guess.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.buttons import Rows
from bot.channel import Answer
from bot.dialogs import CATEGORY, ask, find_asked, settle
from bot.texts import say
from bot.turn import Turn, reply
from routing import desk as verbs
from routing.callers import Caller
from routing.desk import Opened
from routing.hierarchy import FALLBACK_CATEGORY, Category, Hierarchy
from routing.messages import Button
from routing.people import Dialog
from routing.reading import Reading

MOST_CHOICES = 3
YES_OR_NO = ("answer.choice_yes", "answer.choice_no")
LONGEST_TAP = 64
"""Bytes that a button may say on every channel; Telegram's callback_data holds no more."""


@dataclass(frozen=True, slots=True)
class Question:
    """Empty where nothing is asked."""

    text: str
    buttons: Rows = ()


NO_QUESTION = Question("")


def ask_category(turn: Turn, opened: Opened, reading: Reading) -> Question:
    """Asks about a new ticket whose category the reader is less sure of than the file wants."""
    choices = _choices_of(reading, turn.hierarchy)
    if not opened.fresh or not _may_ask(turn, opened, reading) or len(choices) < 2:
        return NO_QUESTION
    number = opened.ticket.number
    ask(turn, CATEGORY, said=" ".join([str(number), *(each.category_id for each in choices)]))
    names = _labels_of(choices)
    buttons = tuple(
        (Button(name, _word_to_sort(number, each)),) for name, each in zip(names, choices, strict=True)
    )
    return Question(_word_question(choices), buttons)


def _word_question(choices: Sequence[Category]) -> str:
    """Of one guess it is asked whether it is that."""
    if len(choices) == len(YES_OR_NO):
        return say("answer.ask_one_category", category=choices[0].name)
    names = _labels_of(choices)
    said = [say("answer.choice", digit=at, category=name) for at, name in enumerate(names, 1)]
    return say("answer.ask_category", choices="，".join(said))


def _labels_of(choices: Sequence[Category]) -> list[str]:
    if len(choices) == len(YES_OR_NO):
        return [say(each) for each in YES_OR_NO]
    return [_name_of(each) for each in choices]


def find_choice(asked: Dialog, text: str, hierarchy: Hierarchy) -> str | None:
    """The category that an answer names, by its digit or its name; None for other words."""
    _, *choices = asked.said.split(" ")
    said = text.strip().rstrip("。.!！")
    by_word = {str(at): each for at, each in enumerate(choices, 1)}
    by_word |= {_name_of(hierarchy.get_category(each)): each for each in choices}
    if len(choices) == len(YES_OR_NO):
        by_word |= dict(zip(map(say, YES_OR_NO), choices, strict=True))
    return by_word.get(said)


def answer_category(turn: Turn, asked: Dialog) -> Answer | None:
    """None when the words are no answer: the question stays open for a while, and nobody is asked again."""
    chosen = find_choice(asked, turn.inbound.text, turn.hierarchy)
    if chosen is None:
        return None
    settle(turn, asked)
    return sort_as_told(turn, int(asked.said.split(" ")[0]), chosen)


def sort_as_told(turn: Turn, number: int, category: str) -> Answer:
    """`category`: its id or its name. Raises DeskError when it is no ticket of theirs, or staff have it in hand."""
    asked = find_asked(turn)
    if asked is not None and asked.awaits == CATEGORY:
        settle(turn, asked)
    person_id = turn.person.person_id if turn.person else None
    ticket = verbs.sort_as_told(
        turn.desk, number, Caller(person_id=person_id), category=_id_of(category, turn.hierarchy)
    )
    return reply(
        "answer.category_told",
        ticket=number,
        number=number,
        category=turn.category_name(ticket),
        group=turn.group_name(ticket),
        due=turn.local(ticket.claim_due_at),
    )


def _may_ask(turn: Turn, opened: Opened, reading: Reading) -> bool:
    """Not in talk that was only overheard, and not while somebody should rather call for help or wait for it."""
    is_addressed = turn.inbound.private or turn.inbound.addressed
    if not is_addressed or turn.staff is not None:
        return False
    if opened.ticket.urgent or reading.urgent or reading.emergency is not None:
        return False
    return round(reading.certainty * 100) < turn.hierarchy.manners.ask_below


def _choices_of(reading: Reading, hierarchy: Hierarchy) -> list[Category]:
    """The guess, what it may be as well, and that it is none of them; nothing where the reader has no guess at all."""
    likely = [each for each in (reading.category, *reading.others) if each != FALLBACK_CATEGORY]
    found = [hierarchy.find_category(each) for each in dict.fromkeys(likely)]
    known = [each for each in found if each is not None][: MOST_CHOICES - 1]
    return [*known, hierarchy.get_category(FALLBACK_CATEGORY)] if known else []


def _word_to_sort(number: int, category: Category) -> str:
    """With the name, because some channels print the words for people to type; with the id where a name is long."""
    named = f"归类 {number} {category.name}"
    return named if len(named.encode()) <= LONGEST_TAP else f"归类 {number} {category.category_id}"


def _id_of(said: str, hierarchy: Hierarchy) -> str:
    return next((each.category_id for each in hierarchy.categories if each.name == said), said)


def _name_of(category: Category) -> str:
    return say("answer.no_choice") if category.category_id == FALLBACK_CATEGORY else category.name
