"""How a message sounds: like the reports of the lines that it was fitted to, or like their talk.

The rules know words; this knows how people go on. Where the rules found nothing to hold on to it may find a report,
and where they hold on to a word it may hear that nobody reports anything: "我的钱包漏水了". What it doubts or finds by
itself is too unsure to be answered in a group. Dangers are none of its business. Its weights come from `tone_fitting`.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from routing.reading import Intent
from understanding.intents import Verdict

WEIGHTS = Path(__file__).with_name("tone_weights.txt")
STEPS = 10
"""The weights are kept as whole tenths."""
BIAS = ""
"""What is weighed once for every message stands under no letters at all."""

_FEW_STRETCHES = 4
_SHORTEST, _LONGEST = 8, 60
_A_HINT = 0.55
_HALF_SAID = 0.45
# What each kind of verdict needs to be heard as a report all the same, by intent and certainty: words of the house
# without a trouble, nothing at all, a question, a question politely put. Set on voices that were not fitted to.
_BARS = MappingProxyType(
    {
        (Intent.CHATTER, _HALF_SAID): 2.0,
        (Intent.CHATTER, 0.7): 3.0,
        (Intent.QUESTION, 0.65): 2.0,
        (Intent.QUESTION, 0.8): 1.0,
    }
)
# Of reports by their words alone: below the first it is talk, below the second a report that is not answered.
_WORDS_ONLY = frozenset({0.65, 0.88, 0.92})
_LIKE_TALK, _DOUBTFUL = -1.0, -0.25


def stretches_of(text: str) -> set[str]:
    """All letters and pairs of letters of a normalised message; longer stretches tell no more."""
    return {*text, *map(str.__add__, text, text[1:])}


def weigh(text: str, weights: Mapping[str, int]) -> float:
    """Above 0 it sounds like a report; longer messages count no more than short ones."""
    stretches = stretches_of(text)
    known = sum([weights.get(each, 0) for each in stretches])
    return (known / length_of(stretches) + weights.get(BIAS, 0)) / STEPS


def length_of(stretches: set[str]) -> float:
    return float(max(_FEW_STRETCHES, len(stretches)) ** 0.5)


def reconsider(verdict: Verdict, text: str) -> Verdict:
    """The verdict of the rules, unless they are at a loss or hold on to a word, and the tone says otherwise."""
    if not _SHORTEST <= len(text) <= _LONGEST or _is_foreign(text):
        return verdict
    if verdict.intent is Intent.REPORT:
        return _doubt(verdict, text) if verdict.certainty in _WORDS_ONLY else verdict
    bar = _BARS.get((verdict.intent, verdict.certainty))
    if bar is None or weigh(text, read_weights()) <= bar:
        return verdict
    return Verdict(Intent.REPORT, _A_HINT, "口气像报事")


def _is_foreign(text: str) -> bool:
    """More Latin letters than Chinese ones, of which each takes three bytes: no line was fitted to these."""
    return len(text.encode()) < 2 * len(text)


def _doubt(verdict: Verdict, text: str) -> Verdict:
    heard = weigh(text, read_weights())
    if heard < _LIKE_TALK:
        return Verdict(Intent.CHATTER, _HALF_SAID, f"{verdict.reason}，口气像闲聊")
    return verdict if heard >= _DOUBTFUL else replace(verdict, certainty=_A_HINT)


@lru_cache(maxsize=1)
def read_weights() -> Mapping[str, int]:
    rows = (line.rsplit("\t", 1) for line in WEIGHTS.read_text(encoding="utf-8").splitlines())
    return {stretch: int(weight) for stretch, weight in rows}
