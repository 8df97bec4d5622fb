"""A trained model: sorts a text into one of its categories, says how sure and by which words. Plain arrays only."""

from dataclasses import dataclass

import numpy as np

from understanding.calibration import Calibration
from understanding.features import WORDS_START, Counted, Weighing, count_features, weigh
from understanding.grams import WordList, mask_names
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
        judged = self.judge(count_features(text, self.words))
        shares = self.calibration.probabilities(judged.scores, judged.features)
        order = [int(each) for each in np.argsort(-shares, kind="stable")]
        best, *rest = order
        others = tuple(self.categories[each] for each in rest[:_MOST_OTHERS] if shares[each] >= _WORTH_ASKING)
        return Guess(self.categories[best], float(shares[best]), self._telling_words(text, best), others)

    def judge(self, counted: Counted) -> Judgement:
        vector = weigh(counted, self.weighing)
        return Judgement(score(vector, self.coefficients, self.offsets), len(vector.places))

    def _telling_words(self, text: str, category: int) -> tuple[str, ...]:
        """Known words of the text by what they added for the category against the average of all."""
        gains: list[tuple[float, str]] = []
        for number, word in self.words.spell_out(mask_names(text)).items():
            row = self.weighing.rows[WORDS_START + number]
            own = self.coefficients[row]
            gain = float(self.weighing.weights[row] * (own[category] - own.mean()))
            if gain > 0 and len(word) > 1:
                gains.append((gain, word))
        return tuple(word for _, word in sorted(gains, reverse=True)[:_WORTH_SAYING])
