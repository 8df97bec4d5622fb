"""What is sent without a word: a picture, and which ticket it belongs to."""

from bot.attachments import keep_attachments
from bot.channel import Answer
from bot.dialogs import ANSWER, find_asked
from bot.questions import answer_with_picture
from bot.reports import keep_pictures
from bot.results import answer_staff_picture, awaits_picture
from bot.speakers import ensure_person
from bot.turn import Turn, reply
from routing.tickets import MOVES, Ticket, Verb


def answer_picture(turn: Turn) -> Answer:
    asked = find_asked(turn)
    answered = answer_with_picture(turn, asked) if asked and turn.person and asked.awaits == ANSWER else None
    if answered is not None:
        return answered
    latest = _find_own_latest(turn)
    if latest is not None and not awaits_picture(asked):
        keep_pictures(turn, latest)
        return reply("answer.picture_added", ticket=latest.number, number=latest.number)
    if turn.staff is not None:
        return answer_staff_picture(turn)
    turn = ensure_person(turn)
    assert turn.person is not None
    keep_attachments(turn, None, person_id=turn.person.person_id)
    return reply("answer.picture_waiting")


def _find_own_latest(turn: Turn) -> Ticket | None:
    """What this person has told just now, if it still takes pictures."""
    latest = turn.store.tickets.find_latest_reported_by(turn.person.person_id) if turn.person else None
    within = turn.hierarchy.manners.join_within.as_elapsed()
    if latest is None or latest.status not in MOVES[Verb.ADD] or turn.now - latest.opened_at > within:
        return None
    return latest
