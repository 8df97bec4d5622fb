"""Which characters a telling is written with, and how often: roughly what it is about, whatever words it chooses.

Pairs of characters, which name places and people, are in `matter_words`.
"""

import math
from array import array
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field

CODES = 1 << 16
"""What lies above is left out: emoji, and characters that hardly anybody can type."""
_MOST_TIMES = 255
_REFRESH = 1.02
_LEAST_LEFT = 0.05

# How much it counts that a character is written once, twice, … : one and the logarithm, the usual damping.
_DAMPED = (0.0, *(1 + math.log(times) for times in range(1, _MOST_TIMES + 1)))


@dataclass(frozen=True, slots=True)
class Written:
    """Each character once, and in the same order how often it is written."""

    codes: "array[int]"
    times: bytes


@dataclass(frozen=True, slots=True)
class Measured:
    """What each character weighs just now, by its code, and the length of it all."""

    amounts: dict[int, float]
    length: float


def written_of(text: str) -> Written:
    counted = [(ord(each), min(times, _MOST_TIMES)) for each, times in Counter(text).items() if each != " "]
    kept = [(code, times) for code, times in counted if code < CODES]
    return Written(array("H", [code for code, _ in kept]), bytes(times for _, times in kept))


@dataclass(slots=True)
class Characters:
    """How many tellings held each character; a rare one weighs more."""

    told: int = 0
    _held_by: "array[int]" = field(default_factory=lambda: array("I", [0]) * CODES)
    _weights: list[float] = field(default_factory=lambda: [1.0, 1.0])
    _weighed_at: float = 0.0

    def learn(self, written: Written) -> None:
        self.told += 1
        for code in written.codes:
            self._held_by[code] += 1

    def measure(self, written: Written) -> Measured:
        held_by, weights = self._held_by, self._weigh()
        amounts = {
            code: weights[held_by[code]] * _DAMPED[times]
            for code, times in zip(written.codes, written.times, strict=True)
        }
        return Measured(amounts, math.sqrt(sum([each * each for each in amounts.values()])) or 1.0)

    def _weigh(self) -> list[float]:
        """By the number of tellings that held it; made anew after every fiftieth part more."""
        if self.told > self._weighed_at * _REFRESH:
            self._weighed_at = self.told
            most = int(self.told * _REFRESH) + 2
            self._weights = [1 + math.log(max((self.told + 1) / (held + 1), 1.0)) for held in range(most)]
        return self._weights


def alike(one: Measured, two: Measured) -> float:
    """The cosine: 0 where no character is shared, 1 where all are, as often."""
    theirs = two.amounts
    shared = sum([amount * theirs[code] for code, amount in one.amounts.items() if code in theirs])
    return shared / (one.length * two.length)


def alike_besides(one: Measured, two: Measured, *, name: Set[int]) -> float:
    """The same without the characters of a name, given by their codes: 0 where nothing else is written."""
    theirs = two.amounts
    left = [(code, amount) for code, amount in one.amounts.items() if code not in name]
    shared = sum([amount * theirs[code] for code, amount in left if code in theirs])
    lost = sum([theirs[code] ** 2 for code in name if code in theirs])
    rest = max(two.length**2 - lost, _LEAST_LEFT * two.length**2)
    return shared / (math.sqrt(sum([amount * amount for _, amount in left]) * rest) or 1.0)
