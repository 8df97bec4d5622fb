"""Measures how well letters about one incident are put together: `python -m understanding.incidents.evaluation`.

The letters arrive one by one in the order of time. Figures are of the third that nothing was fitted on, told among all.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from routing.likeness import SURE_ENOUGH_TO_JOIN, Likeness, Telling
from understanding.incidents.letters import LETTERS, Labels, Letter, label, pairs_of, read_letters
from understanding.incidents.open_matters import OpenMatters

WANTED_OPEN = 10_000
LOOK_UPS = 300


@dataclass(frozen=True, slots=True)
class Score:
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        together = self.precision + self.recall
        return 2 * self.precision * self.recall / together if together else 0.0


@dataclass(frozen=True, slots=True)
class Gathered:
    """For each letter the number it ended under, and what it was found to be like when it came."""

    numbers: list[int | None]
    likeliest: list[Likeness | None]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("letters", nargs="?", type=Path, default=LETTERS)
    parser.add_argument(
        "--all", action="store_true", help="count all letters: of a file nothing was fitted on"
    )
    given = parser.parse_args()
    if not given.letters.exists():
        print(f"SKIPPED: there are no letters at {given.letters}", file=sys.stderr)
        return 0
    letters = read_letters(given.letters)
    counted = {at for at, each in enumerate(letters) if given.all or each.is_final}
    gathered = gather(letters)
    for line in report(letters, gathered, counted):
        print(line)
    print("only staff make one of two, as at the desk:")
    for line in report(letters, gather_as_the_desk(letters), counted)[1:4]:
        print(f"  {line}")
    print(report_times(letters))
    return 0


def report(letters: Sequence[Letter], gathered: Gathered, counted: set[int]) -> list[str]:
    """A pair is the doing of the letter that came later; that of an incident is on the same side as the earlier one."""
    incidents = [each.incident for each in letters]
    again = label(letters)
    found, wanted, wanted_again = (
        {pair for pair in pairs if pair[1] in counted}
        for pairs in (pairs_of(gathered.numbers), pairs_of(incidents), pairs_of(again.numbers))
    )
    known = {pair for pair in found if all(incidents[at] is not None for at in pair)}
    settled = {pair for pair in found if not again.are_open(*pair)}
    return [
        f"letters: {len(letters)}, counted: {len(counted)}, pairs to find: {len(wanted)}",
        _line("pairs, a letter of no incident stands alone", score(found, wanted)),
        _line("pairs among letters of incidents", score(known, wanted)),
        _line("pairs, what was left open read again", score(settled, wanted_again)),
        _line("each letter when it comes: gathered", score_links(gathered, again, counted)),
        f"offered or gathered, of those that have company: {share_offered(gathered, again, counted):.3f}",
    ]


def gather(letters: Sequence[Letter]) -> Gathered:
    """A letter goes to the matter it is surely about; others that it is as surely about become one with it, where they
    were told of once: two that have grown are left to staff."""
    return _gather(letters, may_join=lambda told: told == 1)


def gather_as_the_desk(letters: Sequence[Letter]) -> Gathered:
    """A letter goes to the matter it is surely about; only staff make one of two."""
    return _gather(letters, may_join=lambda told: False)


def _gather(letters: Sequence[Letter], may_join: Callable[[int], bool]) -> Gathered:
    matters = OpenMatters()
    numbers: list[int] = []
    likeliest: list[Likeness | None] = []
    for at, letter in enumerate(letters):
        likely = matters.list_likely(letter.telling)
        lead = likely[0].number if likely and likely[0].is_sure else at
        for each in likely[1:]:
            if each.certainty >= SURE_ENOUGH_TO_JOIN and lead != at and may_join(numbers.count(each.number)):
                matters.join(each.number, into=lead)
                numbers = [lead if number == each.number else number for number in numbers]
        matters.note(lead, letter.telling)
        numbers.append(lead)
        likeliest.append(likely[0] if likely else None)
    return Gathered(list(numbers), likeliest)


def score(found: set[tuple[int, int]], wanted: set[tuple[int, int]]) -> Score:
    right = len(found & wanted)
    return Score(right / max(1, len(found)), right / max(1, len(wanted)))


def score_links(gathered: Gathered, labels: Labels, counted: set[int]) -> Score:
    """Whether a letter was put to a letter of its own incident, as far as one was there."""
    made = [(at, lead) for at, lead in sorted(_leads(gathered).items()) if at in counted]
    settled = [(at, lead) for at, lead in made if not labels.are_open(at, lead)]
    right = sum(1 for at, lead in settled if _has_company(at, labels, among=_members(gathered, at, lead)))
    due = sum(1 for at in counted if _has_company(at, labels, among=range(at)))
    return Score(right / max(1, len(settled)), right / max(1, due))


def share_offered(gathered: Gathered, labels: Labels, counted: set[int]) -> float:
    """Of letters whose incident was there: how many were at least offered to staff."""
    due = [at for at in sorted(counted) if _has_company(at, labels, among=range(at))]
    return sum(1 for at in due if gathered.likeliest[at] is not None) / max(1, len(due))


def report_times(letters: Sequence[Letter]) -> str:
    """Look-ups among as many open matters as a city has, made of the letters in turn with their days moved."""
    matters, before = OpenMatters(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(WANTED_OPEN):
        again, at = divmod(number, len(letters))
        matters.note(number, _moved(letters[at].telling, again))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    spent = sorted(_time(matters, letters[at * 7 % len(letters)].telling) for at in range(LOOK_UPS))
    return (
        f"look-up among {WANTED_OPEN} open letters: median {spent[LOOK_UPS // 2]:.2f} ms, "
        f"99 of 100 within {spent[LOOK_UPS * 99 // 100]:.2f} ms; {grown / 1024:.0f} MiB"
    )


def _time(matters: OpenMatters, telling: Telling) -> float:
    begun = time.process_time()
    matters.list_likely(telling)
    return (time.process_time() - begun) * 1000


def _moved(telling: Telling, times: int) -> Telling:
    """Some of its letters turned about, so that the index holds no plain copies."""
    shift = 1 + 3 * times
    mixed = telling.text if not times else telling.text[::shift] + telling.text[1::shift]
    return replace(telling, text=mixed, at=telling.at + timedelta(days=times))


def _leads(gathered: Gathered) -> dict[int, int]:
    """The letter whose number each was put to when it came, of those that were put to one."""
    return {
        at: each.number for at, each in enumerate(gathered.likeliest) if each is not None and each.is_sure
    }


def _members(gathered: Gathered, at: int, lead: int) -> list[int]:
    final = gathered.numbers[lead]
    return [other for other in range(at) if gathered.numbers[other] == final]


def _has_company(at: int, labels: Labels, *, among: Sequence[int]) -> bool:
    return any(labels.numbers[other] == labels.numbers[at] for other in among)


def _line(what: str, reached: Score) -> str:
    return f"{what}: precision {reached.precision:.3f}, recall {reached.recall:.3f}, F1 {reached.f1:.3f}"


if __name__ == "__main__":
    sys.exit(main())
