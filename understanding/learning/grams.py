"""Short stretches of a text as numbers: hashes of every one to seven characters, and the known words among them.

The words lie in `civic_words.txt`, a family a line with its name first. They were written down from what departments
and buildings deal with; they carry no category, and a model learns for itself what they mean to a town.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]

LONGEST_WORD = 7
WORDS_FILE = Path(__file__).with_name("civic_words.txt")
_LETTERS = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_DIGITS = re.compile(r"[0-9]+")
# Odd constants with well-spread bits: the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
_SEED = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT = np.uint64(29)
_FIRST_BITS = np.uint64(48)
_ALL_BITS = (1 << 64) - 1


def mask_names(text: str) -> str:
    """Numbers and Latin letters name places, flats and people; only that there was one is kept."""
    return _DIGITS.sub("0", _LETTERS.sub("A", text))


def hash_grams(text: str, longest: int = LONGEST_WORD) -> tuple[Hashes, ...]:
    """For each length from 1 on, one hash a position; lengths that do not fit have none."""
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)
    found: list[Hashes] = []
    hashes: Hashes = np.full(len(codes), _SEED)
    for length in range(1, longest + 1):
        if length > len(codes):
            found.append(codes[:0])
            continue
        hashes = (hashes[: len(codes) - length + 1] ^ codes[length - 1 :]) * _MIX
        hashes = hashes ^ (hashes >> _SHIFT)
        found.append(hashes)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Found:
    """The known words of a text, once for each time they stand there: number in the list, first letter, length."""

    numbers: Numbers
    starts: Numbers
    lengths: Numbers


@dataclass(frozen=True, slots=True)
class WordList:
    """`hashes` are sorted; `families` has up to two family numbers a word, -1 where there is none.

    `beginnings` says for every first sixteen bits whether a known hash begins so: most of a text is no word.
    """

    hashes: Hashes
    beginnings: npt.NDArray[np.bool_]
    families: Numbers

    def find_all(self, grams: Sequence[Hashes]) -> Found:
        """`grams` are all of a text's own, from length 1 on; the words come by length, then by place."""
        every = np.concatenate(grams)
        likely = self.beginnings[every >> _FIRST_BITS].nonzero()[0]
        hashes = every[likely]
        at = self.hashes.searchsorted(hashes)
        known = self.hashes.take(at, mode="clip") == hashes
        where, sizes = likely[known], [len(each) for each in grams]
        ends = np.cumsum(sizes)
        lengths = ends.searchsorted(where, side="right")
        return Found(at[known], where - (ends - sizes)[lengths], lengths + 1)


@cache
def read_words() -> WordList:
    """About four thousand words; takes some hundredths of a second."""
    families: dict[int, list[int]] = {}
    for number, line in enumerate(WORDS_FILE.read_text(encoding="utf-8").splitlines()):
        for word in map(mask_names, line.split()[1:]):
            if len(word) <= LONGEST_WORD:
                families.setdefault(_hash_word(word), []).append(number)
    ordered = sorted(families)
    hashes = np.array(ordered, np.uint64)
    beginnings = np.zeros(1 << 16, np.bool_)
    beginnings[hashes >> _FIRST_BITS] = True
    table = np.array([(*families[each], -1)[:2] for each in ordered], np.int64)
    return WordList(hashes, beginnings, table)


# In plain numbers, because a word at a time is too little for arrays.
def _hash_word(word: str) -> int:
    value = int(_SEED)
    for letter in word:
        value = ((value ^ ord(letter)) * int(_MIX)) & _ALL_BITS
        value ^= value >> int(_SHIFT)
    return value
