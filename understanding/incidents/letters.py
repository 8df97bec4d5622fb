"""Letters that were sorted into incidents by a reader, parted so that an incident lies whole on one side.

Only for measuring and fitting; the service never reads them.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

from routing.likeness import Telling
from understanding.incidents.readings import ONE_MATTER, OPEN

LETTERS = Path("../shared/data/incidents.jsonl")
_ONE_IN = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """`incident` is None where the letter stands alone, or where the reader left it open."""

    letter_id: int
    telling: Telling
    incident: int | None

    @property
    def is_final(self) -> bool:
        """Of the third that was set aside before anything was fitted."""
        return self.lot % _ONE_IN == 0

    @property
    def lot(self) -> int:
        """The same for all letters of one incident."""
        what = f"letter {self.letter_id}" if self.incident is None else f"incident {self.incident}"
        return int(hashlib.sha256(what.encode()).hexdigest(), 16)


@dataclass(frozen=True, slots=True)
class Labels:
    """A number for each letter, the same for those of one incident; `open` holds pairs of numbers between which readers
    differ."""

    numbers: list[int | None]
    open: frozenset[frozenset[int | None]] = frozenset()

    def are_open(self, at: int, other: int) -> bool:
        return frozenset((self.numbers[at], self.numbers[other])) in self.open


def read_letters(path: Path) -> list[Letter]:
    """In the order in which they were written. JSON lines with `id`, `at`, `subject`, `text` and `incident`."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    letters = [
        Letter(
            letter_id=row["id"],
            telling=Telling(text=row["text"], at=_read_time(row["at"]), subject=row["subject"]),
            incident=row["incident"],
        )
        for row in rows
    ]
    return sorted(letters, key=lambda each: (each.telling.at, each.letter_id))


def label(letters: Sequence[Letter]) -> Labels:
    """The incidents with what was read again put right; a letter that stands alone has a number of its own."""
    numbers: list[int | None] = [
        -each.letter_id if each.incident is None else each.incident for each in letters
    ]
    places = {each.letter_id: at for at, each in enumerate(letters)}
    for one, two in _places_of(ONE_MATTER, places):
        old, new = numbers[one], numbers[two]
        numbers = [new if each == old else each for each in numbers]
    are_open = (frozenset((numbers[one], numbers[two])) for one, two in _places_of(OPEN, places))
    return Labels(numbers, frozenset(each for each in are_open if len(each) > 1))


def _places_of(pairs: Sequence[tuple[int, int]], places: dict[int, int]) -> list[tuple[int, int]]:
    """Where in the list the pairs stand of which both letters are there."""
    return [(places[one], places[two]) for one, two in pairs if one in places and two in places]


def pairs_of(labels: list[int | None]) -> set[tuple[int, int]]:
    """Places in the list whose labels are the same; None is like nothing."""
    together: dict[int, list[int]] = defaultdict(list)
    for at, label in enumerate(labels):
        if label is not None:
            together[label].append(at)
    return {pair for places in together.values() for pair in combinations(places, 2)}


def _read_time(written: str) -> datetime:
    return datetime.strptime(written.replace("-", "/"), "%Y/%m/%d %H:%M:%S").replace(tzinfo=UTC)
