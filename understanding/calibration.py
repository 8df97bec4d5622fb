"""How sure a score is: turns a model's scores into probabilities that come true as often as they say."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]

_SHARPNESS = np.geomspace(0.5, 16.0, 41)
_GROWTHS = np.linspace(-0.3, 0.6, 19)
_USUAL = 400.0
"""Features of a text of middle length, where `growth` changes nothing."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """`sharpness` multiplies scores before the softmax; it grows with the text's features by the power `growth`."""

    sharpness: float
    growth: float

    def probabilities(self, scores: npt.NDArray[np.floating], features: float) -> Doubles:
        return softmax(scores * (self.sharpness * (max(features, 1) / _USUAL) ** self.growth))


UNTRIED = Calibration(1.0, 0.0)


def calibrate(scores: Doubles, features: Doubles, labels: npt.NDArray[np.int64]) -> Calibration:
    """The pair of a grid that makes scores on unseen lessons likeliest; the same data give the same pair."""
    pairs = [(sharpness, growth) for growth in _GROWTHS for sharpness in _SHARPNESS]
    lengths = np.maximum(features, 1) / _USUAL
    losses = [_loss(scores * (sharpness * lengths**growth)[:, None], labels) for sharpness, growth in pairs]
    sharpness, growth = pairs[int(np.argmin(losses))]
    return Calibration(float(sharpness), float(growth))


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
