"""Fits the weights of `letter_weights` on sorted letters: `python -m understanding.incidents.fitting`.

Prints them; the final part is never read here. Logistic regression with a penalty on the squares, by Newton's steps.
"""

import argparse
import math
from collections.abc import Sequence
from pathlib import Path

from understanding.incidents.letter_likeness import FEATURES, ask, compare
from understanding.incidents.letters import LETTERS, Labels, Letter, label, read_letters
from understanding.incidents.matter_index import MatterIndex

MOST_PROMISING = 2
"""Candidates of each letter that are learned from: those between which the choice is made."""
PENALTY = 1.0
STEPS = 12

Row = tuple[float, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("letters", nargs="?", type=Path, default=LETTERS)
    letters = [each for each in read_letters(parser.parse_args().letters) if not each.is_final]
    rows, same = collect(letters, label(letters))
    weights = fit(rows, same)
    print(f"BIAS = {weights[-1]:.4f}\nWEIGHTS = (")
    for name, weight in zip(FEATURES, weights, strict=False):
        print(f"    {weight:.4f},  # {name}")
    print(")")


def collect(letters: Sequence[Letter], labels: Labels) -> tuple[list[Row], list[float]]:
    """The likenesses of each letter with the most promising ones before it, and 1.0 where they are one incident; none
    of pairs that are left open."""
    index = MatterIndex()
    rows: list[Row] = []
    same: list[float] = []
    for at, letter in enumerate(letters):
        asked = ask(index.vocabulary.words_of(letter.telling), index.vocabulary)
        for before, words in index.list_candidates(asked, limit=MOST_PROMISING):
            if labels.are_open(at, before):
                continue
            rows.append(compare(asked, words, index.vocabulary).values)
            same.append(float(labels.numbers[at] == labels.numbers[before]))
        index.add(at, index.vocabulary.words_of(letter.telling))
    return rows, same


def fit(rows: Sequence[Row], same: Sequence[float]) -> list[float]:
    """A weight for each column, and last the bias."""
    means, spreads = _measure(rows)
    scaled = [
        [(value - mean) / spread for value, mean, spread in zip(row, means, spreads, strict=True)] + [1.0]
        for row in rows
    ]
    fitted = [0.0] * (len(means) + 1)
    for _ in range(STEPS):
        step = _solve(*_slopes(scaled, same, fitted))
        fitted = [weight - change for weight, change in zip(fitted, step, strict=True)]
    weights = [weight / spread for weight, spread in zip(fitted, spreads, strict=False)]
    bias = fitted[-1] - sum(weight * mean for weight, mean in zip(weights, means, strict=True))
    return [*weights, bias]


def _measure(rows: Sequence[Row]) -> tuple[list[float], list[float]]:
    columns = list(zip(*rows, strict=True))
    means = [sum(column) / len(column) for column in columns]
    spreads = [
        math.sqrt(sum((value - mean) ** 2 for value in column) / len(column)) or 1.0
        for column, mean in zip(columns, means, strict=True)
    ]
    return means, spreads


def _slopes(
    scaled: Sequence[Sequence[float]], same: Sequence[float], fitted: Sequence[float]
) -> tuple[list[list[float]], list[float]]:
    """Second and first derivatives of the loss."""
    size = len(fitted)
    first = [PENALTY * weight for weight in fitted[:-1]] + [0.0]
    second = [[PENALTY if at == to and at < size - 1 else 0.0 for to in range(size)] for at in range(size)]
    for row, truth in zip(scaled, same, strict=True):
        odds = sum(map(lambda weight, value: weight * value, fitted, row))
        chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
        spread = chance * (1 - chance)
        for at, value in enumerate(row):
            first[at] += (chance - truth) * value
            line, scaled_value = second[at], spread * value
            for to in range(size):
                line[to] += scaled_value * row[to]
    return second, first


def _solve(matrix: list[list[float]], wanted: list[float]) -> list[float]:
    """Gauss with the largest pivot."""
    size = len(wanted)
    lines = [[*line, value] for line, value in zip(matrix, wanted, strict=True)]
    for at in range(size):
        pivot = max(range(at, size), key=lambda each: abs(lines[each][at]))
        lines[at], lines[pivot] = lines[pivot], lines[at]
        lines[at] = [value / lines[at][at] for value in lines[at]]
        for other in range(size):
            if other != at and lines[other][at]:
                factor = lines[other][at]
                lines[other] = [
                    value - factor * own for value, own in zip(lines[other], lines[at], strict=True)
                ]
    return [line[-1] for line in lines]


if __name__ == "__main__":
    main()
