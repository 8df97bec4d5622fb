"""How good guesses were: the figures that `liren learn` and `make understanding` print. Nothing is judged here."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from understanding.learning.calibration import expected_error


@dataclass(frozen=True, slots=True)
class CategoryFigures:
    """`precision` of those guessed so, `recall` of those that were so."""

    category_id: str
    lessons: int
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """`sure_accuracy` is of the surest four fifths; `calibration_error` is the expected calibration error, ten bins."""

    lessons: int
    accuracy: float
    macro_f1: float
    sure_accuracy: float
    calibration_error: float
    categories: tuple[CategoryFigures, ...]


def measure(truths: Sequence[str], guesses: Sequence[str], certainties: Sequence[float]) -> Figures:
    """All three in the same order, at least one. Macro-F1 is the plain mean over the categories of the truths."""
    right = [truth == guess for truth, guess in zip(truths, guesses, strict=True)]
    surest = sorted(range(len(right)), key=lambda each: -certainties[each])[: max(1, len(right) * 4 // 5)]
    categories = _by_category(truths, guesses)
    return Figures(
        lessons=len(right),
        accuracy=sum(right) / len(right),
        macro_f1=sum(each.f1 for each in categories) / len(categories),
        sure_accuracy=sum(right[each] for each in surest) / len(surest),
        calibration_error=expected_error(certainties, right),
        categories=categories,
    )


def _by_category(truths: Sequence[str], guesses: Sequence[str]) -> tuple[CategoryFigures, ...]:
    was, said = Counter(truths), Counter(guesses)
    right = Counter(truth for truth, guess in zip(truths, guesses, strict=True) if truth == guess)
    return tuple(
        CategoryFigures(each, was[each], right[each] / max(said[each], 1), right[each] / was[each])
        for each in sorted(was)
    )
