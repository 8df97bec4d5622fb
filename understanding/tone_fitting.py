"""Fits the weights of the tone to lines of our own: `python -m understanding.tone_fitting FOLDER` writes the file.

The folder is `tests/fixtures/understanding`: tables with a `text`, and an `intent` or `is_issue`. A stretch of letters
weighs the logarithm of how much oftener it stands in reports than in talk.
"""

import csv
import math
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from routing.reading import Intent
from understanding.text_forms import normalise
from understanding.tone import STEPS, WEIGHTS, stretches_of

_ABSENT = 0.5
_LEAST_LINES = 2


def main() -> int:
    lines = read_lines(Path(sys.argv[1]))
    weights = fit(lines)
    WEIGHTS.write_text(write_weights(weights), encoding="utf-8")
    print(f"{len(lines)} lines, {len(weights)} weights")
    return 0


def read_lines(folder: Path) -> list[tuple[str, bool]]:
    """Each text with whether it is a report, from every table that says so."""
    found: list[tuple[str, bool]] = []
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [*csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
        found += [(row["text"], _is_report(row)) for row in rows if "intent" in row or "is_issue" in row]
    return found


def _is_report(row: dict[str, str]) -> bool:
    return row.get("intent") == Intent.REPORT or row.get("is_issue") == "1"


def fit(lines: Iterable[tuple[str, bool]]) -> dict[str, int]:
    counted: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    held = Counter[bool]()
    for text, is_report in lines:
        held[is_report] += 1
        counted[is_report].update(stretches_of(normalise(text)))
    reports, talk = counted[True], counted[False]
    common = [
        each
        for each in {*reports, *talk}
        if reports[each] + talk[each] >= _LEAST_LINES and each.isprintable()
    ]
    weights = {each: _odds(reports[each], held[True]) - _odds(talk[each], held[False]) for each in common}
    return {each: round(weight * STEPS) for each, weight in sorted(weights.items()) if round(weight * STEPS)}


def write_weights(weights: dict[str, int]) -> str:
    return "".join(f"{each}\t{weight}\n" for each, weight in weights.items())


def _odds(times: int, lines: int) -> float:
    return math.log((times + _ABSENT) / (lines + 2 * _ABSENT))


if __name__ == "__main__":
    sys.exit(main())
