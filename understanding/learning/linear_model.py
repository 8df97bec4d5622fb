"""A linear model of several classes: how it is fitted, by two methods. Features and calibration are elsewhere."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from understanding.learning.features import Vector
from understanding.learning.grams import Numbers

Floats = npt.NDArray[np.float32]

_ROUNDS = 5
# How much of a feature each class is taken to have had before the first lesson.
_NEVER_QUITE_ABSENT = 0.004


def fit(
    vectors: Sequence[Vector],
    labels: Numbers,
    *,
    classes: int,
    size: int,
    ridge: float,
    importance: Floats,
    rounds: int = _ROUNDS,
    seed: int = 7,
) -> tuple[Floats, Floats]:
    """Weights by place and class, and the classes' offsets. `importance` is of each lesson.

    Ridge regression of +1 and -1 for all classes at once, solved in the dual a lesson at a time
    (Shalev-Shwartz and Zhang 2013). Rare classes count more, by the root of their share. The order is fixed by the
    seed, so that the same lessons give the same model.
    """
    targets = np.where(np.arange(classes) == labels[:, None], 1.0, -1.0).astype(np.float32)
    rarity = np.bincount(labels, minlength=classes)[labels] ** -0.5
    importance = (importance * rarity / (importance * rarity).mean()).astype(np.float32)
    offsets = np.average(targets, axis=0, weights=importance).astype(np.float32)
    targets -= offsets
    slack = (ridge / importance).astype(np.float32)
    steps = np.array([float(each.values @ each.values) for each in vectors], np.float32) + slack
    weights = np.zeros((size, classes), np.float32)
    # The same memory with a row as one thing: taking and putting whole rows is several times faster.
    whole = weights.view(np.dtype((np.void, 4 * classes))).ravel()
    duals = np.zeros_like(targets)
    order = np.random.default_rng(seed)
    for _ in range(rounds):
        for index in order.permutation(len(vectors)):
            each = vectors[index]
            rows = weights.take(each.places, axis=0)
            change = (targets[index] - each.values @ rows - slack[index] * duals[index]) / steps[index]
            duals[index] += change
            rows += np.multiply.outer(each.values, change)
            np.put(whole, each.places, rows.view(whole.dtype).ravel())
    return weights, offsets


def weigh_evidence(
    vectors: Sequence[Vector], labels: Numbers, *, classes: int, size: int, importance: Floats
) -> Floats:
    """How much likelier each feature is in a class than in the others, as a logarithm: multinomial naive Bayes.

    Alone it sorts worse than ridge regression; it errs elsewhere, for it looks at each feature by itself.
    """
    places = np.concatenate([each.places for each in vectors])
    lengths = [len(each.places) for each in vectors]
    values = np.concatenate([each.values for each in vectors]) * np.repeat(importance, lengths)
    cells = places * np.int64(classes) + np.repeat(labels, lengths)
    had = np.bincount(cells, values, size * classes).reshape(size, classes) + _NEVER_QUITE_ABSENT
    likelihood = np.log(had / had.sum(axis=0))
    evidence: Floats = (likelihood - likelihood.mean(axis=1, keepdims=True)).astype(np.float32)
    evidence[0] = 0
    return evidence


def score(vector: Vector, weights: Floats, offsets: Floats) -> Floats:
    """One number a class; the highest is the best."""
    scores: Floats = vector.values @ weights.take(vector.places, axis=0) + offsets
    return scores
