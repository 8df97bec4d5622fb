"""A model as bytes and back: a line of JSON, then plain arrays of numbers, all compressed. Nothing in it can run."""

import json
import zlib
from dataclasses import asdict
from functools import cache
from hashlib import sha256

import numpy as np

from understanding.learning.calibration import Calibration
from understanding.learning.features import FIELDS, LEAD, SIZE, weighing_of
from understanding.learning.grams import WORDS_FILE, read_words
from understanding.learning.text_model import TextModel

_LARGEST = 256 * 1024 * 1024


class ModelBytesError(ValueError):
    """The bytes are of another release, or are no model."""


def dump(model: TextModel) -> bytes:
    """Halves of numbers (IEEE binary16) keep a model small; they change no guess that is not a tie."""
    places = model.weighing.places
    head = {
        "features": _kind_of_features(),
        "categories": model.categories,
        "places": len(places),
        "calibration": asdict(model.calibration),
        "offsets": [float(each) for each in model.offsets],
    }
    parts = (
        json.dumps(head, ensure_ascii=False, sort_keys=True).encode(),
        b"\n",
        np.diff(places, prepend=0).astype("<u4").tobytes(),
        model.weighing.weights[1:].astype("<f2").tobytes(),
        model.coefficients[1:].astype("<f2").tobytes(),
    )
    return zlib.compress(b"".join(parts), 6)


def load(content: bytes) -> TextModel:
    """Raises ModelBytesError."""
    try:
        unpacker = zlib.decompressobj()
        plain = unpacker.decompress(content, _LARGEST)
        head_bytes, _, rest = plain.partition(b"\n")
        head = json.loads(head_bytes)
        if head["features"] != _kind_of_features():
            raise ModelBytesError("the model is of another release")
        return _build(head, rest)
    except (zlib.error, KeyError, TypeError, ValueError) as error:
        raise ModelBytesError(str(error)) from error


def _build(head: dict[str, object], rest: bytes) -> TextModel:
    categories = tuple(str(each) for each in _list(head["categories"]))
    count, classes = int(str(head["places"])), len(categories)
    if len(rest) != count * (4 + 2 + 2 * classes):
        raise ModelBytesError("the arrays are not as long as the head says")
    steps = np.frombuffer(rest, "<u4", count)
    places = np.cumsum(steps, dtype=np.int64)
    if count and (int(places[-1]) >= SIZE or (steps[1:] == 0).any()):
        raise ModelBytesError("places are out of order")
    weights = np.frombuffer(rest, "<f2", count, offset=4 * count).astype(np.float32)
    coefficients = np.frombuffer(rest, "<f2", count * classes, offset=6 * count).reshape(count, classes)
    return TextModel(
        categories,
        weighing_of(places, weights),
        np.concatenate((np.zeros((1, classes), np.float32), coefficients.astype(np.float32))),
        np.array(_list(head["offsets"]), np.float32),
        _read_calibration(head["calibration"]),
        read_words(),
    )


def _read_calibration(value: object) -> Calibration:
    if not isinstance(value, dict):
        raise ModelBytesError("how sure it is is missing")
    return Calibration(**{str(name): float(number) for name, number in value.items()})


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ModelBytesError("a list is missing")
    return value


@cache
def _kind_of_features() -> str:
    """Changes with everything that decides which number a feature has."""
    shape = json.dumps([[each.name, each.size, each.share] for each in FIELDS] + [LEAD]).encode()
    return sha256(shape + WORDS_FILE.read_bytes()).hexdigest()[:16]
