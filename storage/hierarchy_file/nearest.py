"""Finds what somebody probably meant, among the words that are known."""

from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

_ALIKE = 0.6
_SHORTEST_START = 3
_MOST_COMPARED = 5_000
_MOST_LISTED = 16


def find_nearest(word: str, known: Collection[str]) -> str | None:
    """The most similar known word, None when none is similar. Among very many words it does not search."""
    if not word or len(word) > 100 or len(known) > _MOST_COMPARED:
        return None
    found = process.extractOne(
        word.lower(),
        sorted(_named(known)),
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=_ALIKE,
    )
    return found[0] if found else _find_longer_or_shorter(word.lower(), known)


def _find_longer_or_shorter(word: str, known: Collection[str]) -> str | None:
    """ "tuesday" for "tue", "prop" for "property"."""
    same = (each for each in _named(known) if min(len(each), len(word)) >= _SHORTEST_START)
    return next((each for each in same if word.startswith(each) or each.startswith(word)), None)


def suggest(word: str, known: Collection[str]) -> tuple[str, str]:
    """The end of a message, in English and Chinese: the nearest known word, or all of them when they are few."""
    near = find_nearest(word, known)
    if near is not None:
        return f'Did you mean "{near}"?', f"是不是“{near}”？"
    names = _named(known) if len(known) <= _MOST_LISTED else []
    if names:
        return f"Known here: {', '.join(names)}.", f"这里可以写：{'、'.join(names)}。"
    return "Correct it or delete it.", "请改正或删去。"


def _named(known: Collection[str]) -> list[str]:
    """Without what stands in for missing ids."""
    return [each for each in known if not each.startswith("\x00")]


def clip(text: str) -> str:
    """A text as a message may quote it; what stands in for a missing id shows as a question mark."""
    text = text.replace("\x00", "?")
    return text if len(text) <= 40 else f"{text[:39]}…"
