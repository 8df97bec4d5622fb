"""What staff say: each command becomes one verb of the desk, and its answer."""

from collections.abc import Callable, Mapping, Sequence

from bot.buttons import reason_buttons, ticket_buttons
from bot.channel import Answer
from bot.commands import Command, Word
from bot.dialogs import ask
from bot.one_at_a_time import require_one_number, verb_key
from bot.results import keep_result
from bot.texts import say
from bot.turn import Turn, reply, reply_text
from bot.wording import details_of, matter_of
from bot.worklist import say_work_lines, say_worklist
from routing import desk as verbs
from routing.callers import may_handle, require_sight
from routing.calls import has_callers, is_written_to
from routing.desk.desk import require_moment
from routing.desk.possible import RIGHTS
from routing.errors import BadValueError
from routing.events import EventKind
from routing.tickets import Status, Ticket, Verb
from routing.until import parse_until

NEEDS_WORDS = {
    Word.HAND_BACK: "hand_back",
    Word.ESCALATE: "escalate",
    Word.TRANSFER: "transfer",
    Word.NOTE: "note",
    Word.QUESTION: "question",
    Word.PAUSE: "pause",
    Word.RESOLVE: "resolve",
    Word.DECLINE: "decline",
    Word.MERGE: "merge",
    Word.SORT: "sort",
    Word.CLOSE: "close",
}
"""Commands that need something after the number; a tap without it is asked for it."""


def answer_staff(turn: Turn, command: Command) -> Answer:
    """Does what a member of staff said. Raises DeskError for a refusal."""
    if command.word is Word.WORKLIST:
        return say_worklist(turn)
    if command.word is Word.HELP:
        reasons = "、".join(turn.hierarchy.manners.hand_back_reasons)
        return reply("answer.help_staff", reasons=reasons)
    number = command.number or _guess_number(turn, command.word)
    if number is None:
        return _which(turn, command.word)
    require_one_number(turn, command, number)
    if command.word in NEEDS_WORDS and not command.rest:
        return _ask_for_words(turn, command.word, number)
    return ACTIONS[command.word](turn, number, command.rest)


def _guess_number(turn: Turn, word: Word) -> int | None:
    """The ticket that a reply answers to, or the only one it can be."""
    replied = _replied_number(turn)
    if replied is not None or turn.staff is None:
        return replied
    near = _list_near(turn, word)
    return near[0].number if len(near) == 1 else None


def _list_near(turn: Turn, word: Word) -> Sequence[Ticket]:
    """What may be meant by somebody who says no number."""
    if turn.staff is None:
        return ()
    tickets = turn.store.tickets
    if word is Word.CLAIM:
        return tickets.list_asked_of(turn.staff.groups)
    return tickets.list_held_by(turn.staff.staff_id)


def _which(turn: Turn, word: Word) -> Answer:
    near, verb = _list_near(turn, word), turn.word(verb_key(word))
    if not near:
        return reply("answer.need.number", example=f"{verb} 1024")
    return reply("answer.which_work", lines=say_work_lines(turn, near), example=f"{verb} {near[0].number}")


def _replied_number(turn: Turn) -> int | None:
    inbound = turn.inbound
    if not inbound.reply_to:
        return None
    parcel = turn.store.parcels.find_by_vendor_ref(inbound.address, inbound.reply_to)
    return (parcel.notice.ticket_number or None) if parcel is not None else None


def _ask_for_words(turn: Turn, word: Word, number: int) -> Answer:
    ticket = turn.store.tickets.get(number)
    verb = Verb(NEEDS_WORDS[word])
    RIGHTS[verb](turn.hierarchy, ticket, turn.caller)
    require_moment(ticket, verb)
    ask(turn, "words", said=f"{word.value} {number}")
    key = f"answer.need.{NEEDS_WORDS[word]}"
    names = "、".join(each.name for each in turn.hierarchy.categories)
    buttons = reason_buttons(turn.hierarchy, number) if word is Word.HAND_BACK else ()
    return reply(key, buttons=buttons, ticket=number, number=number, categories=names)


def _claim(turn: Turn, number: int, rest: str) -> Answer:
    """Alone, with all that the holder needs; in a group the holder hears that in private."""
    ticket = verbs.claim(turn.desk, number, turn.caller)
    name = turn.staff.name if turn.staff else ""
    said = say("answer.claimed", name=name, number=number, due=turn.local(ticket.resolve_due_at))
    if turn.inbound.private:
        said = f"{said}\n{matter_of(turn, ticket)}"
    return reply_text(said, buttons=ticket_buttons(ticket), ticket=number)


def _release(turn: Turn, number: int, rest: str) -> Answer:
    return _done(verbs.release(turn.desk, number, turn.caller, reason=rest), turn, "answer.released")


def _hand_back(turn: Turn, number: int, rest: str) -> Answer:
    return _done(verbs.hand_back(turn.desk, number, turn.caller, reason=rest), turn, "answer.handed_back")


def _escalate(turn: Turn, number: int, rest: str) -> Answer:
    return _done(verbs.escalate(turn.desk, number, turn.caller, reason=rest), turn, "answer.escalated")


def _transfer(turn: Turn, number: int, rest: str) -> Answer:
    ticket = verbs.transfer(turn.desk, number, turn.caller, whom=rest)
    staff = turn.hierarchy.find_staff(ticket.holder) if ticket.holder else None
    return reply(
        "answer.transferred",
        ticket=number,
        number=number,
        whom=staff.name if staff else turn.group_name(ticket),
    )


def _note(turn: Turn, number: int, rest: str) -> Answer:
    return _done(verbs.add_note(turn.desk, number, turn.caller, text=rest), turn, "answer.noted")


def _question(turn: Turn, number: int, rest: str) -> Answer:
    ticket = verbs.question(turn.desk, number, turn.caller, text=rest)
    return _done(
        ticket,
        turn,
        _by_way(turn, number, "answer.questioned", rung="answer.to_be_rung", gone="answer.asks_nobody"),
    )


def _pause(turn: Turn, number: int, rest: str) -> Answer:
    until_at, reason = parse_until(rest, turn.now, timezone=turn.hierarchy.timezone)
    ticket = verbs.pause(turn.desk, number, turn.caller, until_at=until_at, reason=reason)
    key = "answer.paused" if ticket.status is Status.WAITING else "answer.pause_asked"
    return reply(key, ticket=number, number=number, until=turn.local(until_at))


def _resume(turn: Turn, number: int, rest: str) -> Answer:
    ticket = verbs.resume(turn.desk, number, turn.caller)
    return reply("answer.resumed", ticket=number, number=number, due=turn.local(ticket.resolve_due_at))


def _approve(turn: Turn, number: int, rest: str) -> Answer:
    ticket = verbs.approve_pause(turn.desk, number, turn.caller)
    return reply("answer.approved", ticket=number, number=number, until=turn.local(ticket.paused_until))


def _refuse(turn: Turn, number: int, rest: str) -> Answer:
    return _done(verbs.refuse_pause(turn.desk, number, turn.caller, reason=rest), turn, "answer.refused")


def _resolve(turn: Turn, number: int, rest: str) -> Answer:
    ticket = verbs.resolve(turn.desk, number, turn.caller, result=rest)
    keep_result(turn, number)
    return _done(
        ticket,
        turn,
        _by_way(turn, number, "answer.resolved", rung="answer.resolved_rung", gone="answer.resolved_alone"),
    )


def _by_way(turn: Turn, number: int, written: str, *, rung: str, gone: str) -> str:
    """The key of what staff hear: whether the reporters are written to, rung, or erased, so that nobody is left."""
    if is_written_to(turn.store, number):
        return written
    return rung if has_callers(turn.store, number) else gone


def _decline(turn: Turn, number: int, rest: str) -> Answer:
    return _done(verbs.decline(turn.desk, number, turn.caller, reason=rest), turn, "answer.declined")


def _merge(turn: Turn, number: int, rest: str) -> Answer:
    digits = rest.lstrip("#＃ 到入")
    if not digits.isdecimal():
        raise BadValueError("number_unclear")
    lead = verbs.merge(turn.desk, number, turn.caller, into=int(digits))
    return reply("answer.merged", ticket=lead.number, number=number, into=lead.number)


def _merge_into(turn: Turn, number: int, rest: str) -> Answer:
    """ "并到 1000" under the notice that offers it; "1024 并到 1000" anywhere."""
    if rest:
        return _merge(turn, number, rest)
    offered = _find_offered(turn, into=number)
    if offered is None:
        raise BadValueError("merge_which", into=number)
    return _merge(turn, offered, str(number))


def _find_offered(turn: Turn, *, into: int) -> int | None:
    """The ticket replied to, or the only one asked of these staff that may be the same as `into`."""
    replied = _replied_number(turn)
    if replied is not None and replied != into:
        return replied
    asked = turn.store.tickets.list_asked_of(turn.staff.groups) if turn.staff else ()
    fitting = [each.number for each in asked if _is_offered(turn, each.number, into=into)]
    return fitting[0] if len(fitting) == 1 else None


def _is_offered(turn: Turn, number: int, *, into: int) -> bool:
    story = turn.store.history.list_of(number)
    return any(each.values.get("likely") == str(into) for each in story if each.kind is EventKind.OPENED)


def _part(turn: Turn, number: int, rest: str) -> Answer:
    return _done(verbs.part(turn.desk, number, turn.caller), turn, "answer.parted")


def _sort(turn: Turn, number: int, rest: str) -> Answer:
    return _done(verbs.sort(turn.desk, number, turn.caller, category=rest), turn, "answer.sorted")


def _hurry(turn: Turn, number: int, rest: str) -> Answer:
    return _done(verbs.make_urgent(turn.desk, number, turn.caller, reason=rest), turn, "answer.made_urgent")


def _reopen(turn: Turn, number: int, rest: str) -> Answer:
    return _done(verbs.reopen(turn.desk, number, turn.caller, reason=rest), turn, "answer.reopened")


def _close(turn: Turn, number: int, rest: str) -> Answer:
    return _done(verbs.close(turn.desk, number, turn.caller, reason=rest), turn, "answer.closed")


def _details(turn: Turn, number: int, rest: str) -> Answer:
    """Whole in private; in a group without household and telephone."""
    ticket = turn.store.tickets.get(number)
    require_sight(turn.hierarchy, ticket, turn.caller)
    buttons = ticket_buttons(ticket) if may_handle(turn.hierarchy, ticket, turn.caller) else ()
    return reply_text(details_of(turn, ticket), buttons=buttons, ticket=number)


def _done(ticket: Ticket, turn: Turn, key: str) -> Answer:
    due_at = ticket.claim_due_at if ticket.status is Status.OPEN else ticket.resolve_due_at
    limit = "notice.limit_open" if ticket.status is Status.OPEN else "notice.limit_claimed"
    return reply(
        key,
        ticket=ticket.number,
        number=ticket.number,
        group=turn.group_name(ticket),
        level=turn.hierarchy.level_name(ticket.level),
        category=turn.category_name(ticket),
        due=turn.local(due_at),
        limit=say(limit, due=turn.local(due_at)),
    )


ACTIONS: Mapping[Word, Callable[[Turn, int, str], Answer]] = {
    Word.CLAIM: _claim,
    Word.RELEASE: _release,
    Word.HAND_BACK: _hand_back,
    Word.ESCALATE: _escalate,
    Word.TRANSFER: _transfer,
    Word.NOTE: _note,
    Word.QUESTION: _question,
    Word.PAUSE: _pause,
    Word.RESUME: _resume,
    Word.APPROVE: _approve,
    Word.REFUSE: _refuse,
    Word.RESOLVE: _resolve,
    Word.DECLINE: _decline,
    Word.MERGE: _merge,
    Word.MERGE_INTO: _merge_into,
    Word.PART: _part,
    Word.SORT: _sort,
    Word.HURRY: _hurry,
    Word.REOPEN: _reopen,
    Word.CLOSE: _close,
    Word.DETAILS: _details,
    Word.STATUS: _details,
}
"""What staff may say about one ticket. Other words are a resident's."""
