"""The open matters, asked one by one as reports arrive: which of you is this report about?

Fulfils `routing.ports.Incidents`. Gathering, offering and parting are the desk's.
"""

import math

from routing.likeness import LIKELY_ENOUGH_TO_OFFER, Likeness, Telling
from understanding.incidents.chat_likeness import (
    ANY_CATEGORY,
    Nearness,
    is_line,
    judge_lines,
    judge_spots,
    nearness_of,
)
from understanding.incidents.letter_likeness import Asked, Compared, ask, compare
from understanding.incidents.letter_weights import BIAS, WEIGHTS
from understanding.incidents.matter_index import MatterIndex
from understanding.incidents.matter_words import Words

MOST_COMPARED = 6

# Of the pairs of letters about one incident 64 % share their category of seven, of other pairs about 20 %.
_SAME_CATEGORY = math.log(0.64 / 0.20)
_OTHER_CATEGORY = math.log(0.36 / 0.80)
# The letters that the weights were fitted on name no place of a tree: of two that tell of one building the same is said
# by far more often.
_NEARNESS = {
    Nearness.SAME: 1.5,
    Nearness.ABOVE: 0.2,
    Nearness.SIBLING: 0.0,
    Nearness.UNKNOWN: 0.0,
    Nearness.FAR: -2.0,
}
_NEARNESS_IN_WORDS = {
    Nearness.SAME: "同一处",
    Nearness.ABOVE: "同一片",
    Nearness.SIBLING: "相邻楼栋",
    Nearness.FAR: "不在同一片",
}


class OpenMatters:
    """Lives in memory, so that a look-up takes no question to the database; whoever uses an answer asks there whether
    the matter is still open."""

    def __init__(self) -> None:
        self._index = MatterIndex()
        # Who asks for a report tells it next, where it is a new matter.
        self._asked: Words | None = None

    def __len__(self) -> int:
        return len(self._index)

    def note(self, number: int, telling: Telling) -> None:
        """One more telling of an open matter."""
        asked = self._asked
        words = asked if asked is not None and asked.telling == telling else None
        self._index.add(number, words or self._index.vocabulary.words_of(telling))

    def forget(self, number: int) -> None:
        """The matter has ended, or became part of another. An unknown number changes nothing."""
        self._index.remove(number)

    def join(self, number: int, *, into: int) -> None:
        """What was told about the one was told about the other."""
        self._index.rename(number, into=into)

    def find(self, telling: Telling) -> Likeness | None:
        """The likeliest open matter; None when none is likely enough to be offered."""
        return next(iter(self.list_likely(telling)), None)

    def list_likely(self, telling: Telling) -> tuple[Likeness, ...]:
        """Every matter that is likely enough to be offered, each once, the likeliest first. A letter that is surely
        about several goes to the one told of most: two matters that are one after all then grow into that."""
        if not len(self._index):
            return ()
        asked = ask(self._index.vocabulary.words_of(telling), self._index.vocabulary)
        self._asked = asked.words
        best: dict[int, Likeness] = {}
        for number, words in self._index.list_candidates(asked, limit=MOST_COMPARED):
            found = self._judge(asked, number, words)
            if number not in best or found.certainty > best[number].certainty:
                best[number] = found
        likely = [each for each in best.values() if each.certainty >= LIKELY_ENOUGH_TO_OFFER]
        return tuple(sorted(likely, key=lambda each: self._order(asked, each)))

    def _order(self, asked: Asked, likeness: Likeness) -> tuple[int, float, int]:
        told = self._index.count_told(likeness.number) if likeness.is_sure and not asked.is_line else 0
        return -told, -likeness.certainty, likeness.number

    def _judge(self, asked: Asked, number: int, other: Words) -> Likeness:
        if is_line(asked.words, other):
            certainty = _certainty(judge_lines(asked, other))
            return Likeness(number, certainty, _reasons(asked, other, name=""), other.telling.path)
        compared = compare(asked, other, self._index.vocabulary)
        odds = _judge_letters(compared) + _judge_circumstances(asked.words.telling, other.telling)
        reasons = _reasons(asked, other, name=compared.name)
        return Likeness(number, _certainty(odds), reasons, other.telling.path)


def _judge_letters(compared: Compared) -> float:
    return BIAS + sum(map(lambda weight, value: weight * value, WEIGHTS, compared.values))


def _judge_circumstances(one: Telling, two: Telling) -> float:
    judged = _NEARNESS[nearness_of(one.path, two.path)] + judge_spots(one.place, two.place)
    if ANY_CATEGORY in (one.category, two.category):
        return judged
    return judged + (_SAME_CATEGORY if one.category == two.category else _OTHER_CATEGORY)


def _certainty(odds: float) -> float:
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))), 3)


def _reasons(asked: Asked, other: Words, *, name: str) -> tuple[str, ...]:
    one, two = asked.words.telling, other.telling
    nearness = nearness_of(one.path, two.path)
    reasons = [f"都提到“{name}”"] if name else []
    if nearness in _NEARNESS_IN_WORDS:
        reasons.append(_NEARNESS_IN_WORDS[nearness])
    if one.category == two.category != ANY_CATEGORY:
        reasons.append("同一类事")
    return (*reasons, f"相隔{_apart(abs((one.at - two.at).total_seconds()))}")


def _apart(seconds: float) -> str:
    if seconds < 60:
        return "不到1分钟"
    if seconds < 3600:
        return f"{int(seconds // 60)}分钟"
    return f"{int(seconds // 3600)}小时" if seconds < 2 * 86400 else f"{int(seconds // 86400)}天"
