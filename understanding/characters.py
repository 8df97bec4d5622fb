"""Which characters a telling is written with, and how often: roughly what it is about, whatever words it chooses.

Pairs of characters, which name places and people, are in `matter_words`.
"""

import math
from array import array
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

CODES = 1 << 16
"""What lies above is left out: emoji, and characters that hardly anybody can type."""
_MOST_TIMES = 255
_REFRESH = 1.02
_LEAST_LEFT = 0.05

Floats = npt.NDArray[np.float32]

# How much it counts that a character is written once, twice, … : one and the logarithm, the usual damping.
_DAMPED = np.array([0.0, *(1 + math.log(times) for times in range(1, _MOST_TIMES + 1))], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Written:
    """Each character once, and in the same order how often it is written."""

    codes: "array[int]"
    times: bytes


def written_of(text: str) -> Written:
    counted = [(ord(each), times) for each, times in Counter(text).items() if each != " "]
    kept = [(code, min(times, _MOST_TIMES)) for code, times in counted if code < CODES]
    return Written(array("H", [code for code, _ in kept]), bytes(times for _, times in kept))


@dataclass(slots=True)
class Characters:
    """How many tellings held each character; a rare one weighs more."""

    told: int = 0
    _held_by: npt.NDArray[np.int32] = field(default_factory=lambda: np.zeros(CODES, dtype=np.int32))
    _weights: Floats = field(default_factory=lambda: np.ones(CODES, dtype=np.float32))
    _weighed_at: int = 0

    def learn(self, written: Written) -> None:
        self.told += 1
        self._held_by[_codes(written)] += 1

    def refresh(self) -> None:
        """Weighs anew after every fiftieth part more, so that a look-up rarely pays for it."""
        if self.told > self._weighed_at * _REFRESH:
            self._weighed_at = self.told
            self._weights = (1 + np.log((self.told + 1.0) / (self._held_by + 1.0))).astype(np.float32)

    def spread(self, written: Written) -> Floats:
        """By code, of length one: what others are compared with."""
        spread = np.zeros(CODES, dtype=np.float32)
        amounts = self._amounts(written)
        spread[_codes(written)] = amounts / (math.sqrt(float(amounts @ amounts)) or 1.0)
        return spread

    def compare(self, written: Written, spread: Floats) -> float:
        """The cosine: 0 where no character is shared, 1 where all are, as often."""
        amounts = self._amounts(written)
        return float(amounts @ spread[_codes(written)]) / (math.sqrt(float(amounts @ amounts)) or 1.0)

    def compare_besides(self, written: Written, spread: Floats, *, name: str) -> float:
        """The same without the characters of a name: 0 where nothing else is written."""
        named = {ord(each) for each in name if ord(each) < CODES}
        kept = [
            (code, times)
            for code, times in zip(written.codes, written.times, strict=True)
            if code not in named
        ]
        if not kept:
            return 0.0
        rest = Written(array("H", [code for code, _ in kept]), bytes(times for _, times in kept))
        lost = spread[list(named)]
        return self.compare(rest, spread) / math.sqrt(max(1 - float(lost @ lost), _LEAST_LEFT))

    def _amounts(self, written: Written) -> Floats:
        times = np.frombuffer(written.times, dtype=np.uint8)
        amounts: Floats = self._weights[_codes(written)] * _DAMPED[times]
        return amounts


def _codes(written: Written) -> npt.NDArray[np.uint16]:
    return np.frombuffer(written.codes, dtype=np.uint16)
