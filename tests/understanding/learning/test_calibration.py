"""How sure a best guess is: what its lessons came to, whatever they were."""

import numpy as np
import pytest

from understanding.learning.calibration import Calibration, Doubles, calibrate, expected_error

LESSONS = 400


def scores_of(*, rivals: Doubles) -> Doubles:
    """Of three categories: the first is always a third above its rival, the last does not fit."""
    return np.column_stack((rivals + 0.3, rivals, np.full(len(rivals), -1.0)))


def certainties_of(calibration: Calibration, scores: Doubles) -> list[float]:
    return [calibration.certainty(calibration.probabilities(each, 400), each) for each in scores]


def test_best_whose_rival_fits_too_is_less_sure_when_lessons_say_so() -> None:
    rivals = np.tile([-0.8, 0.2], LESSONS // 2)
    right = np.where(rivals < 0, True, np.arange(LESSONS) % 4 < 2)
    scores = scores_of(rivals=rivals)

    calibration = calibrate(scores, np.full(LESSONS, 400.0), np.where(right, 0, 1))
    alone, with_rival = certainties_of(calibration, scores[:2])

    assert alone > 0.95
    assert with_rival == pytest.approx(0.5, abs=0.05)
    assert expected_error(certainties_of(calibration, scores), right.tolist()) < 0.02


@pytest.mark.parametrize("label", [0, 1, 2])
@pytest.mark.parametrize("lessons", [20, LESSONS])
def test_lessons_that_were_all_right_or_all_wrong_still_give_a_share(label: int, lessons: int) -> None:
    scores = scores_of(rivals=np.linspace(-1, 1, lessons))

    calibration = calibrate(scores, np.full(lessons, 40.0), np.full(lessons, label))
    certainties = certainties_of(calibration, scores)

    assert all(0 < each < 1 for each in certainties)
    assert (np.mean(certainties) > 0.5) == (label == 0)


def test_untried_scores_are_as_sure_as_their_share() -> None:
    scores = np.array([0.1, 0.9, -0.4])
    calibration = Calibration(2.0, 0.1)
    shares = calibration.probabilities(scores, 100)

    assert calibration.certainty(shares, scores) == pytest.approx(shares.max())
