"""Who is heard: how reports are spread over people and places (DOMAIN: equity). Pure counts, no name and no words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

TENTH = 10
"""With fewer people than this there is no tenth of them."""


@dataclass(frozen=True, slots=True)
class Voices:
    """`spread`: how many people told of so many matters; a person who told of things from two places is one person.
    `by_place` has (people, reports) of places that were heard."""

    spread: Mapping[int, int]
    by_place: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Heard:
    """`top_share` is the part of all reports that the most active tenth of the people made, `gini` from 0 (everybody
    the same) towards 1 (one makes all); both None for fewer than ten people. `by_place` has (people, reports) of
    places that were heard, `silent` the others of those asked about, in their order."""

    people: int
    reports: int
    top_people: int
    top_reports: int
    top_share: float | None
    gini: float | None
    by_place: Mapping[str, tuple[int, int]]
    silent: tuple[str, ...]


def hear(voices: Voices, places: Collection[str]) -> Heard:
    """`places` are those from which somebody could have been heard."""
    most_first = sorted(voices.spread.items(), reverse=True)
    people = sum(voices.spread.values())
    reports = sum(told * count for told, count in most_first)
    top_people = people // TENTH
    top_reports = _sum_of_first(top_people, most_first)
    is_enough = top_people > 0
    return Heard(
        people=people,
        reports=reports,
        top_people=top_people,
        top_reports=top_reports,
        top_share=top_reports / reports if is_enough else None,
        gini=_gini(most_first) if is_enough else None,
        by_place=voices.by_place,
        silent=tuple(each for each in places if each not in voices.by_place),
    )


def _sum_of_first(people: int, most_first: Iterable[tuple[int, int]]) -> int:
    found, left = 0, people
    for told, count in most_first:
        found += told * min(count, left)
        left -= min(count, left)
    return found


def _gini(most_first: Sequence[tuple[int, int]]) -> float:
    """Mean difference of any two people, over twice the mean: the usual form for sorted values, where those who told of
    as many stand in places that follow each other."""
    weighted = n = whole = 0
    for told, count in reversed(most_first):
        weighted += told * (count * n + count * (count + 1) // 2)
        n, whole = n + count, whole + told * count
    return 2 * weighted / (n * whole) - (n + 1) / n
