"""What people say in words of their own, which are no command and which nobody awaited: what the reader makes of them
decides who answers.
"""

import re
from dataclasses import replace

from bot.channel import Answer
from bot.commands import Command, Word
from bot.dialogs import MATTER, REPORT, ask
from bot.own_matters import answer_about_own
from bot.reports import answer_report
from bot.resident_talk import answer_resident, rate_awaited
from bot.several import answer_matters
from bot.turn import Turn, reply
from routing.desk import find_to_join
from routing.hierarchy import FALLBACK_CATEGORY
from routing.reading import SURE, Intent, Reading

PLAIN_CHATTER = 0.7
"""What the reader says of words in which it found nothing at all; surer chatter is a greeting or a thank-you."""

A_GUESS = 0.5

SHORTEST_MATTER = 4
WANTS_A_PERSON = re.compile(
    r"(?:我要|我想|请|帮我|给我|麻烦)?(?:转|找|要|接|换)?(?:人工|真人)(?:客服|服务|回复)?(?:吗|吧)?"
)
"""What people say to a machine that they do not want to talk to."""


STOP = re.compile(
    r"(?:我要|我想|请|怎么)?(?:退订|取消关注|取消订阅)|(?:请)?别再?(?:给我)?发(?:消息|通知|信息)?(?:给我)?了?|"
    r"(?:我)?不想再?(?:收到|接收|看到)(?:你们的)?(?:消息|通知|信息)了?|td|t|stop|unsubscribe",
    re.IGNORECASE,
)
"""How people say that they want to hear no more, in the words of other services."""


HOW_IT_WORKS = re.compile(
    r"(?:这个|这|你|里仁)?(?:东西|机器人)?(?:怎么用|咋用|怎么使|怎么操作|能(?:干|做)(?:什么|啥|嘛|点啥)|会(?:干|做)(?:什么|啥|嘛))[啊呀呢的]?"
)
WHO_IT_IS = re.compile(
    r"你(?:是|叫)(?:谁|哪位|啥|什么(?:名字)?|干什么的|干嘛的|(?:机器人|真人|人|人工|AI)吗?)[啊呀呢]?",
    re.IGNORECASE,
)


def answer_free_words(turn: Turn) -> Answer:
    about_bot = _answer_about_the_bot(turn, turn.inbound.text.strip("。.!！?？~～ "))
    if about_bot is not None:
        return about_bot
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
        return _answer_question(turn, reading)
    return _answer_chatter(turn, reading)


def _answer_about_the_bot(turn: Turn, said: str) -> Answer | None:
    """Of residents; staff have their own help."""
    if turn.staff is not None:
        return None
    if STOP.fullmatch(said):
        return reply("answer.stop")
    if HOW_IT_WORKS.fullmatch(said):
        return answer_resident(turn, Command(Word.HELP, None))
    return reply("answer.chatter") if WHO_IT_IS.fullmatch(said) else None


def wants_a_person(text: str) -> bool:
    return WANTS_A_PERSON.fullmatch(text.strip("。.!！~～ ")) is not None


def as_matter(reading: Reading) -> Reading:
    """A guess that a person will sort."""
    return replace(reading, intent=Intent.REPORT, certainty=min(reading.certainty, A_GUESS))


def _answer_about_known(turn: Turn, reading: Reading) -> Answer | None:
    """What goes on with something that was before: a rating, a wish for a person, a matter under way."""
    rated = rate_awaited(turn)
    if rated is not None:
        return rated
    if turn.staff is None and wants_a_person(turn.inbound.text):
        ask(turn, MATTER)
        return reply("answer.person")
    return answer_about_own(turn, reading)


def _answer_question(turn: Turn, reading: Reading) -> Answer:
    if _is_in_danger(turn, reading):
        return answer_report(turn, _as_more_words(reading))
    ask(turn, REPORT, said=turn.inbound.text)
    return reply("answer.question")


def _answer_chatter(turn: Turn, reading: Reading) -> Answer:
    """Words without a matter: they go on with what the person has just told, or may be a matter nobody foresaw."""
    if turn.inbound.addressed and _may_matter(turn, reading):
        return answer_report(turn, as_matter(reading))
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
    return find_to_join(turn.desk, turn.person, as_matter(reading)) is not None


def _is_in_danger(turn: Turn, reading: Reading) -> bool:
    """What somebody asks who has just told of something urgent is for those who are on their way."""
    if turn.staff is not None or turn.person is None:
        return False
    own = find_to_join(turn.desk, turn.person, _as_more_words(reading))
    return own is not None and own.urgent


def _as_more_words(reading: Reading) -> Reading:
    """Words that go on with the last matter, whatever else they name."""
    return replace(as_matter(reading), category=FALLBACK_CATEGORY)


def _asks_about_a_neighbours_matter(turn: Turn, reading: Reading) -> bool:
    """ "电梯什么时候能修好啊" of somebody who has reported nothing: it is to be known that they wait, too."""
    if turn.staff is not None or reading.category == FALLBACK_CATEGORY:
        return False
    return turn.person is None or not turn.store.tickets.list_live_reported_by(turn.person.person_id)
