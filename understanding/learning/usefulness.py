"""Which reports teach most when a person sorts them: those that the reader is least sure of, of kinds that it knows
little of, and that stand for many alike."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from routing.reading import Reading
from understanding.learning.lessons import group_alike
from understanding.text_forms import normalise

# A kind with few lessons gains more by one than a kind with hundreds; and one that many say alike, more than a rarity.
_WORTH_OF_RARITY = 0.3
_FEW_LESSONS = 10
_WORTH_OF_COMPANY = 0.05
_MOST_COMPANY = 6


@dataclass(frozen=True, slots=True)
class Unsorted:
    number: int
    text: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Example:
    """`use` is for ordering only; `alike` counts reports of nearly the same words, this one among them."""

    report: Unsorted
    use: float
    alike: int


def rank_by_use(reports: Sequence[Unsorted], taught: Mapping[str, int]) -> list[Example]:
    """The most useful first; of near copies only the first. `taught` counts lessons by category."""
    groups = [int(each) for each in group_alike([normalise(each.text) for each in reports])]
    alike = Counter(groups)
    first = dict(reversed(list(zip(groups, reports, strict=True))))
    found = [
        Example(report, _use_of(report.reading, taught, alike[group]), alike[group])
        for group, report in first.items()
    ]
    return sorted(found, key=lambda each: (-each.use, each.report.number))


def _use_of(reading: Reading, taught: Mapping[str, int], alike: int) -> float:
    rarity = _FEW_LESSONS / (_FEW_LESSONS + taught.get(reading.category, 0))
    company = min(alike - 1, _MOST_COMPANY)
    return 1 - reading.sorting_certainty + _WORTH_OF_RARITY * rarity + _WORTH_OF_COMPANY * company
