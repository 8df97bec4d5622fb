"""Whether two short lines of a chat are about one matter. They share few letters, so place, category and time decide.

Nobody has sorted such pairs yet: the weights are set by hand, in log-odds, and held by the pairs in the tests.
"""

import math
from enum import StrEnum

from routing.likeness import Telling
from routing.reading import Place
from understanding.incidents.letter_likeness import SHORTEST_LETTER, Asked
from understanding.incidents.matter_words import Words

ANY_CATEGORY = "other"

_BASE = -6.6
_SHARED_WORDS = 9.0
# No word in common, in the same building on the same day: a leak and a dry tap are of one category.
_NO_SHARED_WORD = -1.2
# Each names a number, and not the same: another unit, another flat, another car.
_OTHER_NUMBERS = -12.0
_HALF_A_DAY = 12.0
_FADES = -1.6


class Nearness(StrEnum):
    SAME = "same"
    SIBLING = "sibling"
    ABOVE = "above"
    FAR = "far"
    UNKNOWN = "unknown"


# The same words in the next building are two lifts as often as one burst pipe: never sure, so staff are asked.
_NEARNESS = {
    Nearness.SAME: 4.0,
    Nearness.ABOVE: 1.2,
    Nearness.SIBLING: -4.2,
    Nearness.UNKNOWN: -1.2,
    Nearness.FAR: -12.0,
}


def nearness_of(path: tuple[str, ...], other: tuple[str, ...]) -> Nearness:
    """Paths go from the node up to the root."""
    if not path or not other:
        return Nearness.UNKNOWN
    if path[0] == other[0]:
        return Nearness.SAME
    if path[0] in other[1:2] or other[0] in path[1:2]:
        return Nearness.ABOVE
    return Nearness.SIBLING if path[1:2] == other[1:2] else Nearness.FAR


def is_line(words: Words, other: Words) -> bool:
    return min(len(words.text), len(other.text)) < SHORTEST_LETTER


def judge_lines(asked: Asked, other: Words) -> float:
    """The log-odds that the two are one matter."""
    one, two = asked.words.telling, other.telling
    hours = abs((one.at - two.at).total_seconds()) / 3600
    return (
        _BASE
        + _NEARNESS[nearness_of(one.path, two.path)]
        + _judge_categories(one, two)
        + judge_spots(one.place, two.place)
        + _judge_numbers(asked.words.naming, other.naming)
        + _judge_words(asked, other)
        + _FADES * math.log1p(hours / _HALF_A_DAY)
    )


def _judge_words(asked: Asked, other: Words) -> float:
    share = _share(asked, other)
    return _SHARED_WORDS * share if share else _NO_SHARED_WORD


def _share(asked: Asked, other: Words) -> float:
    """How much of the telling with less to say is found in the other."""
    weigh = asked.weighing.of
    least = min(asked.total, weigh(other.pairs))
    return weigh(asked.pairs.intersection(other.pairs)) / (least + 1e-9)


def _judge_categories(one: Telling, two: Telling) -> float:
    if ANY_CATEGORY in (one.category, two.category):
        return -1.0
    return 2.8 if one.category == two.category else -4.0


def _judge_numbers(one: frozenset[str], two: frozenset[str]) -> float:
    return _OTHER_NUMBERS if one and two and not one & two else 0.0


def judge_spots(one: Place, two: Place) -> float:
    """Another unit has its own lift and its own stairs; another flat has its own leak."""
    judged = 0.0
    if one.unit and two.unit:
        judged += 0.8 if one.unit == two.unit else -8.0
    if one.room and two.room:
        judged += 2.4 if one.room == two.room else -2.4
    return judged
