"""Which messages of a group are for the bot at all. What is not is neither answered nor kept."""

from bot.binding import About, parse_binding
from bot.commands import Word, parse_command, parse_offer
from bot.dialogs import ANSWER, CATEGORY, MATTER, PLACE, REPORT, YES, find_asked
from bot.doubts import find_choice
from bot.ratings import is_plain_rating
from bot.results import RESULT, awaits_picture
from bot.turn import Turn
from routing.hierarchy import RESIDENTS, Group, Hierarchy, Listen
from routing.messages import Kind
from routing.tickets import Status

FROM_REPORTERS = frozenset({Word.STATUS, Word.URGE, Word.MINE})
"""Words that somebody who has a matter under way says of it, and anybody else says to the neighbours."""

FROM_STAFF = frozenset({Word.WORKLIST, Word.HELP, Word.CLAIM, Word.RESOLVE})
"""Words of the work that staff say alone and expect an answer to; from residents they may be talk."""

WITH_WORDS = frozenset({Word.RESOLVE, Word.NOTE})
"""Words of the work with what follows: among colleagues "办结 已换好门锁" means the ticket that one has in hand."""

NEVER_AWAITED_IN_A_GROUP = frozenset({PLACE, ANSWER, MATTER, RESULT})
"""What may be any words at all, so that the talk of neighbours would be taken for it."""


def is_for_bot(turn: Turn) -> bool:
    """Private chats, mentions, replies, taps; in a group also commands, awaited words, and what `listen:` allows."""
    inbound = turn.inbound
    if inbound.private or inbound.addressed or inbound.is_button:
        return True
    if turn.group is None or inbound.kind not in {Kind.TEXT, Kind.IMAGE}:
        return False
    return _is_command(turn) or _is_awaited(turn) or _is_rating(turn) or _is_overheard(turn, turn.group)


def _is_command(turn: Turn) -> bool:
    binding = parse_binding(turn.inbound.text)
    if (
        binding is not None
        and binding.about is About.CODE
        and turn.store.bindings.find_code(binding.code, now=turn.now)
    ):
        return True
    command = parse_command(turn.inbound.text)
    if command is None:
        return turn.staff is not None and parse_offer(turn.inbound.text) is not None
    if command.is_whole:
        return True
    if command.rest:
        return command.word in WITH_WORDS and _is_among_colleagues(turn)
    return _is_bare_command(turn, command.word)


def _is_among_colleagues(turn: Turn) -> bool:
    return turn.staff is not None and turn.group is not None and turn.group.kind != RESIDENTS


def _is_bare_command(turn: Turn, word: Word) -> bool:
    if turn.staff is not None:
        return word in FROM_STAFF
    if word in FROM_REPORTERS:
        return turn.person is not None and bool(
            turn.store.tickets.list_live_reported_by(turn.person.person_id)
        )
    return word is Word.HELP


def _is_awaited(turn: Turn) -> bool:
    """An answer in a group: the words that were asked for, but of a yes-or-no question the yes alone."""
    asked = find_asked(turn)
    if turn.staff is not None and turn.inbound.kind is Kind.IMAGE and not turn.inbound.text:
        return awaits_picture(asked)
    if asked is None or asked.awaits in NEVER_AWAITED_IN_A_GROUP or turn.inbound.kind is not Kind.TEXT:
        return False
    if asked.awaits == CATEGORY:
        return find_choice(asked, turn.inbound.text, turn.hierarchy) is not None
    return asked.awaits != REPORT or turn.inbound.text.strip().lower() in YES


def _is_rating(turn: Turn) -> bool:
    """The answer to "is it solved?", from somebody who was asked that: a word for it alone."""
    if turn.person is None or turn.staff is not None or not is_plain_rating(turn.inbound.text):
        return False
    mine = turn.store.tickets.list_live_reported_by(turn.person.person_id)
    return sum(each.status is Status.RESOLVED for each in mine) == 1


def _is_overheard(turn: Turn, group: Group) -> bool:
    if group.listen is Listen.MENTION or not turn.inbound.text:
        return False
    if group.listen is Listen.KEYWORDS and not _has_keyword(turn.inbound.text, turn.hierarchy):
        return False
    reading = turn.reader.read(turn.inbound.text, turn.hierarchy)
    return reading.is_surely_a_report


def _has_keyword(text: str, hierarchy: Hierarchy) -> bool:
    words = (word for each in hierarchy.categories for word in (*each.keywords, *each.urgent_when))
    return any(word in text for word in words)
