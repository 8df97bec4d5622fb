"""Pictures that staff send: with the words by which they solve a matter, or by themselves shortly before or after.

They belong to the ticket and are shown to its reporters. What a member of staff photographs for a report of their own
is theirs like anybody's.
"""

from datetime import datetime, timedelta

from bot.addressbook import is_group_chat
from bot.attachments import keep_attachments
from bot.channel import Answer
from bot.commands import Word
from bot.dialogs import ask, find_asked
from bot.turn import Turn, reply
from bot.waiting import PICTURES_WITHIN
from routing.announcing import find_addresses
from routing.callers import may_handle
from routing.messages import BY_STAFF, Address
from routing.notice_kinds import Hearer, Notice, NoticeKind
from routing.people import Dialog, Person
from routing.tickets import Status, Ticket

RESULT = "result"
"""What is awaited after a ticket was solved without a picture; said: its number, and since when one came."""

MORE_COME_WITHIN = timedelta(seconds=15)
"""Several pictures are sent one after the other, and shown together."""


def keep_result(turn: Turn, number: int) -> None:
    """The pictures of this message and those that waited for it. Where there are none, they may follow."""
    if turn.staff is None:
        return
    waiting = give_waiting_of_staff(turn, number)
    _keep(turn, number)
    if not waiting and not turn.inbound.attachments:
        ask(turn, RESULT, said=str(number), waits_for=PICTURES_WITHIN)


def give_waiting_of_staff(turn: Turn, number: int) -> int:
    """Puts what this member of staff sent just now, without words, to the ticket; returns how many."""
    known = _find_photographer(turn)
    if known is None:
        return 0
    return turn.store.pictures.give_waiting(
        known.person_id, ticket_number=number, since=turn.now - PICTURES_WITHIN
    )


def awaits_picture(asked: Dialog | None) -> bool:
    """In a group too: it was just asked for words about a result, or has just heard them."""
    return asked is not None and (asked.awaits == RESULT or _number_to_solve(asked) is not None)


def answer_staff_picture(turn: Turn) -> Answer:
    """A picture without words. It goes to the ticket that it must be meant for, or waits for the word which."""
    asked = find_asked(turn)
    if asked is not None and asked.awaits == RESULT:
        return _add_to_result(turn, asked)
    replied = _find_replied(turn)
    if replied is not None:
        return _add_to_replied(turn, replied)
    _keep(turn, None)
    number = _number_to_solve(asked) if asked else None
    if number is not None:
        return reply("answer.picture_then_words", ticket=number, number=number)
    held = turn.store.tickets.list_held_by(turn.staff.staff_id) if turn.staff else ()
    example = held[0].number if len(held) == 1 else 1024
    return reply("answer.picture_for_whom", example=example)


def _add_to_result(turn: Turn, asked: Dialog) -> Answer:
    number, _, since = asked.said.partition(" ")
    ticket = turn.store.tickets.get(int(number))
    first_at = datetime.fromisoformat(since) if since else None
    _keep(turn, ticket.number)
    notice = _notice(turn, ticket)
    readers = _find_readers(turn, notice, ticket)
    if first_at is None or turn.now - first_at > MORE_COME_WITHIN:
        first_at = turn.now
        if readers:
            turn.store.outbox.add(notice, readers, now=turn.now, not_before=turn.now + MORE_COME_WITHIN)
    ask(turn, RESULT, said=f"{number} {first_at.isoformat()}", waits_for=PICTURES_WITHIN)
    key = "answer.picture_result" if readers else "answer.picture_added"
    return reply(key, ticket=ticket.number, number=number)


def _add_to_replied(turn: Turn, ticket: Ticket) -> Answer:
    """A reply to a message about a ticket says which is meant, however long ago it was."""
    if ticket.status is Status.RESOLVED:
        ask(turn, RESULT, said=str(ticket.number), waits_for=PICTURES_WITHIN)
        asked = find_asked(turn)
        assert asked is not None
        return _add_to_result(turn, asked)
    _keep(turn, ticket.number)
    return reply("answer.picture_added", ticket=ticket.number, number=ticket.number)


def _find_replied(turn: Turn) -> Ticket | None:
    if not turn.inbound.reply_to:
        return None
    parcel = turn.store.parcels.find_by_vendor_ref(turn.inbound.address, turn.inbound.reply_to)
    ticket = turn.store.tickets.find(parcel.notice.ticket_number) if parcel is not None else None
    return ticket if ticket is not None and may_handle(turn.hierarchy, ticket, turn.caller) else None


def _number_to_solve(asked: Dialog) -> int | None:
    """The ticket whose result was asked for after 办结 without words."""
    word, _, number = asked.said.partition(" ")
    return int(number) if asked.awaits == "words" and word == Word.RESOLVE else None


def _notice(turn: Turn, ticket: Ticket) -> Notice:
    return Notice(
        NoticeKind.RESULT_PICTURE,
        Hearer.reporters(),
        ticket.number,
        ticket.cycle,
        urgent=ticket.urgent,
        values={"since": turn.now.isoformat()},
    )


def _find_readers(turn: Turn, notice: Notice, ticket: Ticket) -> list[Address]:
    """The reporters who read alone: a picture may show a home, and in a group others look on."""
    found = find_addresses(
        notice, ticket.group, store=turn.store, hierarchy=turn.hierarchy, reach=turn.desk.reach
    )
    return [each for each in found if not is_group_chat(each, turn.hierarchy)]


def _keep(turn: Turn, number: int | None) -> None:
    if not turn.inbound.attachments:
        return
    person = _ensure_photographer(turn)
    keep_attachments(turn, number, person_id=person.person_id)


def _find_photographer(turn: Turn) -> Person | None:
    """Under the name that the staff's own pages use, so that both ways are one."""
    return turn.store.people.find(BY_STAFF, BY_STAFF, turn.staff.staff_id) if turn.staff else None


def _ensure_photographer(turn: Turn) -> Person:
    known = _find_photographer(turn)
    if known is not None:
        return known
    assert turn.staff is not None
    user = turn.staff.staff_id
    return turn.store.people.add(Person(person_id=0, channel=BY_STAFF, account=BY_STAFF, user=user))
