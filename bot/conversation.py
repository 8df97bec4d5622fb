"""From one turn to one answer: what kind of thing was said, and which room of the bot answers it."""

from dataclasses import replace

from bot.binding import answer_binding, answer_code, code_of_scene, forget_account, parse_binding
from bot.channel import Answer
from bot.commands import MENTION, Command, Word, parse_command, parse_offer
from bot.dialogs import ANSWER, CATEGORY, MATTER, PLACE, RATING_WORDS, REPORT, YES, find_asked, settle
from bot.doubts import answer_category
from bot.free_words import PLAIN_CHATTER, answer_free_words, as_matter, wants_a_person
from bot.listening import is_for_bot
from bot.never_mind import answer_never_mind
from bot.pictures import answer_picture
from bot.privacy import mask
from bot.questions import answer_question
from bot.reports import answer_place, answer_report
from bot.resident_talk import ACTIONS as RESIDENT_ACTIONS
from bot.resident_talk import answer_resident
from bot.results import RESULT
from bot.speakers import find_building
from bot.staff_talk import ACTIONS as STAFF_ACTIONS
from bot.staff_talk import answer_staff
from bot.turn import Turn, reply
from bot.welcome import answer_follow, answer_scan, answer_unfollow
from bot.work_link import answer_work_link, is_work_link_wanted
from routing.errors import DeskError
from routing.messages import Kind
from routing.people import Dialog
from routing.reading import Intent

NO_WORDS = frozenset({"没有", "无", "不说", "没", "no"})


def converse(turn: Turn) -> Answer | None:
    """The answer to one message; None when it is not for the bot and must not be kept."""
    if turn.inbound.kind in {Kind.FOLLOW, Kind.SCAN, Kind.UNFOLLOW}:
        return _answer_event(turn)
    if not is_for_bot(turn):
        return None
    if turn.inbound.kind is Kind.IMAGE and not turn.inbound.text:
        return answer_picture(turn)
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
    if command is None and turn.inbound.is_button:
        # A key of somebody else's menu: nobody has typed it, so it must not stand in a ticket.
        command = Command(Word.HELP, None)
    return _answer_command(turn, command) if command else answer_free_words(turn)


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
    return answer_report(told, as_matter(told.reader.read(said, told.hierarchy)))


def _answer_told_to_a_person(turn: Turn) -> Answer | None:
    """Who asked for a person has the next words read by one, whatever the reader makes of them; a greeting is none."""
    reading = turn.reader.read(turn.inbound.text, turn.hierarchy)
    is_greeting = reading.intent is Intent.CHATTER and reading.certainty > PLAIN_CHATTER
    if is_greeting or wants_a_person(turn.inbound.text):
        return None
    return answer_report(turn, reading if reading.intent is Intent.REPORT else as_matter(reading))


def _let_drop(turn: Turn, asked: Dialog | None) -> None:
    """A whole command ends every question but the one where somebody lives."""
    if asked is not None and asked.awaits != PLACE:
        settle(turn, asked)


def _answer_place_again(turn: Turn) -> Answer | None:
    """Small talk came between the question where somebody lives and its answer."""
    asked = find_asked(turn)
    return answer_place(turn, asked.said) if asked else None
