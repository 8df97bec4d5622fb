"""How alike two tellings of some length are, in numbers. What the numbers weigh lies in `letter_weights`; lines of a
chat are judged in `chat_likeness`.
"""

import math
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from understanding.characters import Characters, Measured, alike, alike_besides
from understanding.incidents.matter_words import Vocabulary, Words

SHORTEST_LETTER = 40
"""Letters without punctuation; where either telling is shorter, the two are compared as lines of a chat."""
SHORTEST_RUN = 4
LONGEST_NAME = 14
"""Letters: a longer run that both share is no name of a place but a copied sentence."""
_NOTHING = 1e-9

FEATURES = (
    "root_of_whole",
    "head_in_other",
    "head_in_other_less",
    "longest_run",
    "runs",
    "weight_of_runs",
    "days",
    "shorter",
    "length_apart",
    "characters",
    "head_characters",
)


@dataclass(frozen=True, slots=True)
class Weighing:
    """What pairs weigh just now."""

    held_by: "array[int]"
    weights: list[float]

    def of(self, pairs: Iterable[int]) -> float:
        held_by, weights = self.held_by, self.weights
        return sum([weights[held_by[each]] for each in pairs])

    def in_order(self, pairs: Iterable[int | None]) -> list[float]:
        """One by one; 0 for what is no pair."""
        held_by, weights = self.held_by, self.weights
        return [0.0 if each is None else weights[held_by[each]] for each in pairs]


@dataclass(frozen=True, slots=True)
class Asked:
    """A telling that is being looked for, with what every comparison needs. `begins` are its stretches of the shortest
    length that counts as a run, in their order; `weighed` tells for each place what the pairs before it weigh."""

    words: Words
    pairs: frozenset[int]
    head: frozenset[int]
    weighing: Weighing
    total: float
    measured: Measured
    measured_head: Measured
    begins: tuple[str, ...]
    weighed: tuple[float, ...]

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


def ask(words: Words, vocabulary: Vocabulary) -> Asked:
    weighing = Weighing(vocabulary.held_by, vocabulary.weights())
    pairs = frozenset(words.pairs)
    characters, text = vocabulary.characters, words.text
    return Asked(
        words=words,
        pairs=pairs,
        head=frozenset(words.head),
        weighing=weighing,
        total=weighing.of(pairs),
        measured=characters.measure(words.written),
        measured_head=characters.measure(words.head_written),
        begins=tuple(text[at : at + SHORTEST_RUN] for at in range(len(text) - SHORTEST_RUN + 1)),
        weighed=tuple(accumulate(weighing.in_order(vocabulary.number_pairs(text)), initial=0.0)),
    )


def compare(asked: Asked, other: Words, vocabulary: Vocabulary) -> Compared:
    weigh, words = asked.weighing.of, asked.words
    shared = asked.pairs.intersection(other.pairs)
    other_head = frozenset(other.head)
    runs = _weigh_runs(_shared_runs(asked, other.text))
    whole = weigh(shared) / math.sqrt(asked.total * weigh(other.pairs) + _NOTHING)
    values = (
        math.sqrt(whole),
        *_compare_heads(asked, other_head, shared),
        math.log1p(runs.longest),
        math.log1p(runs.count),
        math.log1p(runs.weight),
        *_compare_sizes(words, other),
        *_compare_characters(asked, other, vocabulary.characters, name=runs.name),
    )
    return Compared(values, runs.name)


def _compare_heads(asked: Asked, other_head: frozenset[int], shared: frozenset[int]) -> tuple[float, float]:
    """How much of either headline is found in the other telling, the greater share first."""
    weigh = asked.weighing.of
    here = weigh(shared & asked.head) / (weigh(asked.head) + _NOTHING)
    there = weigh(shared & other_head) / (weigh(other_head) + _NOTHING)
    return max(here, there), min(here, there)


def _compare_sizes(words: Words, other: Words) -> tuple[float, float, float]:
    """Days between, length of the shorter, how far apart the lengths are."""
    length, other_length = max(len(words.text), 1), max(len(other.text), 1)
    return (
        math.log1p(abs(words.day - other.day)),
        math.log(min(length, other_length)),
        abs(math.log(length / other_length)),
    )


def _compare_characters(
    asked: Asked, other: Words, characters: Characters, *, name: str
) -> tuple[float, float]:
    """What either is about in the roughest form, and whether a headline besides the name is about the other telling."""
    whole, named = characters.measure(other.written), set(map(ord, name))
    return (
        alike(asked.measured, whole),
        max(
            alike_besides(asked.measured_head, whole, name=named),
            alike_besides(characters.measure(other.head_written), asked.measured, name=named),
        ),
    )


def _weigh_runs(runs: dict[str, float]) -> _Runs:
    name, heaviest = "", 0.0
    for run, weight in sorted(runs.items()):
        if len(run) <= LONGEST_NAME and weight > heaviest:
            name, heaviest = run, weight
    return _Runs(max(map(len, runs), default=0), len(runs), sum(runs.values()), name)


def _shared_runs(asked: Asked, other: str) -> dict[str, float]:
    """Stretches of what is asked for, each as long as it can be, that occur in the other, with what they weigh."""
    text, size = asked.words.text, SHORTEST_RUN
    # Asking a set is cheaper than looking through the other text at every letter.
    begins = {other[start : start + size] for start in range(len(other) - size + 1)}
    runs, end = {}, 0
    for at in [at for at, begin in enumerate(asked.begins) if begin in begins]:
        if at < end:
            continue
        end = at + size
        while end < len(text) and text[at : end + 1] in other:
            end += 1
        run = text[at:end].strip()
        if len(run) >= size:
            runs[run] = asked.weighed[end - 1] - asked.weighed[at]
    return runs
