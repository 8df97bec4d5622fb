"""Measures the learner on the letters in `../shared/data`, from a clean start.

`python -m understanding.learning.evaluation` exits 1 when a figure is missed. Every letter is guessed by a model that
saw neither it nor its near copies. The admin's keywords play no part here. Times are of the processor, for a whole
reading: rules, place and learned category.
"""

import json
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from routing.hierarchy import FALLBACK_CATEGORY, Category, Hierarchy, Level, Node
from routing.hierarchy_index import index
from understanding.learning.figures import Figures, measure
from understanding.learning.grams import Numbers
from understanding.learning.learned_reader import LearnedReader
from understanding.learning.lessons import Lesson, part_in_folds
from understanding.learning.model_bytes import dump, load
from understanding.learning.text_model import TextModel
from understanding.learning.training import learn
from understanding.text_forms import normalise

_DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "complaints.jsonl"
_FOLDS = 5
_FEW = 300
_DRAWS = 3
_TIMED = 1000
_VERY_LONG, _JOINED = 1000, 20


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str
    category: str

    @property
    def whole(self) -> str:
        return f"{self.subject} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Target:
    """`reached` is compared with `bound`; a target of `at_most` is a ceiling."""

    name: str
    reached: float
    bound: float
    at_most: bool = False

    @property
    def is_met(self) -> bool:
        return self.reached <= self.bound if self.at_most else self.reached >= self.bound


def main() -> int:
    if not _DATA.exists():
        print("NOT MEASURED: the letters (complaints.jsonl) are not on this machine", file=sys.stderr)
        return 0
    letters = [Letter(**json.loads(line)) for line in _DATA.read_text(encoding="utf-8").splitlines()]
    parts = part_in_folds([each.text for each in letters], _FOLDS)
    targets = [*_judge_letters(letters, parts), *_judge_few(letters, parts), *_judge_speed(letters, parts)]
    for each in targets:
        print(f"{'ok    ' if each.is_met else 'MISSED'} {each.name}: {each.reached:.4f} ({_say_bound(each)})")
    return 0 if all(each.is_met for each in targets) else 1


def _judge_letters(letters: Sequence[Letter], parts: Numbers) -> list[Target]:
    wholes: list[tuple[str, str, float]] = []
    subjects: list[tuple[str, str, float]] = []
    for part in range(_FOLDS):
        seen, unseen = _split(letters, parts, part)
        model = _learn(seen)
        wholes += _guess(model, unseen, lambda each: each.whole)
        subjects += _guess(model, [each for each in unseen if each.subject], lambda each: each.subject)
    whole, subject = _measure(wholes), _measure(subjects)
    _print_categories(whole)
    return [
        Target("letters, macro-F1", whole.macro_f1, 0.915),
        Target("letters, accuracy of the surest 80 %", whole.sure_accuracy, 0.97),
        Target("letters, expected calibration error", whole.calibration_error, 0.05, at_most=True),
        Target("subjects alone, macro-F1", subject.macro_f1, 0.87),
    ]


def _judge_few(letters: Sequence[Letter], parts: Numbers) -> list[Target]:
    """The mean of a few draws of 300 lessons, each judged on the first part."""
    seen, unseen = _split(letters, parts, 0)
    reached = []
    for seed in range(_DRAWS):
        drawn = random.Random(seed).sample(seen, _FEW)  # noqa: S311 - a draw that is the same every time
        reached.append(_measure(_guess(_learn(drawn), unseen, lambda each: each.whole)).macro_f1)
    return [Target(f"learning from {_FEW}, macro-F1", statistics.mean(reached), 0.78)]


def _judge_speed(letters: Sequence[Letter], parts: Numbers) -> list[Target]:
    seen, unseen = _split(letters, parts, 0)
    reader = LearnedReader(_learn(seen))
    print(f"       peak of this process {_peak()} MiB, training included")
    texts = [each.whole for each in unseen]
    very_long = [" ".join(texts[each : each + _JOINED])[:_VERY_LONG] for each in range(len(texts) - _JOINED)]
    return [
        *_time_reading(reader, "a short message", [each.subject or each.text[:40] for each in unseen]),
        *_time_reading(reader, "a letter", texts),
        _time_reading(reader, f"a letter of {_VERY_LONG} characters", very_long)[1],
    ]


def _time_reading(reader: LearnedReader, name: str, texts: Sequence[str]) -> list[Target]:
    """The median and the 99th percentile; each text is read once, as in life."""
    tree = _tree_of(reader.model.categories if reader.model else ())
    spent = []
    for each in texts[:_TIMED]:
        start = time.process_time()
        reader.read(each, tree)
        spent.append((time.process_time() - start) * 1000)
    return [
        Target(f"{name} read, ms at the median", statistics.median(spent), 1.0, at_most=True),
        Target(f"{name} read, ms at the 99th percentile", _percentile(spent, 0.99), 5.0, at_most=True),
    ]


def _tree_of(categories: Sequence[str]) -> Hierarchy:
    """A city with these categories and no words of an admin."""
    return index(
        name="市",
        levels=[Level("city", "市")],
        calendars={},
        clocks={},
        categories=[Category(each, each, "city", "staff") for each in (*categories, FALLBACK_CATEGORY)],
        nodes=[Node("city", "city", "市", None)],
    )


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _learn(letters: Sequence[Letter]) -> TextModel:
    """By way of its bytes, because those are what a service uses."""
    return load(dump(learn([Lesson(each.whole, each.category) for each in letters]).model))


def _guess(
    model: TextModel, letters: Sequence[Letter], said: Callable[[Letter], str]
) -> list[tuple[str, str, float]]:
    guesses = [(each.category, model.guess(normalise(said(each)))) for each in letters]
    return [(truth, guess.category_id, guess.certainty) for truth, guess in guesses]


def _measure(guesses: Sequence[tuple[str, str, float]]) -> Figures:
    truths, said, certainties = zip(*guesses, strict=True)
    return measure(truths, said, certainties)


def _split(letters: Sequence[Letter], parts: Numbers, part: int) -> tuple[list[Letter], list[Letter]]:
    pairs = list(zip(letters, parts, strict=True))
    return [each for each, own in pairs if own != part], [each for each, own in pairs if own == part]


def _print_categories(figures: Figures) -> None:
    for each in figures.categories:
        shares = f"precision {each.precision:.3f}, recall {each.recall:.3f}, F1 {each.f1:.3f}"
        print(f"       {each.category_id}: {each.lessons} letters, {shares}")


def _say_bound(target: Target) -> str:
    return f"at {'most' if target.at_most else 'least'} {target.bound}"


def _percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)]


if __name__ == "__main__":
    sys.exit(main())
