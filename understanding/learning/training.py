"""From lessons to a model, with figures on lessons that the judged model had not seen. Always the same for the same."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from understanding.learning.calibration import UNTRIED, Calibration, Doubles, calibrate
from understanding.learning.features import Counted, count_features, learn_weighing, weigh
from understanding.learning.figures import Figures, measure
from understanding.learning.grams import Numbers, WordList, read_words
from understanding.learning.lessons import Lesson, part_in_folds
from understanding.learning.linear_model import fit, weigh_evidence
from understanding.learning.text_model import TextModel
from understanding.text_forms import normalise

FEWEST = 20
"""Fewer lessons teach less than an admin's keywords say."""

_FOLDS = 5
# Few lessons are soon learned, and a tenth less of them is felt.
_FEW, _FOLDS_OF_FEW = 1000, 10
_RIDGE = 3.0
# What naive Bayes adds to ridge regression; both stay one linear model, as quick as either.
_SHARE_OF_EVIDENCE = 0.015
_LONG = 60
_BEGINNING = 28
# A long letter is a lesson twice: its beginning alone teaches how short messages speak.
_WORTH_OF_BEGINNING = 0.3


@dataclass(frozen=True, slots=True)
class Learned:
    """`unseen` are the guesses for each lesson by a model that had not seen it or its near copies."""

    model: TextModel
    figures: Figures
    unseen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pupil:
    """A lesson as a learner sees it."""

    whole: Counted
    beginning: Counted | None
    label: int


def may_learn(lessons: Sequence[Lesson]) -> bool:
    return len(lessons) >= FEWEST and len({each.category_id for each in lessons}) > 1


def learn(lessons: Sequence[Lesson], aids: Sequence[Lesson] = ()) -> Learned:
    """Trains, and tries the same training on parts of the lessons. Needs what `may_learn` asks for.

    `aids` are the admin's own words and examples: they are always learned from, and never counted in the figures.
    """
    categories = tuple(sorted({each.category_id for each in (*lessons, *aids)}))
    words = read_words()
    pupils = [_prepare(each, categories, words) for each in lessons]
    further = [_prepare(each, categories, words) for each in aids]
    folds = _FOLDS_OF_FEW if len(lessons) < _FEW else _FOLDS
    parts = part_in_folds([each.text for each in lessons], folds)
    trial = _try_on_unseen(pupils, parts, categories, words, further)
    calibration = calibrate(trial.scores, trial.features, trial.labels)
    count = len(lessons)
    shares = [
        calibration.probabilities(scores, features)
        for scores, features in zip(trial.scores[:count], trial.features[:count], strict=True)
    ]
    certainties = [calibration.certainty(*each) for each in zip(shares, trial.scores[:count], strict=True)]
    unseen = tuple(categories[int(each.argmax())] for each in shares)
    truths = [each.category_id for each in lessons]
    figures = measure(truths, unseen, certainties)
    return Learned(_train([*pupils, *further], categories, words, calibration), figures, unseen)


@dataclass(frozen=True, slots=True)
class _Trial:
    """Scores on unseen lessons: all whole texts in order, then the beginnings of long ones."""

    scores: Doubles
    features: Doubles
    labels: Numbers


def _try_on_unseen(
    pupils: Sequence[_Pupil], parts: Numbers, categories: tuple[str, ...], words: WordList, aids: list[_Pupil]
) -> _Trial:
    scores = np.zeros((2 * len(pupils), len(categories)))
    features = np.zeros(2 * len(pupils))
    for part in np.unique(parts):
        seen = [pupil for pupil, own in zip(pupils, parts, strict=True) if own != part]
        model = _train([*seen, *aids], categories, words)
        for number in map(int, np.flatnonzero(parts == part)):
            for row, counted in _rows(pupils, number):
                judged = model.judge(counted)
                scores[row], features[row] = judged.scores, judged.features
    tried = [True] * len(pupils) + [each.beginning is not None for each in pupils]
    labels = np.array([each.label for each in pupils] * 2, np.int64)
    return _Trial(scores[tried], features[tried], labels[tried])


def _rows(pupils: Sequence[_Pupil], number: int) -> list[tuple[int, Counted]]:
    whole, beginning = pupils[number].whole, pupils[number].beginning
    return [(number, whole)] + ([(number + len(pupils), beginning)] if beginning else [])


def _train(
    pupils: Sequence[_Pupil],
    categories: tuple[str, ...],
    words: WordList,
    calibration: Calibration = UNTRIED,
) -> TextModel:
    labels = np.array([each.label for each in pupils], np.int64)
    weighing = learn_weighing([each.whole for each in pupils], labels, len(categories))
    long = [each for each in pupils if each.beginning is not None]
    counted = [each.whole for each in pupils] + [each.beginning for each in long if each.beginning]
    importance = np.repeat(np.array([1, _WORTH_OF_BEGINNING], np.float32), [len(pupils), len(long)])
    vectors = [weigh(each, weighing) for each in counted]
    owners = np.concatenate((labels, np.array([each.label for each in long], np.int64)))
    shape = {"classes": len(categories), "size": len(weighing.weights)}
    coefficients, offsets = fit(vectors, owners, ridge=_RIDGE, importance=importance, **shape)
    coefficients += _SHARE_OF_EVIDENCE * weigh_evidence(vectors, owners, importance=importance, **shape)
    return TextModel(categories, weighing, coefficients, offsets, calibration, words)


def _prepare(lesson: Lesson, categories: tuple[str, ...], words: WordList) -> _Pupil:
    text = normalise(lesson.text)
    beginning = count_features(text[:_BEGINNING], words) if len(text) > _LONG else None
    return _Pupil(count_features(text, words), beginning, categories.index(lesson.category_id))
