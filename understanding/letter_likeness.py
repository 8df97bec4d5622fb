"""How alike two tellings of some length are, in numbers. What the numbers weigh lies in `letter_weights`; lines of a
chat are judged in `chat_likeness`.
"""

import math
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from understanding.matter_words import Vocabulary, Words

SHORTEST_LETTER = 40
"""Letters without punctuation; where either telling is shorter, the two are compared as lines of a chat."""
SHORTEST_RUN = 4
LONGEST_NAME = 14
"""Letters: a longer run that both share is no name of a place but a copied sentence."""
# Keeps a rest of next to nothing from looking like everything.
_SOME_WEIGHT = 5.0
_NOTHING = 1e-9

FEATURES = (
    "root_of_whole",
    "whole",
    "head_in_other",
    "head_in_other_less",
    "heads",
    "besides_name",
    "head_besides_name",
    "longest_run",
    "runs",
    "weight_of_runs",
    "days",
    "shorter",
    "length_apart",
    "numbers",
)


@dataclass(frozen=True, slots=True)
class Weighing:
    """What pairs weigh just now."""

    held_by: "array[int]"
    weights: list[float]

    def of(self, pairs: Iterable[int]) -> float:
        held_by, weights = self.held_by, self.weights
        return sum([weights[held_by[each]] for each in pairs])


@dataclass(frozen=True, slots=True)
class Asked:
    """A telling that is being looked for, with what every comparison needs."""

    words: Words
    pairs: frozenset[int]
    head: frozenset[int]
    weighing: Weighing
    total: float

    @property
    def is_line(self) -> bool:
        """Too short for a letter: it is compared as a line of a chat with whatever there is."""
        return len(self.words.text) < SHORTEST_LETTER


@dataclass(frozen=True, slots=True)
class Compared:
    """`values` in the order of `FEATURES`; `name` is the heaviest run that both share and may be a name, or empty."""

    values: tuple[float, ...]
    name: str


@dataclass(frozen=True, slots=True)
class _Runs:
    longest: int
    count: int
    weight: float
    name: str
    pairs_of_name: frozenset[int]


def ask(words: Words, vocabulary: Vocabulary) -> Asked:
    weighing = Weighing(vocabulary.held_by, vocabulary.weights())
    pairs = frozenset(words.pairs)
    return Asked(words, pairs, frozenset(words.head), weighing, total=weighing.of(pairs))


def compare(asked: Asked, other: Words, vocabulary: Vocabulary) -> Compared:
    weigh, words = asked.weighing.of, asked.words
    shared = asked.pairs.intersection(other.pairs)
    other_total = weigh(other.pairs)
    runs = _weigh_runs(_shared_runs(words.text, other.text), asked, vocabulary)
    whole = weigh(shared) / math.sqrt(asked.total * other_total + _NOTHING)
    name_weighs = weigh(runs.pairs_of_name)
    rests = max(1.0, asked.total - name_weighs) * max(1.0, other_total - name_weighs)
    values = (
        math.sqrt(whole),
        whole,
        *_compare_heads(asked, frozenset(other.head), shared),
        weigh(shared - runs.pairs_of_name) / math.sqrt(rests),
        _compare_rests(asked, frozenset(other.head), shared, name=runs.pairs_of_name),
        math.log1p(runs.longest),
        math.log1p(runs.count),
        math.log1p(runs.weight),
        *_compare_sizes(words, other),
    )
    return Compared(values, runs.name)


def _compare_heads(
    asked: Asked, other_head: frozenset[int], shared: frozenset[int]
) -> tuple[float, float, float]:
    """How much of either headline is found in the other telling, the greater share first; the weight of what both
    headlines hold."""
    weigh = asked.weighing.of
    here = weigh(shared & asked.head) / (weigh(asked.head) + _NOTHING)
    there = weigh(shared & other_head) / (weigh(other_head) + _NOTHING)
    both = weigh(shared & asked.head & other_head)
    return max(here, there), min(here, there), math.log1p(both)


def _compare_rests(
    asked: Asked, other_head: frozenset[int], shared: frozenset[int], *, name: frozenset[int]
) -> float:
    """How much of a headline is found again when the name that both share is left out: many matters of one estate
    share no more than its name."""
    weigh = asked.weighing.of
    return max(
        weigh((shared & head) - name) / (weigh(head - name) + _SOME_WEIGHT)
        for head in (asked.head, other_head)
    )


def _compare_sizes(words: Words, other: Words) -> tuple[float, float, float, float]:
    """Days between, length of the shorter, how far apart the lengths are, and whether numbers agree."""
    length, other_length = max(len(words.text), 1), max(len(other.text), 1)
    return (
        math.log1p(abs(words.day - other.day)),
        math.log(min(length, other_length)),
        abs(math.log(length / other_length)),
        _agreement(words.numbers, other.numbers),
    )


def _weigh_runs(runs: set[str], asked: Asked, vocabulary: Vocabulary) -> _Runs:
    total, name, pairs_of_name, heaviest = 0.0, "", frozenset[int](), 0.0
    for run in sorted(runs):
        pairs = frozenset(vocabulary.pairs_of(run))
        weight = asked.weighing.of(pairs)
        total += weight
        if len(run) <= LONGEST_NAME and weight > heaviest:
            name, pairs_of_name, heaviest = run, pairs, weight
    return _Runs(max(map(len, runs), default=0), len(runs), total, name, pairs_of_name)


def _shared_runs(text: str, other: str) -> set[str]:
    """Stretches of the text, each as long as it can be, that occur in the other."""
    runs, at = set(), 0
    while at + SHORTEST_RUN <= len(text):
        if text[at : at + SHORTEST_RUN] not in other:
            at += 1
            continue
        end = at + SHORTEST_RUN
        while end < len(text) and text[at : end + 1] in other:
            end += 1
        run = text[at:end].strip()
        if len(run) >= SHORTEST_RUN:
            runs.add(run)
        at = end
    return runs


def _agreement(numbers: frozenset[str], others: frozenset[str]) -> float:
    """Of numbers with two digits and more: 1 when one is shared, -1 when both have some and share none."""
    if not numbers or not others:
        return 0.0
    return 1.0 if numbers & others else -1.0
