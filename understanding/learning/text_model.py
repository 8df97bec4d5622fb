"""A trained model: sorts a text into one of its categories, says how sure and by which words. Plain arrays only."""

from dataclasses import dataclass

from understanding.learning.calibration import Calibration
from understanding.learning.features import WORDS_START, Counted, Weighing, count_grams, weigh
from understanding.learning.grams import Found, WordList, hash_grams, mask_names
from understanding.learning.linear_model import Floats, score

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
        found = self.words.find_all(grams)
        judged = self.judge(count_grams(grams, found, self.words))
        shares = self.calibration.probabilities(judged.scores, judged.features)
        best, *rest = (-shares).argsort(kind="stable").tolist()
        others = tuple(self.categories[each] for each in rest[:_MOST_OTHERS] if shares[each] >= _WORTH_ASKING)
        certainty = self.calibration.certainty(shares, judged.scores)
        return Guess(self.categories[best], certainty, self._telling_words(plain, found, best), others)

    def judge(self, counted: Counted) -> Judgement:
        vector = weigh(counted, self.weighing)
        return Judgement(score(vector, self.coefficients, self.offsets), len(vector.places))

    def _telling_words(self, plain: str, found: Found, category: int) -> tuple[str, ...]:
        """Known words of the text by what they added for the category against the average of all."""
        rows = self.weighing.rows[WORDS_START + found.numbers]
        own = self.coefficients.take(rows, axis=0)
        gains = self.weighing.weights[rows] * (own[:, category] - own.sum(axis=1) / len(self.categories))
        gains[found.lengths == 1] = 0
        words: dict[str, None] = {}
        for each in gains.argsort(kind="stable")[::-1].tolist():
            if gains[each] <= 0 or len(words) == _WORTH_SAYING:
                break
            start = found.starts[each]
            words[plain[start : start + found.lengths[each]]] = None
        return tuple(words)
