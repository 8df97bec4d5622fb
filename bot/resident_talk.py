"""What residents say about their own tickets: status, urge, add, withdraw, rate, mine, erase."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.buttons import rating_buttons, receipt_buttons, withdraw_buttons
from bot.channel import Answer
from bot.commands import Command, Word
from bot.dialogs import RATING_WORDS, ask, forget
from bot.doubts import sort_as_told
from bot.ratings import find_rating, is_bare_rating
from bot.reports import LONGEST_REPORT, join_own
from bot.texts import say
from bot.turn import Turn, reply, reply_text
from routing import desk as verbs
from routing.callers import Caller, staff_name
from routing.desk.desk import lead_of, require_moment
from routing.desk.handling import require_reporter
from routing.errors import BadValueError
from routing.events import EventKind
from routing.ladder import root_desk
from routing.people import Person
from routing.tickets import LIVE, Rating, Status, Ticket, Verb

HIDDEN_EVENTS = {EventKind.NOTED, EventKind.REMINDED, EventKind.JOINED, EventKind.LEFT, EventKind.UNREACHABLE}


def answer_resident(turn: Turn, command: Command) -> Answer:
    """Does what a resident said about a ticket of theirs. Raises DeskError for a refusal."""
    if command.word is Word.HELP:
        return reply("answer.help")
    if command.word is Word.ERASE:
        return _erase(turn)
    if turn.person is None:
        return reply("answer.mine_empty") if command.number is None else _unknown(command.number)
    if command.word is Word.MINE:
        return _mine(turn, turn.person)
    number = command.number or _guess_number(turn, turn.person, command.word)
    if number is None:
        return _which(turn, turn.person, command.word)
    return ACTIONS[command.word](turn, number, command.rest)


def rate_awaited(turn: Turn) -> Answer | None:
    """A bare 满意 or 不满意 while exactly one ticket waits for it."""
    if turn.person is None or not is_bare_rating(turn.inbound.text):
        return None
    number = _guess_number(turn, turn.person, Word.RATE)
    return _rate(turn, number, turn.inbound.text) if number else None


def _caller(turn: Turn) -> Caller:
    """A member of staff who reported something rates it as its reporter."""
    return Caller(person_id=turn.person.person_id if turn.person else None)


def _unknown(number: int) -> Answer:
    return reply("error.unknown_ticket", number=number)


def _guess_number(turn: Turn, person: Person, word: Word) -> int | None:
    inbound = turn.inbound
    if inbound.reply_to:
        parcel = turn.store.parcels.find_by_vendor_ref(inbound.address, inbound.reply_to)
        if parcel is not None and parcel.notice.ticket_number:
            return parcel.notice.ticket_number
    fitting = _fitting(turn, person, word)
    return fitting[0].number if len(fitting) == 1 else None


def _fitting(turn: Turn, person: Person, word: Word) -> list[Ticket]:
    mine = turn.store.tickets.list_live_reported_by(person.person_id)
    wanted = (
        {Status.RESOLVED}
        if word is Word.RATE
        else LIVE
        if word is not Word.STATUS
        else {*LIVE, Status.RESOLVED}
    )
    return [each for each in mine if each.status in wanted]


def _which(turn: Turn, person: Person, word: Word) -> Answer:
    fitting = _fitting(turn, person, word)
    if not fitting:
        is_early = word is Word.RATE and turn.store.tickets.list_live_reported_by(person.person_id)
        return reply("answer.none_to_rate" if is_early else "answer.mine_empty")
    example = f"{turn.word(f'verb.{word.value}') if word is not Word.STATUS else '进度'} {fitting[0].number}"
    return reply("answer.which", lines=say_lines(turn, fitting), example=example)


def _mine(turn: Turn, person: Person) -> Answer:
    mine = turn.store.tickets.list_live_reported_by(person.person_id)
    return reply("answer.mine", lines=say_lines(turn, list(mine))) if mine else reply("answer.mine_empty")


def say_lines(turn: Turn, tickets: Sequence[Ticket]) -> str:
    """One line a ticket: number, what it is about, how it stands."""
    return "\n".join(
        say(
            "answer.mine_line",
            number=each.number,
            category=turn.category_name(each),
            status=turn.word(f"status.{each.status}"),
        )
        for each in tickets
    )


def _status(turn: Turn, number: int, rest: str) -> Answer:
    ticket = turn.store.tickets.get(number)
    require_reporter(turn.desk, ticket, _caller(turn))
    ticket = lead_of(turn.store, ticket)
    buttons = receipt_buttons(ticket.number) if ticket.status in LIVE else ()
    if ticket.status is Status.RESOLVED:
        buttons = rating_buttons(ticket.number)
    return reply_text(status_of(turn, ticket), buttons=buttons, ticket=number, about="answer.status")


def status_of(turn: Turn, ticket: Ticket) -> str:
    """Where it stands, who has it, until when, and what happened last."""
    return say(
        "answer.status",
        line=say(
            "answer.status_line",
            number=ticket.number,
            category=turn.category_name(ticket),
            status=turn.word(f"status.{ticket.status}"),
        ),
        where=_where(turn, ticket),
        due=_due(turn, ticket),
        last=_last(turn, ticket),
    )


def _where(turn: Turn, ticket: Ticket) -> str:
    if ticket.status not in LIVE:
        return ""
    key = "answer.status_where" if ticket.holder else "answer.status_where_open"
    return say(
        key,
        level=turn.hierarchy.level_name(ticket.level),
        group=turn.group_name(ticket),
        holder=staff_name(turn.hierarchy, ticket.holder),
    )


def _due(turn: Turn, ticket: Ticket) -> str:
    if ticket.status is Status.OPEN:
        return say("answer.status_due_open", due=turn.local(ticket.claim_due_at))
    if ticket.status is Status.CLAIMED:
        return say("answer.status_due_claimed", due=turn.local(ticket.resolve_due_at))
    return say("answer.status_until", until=turn.local(ticket.paused_until))


def _last(turn: Turn, ticket: Ticket) -> str:
    told = [each for each in turn.store.history.list_of(ticket.number) if each.kind not in HIDDEN_EVENTS]
    if not told:
        return ""
    return say("answer.status_last", at=turn.local(told[-1].at), event=turn.word(f"event.{told[-1].kind}"))


def _urge(turn: Turn, number: int, rest: str) -> Answer:
    verbs.urge(turn.desk, number, _caller(turn))
    return reply("answer.urged", ticket=number, number=number)


def _add(turn: Turn, number: int, rest: str) -> Answer:
    assert turn.person is not None
    ticket = turn.store.tickets.get(number)
    require_reporter(turn.desk, ticket, _caller(turn))
    require_moment(ticket, Verb.ADD)
    if not rest and not turn.inbound.attachments:
        ask(turn, "words", said=f"{Word.ADD.value} {number}")
        return reply("answer.need.add", ticket=number, number=number)
    reading = replace(turn.reader.read(rest, turn.hierarchy), category=ticket.category)
    report = verbs.Report(turn.person, rest[:LONGEST_REPORT], reading, ticket.origin, turn.inbound.address)
    return join_own(turn, ticket, report)


def _withdraw(turn: Turn, number: int, rest: str) -> Answer:
    ticket = verbs.withdraw(turn.desk, number, _caller(turn))
    if ticket.status is Status.WITHDRAWN:
        return reply("answer.withdrawn", ticket=number, number=number)
    assert turn.person is not None
    told = turn.store.reporters.list_reports(number, turn.person.person_id)
    if not told:
        return reply("answer.left", ticket=number, number=number)
    others, buttons = "、".join(f"#{each}" for each in told), withdraw_buttons(number)
    return reply("answer.left_one", buttons=buttons, ticket=number, number=number, others=others)


def _rate(turn: Turn, number: int, rest: str) -> Answer:
    """Counts at once: who taps "not solved" and says no more is heard all the same; the why is asked afterwards."""
    require_reporter(turn.desk, turn.store.tickets.get(number), _caller(turn))
    found = find_rating(rest)
    if not rest:
        return reply("answer.rate_how", buttons=rating_buttons(number), ticket=number)
    if found is None:
        raise BadValueError("rating_unclear", number=number)
    rating, words = found
    ticket = verbs.rate(turn.desk, number, _caller(turn), rating=rating, words=words)
    asks_why = rating is Rating.UNSATISFIED and not words
    if asks_why:
        ask(turn, RATING_WORDS, said=str(number))
    return _after_rating(turn, ticket, rating, why=say("answer.rate_why") if asks_why else "")


def _after_rating(turn: Turn, ticket: Ticket, rating: Rating, *, why: str) -> Answer:
    key = "answer.rated" if ticket.status is Status.CLOSED else "answer.rated_waiting"
    if rating is Rating.UNSATISFIED:
        key = "answer.rated_again" if ticket.status is Status.OPEN else "answer.rated_decide"
    duty = root_desk(turn.hierarchy, can_hear=turn.desk.can_hear).group
    return reply(
        key,
        ticket=ticket.number,
        number=ticket.number,
        group=turn.group_name(ticket) if ticket.status is Status.OPEN else duty.name,
        due=turn.local(ticket.claim_due_at),
        why=why,
    )


def _kind(turn: Turn, number: int, rest: str) -> Answer:
    return sort_as_told(turn, number, rest)


def _erase(turn: Turn) -> Answer:
    forget(turn)
    if turn.person is None:
        return reply("answer.nothing_to_erase")
    turn.store.people.erase(turn.person.person_id, now=turn.now)
    return reply("answer.erased")


ACTIONS: Mapping[Word, Callable[[Turn, int, str], Answer]] = {
    Word.STATUS: _status,
    Word.URGE: _urge,
    Word.ADD: _add,
    Word.WITHDRAW: _withdraw,
    Word.RATE: _rate,
    Word.KIND: _kind,
}
