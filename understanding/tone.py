"""How a message sounds: like the reports of the lines that it was fitted to, or like their talk.

The rules know words; this knows how people go on. It only finds reports where the rules found nothing to hold on to,
and what it alone takes for one is too unsure to be answered in a group. Its weights come from `tone_fitting`.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from routing.reading import Intent
from understanding.intents import Verdict

WEIGHTS = Path(__file__).with_name("tone_weights.txt")
STEPS = 10
"""The weights are kept as whole tenths of log-odds."""

_LONGEST_STRETCH = 3
_FEW_STRETCHES = 4
_SHORTEST, _LONGEST = 8, 60
_LIKE_A_REPORT = 2.0
_MUCH_LIKE_A_REPORT = 3.5
_A_HINT = 0.55
# Of the rules: words of the house without a trouble; nothing at all, or only a question.
_HALF_SAID, _NOTHING_SAID = 0.45, 0.7


def stretches_of(text: str) -> set[str]:
    """All runs of up to three letters of a normalised message."""
    return {
        text[at : at + size] for size in range(1, _LONGEST_STRETCH + 1) for at in range(len(text) - size + 1)
    }


def weigh(text: str, weights: Mapping[str, int]) -> float:
    """Above 0 it sounds like a report; longer messages count no more than short ones."""
    stretches = stretches_of(text)
    known = sum(weights.get(each, 0) for each in stretches)
    return known / STEPS / float(max(_FEW_STRETCHES, len(stretches)) ** 0.5)


def reconsider(verdict: Verdict, text: str) -> Verdict:
    """The verdict of the rules, or where they are at a loss a report that is one by its tone."""
    if not _SHORTEST <= len(text) <= _LONGEST:
        return verdict
    if verdict.intent is Intent.CHATTER and verdict.certainty == _HALF_SAID:
        return _or_report(verdict, text, bar=_LIKE_A_REPORT)
    if verdict.intent in {Intent.CHATTER, Intent.QUESTION} and verdict.certainty <= _NOTHING_SAID:
        return _or_report(verdict, text, bar=_MUCH_LIKE_A_REPORT)
    return verdict


def _or_report(verdict: Verdict, text: str, *, bar: float) -> Verdict:
    if weigh(text, read_weights()) <= bar:
        return verdict
    return Verdict(Intent.REPORT, _A_HINT, "口气像报事")


@lru_cache(maxsize=1)
def read_weights() -> Mapping[str, int]:
    rows = (line.rsplit("\t", 1) for line in WEIGHTS.read_text(encoding="utf-8").splitlines())
    return {stretch: int(weight) for stretch, weight in rows}
