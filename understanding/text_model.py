"""A trained model: sorts a text into one of its categories, says how sure and by which words. Plain arrays only."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from understanding.calibration import Calibration
from understanding.features import WORDS_START, Counted, Weighing, count_grams, weigh
from understanding.grams import Hashes, WordList, hash_grams, mask_names
from understanding.linear_model import Floats, score

_WORTH_SAYING = 3
_MOST_OTHERS = 2
_WORTH_ASKING = 0.1


@dataclass(frozen=True, slots=True)
class Guess:
    """`certainty` is the calibrated probability; `words` of the text spoke most for the category, strongest first.

    `others` are the categories that are worth asking about besides, likeliest first.
    """

    category_id: str
    certainty: float
    words: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """Scores by category, before calibration, and how many known features the text had."""

    scores: Floats
    features: int


@dataclass(frozen=True, slots=True)
class TextModel:
    categories: tuple[str, ...]
    weighing: Weighing
    coefficients: Floats
    offsets: Floats
    calibration: Calibration
    words: WordList

    def guess(self, text: str) -> Guess:
        """`text` is normalised."""
        plain = mask_names(text)
        grams = hash_grams(plain)
        judged = self.judge(count_grams(plain, grams, self.words))
        shares = self.calibration.probabilities(judged.scores, judged.features)
        order = [int(each) for each in np.argsort(-shares, kind="stable")]
        best, *rest = order
        others = tuple(self.categories[each] for each in rest[:_MOST_OTHERS] if shares[each] >= _WORTH_ASKING)
        return Guess(
            self.categories[best], float(shares[best]), self._telling_words(plain, grams, best), others
        )

    def judge(self, counted: Counted) -> Judgement:
        vector = weigh(counted, self.weighing)
        return Judgement(score(vector, self.coefficients, self.offsets), len(vector.places))

    def _telling_words(self, plain: str, grams: Sequence[Hashes], category: int) -> tuple[str, ...]:
        """Known words of the text by what they added for the category against the average of all."""
        words = {number: word for number, word in self.words.spell_out(plain, grams).items() if len(word) > 1}
        if not words:
            return ()
        rows = self.weighing.rows[WORDS_START + np.fromiter(words, np.int64, len(words))]
        own = self.coefficients[rows]
        gains = self.weighing.weights[rows] * (own[:, category] - own.mean(axis=1))
        told = sorted(zip(gains.tolist(), words.values(), strict=True), reverse=True)[:_WORTH_SAYING]
        return tuple(word for gain, word in told if gain > 0)
