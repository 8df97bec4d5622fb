"""Who is heard: how reports are spread over people and places (DOMAIN: equity). Pure counts, no name and no words."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

TENTH = 10
"""With fewer people than this there is no tenth of them."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One person told of so many matters from one place."""

    person_id: int
    node_id: str
    reports: int


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


def hear(voices: Iterable[Voice], places: Collection[str]) -> Heard:
    """`places` are those from which somebody could have been heard. A person who told of things from two places is one
    person."""
    by_person: dict[int, int] = {}
    by_place: dict[str, tuple[int, int]] = {}
    for each in voices:
        by_person[each.person_id] = by_person.get(each.person_id, 0) + each.reports
        people, reports = by_place.get(each.node_id, (0, 0))
        by_place[each.node_id] = people + 1, reports + each.reports
    counts = sorted(by_person.values(), reverse=True)
    top_people = len(counts) // TENTH
    is_enough = top_people > 0
    return Heard(
        people=len(counts),
        reports=sum(counts),
        top_people=top_people,
        top_reports=sum(counts[:top_people]),
        top_share=sum(counts[:top_people]) / sum(counts) if is_enough else None,
        gini=_gini(counts) if is_enough else None,
        by_place=by_place,
        silent=tuple(each for each in places if each not in by_place),
    )


def _gini(descending: list[int]) -> float:
    """Mean difference of any two people, over twice the mean: the usual form for sorted values."""
    n, whole = len(descending), sum(descending)
    weighted = sum(place * value for place, value in enumerate(reversed(descending), 1))
    return 2 * weighted / (n * whole) - (n + 1) / n
