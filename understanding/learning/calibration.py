"""How sure a score is: turns a model's scores into probabilities that come true as often as they say."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]

_SHARPNESS = np.geomspace(0.5, 16.0, 41)
_GROWTHS = np.linspace(-0.3, 0.6, 19)
_USUAL = 400.0
"""Features of a text of middle length, where `growth` changes nothing."""


# Weights are held to what changes nothing as if by so much; Newton's steps converge in far fewer rounds.
_CAUTION, _STEPS = 1.0, 30
_NEVER_CERTAIN = 1e-9


@dataclass(frozen=True, slots=True)
class Calibration:
    """`sharpness` multiplies scores before the softmax; it grows with the text's features by the power `growth`.

    A softmax sees only how far scores lie apart. How sure the best is also depends on how well its rival fits: the
    log-odds of the best are multiplied by `trust`, and `rivalry` times the second score and `level` are added.
    """

    sharpness: float
    growth: float
    trust: float = 1.0
    rivalry: float = 0.0
    level: float = 0.0

    def probabilities(self, scores: npt.NDArray[np.floating], features: float) -> Doubles:
        """Of all categories, to see which are worth asking about; how sure the best is says `certainty`."""
        return softmax(scores * (self.sharpness * (max(features, 1) / _USUAL) ** self.growth))

    def certainty(self, shares: Doubles, scores: npt.NDArray[np.floating]) -> float:
        """How often the best of the `shares`, which these `scores` had, is the right one."""
        rival = float(np.partition(scores, -2)[-2])
        odds = self.trust * _log_odds(float(shares.max())) + self.rivalry * rival + self.level
        return _likelihood(odds)


UNTRIED = Calibration(1.0, 0.0)


def calibrate(scores: Doubles, features: Doubles, labels: npt.NDArray[np.int64]) -> Calibration:
    """What makes scores on unseen lessons likeliest; the same data give the same. At least two categories."""
    pairs = [(sharpness, growth) for growth in _GROWTHS for sharpness in _SHARPNESS]
    lengths = np.maximum(features, 1) / _USUAL
    losses = [_loss(scores * (sharpness * lengths**growth)[:, None], labels) for sharpness, growth in pairs]
    sharpness, growth = map(float, pairs[int(np.argmin(losses))])
    shares = softmax(scores * (sharpness * lengths**growth)[:, None])
    odds = np.array([_log_odds(each) for each in shares.max(axis=1).tolist()])
    rivals = np.partition(scores, -2, axis=1)[:, -2]
    trust, rivalry, level = _fit_certainty(odds, rivals, shares.argmax(axis=1) == labels)
    return Calibration(sharpness, growth, trust, rivalry, level)


def _fit_certainty(odds: Doubles, rivals: Doubles, was_right: npt.NDArray[np.bool_]) -> list[float]:
    """Logistic regression by Newton's method, held to the softmax as it is: few lessons change little of it."""
    seen = np.column_stack((odds, rivals, np.ones(len(odds))))
    as_it_is = np.array([1.0, 0.0, 0.0])
    weights = as_it_is
    for _ in range(_STEPS):
        sure = np.array([_likelihood(each) for each in (seen @ weights).tolist()])
        slope = seen.T @ (was_right - sure) - _CAUTION * (weights - as_it_is)
        bend = (seen.T * (sure * (1 - sure))) @ seen + _CAUTION * np.eye(len(as_it_is))
        weights = weights + np.linalg.solve(bend, slope)
    found: list[float] = weights.tolist()
    return found


def _log_odds(share: float) -> float:
    return math.log(share / max(1 - share, _NEVER_CERTAIN))


def _likelihood(odds: float) -> float:
    return 1 / (1 + math.exp(-odds)) if odds >= 0 else 1 - 1 / (1 + math.exp(odds))


def softmax(scores: npt.NDArray[np.floating]) -> Doubles:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True), dtype=np.float64)
    shares: Doubles = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def expected_error(certainties: Sequence[float], was_right: Sequence[bool], *, bins: int = 10) -> float:
    """Expected calibration error: the mean distance of certainty and success, over bins of equal width."""
    sure, right = np.asarray(certainties), np.asarray(was_right, dtype=np.float64)
    where = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [abs(sure[where == each].sum() - right[where == each].sum()) for each in range(bins)]
    return float(sum(gaps) / max(len(sure), 1))


def _loss(scores: Doubles, labels: npt.NDArray[np.int64]) -> float:
    highest = scores.max(axis=1)
    spread = np.log(np.exp(scores - highest[:, None]).sum(axis=1)) + highest
    return float((spread - scores[np.arange(len(labels)), labels]).mean())
