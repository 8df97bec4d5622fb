"""A report and its receipt: joined to the person's own, gathered with the neighbours', or a ticket of its own."""

from dataclasses import replace

from bot.attachments import keep_attachments
from bot.buttons import receipt_buttons
from bot.channel import Answer
from bot.dialogs import PLACE, ask_place, find_asked, forget
from bot.doubts import NO_QUESTION, Question, ask_category
from bot.pressing import warnings_of, with_what_was_told
from bot.results import give_waiting_of_staff
from bot.speakers import ensure_person, find_building, whereabouts_of
from bot.texts import say
from bot.turn import Turn, reply, reply_text
from bot.wording import place_name
from routing.callers import staff_name
from routing.desk import Opened, Report, add_words, find_to_join, locate, open_ticket
from routing.hierarchy import FALLBACK_CATEGORY
from routing.place_resolution import Resolved
from routing.reading import Place, Reading
from routing.tickets import Status, Ticket

LONGEST_REPORT = 4000
"""Characters of one message that are kept."""


def answer_report(turn: Turn, reading: Reading) -> Answer:
    """Stores what was reported and says its number, who has it and by when."""
    is_new = turn.person is None
    turn = ensure_person(turn)
    assert turn.person is not None
    whereabouts = whereabouts_of(turn, reading.place)
    origin = whereabouts.node_id
    report = Report(
        person=turn.person,
        text=turn.inbound.text[:LONGEST_REPORT],
        reading=reading,
        origin=origin or turn.hierarchy.root_id,
        address=turn.inbound.address,
        message_ref=turn.inbound.message_ref,
        place=spot_of(reading.place),
    )
    own = find_to_join(turn.desk, turn.person, reading)
    if own is not None and own.origin == turn.hierarchy.root_id != report.origin:
        return _tell_place_too(turn, own, report)
    if own is not None and (reading.place.building is None or own.origin == report.origin):
        return join_own(turn, own, report)
    if own is not None and reading.category == FALLBACK_CATEGORY:
        if own.reporters == 1:
            return _move_own(turn, own, report)
        # The neighbours' matter stays where it is; theirs is of the same kind somewhere else.
        report = replace(report, reading=replace(reading, category=own.category))
    opened = open_ticket(turn.desk, report)
    keep_pictures(turn, opened.ticket)
    where = _say_where(turn, opened, whereabouts)
    question = ask_category(turn, opened, reading) if whereabouts.node_id is not None else NO_QUESTION
    return _receipt(turn, opened, reading, where=where, is_new=is_new, question=question)


def answer_place(turn: Turn, said: str) -> Answer | None:
    """The answer to "where do you live": the open tickets move there.

    None when the words name no place, or are surely a report of their own that names one.
    """
    reading = turn.reader.read(turn.inbound.text, turn.hierarchy)
    if reading.is_surely_a_report:
        return None
    node = find_building(turn.hierarchy, turn.reader, turn.inbound.text)
    if node is None:
        if turn.reader.read_place(turn.inbound.text).is_empty:
            return None
        return reply("answer.place_unclear", example=example_place(turn))
    forget(turn)
    turn = ensure_person(turn)
    assert turn.person is not None
    _keep_place(turn, node.node_id)
    spot = spot_of(turn.reader.read_place(turn.inbound.text))
    return place_told(turn, said, node_id=node.node_id, spot=spot)


def place_told(turn: Turn, said: str, *, node_id: str, spot: str = "") -> Answer:
    """Moves the tickets whose numbers were kept with the question, and says where the last of them is now."""
    place = place_name(turn.hierarchy, node_id)
    own = [turn.store.tickets.get(int(each)) for each in said.split()]
    tickets = [locate(turn.desk, each.number, origin=node_id, place=each.place or spot) for each in own]
    ticket = tickets[-1]
    if ticket.number != own[-1].number:
        return _say_same(turn, ticket, own=own[-1].number, place=place)
    if ticket.status is not Status.OPEN:
        return reply("answer.place_kept", place=place)
    return reply(
        "answer.place_told",
        ticket=ticket.number,
        place=place,
        number=ticket.number,
        group=turn.group_name(ticket),
        due=turn.local(ticket.claim_due_at),
    )


def _say_same(turn: Turn, ticket: Ticket, *, own: int, place: str) -> Answer:
    """Why another number goes on: the neighbours have told of the same."""
    return reply(
        "answer.place_same",
        buttons=receipt_buttons(ticket.number),
        ticket=own,
        place=place,
        reporters=ticket.reporters,
        own=own,
        number=ticket.number,
        when=_when(turn, ticket),
    )


def _tell_place_too(turn: Turn, own: Ticket, report: Report) -> Answer:
    """Asked where it is, they tell more of the same matter, and the place in it."""
    asked = find_asked(turn)
    waiting = asked.said if asked is not None and asked.awaits == PLACE else str(own.number)
    join_own(turn, own, report)
    forget(turn)
    assert turn.person is not None
    turn.store.people.save(replace(turn.person, node_id=turn.person.node_id or report.origin))
    told = place_told(turn, waiting, node_id=report.origin, spot=report.place)
    first = [each for each in warnings_of(turn, report.reading).values() if each]
    return replace(
        told, messages=tuple(replace(each, text="\n".join([*first, each.text])) for each in told.messages)
    )


def _move_own(turn: Turn, own: Ticket, report: Report) -> Answer:
    """ "不是3号楼，是5号楼": the words go to the person's own ticket, and the ticket to where they say."""
    answer = join_own(turn, own, report)
    locate(turn.desk, own.number, origin=report.origin, place=report.place)
    where = say("answer.place_from_words", place=place_name(turn.hierarchy, report.origin))
    return replace(
        answer, messages=tuple(replace(each, text=f"{each.text}\n{where}") for each in answer.messages)
    )


def _say_where(turn: Turn, opened: Opened, whereabouts: Resolved) -> str:
    """The question where it is, once; or that the message was taken at its word, and not its group's building."""
    if whereabouts.node_id is None:
        return (
            say("answer.ask_place", example=example_place(turn))
            if ask_place(turn, opened.ticket.number)
            else ""
        )
    if not whereabouts.contradicts:
        return ""
    return say("answer.place_from_words", place=place_name(turn.hierarchy, whereabouts.node_id))


def keep_pictures(turn: Turn, ticket: Ticket) -> None:
    """Puts this message's pictures, and those that waited for words, to the ticket."""
    person = turn.person
    if person is None:
        return
    since = turn.now - turn.hierarchy.manners.join_within.as_elapsed()
    turn.store.pictures.give_waiting(person.person_id, ticket_number=ticket.number, since=since)
    give_waiting_of_staff(turn, ticket.number)
    keep_attachments(turn, ticket.number, person_id=person.person_id)


def spot_of(place: Place) -> str:
    """Unit and floor in words; the flat is the household's own and stays with the person."""
    unit = f"{place.unit}单元" if place.unit else ""
    floor = f"{place.floor}楼" if place.floor else ""
    return f"{unit}{floor}"


def example_place(turn: Turn) -> str:
    lowest = turn.hierarchy.levels[0].level_id
    first = next((each for each in turn.hierarchy.nodes.values() if each.level == lowest), None)
    return place_name(turn.hierarchy, first.node_id) if first else turn.hierarchy.name


def join_own(turn: Turn, own: Ticket, report: Report) -> Answer:
    """Adds words and pictures to a ticket of the person's own; urgent words hurry it."""
    reading = with_what_was_told(turn, report.reading, before=own.text, words=report.text)
    report = replace(report, reading=reading)
    ticket = add_words(turn.desk, own, report)
    keep_pictures(turn, ticket)
    key = "answer.hurried" if ticket.urgent and not own.urgent else "answer.joined_own"
    warnings = warnings_of(turn, reading)
    said = say(key, number=ticket.number, when=_when(turn, ticket), **warnings)
    return reply_text(said, ticket=ticket.number, about="" if any(warnings.values()) else key)


def _receipt(
    turn: Turn, opened: Opened, reading: Reading, *, where: str, is_new: bool, question: Question
) -> Answer:
    ticket = opened.ticket
    key = "answer.receipt_urgent" if ticket.urgent else "answer.receipt"
    if not opened.fresh:
        key = "answer.receipt_same" if opened.is_same else "answer.receipt_incident"
    text = say(
        key,
        number=ticket.number,
        category=turn.category_name(ticket),
        group=turn.group_name(ticket),
        when=_when(turn, ticket),
        reporters=ticket.reporters,
        own=opened.own,
        doubt=question.text,
        where=where,
        consent=say("answer.consent") if is_new and turn.inbound.private else "",
        **warnings_of(turn, reading),
    )
    about = opened.own if opened.is_same else ticket.number
    return reply_text(text, buttons=question.buttons or receipt_buttons(ticket.number), ticket=about)


def _when(turn: Turn, ticket: Ticket) -> str:
    """By when somebody answers, or who is at it already and until when."""
    if ticket.status is Status.OPEN:
        return say("answer.when_open", due=turn.local(ticket.claim_due_at))
    if ticket.status is Status.CLAIMED:
        holder = staff_name(turn.hierarchy, ticket.holder)
        return say("answer.when_claimed", holder=holder, due=turn.local(ticket.resolve_due_at))
    return say("answer.when_waiting", until=turn.local(ticket.paused_until))


def _keep_place(turn: Turn, node_id: str) -> None:
    assert turn.person is not None
    turn.store.people.save(replace(turn.person, node_id=node_id, home=turn.inbound.text[:40]))
