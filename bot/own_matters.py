"""What people say of a matter of theirs without the word for it: that it should go faster, when somebody comes, that it
is not needed any more. Only of those who have one under way, and only where nothing else is told.
"""

import re

from bot.buttons import Rows, withdraw_buttons
from bot.channel import Answer
from bot.commands import Command, Word
from bot.ratings import find_rating, is_plain_rating
from bot.resident_talk import answer_resident, say_lines
from bot.turn import Turn, reply
from routing.hierarchy import FALLBACK_CATEGORY
from routing.reading import Intent, Reading
from routing.tickets import LIVE, Rating, Status, Ticket

LONGEST = 24
"""Longer words tell more than that."""

HURRY = re.compile(
    r"催|(?:快|抓紧|赶紧|赶快|尽快)(?:一?点|一?些|来|修|弄|办|处理|解决|安排)|(?:怎么|咋)还(?:没人?|不)(?:来|修|弄|处理|解决)|"
    r"^(?:到现在)?(?:都|还)?没(?:有)?人(?:来|管|修|理)(?:啊|呢|呀)?[？?！!。 ]*$"
)
WHEN = re.compile(
    r"(?:什么时候|啥时候|啥时间|什么时间|多会儿|多咱|几时|几点|多久|多长时间|哪天)[^，,。]{0,3}"
    r"(?:来|到|修|弄|好|办|处理|解决|上门)|^(?:你们?|师傅|维?修的?)?人呢[？?！!啊呀。 ]*$"
)
NOT_NEEDED = re.compile(
    r"(?:不用|不必|不需要|甭|别)(?:再|你们|您|师傅|人|麻烦)*(?:来|修|弄|办|处理|管|派|查|看)(?:人|师傅|你们)?(?:了|啦|吧)|"
    r"(?:已经|自己|现在|都|又)+[^，,。]{0,3}(?:修好|弄好|搞定|解决|恢复|正常|好)了[。.!！]*$|"
    r"^(?:(?:算了|没事了|不用了|不需要了|不用修了|不用来了)[吧啊,，。.!！~～ ]*)?"
    r"(?:已经)?(?:修好|弄好|搞定|解决|来电|来水|来气|恢复)了[。.!！]*$|"
    r"^(?:算了|没事了|不用了|不需要了)[吧啊。.!！~～]*$"
)
ASKS = re.compile(r"[吗么嘛?？]")


def answer_about_own(turn: Turn, reading: Reading) -> Answer | None:
    """None for everything else."""
    if turn.person is None or turn.staff is not None or len(turn.inbound.text) > LONGEST:
        return None
    if not _may_be_about_own(turn.inbound.text):
        return None
    mine = turn.store.tickets.list_live_reported_by(turn.person.person_id)
    return _answer(turn, reading, [each for each in mine if each.status in LIVE or _is_done(each)])


def _may_be_about_own(text: str) -> bool:
    """Most messages are not, and the store is not asked for them."""
    return is_plain_rating(text.strip()) or any(each.search(text) for each in (HURRY, WHEN, NOT_NEEDED))


def _answer(turn: Turn, reading: Reading, mine: list[Ticket]) -> Answer | None:
    text, live = turn.inbound.text, [each for each in mine if not _is_done(each)]
    early = _answer_early(turn, live) if len(live) == len(mine) else None
    if early is not None:
        return early
    if not live or not _tells_nothing_else(reading, live):
        return None
    if NOT_NEEDED.search(text) and not ASKS.search(text):
        return _offer_to_withdraw(turn, live)
    if WHEN.search(text):
        return answer_resident(turn, Command(Word.STATUS, None))
    return answer_resident(turn, Command(Word.URGE, None)) if HURRY.search(text) else None


def _answer_early(turn: Turn, live: list[Ticket]) -> Answer | None:
    """A rating before there is a result: who is not content wants to know where it stays."""
    said = turn.inbound.text.strip()
    if is_plain_rating(said) and said.startswith(("满意", "基本满意")):
        return reply("answer.none_to_rate")
    found = find_rating(said)
    is_complaint = is_plain_rating(said) and found is not None and found[0] is Rating.UNSATISFIED
    return answer_resident(turn, Command(Word.STATUS, None)) if live and is_complaint else None


def _tells_nothing_else(reading: Reading, live: list[Ticket]) -> bool:
    """No matter of another kind than those under way."""
    known = {FALLBACK_CATEGORY, *(each.category for each in live)}
    is_vague = reading.intent is not Intent.REPORT or reading.category == FALLBACK_CATEGORY
    return reading.category in known and is_vague


def _offer_to_withdraw(turn: Turn, live: list[Ticket]) -> Answer:
    """Asked first: who meant something else would lose the help that is on its way."""
    if len(live) == 1:
        number = live[0].number
        buttons: Rows = withdraw_buttons(number)
        return reply("answer.withdraw_offer", buttons=buttons, ticket=number, number=number)
    return reply("answer.withdraw_which", lines=say_lines(turn, live), number=live[0].number)


def _is_done(ticket: Ticket) -> bool:
    return ticket.status is Status.RESOLVED
