"""What staff want to know of a ticket's reporters: the answer is awaited where it was asked, and goes to the ticket.

Asking is a verb of the desk like others; what becomes of an answer that names its ticket is in `resident_talk`.
"""

from dataclasses import replace
from datetime import datetime

from bot.channel import Answer
from bot.commands import Command, Word
from bot.dialogs import await_answer, settle
from bot.ports import StoreUnit
from bot.resident_talk import answer_resident
from bot.texts import say
from bot.turn import Turn, reply
from routing.desk.desk import lead_of
from routing.hierarchy import FALLBACK_CATEGORY
from routing.notice_kinds import NoticeKind
from routing.outgoing import Parcel
from routing.people import Dialog
from routing.reading import Intent, Reading
from routing.tickets import MOVES, Ticket, Verb


def note_asked(store: StoreUnit, parcel: Parcel, *, now: datetime) -> None:
    """A letter has arrived: if it asks something, its reporters' next words in that chat are the answer."""
    number = parcel.notice.ticket_number
    if parcel.notice.kind is not NoticeKind.QUESTION:
        return
    for each in store.reporters.list_of(number):
        if each.address == parcel.address:
            user = store.people.get(each.person_id).user
            await_answer(store, parcel.address, user, number=number, now=now)


def answer_question(turn: Turn, asked: Dialog) -> Answer | None:
    """None for words that are something else: a thank-you, a wish to know how it stands, another matter."""
    ticket = _find_asked_about(turn, asked)
    if ticket is None:
        settle(turn, asked)
        return None
    if _is_something_else(turn.reader.read(turn.inbound.text, turn.hierarchy), ticket):
        return None
    settle(turn, asked)
    return answer_resident(turn, Command(Word.ADD, ticket.number, turn.inbound.text))


def answer_with_picture(turn: Turn, asked: Dialog) -> Answer | None:
    """A picture without words; words may follow it. None where the ticket takes no more."""
    ticket = _find_asked_about(turn, asked)
    if ticket is None:
        return None
    words = say("notice.pictures", count=len(turn.inbound.attachments))
    told = replace(turn, inbound=replace(turn.inbound, text=words))
    answer_resident(told, Command(Word.ADD, ticket.number, words))
    return reply("answer.picture_added", ticket=ticket.number, number=ticket.number)


def _find_asked_about(turn: Turn, asked: Dialog) -> Ticket | None:
    ticket = turn.store.tickets.find(int(asked.said))
    lead = lead_of(turn.store, ticket) if ticket else None
    return lead if lead is not None and lead.status in MOVES[Verb.ADD] else None


def _is_something_else(reading: Reading, ticket: Ticket) -> bool:
    if reading.intent in {Intent.THANKS, Intent.PROGRESS}:
        return True
    return reading.is_surely_a_report and reading.category not in {ticket.category, FALLBACK_CATEGORY}
