"""What a learner sees of a text: weighed characters, words and families in fields, as places in one long vector.

Weights come from the lessons; the numbers of places are fixed, so that a model is only arrays.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from understanding.learning.grams import Found, Hashes, Numbers, WordList, hash_grams, mask_names

Floats = npt.NDArray[np.float32]

LEAD = 40
"""Characters at the beginning, where people say what it is about."""


@dataclass(frozen=True, slots=True)
class Field:
    """A kind of feature. `share` is its length in the whole vector, `least` how many lessons must have a feature."""

    name: str
    size: int
    share: float
    least: int


_BITS = {1: 14, 2: 17, 3: 19}
_LEAD_BITS = 16
FIELDS = (
    Field("characters", 1 << _BITS[1], 1.0, 2),
    Field("pairs", 1 << _BITS[2], 1.0, 3),
    Field("triples", 1 << _BITS[3], 0.7, 3),
    Field("leading pairs", 1 << _LEAD_BITS, 0.7, 3),
    Field("words", 1 << 12, 1.2, 1),
    Field("leading words", 1 << 12, 0.55, 1),
    Field("families", 1 << 7, 0.7, 1),
    # The same pairs and triples once more, weighed by how much they tell about the category.
    Field("telling pairs", 1 << _BITS[2], 0.7, 3),
    Field("telling triples", 1 << _BITS[3], 0.7, 3),
)
STARTS = np.cumsum([0, *(each.size for each in FIELDS)])
SIZE = int(STARTS[-1])
WORDS_START = int(STARTS[4])
"""Where the known words begin, by their number in the list."""

_SHARES = np.array([each.share for each in FIELDS], np.float32)
_PAIRS, _TRIPLES_END, _TELLING = 1, 3, 7
_NOTHING = np.zeros(1, np.float32)
_AT = tuple(map(int, STARTS))
_PAIRS_AND_TRIPLES = STARTS[[_PAIRS, _TRIPLES_END]]
# Below so many lessons a feature that stood in two of them must do.
_FEW = 1000
_TELLING_SHIFT = int(STARTS[_TELLING] - STARTS[_PAIRS])


@dataclass(frozen=True, slots=True)
class Counted:
    """Places and how often each was there, places ascending; those of the telling fields follow."""

    places: Numbers
    counts: Floats


@dataclass(frozen=True, slots=True)
class Vector:
    """`places` are rows of a `Weighing`."""

    places: npt.NDArray[np.int32]
    values: Floats


def count_features(text: str, words: WordList) -> Counted:
    """`text` is normalised."""
    grams = hash_grams(mask_names(text))
    return count_grams(grams, words.find_all(grams), words)


def count_grams(grams: Sequence[Hashes], found: Found, words: WordList) -> Counted:
    """The same of all grams of a masked text and the words that were found among them."""
    families = words.families[found.numbers].ravel()
    parts: tuple[Numbers, ...] = (
        *(_bucket(grams[n - 1], _BITS[n], n - 1) for n in (1, 2, 3)),
        _bucket(grams[1][: LEAD - 1], _LEAD_BITS, 3),
        found.numbers + _AT[4],
        found.numbers[found.starts + found.lengths <= LEAD] + _AT[5],
        families[families >= 0] + _AT[6],
    )
    every: Numbers = np.concatenate(parts)
    if not len(every):
        return Counted(every, every.astype(np.float32))
    every.sort()
    edges = np.concatenate(((0,), (every[1:] != every[:-1]).nonzero()[0] + 1, (len(every),)))
    places, counts = every[edges[:-1]], (edges[1:] - edges[:-1]).astype(np.float32)
    first, last = places.searchsorted(_PAIRS_AND_TRIPLES)
    return Counted(
        np.concatenate((places, places[first:last] + _TELLING_SHIFT)),
        np.concatenate((counts, counts[first:last])),
    )


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the lessons say about features: a row for each place that counts. Row 0 is for all that do not; weight 0."""

    rows: npt.NDArray[np.int32]
    weights: Floats

    @property
    def places(self) -> Numbers:
        """The places that count, in the order of their rows from 1 on."""
        return np.flatnonzero(self.rows)


def weighing_of(places: Numbers, weights: Floats) -> Weighing:
    """`places` ascending, `weights` theirs."""
    rows = np.zeros(SIZE, np.int32)
    rows[places] = np.arange(1, len(places) + 1)
    return Weighing(rows, np.concatenate((_NOTHING, weights)))


def weigh(counted: Counted, weighing: Weighing) -> Vector:
    """Each field is brought to its share of the vector; features that no lesson had are left out."""
    rows = weighing.rows[counted.places]
    known = rows.nonzero()[0]
    rows, places = rows[known], counted.places[known]
    values = weighing.weights[rows] * (1 + np.log(counted.counts[known]))
    bounds = places.searchsorted(STARTS)
    # In doubles: the last fields' sums are small beside the first's.
    sums = np.zeros(len(values) + 1)
    np.cumsum(values * values, dtype=np.float64, out=sums[1:])
    sums = sums[bounds]
    scale = _SHARES / np.maximum(np.sqrt(sums[1:] - sums[:-1]), 1e-6)
    values *= np.repeat(scale, bounds[1:] - bounds[:-1])
    return Vector(rows, values)


def learn_weighing(counted: Sequence[Counted], labels: Numbers, classes: int) -> Weighing:
    """Rare features weigh more (inverse document frequency); telling ones by their divergence from the average.

    The divergence is Kullback and Leibler's of a feature's categories from all lessons' categories, smoothed.
    """
    every = np.concatenate([each.places for each in counted])
    total = np.bincount(every, minlength=SIZE)
    least = np.repeat([each.least for each in FIELDS], [each.size for each in FIELDS])
    if len(counted) < _FEW:
        least = np.minimum(least, 2)
    places = np.flatnonzero(total >= least)
    weights = np.log((len(counted) + 1) / (total[places] + 1)) + 1
    rows = weighing_of(places, weights.astype(np.float32)).rows
    owners = np.repeat(labels, [len(each.places) for each in counted])
    seen = np.bincount(rows[every] * classes + owners, minlength=(len(places) + 1) * classes)
    telling = places >= STARTS[_TELLING]
    prior = np.bincount(labels, minlength=classes) / len(labels)
    weights[telling] = _divergence(seen.reshape(-1, classes)[1:][telling], prior)
    return weighing_of(places, weights.astype(np.float32))


def _divergence(seen: npt.NDArray[np.int64], prior: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    smoothed = np.maximum(prior, 1e-3)
    classes = len(prior)
    shares = (seen + classes * smoothed) / (seen.sum(axis=1, keepdims=True) + classes * smoothed.sum())
    divergence: npt.NDArray[np.float64] = (shares * np.log(shares / smoothed)).sum(axis=1)
    return np.maximum(divergence, 0)


def _bucket(hashes: Hashes, bits: int, field: int) -> Numbers:
    return (hashes >> np.uint64(64 - bits)).view(np.int64) + _AT[field]
