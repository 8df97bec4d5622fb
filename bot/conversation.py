"""From one turn to one answer: what kind of thing was said, and which room of the bot answers it."""

import re
from dataclasses import replace

from bot.binding import answer_binding, answer_code, code_of_scene, forget_account, parse_binding
from bot.channel import Answer
from bot.commands import MENTION, Command, Word, parse_command, parse_offer
from bot.dialogs import ANSWER, CATEGORY, MATTER, PLACE, RATING_WORDS, REPORT, YES, ask, find_asked, settle
from bot.doubts import answer_category
from bot.listening import is_for_bot
from bot.never_mind import answer_never_mind
from bot.own_matters import answer_about_own
from bot.privacy import mask
from bot.questions import answer_question, answer_with_picture
from bot.reports import answer_place, answer_report, keep_pictures
from bot.resident_talk import ACTIONS as RESIDENT_ACTIONS
from bot.resident_talk import answer_resident, rate_awaited
from bot.results import RESULT, answer_staff_picture, awaits_picture
from bot.several import answer_matters
from bot.speakers import ensure_person, find_building
from bot.staff_talk import ACTIONS as STAFF_ACTIONS
from bot.staff_talk import answer_staff
from bot.turn import Turn, reply
from bot.welcome import answer_follow, answer_scan, answer_unfollow
from bot.work_link import answer_work_link, is_work_link_wanted
from routing.desk import find_to_join
from routing.errors import DeskError
from routing.hierarchy import FALLBACK_CATEGORY
from routing.messages import Kind
from routing.people import Dialog
from routing.reading import SURE, Intent, Reading
from routing.tickets import MOVES, Ticket, Verb

PLAIN_CHATTER = 0.7
"""What the reader says of words in which it found nothing at all; surer chatter is a greeting or a thank-you."""

A_GUESS = 0.5

NO_WORDS = frozenset({"没有", "无", "不说", "没", "no"})
SHORTEST_MATTER = 4
WANTS_A_PERSON = re.compile(
    r"(?:我要|我想|请|帮我|给我|麻烦)?(?:转|找|要|接|换)?(?:人工|真人)(?:客服|服务|回复)?(?:吗|吧)?"
)
"""What people say to a machine that they do not want to talk to."""


def converse(turn: Turn) -> Answer | None:
    """The answer to one message; None when it is not for the bot and must not be kept."""
    if turn.inbound.kind in {Kind.FOLLOW, Kind.SCAN, Kind.UNFOLLOW}:
        return _answer_event(turn)
    if not is_for_bot(turn):
        return None
    if turn.inbound.kind is Kind.IMAGE and not turn.inbound.text:
        return _answer_picture(turn)
    if turn.inbound.kind is Kind.VOICE:
        return reply("answer.voice")
    if turn.inbound.kind is Kind.LOCATION:
        return reply("answer.location", text=mask(turn.inbound.text) if turn.group else turn.inbound.text)
    if turn.inbound.kind not in {Kind.TEXT, Kind.IMAGE}:
        return reply("answer.unsupported")
    return _answer_words(turn)


def _answer_event(turn: Turn) -> Answer:
    if turn.inbound.kind is Kind.UNFOLLOW:
        forget_account(turn)
        return answer_unfollow(turn)
    code = code_of_scene(turn.inbound.scene)
    if code is not None and turn.inbound.private:
        return answer_code(turn, code)
    return answer_follow(turn) if turn.inbound.kind is Kind.FOLLOW else answer_scan(turn)


def _answer_words(turn: Turn) -> Answer:
    text = MENTION.sub("", turn.inbound.text).strip()
    turn = replace(turn, inbound=replace(turn.inbound, text=text))
    if not text:
        return reply("answer.empty")
    asked = find_asked(turn)
    at_once = _answer_access(turn, text) or answer_never_mind(turn, asked)
    if at_once is not None:
        return at_once
    command = _command_of(turn, text)
    if command is not None and command.is_whole:
        _let_drop(turn, asked)
        return _answer_command(turn, command)
    awaited = _take_up(turn, asked) if asked and command is None else None
    if awaited is not None:
        return awaited
    return _answer_command(turn, command) if command else _answer_read(turn)


def _answer_access(turn: Turn, text: str) -> Answer | None:
    """How staff get in: a code for their account, a link to their pages."""
    if turn.staff is not None and is_work_link_wanted(text):
        return answer_work_link(turn)
    said = None if turn.inbound.is_button else parse_binding(text)
    return answer_binding(turn, said) if said else None


def _command_of(turn: Turn, text: str) -> Command | None:
    """A resident who begins a report with a word of the staff ("分类 垃圾桶满了") means no command."""
    command = parse_command(text)
    if command is None and turn.staff is not None:
        return parse_offer(text)
    if command is None or turn.staff is not None or command.is_whole or not command.rest:
        return command
    return command if command.word in RESIDENT_ACTIONS else None


def _answer_command(turn: Turn, command: Command) -> Answer:
    if command.word is Word.WHO_AM_I:
        return _answer_who(turn)
    is_both = command.word in RESIDENT_ACTIONS and command.word in STAFF_ACTIONS
    if turn.staff is not None and (
        command.word in STAFF_ACTIONS or command.word in {Word.WORKLIST, Word.HELP}
    ):
        return _answer_either(turn, command) if is_both else answer_staff(turn, command)
    if (command.word in STAFF_ACTIONS and not is_both) or command.word is Word.WORKLIST:
        return reply("error.staff_only")
    return answer_resident(turn, command)


def _answer_who(turn: Turn) -> Answer:
    """The account's id as the admin writes it into the file; only to the person alone."""
    if not turn.inbound.private:
        return reply("answer.who_in_private")
    name = turn.staff.name if turn.staff else ""
    return reply(
        "answer.who", user=turn.inbound.speaker.user, channel=turn.inbound.address.channel, name=name
    )


def _answer_either(turn: Turn, command: Command) -> Answer:
    """A member of staff may be the reporter of one ticket and a handler of another."""
    try:
        return answer_staff(turn, command)
    except DeskError:
        return answer_resident(turn, command)


def _take_up(turn: Turn, asked: Dialog) -> Answer | None:
    """The words that were asked for; None when they are something else."""
    text = turn.inbound.text
    if asked.awaits == PLACE:
        return answer_place(turn, asked.said)
    if asked.awaits == CATEGORY:
        return answer_category(turn, asked)
    if asked.awaits == ANSWER:
        return answer_question(turn, asked)
    if asked.awaits == RESULT:
        return None
    settle(turn, asked)
    if asked.awaits == MATTER:
        return _answer_told_to_a_person(turn)
    if asked.awaits == REPORT:
        return _answer_offer(turn, asked.said)
    if asked.awaits == RATING_WORDS:
        is_silent = text.lower().rstrip("。.!！") in NO_WORDS
        return (
            reply("answer.fine")
            if is_silent
            else answer_resident(turn, Command(Word.ADD, int(asked.said), text))
        )
    word, _, number = asked.said.partition(" ")
    return _answer_command(turn, Command(Word(word), int(number), text))


def _answer_offer(turn: Turn, said: str) -> Answer | None:
    """A person shall read what was said before: yes, or where it is, which nobody tells who does not want it."""
    text = turn.inbound.text
    if text.lower().strip("。.!！ ") not in YES:
        reading = turn.reader.read(text, turn.hierarchy)
        is_place = reading.intent is Intent.CHATTER and find_building(turn.hierarchy, turn.reader, text)
        about_place = _answer_place_again(turn)
        if about_place is not None or not is_place:
            return about_place
        said = f"{said}，{text}"
    told = replace(turn, inbound=replace(turn.inbound, text=said))
    return answer_report(told, _as_matter(told.reader.read(said, told.hierarchy)))


def _answer_told_to_a_person(turn: Turn) -> Answer | None:
    """Who asked for a person has the next words read by one, whatever the reader makes of them; a greeting is none."""
    reading = turn.reader.read(turn.inbound.text, turn.hierarchy)
    is_greeting = reading.intent is Intent.CHATTER and reading.certainty > PLAIN_CHATTER
    if is_greeting or WANTS_A_PERSON.fullmatch(turn.inbound.text.strip("。.!！~～ ")):
        return None
    return answer_report(turn, reading if reading.intent is Intent.REPORT else _as_matter(reading))


def _let_drop(turn: Turn, asked: Dialog | None) -> None:
    """A whole command ends every question but the one where somebody lives."""
    if asked is not None and asked.awaits != PLACE:
        settle(turn, asked)


def _answer_place_again(turn: Turn) -> Answer | None:
    """Small talk came between the question where somebody lives and its answer."""
    asked = find_asked(turn)
    return answer_place(turn, asked.said) if asked else None


def _answer_read(turn: Turn) -> Answer:
    if turn.inbound.is_button:
        # A key of somebody else's menu: nobody has typed it, so it must not stand in a ticket.
        return _answer_command(turn, Command(Word.HELP, None))
    reading = turn.reader.read(turn.inbound.text, turn.hierarchy)
    about_known = _answer_about_known(turn, reading)
    if about_known is not None:
        return about_known
    if reading.intent in {Intent.REPORT, Intent.SUGGESTION}:
        return answer_matters(turn, reading)
    if reading.intent is Intent.PROGRESS and _asks_about_a_neighbours_matter(turn, reading):
        return answer_report(turn, replace(reading, intent=Intent.REPORT))
    if reading.intent is Intent.PROGRESS:
        return answer_resident(turn, Command(Word.STATUS, None))
    if reading.intent is Intent.THANKS:
        return reply("answer.thanks")
    if reading.intent is Intent.QUESTION:
        ask(turn, REPORT, said=turn.inbound.text)
        return reply("answer.question")
    return _answer_chatter(turn, reading)


def _answer_about_known(turn: Turn, reading: Reading) -> Answer | None:
    """What goes on with something that was before: a rating, a wish for a person, a matter under way."""
    rated = rate_awaited(turn)
    if rated is not None:
        return rated
    if turn.staff is None and WANTS_A_PERSON.fullmatch(turn.inbound.text.strip("。.!！~～ ")):
        ask(turn, MATTER)
        return reply("answer.person")
    return answer_about_own(turn, reading)


def _answer_chatter(turn: Turn, reading: Reading) -> Answer:
    """Words without a matter: they go on with what the person has just told, or may be a matter nobody foresaw."""
    if turn.inbound.addressed and _may_matter(turn, reading):
        return answer_report(turn, _as_matter(reading))
    if turn.staff is not None:
        return reply("answer.staff_chatter")
    if reading.certainty > PLAIN_CHATTER:
        return reply("answer.chatter")
    ask(turn, REPORT, said=turn.inbound.text)
    return reply("answer.unsure")


def _may_matter(turn: Turn, reading: Reading) -> bool:
    if reading.certainty < SURE and len(turn.inbound.text) >= SHORTEST_MATTER:
        return True
    if reading.certainty > PLAIN_CHATTER or turn.person is None:
        return False
    return find_to_join(turn.desk, turn.person, _as_matter(reading)) is not None


def _asks_about_a_neighbours_matter(turn: Turn, reading: Reading) -> bool:
    """ "电梯什么时候能修好啊" of somebody who has reported nothing: it is to be known that they wait, too."""
    if turn.staff is not None or reading.category == FALLBACK_CATEGORY:
        return False
    return turn.person is None or not turn.store.tickets.list_live_reported_by(turn.person.person_id)


def _as_matter(reading: Reading) -> Reading:
    """A guess that a person will sort."""
    return replace(reading, intent=Intent.REPORT, certainty=min(reading.certainty, A_GUESS))


def _answer_picture(turn: Turn) -> Answer:
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
    for each in turn.inbound.attachments:
        turn.store.pictures.want(
            each,
            address=turn.inbound.address,
            ticket_number=None,
            person_id=turn.person.person_id,
            now=turn.now,
        )
    return reply("answer.picture_waiting")


def _find_own_latest(turn: Turn) -> Ticket | None:
    """What this person has told just now, if it still takes pictures."""
    latest = turn.store.tickets.find_latest_reported_by(turn.person.person_id) if turn.person else None
    within = turn.hierarchy.manners.join_within.as_elapsed()
    if latest is None or latest.status not in MOVES[Verb.ADD] or turn.now - latest.opened_at > within:
        return None
    return latest
