"""Finds the few tellings that are worth comparing among ten thousand, by rare letter pairs and by place.

How alike they are is judged in `incidents`. Lives in memory.
"""

import heapq
import math
from array import array
from collections.abc import Container, Iterable
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from understanding.incidents.letter_likeness import Asked
from understanding.incidents.matter_words import Vocabulary, Words

MOST_READ = 3_000
"""Entries of the index that one look-up reads, rarest letter pairs first."""
MOST_BY_WORDS = 24
MOST_NEARBY = 20
NEWEST_HERE = 30
"""Tellings of the very same place that are looked at whatever they say."""
MOST_READ_FOR_LINE = 500
NEWEST_FOR_LINE = 14
"""A line of a chat is about its own place or the next, and shares few letters with whatever it is about: the newest of
both places are looked at, and few others."""
_SOME_LETTERS = 20.0


@dataclass(frozen=True, slots=True)
class _Shared:
    """Tellings by key, and beside each the weight of the rare pairs that it shares."""

    keys: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.float64]

    def list_heaviest(self, most: int) -> list[int]:
        if len(self.keys) <= most:
            return [int(key) for key in self.keys]
        heaviest = np.argpartition(self.weights, -most)[-most:]
        return [int(key) for key in self.keys[heaviest]]

    def among(self, keys: Container[int], *, besides: Container[int] = ()) -> "_Shared":
        """Those of the one or the other."""
        kept = [key in keys or key in besides for key in self.keys.tolist()]
        return _Shared(self.keys[kept], self.weights[kept])


class MatterIndex:
    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self._told: dict[int, tuple[int, Words]] = {}
        self._by_number: dict[int, list[int]] = {}
        self._holding: dict[int, array[int]] = {}
        self._told_at: dict[str, dict[int, None]] = {}
        self._next = 0

    def __len__(self) -> int:
        """Matters, not tellings."""
        return len(self._by_number)

    def count_told(self, number: int) -> int:
        """How many tellings the matter has."""
        return len(self._by_number.get(number, ()))

    def add(self, number: int, words: Words) -> None:
        self.vocabulary.learn(words)
        key, self._next = self._next, self._next + 1
        self._told[key] = number, words
        self._by_number.setdefault(number, []).append(key)
        for pair in words.pairs:
            if pair not in self._holding:
                self._holding[pair] = array("I")
            self._holding[pair].append(key)
        for node_id in words.telling.path[:2]:
            self._told_at.setdefault(node_id, {})[key] = None

    def remove(self, number: int) -> None:
        """Everything told about the matter; what its words taught about how rare words are stays."""
        for key in self._by_number.pop(number, ()):
            _, words = self._told.pop(key)
            for pair in words.pairs:
                self._holding[pair].remove(key)
            for node_id in words.telling.path[:2]:
                del self._told_at[node_id][key]

    def rename(self, number: int, *, into: int) -> None:
        keys = self._by_number.pop(number, [])
        if keys:
            self._by_number.setdefault(into, []).extend(keys)
        for key in keys:
            self._told[key] = into, self._told[key][1]

    def list_candidates(self, asked: Asked, *, limit: int) -> list[tuple[int, Words]]:
        """Numbers of matters with one telling each, a matter perhaps twice: the most promising of the same place, then
        of all others; at most `limit` of both."""
        if asked.is_line and asked.words.telling.path:
            return self._list_for_line(asked, limit=limit)
        shared = self._read(asked, most=MOST_READ)
        here, nearby = self._list_places(asked.words.telling.path)
        keys = set(shared.list_heaviest(MOST_BY_WORDS))
        if nearby:
            keys.update(shared.among(nearby).list_heaviest(MOST_NEARBY))
        ranked = self._rank(asked, keys.difference(here), limit=limit)
        return [self._told[key] for key in (*self._rank(asked, here, limit=limit), *ranked)]

    def _list_for_line(self, asked: Asked, *, limit: int) -> list[tuple[int, Words]]:
        path = asked.words.telling.path
        here, nearby = self._told_at.get(path[0], {}), self._told_at.get(path[1], {}) if path[1:] else {}
        shared = self._read(asked, most=MOST_READ_FOR_LINE)
        keys = set(shared.among(here, besides=nearby).list_heaviest(NEWEST_FOR_LINE))
        for place in (here, nearby):
            keys.update(islice(reversed(place), NEWEST_FOR_LINE))
        own = [each for each in keys if each in here]
        ranked = self._rank(asked, keys.difference(own), limit=limit)
        return [self._told[key] for key in (*self._rank(asked, own, limit=limit), *ranked)]

    def _rank(self, asked: Asked, keys: Iterable[int], *, limit: int) -> list[int]:
        return heapq.nlargest(limit, keys, key=lambda key: (self._promise(asked, key), key))

    def _read(self, asked: Asked, *, most: int) -> _Shared:
        held_by, weights = asked.weighing.held_by, asked.weighing.weights
        holdings, amounts = [], []
        left = most
        for pair in sorted(asked.pairs, key=held_by.__getitem__):
            holding = self._holding.get(pair)
            if not holding:
                continue
            left -= len(holding)
            if left < 0:
                break
            holdings.append(np.frombuffer(holding, dtype=np.uint32))
            amounts.append(weights[held_by[pair]])
        if not holdings:
            return _Shared(np.zeros(0, dtype=np.uint32), np.zeros(0))
        keys, places = np.unique(np.concatenate(holdings), return_inverse=True)
        repeated = np.repeat(np.array(amounts), [len(each) for each in holdings])
        return _Shared(keys, np.bincount(places, weights=repeated).astype(np.float64))

    def _list_places(self, path: tuple[str, ...]) -> tuple[list[int], set[int]]:
        """The newest of the same place; all of the place above and of those beside it."""
        here = list(self._told_at.get(path[0], ()))[-NEWEST_HERE:] if path else []
        nearby = set(self._told_at.get(path[1], ())) if len(path) > 1 else set()
        return here, nearby

    def _promise(self, asked: Asked, key: int) -> float:
        """A quick look: shared words in the whole and in the headlines, for their length."""
        words = self._told[key][1]
        weigh = asked.weighing.of
        shared = asked.pairs.intersection(words.pairs)
        return (
            weigh(shared) / math.sqrt(len(words.pairs) + _SOME_LETTERS)
            + weigh(shared & asked.head) / (2 * math.sqrt(len(asked.head) + 1))
            + weigh(shared.intersection(words.head)) / (2 * math.sqrt(len(words.head) + 1))
        )
