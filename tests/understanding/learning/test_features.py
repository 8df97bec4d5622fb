"""What a learner sees of a text."""

import numpy as np
import pytest

from tests.understanding.letters import LETTERS
from understanding.learning.features import FIELDS, STARTS, count_features, learn_weighing, weigh
from understanding.learning.grams import read_words
from understanding.text_forms import normalise


def test_each_field_has_its_share_however_long_the_text() -> None:
    texts = [normalise(text) for _, _, _, text in LETTERS]
    counted = [count_features(each, read_words()) for each in (*texts, "".join(texts))]
    weighing = learn_weighing(counted, np.arange(len(counted)) % 2, 2)

    vector = weigh(counted[-1], weighing)

    bounds = weighing.places[vector.places - 1].searchsorted(STARTS)
    for number, field in enumerate(FIELDS):
        values = vector.values[bounds[number] : bounds[number + 1]]
        assert float(np.sqrt((values * values).sum())) == pytest.approx(field.share, rel=1e-4)
