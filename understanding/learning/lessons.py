"""Lessons: texts with the category that a person gave them; which of them are near copies, and how they are parted."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from understanding.learning.grams import Numbers, hash_grams
from understanding.text_forms import normalise

_STRETCH = 6
_SIGNS = 16
_ALIKE = 6
_TOO_COMMON = 50


@dataclass(frozen=True, slots=True)
class Lesson:
    text: str
    category_id: str


def part_in_folds(texts: Sequence[str], folds: int, *, seed: int = 7) -> Numbers:
    """A fold number for each text; near-identical texts share one, so that copies never straddle a split."""
    groups = group_alike([normalise(each) for each in texts])
    names, numbers = np.unique(groups, return_inverse=True)
    order = np.random.default_rng(seed).permutation(len(names))
    found: Numbers = (order % folds)[numbers].astype(np.int64)
    return found


def group_alike(texts: Sequence[str]) -> Numbers:
    """The same number for texts that share much of their wording: of sixteen signs (least hashes) at least six."""
    first_of = {text: number for number, text in reversed(list(enumerate(texts)))}
    parents = [first_of[text] for text in texts]
    signs = {number: _signs_of(text) for text, number in first_of.items()}
    owners: dict[int, list[int]] = defaultdict(list)
    for number, own in signs.items():
        for sign in own:
            owners[sign].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for sharers in owners.values():
        if len(sharers) <= _TOO_COMMON:
            shared.update(combinations(sharers, 2))
    for (first, second), count in shared.items():
        if count >= min(_ALIKE, len(signs[first]), len(signs[second])):
            parents[_root(parents, second)] = _root(parents, first)
    return np.array([_root(parents, each) for each in range(len(texts))], np.int64)


def _signs_of(text: str) -> list[int]:
    bare = "".join(each for each in text if each.isalnum())
    grams = hash_grams(bare, _STRETCH)
    fitting = next((each for each in reversed(grams) if len(each)), None)
    return [] if fitting is None else [int(each) for each in np.unique(fitting)[:_SIGNS]]


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number
