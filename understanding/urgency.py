"""Whether a report is urgent: by the admins' urgent words or a known danger. Deadlines are not made here."""

from collections.abc import Iterator
from dataclasses import dataclass

from routing.hierarchy import URGENT_CLOCK, Category, Hierarchy
from understanding.circumstances import is_exaggerated, is_happening, is_over_or_elsewhere


@dataclass(frozen=True, slots=True)
class UrgentWord:
    word: str
    category: Category


def find_urgent_word(text: str, hierarchy: Hierarchy) -> UrgentWord | None:
    """The first urgent word of any category that is said as happening, in the order of the file."""
    if is_over_or_elsewhere(text):
        return None
    for category in hierarchy.categories:
        for word in category.urgent_when:
            # First the cheap question: nearly all words are not there at all.
            if word in text and any(
                _is_meant(text, start, start + len(word)) for start in _positions(text, word)
            ):
                return UrgentWord(word, category)
    return None


def has_urgent_clock(category: Category) -> bool:
    return category.clock == URGENT_CLOCK


def _is_meant(text: str, start: int, end: int) -> bool:
    return is_happening(text, start, end) and not is_exaggerated(text, start, end)


def _positions(text: str, word: str) -> Iterator[int]:
    at = text.find(word) if word else -1
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
