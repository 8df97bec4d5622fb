"""Fits the weights of the tone to lines of our own: `python -m understanding.tone_fitting FOLDER` writes the file.

The folder is `tests/fixtures/understanding`: tables with a `text`, and an `intent` or `is_issue`. A stretch of letters
weighs how much oftener it stands in reports than in talk, and what has to be added so that the lines are told apart by
a margin. It also prints how well lines are told by weights that have not seen their table, or their `voice` in it.
"""

import csv
import math
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from routing.reading import Intent
from understanding.text_forms import normalise
from understanding.tone import BIAS, STEPS, WEIGHTS, length_of, stretches_of, weigh

_ABSENT = 0.5
_LEAST_LINES = 2
# How much the odds and the margins count. The rest of this is the usual descent on a squared hinge, line by line.
_ODDS, _MARGIN = 0.6, 1.8
_ROUNDS = 12
_SOFTNESS = 0.5


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    is_report: bool
    voice: str


@dataclass(frozen=True, slots=True)
class _Told:
    """A line as the stretches that are counted, what each of them counts, and 1 or -1."""

    stretches: tuple[str, ...]
    share: float
    side: int


def main() -> int:
    lines = read_lines(Path(sys.argv[1]))
    weights = fit(lines)
    WEIGHTS.write_text(write_weights(weights), encoding="utf-8")
    recall, precision = judge_unheard(lines)
    print(f"{len(lines)} lines, {len(weights)} weights")
    print(f"voices not fitted to, by the tone alone: recall {recall:.3f}, precision {precision:.3f}")
    return 0


def read_lines(folder: Path) -> list[Line]:
    """From every table that says of its texts whether they are reports."""
    found: list[Line] = []
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [*csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
        found += [
            Line(row["text"], _is_report(row), f"{path.stem} {row.get('voice', '')}")
            for row in rows
            if "intent" in row or "is_issue" in row
        ]
    return found


def _is_report(row: dict[str, str]) -> bool:
    return row.get("intent") == Intent.REPORT or row.get("is_issue") == "1"


def fit(lines: Iterable[Line]) -> dict[str, int]:
    """The same on every machine: lines are taken in an order of their own, and nothing depends on hashes."""
    parted = sorted(lines, key=lambda each: (zlib.crc32(each.text.encode()), each.text))
    told = [(stretches_of(normalise(each.text)), each.is_report) for each in parted]
    odds = _find_odds(told)
    margins = _find_margins(
        [
            _Told(tuple(sorted(all_ & odds.keys())), 1 / length_of(all_), 1 if is_report else -1)
            for all_, is_report in told
        ]
    )
    weights = {each: _ODDS * odds.get(each, 0.0) + _MARGIN * margins[each] for each in sorted(margins)}
    return {each: round(weight * STEPS) for each, weight in weights.items() if round(weight * STEPS)}


def _find_odds(told: Sequence[tuple[set[str], bool]]) -> dict[str, float]:
    """The logarithm of how much oftener each stretch stands in reports; none for those that stand in one line only."""
    counted: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for stretches, is_report in told:
        counted[is_report].update(stretches)
    held = Counter(is_report for _, is_report in told)
    reports, talk = counted[True], counted[False]
    return {
        each: _odds(reports[each], held[True]) - _odds(talk[each], held[False])
        for each in {*reports, *talk}
        if reports[each] + talk[each] >= _LEAST_LINES and each.isprintable()
    }


def _odds(times: int, lines: int) -> float:
    return math.log((times + _ABSENT) / (lines + 2 * _ABSENT))


def _find_margins(lines: Sequence[_Told]) -> dict[str, float]:
    """Plain sums and products only, which every machine rounds alike."""
    weights = {each: 0.0 for line in lines for each in line.stretches} | {BIAS: 0.0}
    pulls = [0.0] * len(lines)
    for _ in range(_ROUNDS):
        for at, line in enumerate(lines):
            heard = sum([weights[each] for each in line.stretches]) * line.share + weights[BIAS]
            steepness = len(line.stretches) * line.share * line.share + 1 + _SOFTNESS
            pull = max(0.0, pulls[at] - (line.side * heard - 1 + _SOFTNESS * pulls[at]) / steepness)
            step = (pull - pulls[at]) * line.side
            if step:
                pulls[at] = pull
                weights[BIAS] += step
                for each in line.stretches:
                    weights[each] += step * line.share
    return weights


def judge_unheard(lines: Sequence[Line]) -> tuple[float, float]:
    """Recall and precision of the tone alone, each voice judged by weights that were fitted to the others."""
    ordered = sorted(lines, key=lambda each: each.voice)
    heard: list[tuple[bool, bool]] = []
    for voice, own in groupby(ordered, key=lambda each: each.voice):
        weights = fit([each for each in ordered if each.voice != voice])
        heard += [(weigh(normalise(each.text), weights) > 0, each.is_report) for each in own]
    right = sum(taken and is_report for taken, is_report in heard)
    return right / sum(is_report for _, is_report in heard), right / sum(taken for taken, _ in heard)


def write_weights(weights: dict[str, int]) -> str:
    return "".join(f"{each}\t{weight}\n" for each, weight in weights.items())


if __name__ == "__main__":
    sys.exit(main())
