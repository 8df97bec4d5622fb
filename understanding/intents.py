"""Decides what a message is for: an ordered list of rules over signs, the first that fits wins and says why."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from routing.reading import Intent
from understanding.asking_words import (
    ASKS_POLITELY,
    ASKS_TO_KNOW,
    ASKS_WHAT,
    BARBED_THANKS,
    EARLIER_REPORT,
    GENERALLY,
    GOOD_DEED,
    HAS_HAPPENED,
    IRONY,
    IS_SEEN,
    OPENS_WITH_THANKS,
    PAST,
    PLEA,
    PLEASED,
    PROGRESS,
    QUESTION,
    STILL,
    SUGGESTION,
    THANKS,
    URGES_REPAIR,
)
from understanding.circumstances import is_hearsay
from understanding.fault_words import (
    COMPLAINT,
    DONE_BY_OTHERS,
    HOME,
    NOISE_AT_NIGHT,
    OTHER_HOUSE,
    OWN_DOING,
    PLAIN_FAULT,
    PRIVATE,
    REQUEST,
    THING,
    WEAK_FAULT,
)
from understanding.neighbourly_talk import is_talk_among_neighbours
from understanding.notices_and_chat import (
    is_about_the_group,
    is_advert,
    is_found_thing,
    is_greeting,
    is_lost_pet,
    is_news_of_repair,
    is_notice,
    is_own_disturbance,
    is_small_talk,
    is_staff_answer,
)

_NEAR = 26
_CLAUSE = re.compile(r"[^,。!?; ]+")


@dataclass(frozen=True, slots=True)
class Signs:
    """What stands out in a normalised message. `fault` and `thing` are the words found, or None."""

    text: str
    fault: str | None
    thing: str | None
    is_plain_fault: bool
    keyword: str | None
    is_dangerous: bool
    resembles_example: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """`certainty` is of the intent alone, 0 to 1."""

    intent: Intent
    certainty: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Rule:
    intent: Intent
    certainty: float
    reason: str
    fits: Callable[[Signs], bool]


def look_for_signs(text: str, *, keyword: str | None, is_dangerous: bool, resembles_example: bool) -> Signs:
    """`keyword` is the category's word that was found, if any."""
    here = _without_matters_of_others(text)
    plain = NOISE_AT_NIGHT.search(here) or PLAIN_FAULT.search(here)
    thing, weak = _nearest_pair(here, keyword)
    return Signs(
        text=text,
        fault=plain.group() if plain else weak,
        thing=thing,
        is_plain_fault=plain is not None,
        keyword=keyword,
        is_dangerous=is_dangerous,
        resembles_example=resembles_example,
    )


def decide_intent(signs: Signs) -> Verdict:
    rule = next(each for each in _RULES if each.fits(signs))
    return Verdict(
        rule.intent, rule.certainty, rule.reason.format(fault=signs.fault, thing=signs.thing or "")
    )


def _without_matters_of_others(text: str) -> str:
    """The message with every clause blanked that speaks of another house, or only of a phone, a film or a lesson."""
    if not any(each.search(text) for each in (OTHER_HOUSE, PRIVATE, OWN_DOING)):
        return text
    return _CLAUSE.sub(lambda clause: _blank_if_elsewhere(clause.group()), text)


def _blank_if_elsewhere(clause: str) -> str:
    is_private = PRIVATE.search(clause) and not (_names_thing(clause) or DONE_BY_OTHERS.search(clause))
    elsewhere = OTHER_HOUSE.search(clause) or OWN_DOING.search(clause) or is_private
    return " " * len(clause) if elsewhere else clause


def _names_thing(clause: str) -> bool:
    return any(not HOME.fullmatch(found.group()) for found in THING.finditer(clause))


def _nearest_pair(text: str, keyword: str | None) -> tuple[str | None, str | None]:
    """A thing and a fault word close to each other; a fault word alone does not count."""
    things = [(found.start(), found.end(), found.group()) for found in THING.finditer(text)]
    if keyword and (at := text.find(keyword)) >= 0:
        things.append((at, at + len(keyword), keyword))
    for found in WEAK_FAULT.finditer(text):
        for start, end, thing in things:
            apart = start >= found.end() or end <= found.start()
            if apart and -_NEAR <= found.start() - end <= _NEAR:
                return thing, found.group()
    things.sort(key=lambda each: bool(HOME.fullmatch(each[2])))
    return (things[0][2] if things else None), None


def _tells_fault(signs: Signs) -> bool:
    return signs.is_plain_fault or (signs.thing is not None and signs.fault is not None)


def _asks_for_progress(signs: Signs) -> bool:
    found = PROGRESS.search(signs.text)
    if found is None:
        return False
    if EARLIER_REPORT.search(signs.text):
        return True
    rest = signs.text[: found.start()] + signs.text[found.end() :]
    return not (_tells_fault(signs) and (HAS_HAPPENED.search(rest) or IS_SEEN.search(rest)))


def _only_asks(signs: Signs) -> bool:
    """A fault that is only asked about, not told as there, leaves it a question."""
    if not QUESTION.search(signs.text) or PLEA.search(signs.text):
        return False
    if _tells_fault(signs):
        knowing = not signs.is_plain_fault and _wants_to_know(signs)
        return bool(GENERALLY.search(signs.text) or (knowing and not HAS_HAPPENED.search(signs.text)))
    return any(each.search(signs.text) for each in (ASKS_POLITELY, ASKS_TO_KNOW, GENERALLY))


def _wants_to_know(signs: Signs) -> bool:
    if ASKS_TO_KNOW.search(signs.text):
        return True
    return bool(ASKS_POLITELY.search(signs.text) and ASKS_WHAT.search(signs.text))


def _suggests(signs: Signs) -> bool:
    found = SUGGESTION.search(signs.text)
    if found is None or URGES_REPAIR.search(signs.text):
        return False
    told_before = signs.text[: found.start()]
    return not (_tells_fault(signs) and (HAS_HAPPENED.search(told_before) or PLAIN_FAULT.search(told_before)))


def _thanks(signs: Signs) -> bool:
    if not THANKS.search(signs.text):
        return False
    if _is_ironic(signs):
        return False
    if is_news_of_repair(signs.text) or OPENS_WITH_THANKS.search(signs.text):
        return not (signs.is_plain_fault and STILL.search(signs.text))
    return not _tells_fault(signs) and not REQUEST.search(signs.text)


def _thanks_with_a_barb(signs: Signs) -> bool:
    return bool(BARBED_THANKS.search(signs.text)) and not (
        _tells_fault(signs) or GOOD_DEED.search(signs.text)
    )


def _is_ironic(signs: Signs) -> bool:
    """Thanks for a trouble and nothing else."""
    if not _tells_fault(signs) or is_news_of_repair(signs.text):
        return False
    if IRONY.search(signs.text):
        return True
    return signs.is_plain_fault and bool(THANKS.search(signs.text)) and not GOOD_DEED.search(signs.text)


def _remembers_gladly(signs: Signs) -> bool:
    return bool(PAST.search(signs.text) and PLEASED.search(signs.text)) and not (
        COMPLAINT.search(signs.text) or REQUEST.search(signs.text) or IRONY.search(signs.text)
    )


def _names_common_thing(signs: Signs) -> bool:
    return signs.thing is not None and not HOME.fullmatch(signs.thing)


def _complains_of_thing(signs: Signs) -> bool:
    if signs.thing is not None and PLEA.search(signs.text):
        return True
    if not _names_common_thing(signs) or PLEASED.search(signs.text):
        return False
    return bool(COMPLAINT.search(signs.text) or REQUEST.search(signs.text))


_RULES = (
    _Rule(Intent.REPORT, 0.97, "说到危险", lambda signs: signs.is_dangerous),
    _Rule(Intent.CHATTER, 0.95, "表情或应答", lambda signs: is_small_talk(signs.text)),
    _Rule(Intent.REPORT, 0.55, "像是反话", _thanks_with_a_barb),
    _Rule(Intent.THANKS, 0.9, "表示感谢", lambda signs: _thanks(signs)),
    _Rule(Intent.CHATTER, 0.9, "像转发的通知", lambda signs: is_notice(signs.text)),
    _Rule(Intent.CHATTER, 0.85, "像工作人员的答复", lambda signs: is_staff_answer(signs.text)),
    _Rule(Intent.CHATTER, 0.8, "说的是别处的事", lambda signs: is_hearsay(signs.text)),
    _Rule(Intent.CHATTER, 0.8, "捡到东西找人", lambda signs: is_found_thing(signs.text)),
    _Rule(Intent.CHATTER, 0.8, "说过去的事，心情不坏", _remembers_gladly),
    _Rule(Intent.CHATTER, 0.85, "自家施工先打招呼", lambda signs: is_own_disturbance(signs.text)),
    _Rule(
        Intent.CHATTER, 0.85, "像广告或转让", lambda signs: is_advert(signs.text) and not _is_ironic(signs)
    ),
    _Rule(Intent.CHATTER, 0.8, "说的是群本身", lambda signs: is_about_the_group(signs.text)),
    _Rule(Intent.PROGRESS, 0.85, "询问进展", _asks_for_progress),
    _Rule(Intent.CHATTER, 0.8, "说事情已经好了", lambda signs: is_news_of_repair(signs.text)),
    _Rule(Intent.SUGGESTION, 0.85, "提出建议", _suggests),
    _Rule(Intent.QUESTION, 0.8, "想打听一件事", _only_asks),
    _Rule(Intent.CHATTER, 0.5, "像邻里闲聊", lambda signs: is_talk_among_neighbours(signs.text)),
    _Rule(Intent.REPORT, 0.92, "说到“{fault}”，是报事", lambda signs: signs.is_plain_fault),
    _Rule(Intent.REPORT, 0.88, "说到“{thing}”“{fault}”，是报事", _tells_fault),
    _Rule(Intent.REPORT, 0.5, "宠物不见了", lambda signs: is_lost_pet(signs.text)),
    _Rule(Intent.REPORT, 0.8, "与例子相近，是报事", lambda signs: signs.resembles_example),
    _Rule(Intent.REPORT, 0.65, "对“{thing}”有意见或请人处理", _complains_of_thing),
    _Rule(Intent.CHATTER, 0.85, "问候", lambda signs: is_greeting(signs.text)),
    _Rule(Intent.QUESTION, 0.65, "是个问句", lambda signs: bool(QUESTION.search(signs.text))),
    _Rule(
        Intent.REPORT,
        0.4,
        "只说了“{thing}”",
        lambda signs: signs.text.strip("!?。,~啊呀 ") == signs.keyword,
    ),
    # Here a person may well have meant something: the words are of the house, only the trouble was not understood.
    _Rule(Intent.CHATTER, 0.45, "提到“{thing}”，没看出要办什么", lambda signs: signs.thing is not None),
    _Rule(Intent.CHATTER, 0.7, "没有说到要办的事", lambda signs: True),
)
