"""What many people told of in a week or a month, and how it moved between buildings. Pure: facts in, a ranking out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Told:
    """One person told of the matter `number`, at `node_id`. Merged tickets are told under the one that goes on."""

    number: int
    category: str
    person_id: int
    node_id: str
    told_at: datetime


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where the matter was told of: since when, and by how many different people."""

    node_id: str
    since: datetime
    reporters: int


@dataclass(frozen=True, slots=True)
class HotMatter:
    """`reporters` are different people: one person with seventy messages is one. `path` has the places in the order in
    which the matter came to them."""

    number: int
    category: str
    reporters: int
    tellings: int
    since: datetime
    until: datetime
    path: tuple[Stop, ...]


def rank_hot_matters(
    facts: Iterable[Told], *, since: datetime, until: datetime, least: int = 2
) -> tuple[HotMatter, ...]:
    """Matters told of in [since, until) by at least `least` different people: most people first, then most places,
    then the one told of last."""
    by_number: dict[int, list[Told]] = {}
    for each in facts:
        if since <= each.told_at < until:
            by_number.setdefault(each.number, []).append(each)
    matters = (_matter_of(told) for told in by_number.values())
    hot = (each for each in matters if each.reporters >= least)
    return tuple(sorted(hot, key=_heat, reverse=True))


def _heat(matter: HotMatter) -> tuple[int, int, datetime, int]:
    return matter.reporters, len(matter.path), matter.until, -matter.number


def _matter_of(told: list[Told]) -> HotMatter:
    told = sorted(told, key=lambda each: each.told_at)
    return HotMatter(
        number=told[0].number,
        category=told[-1].category,
        reporters=len({each.person_id for each in told}),
        tellings=len(told),
        since=told[0].told_at,
        until=told[-1].told_at,
        path=_path_of(told),
    )


def _path_of(told: list[Told]) -> tuple[Stop, ...]:
    people: dict[str, set[int]] = {}
    arrived: dict[str, datetime] = {}
    for each in told:
        people.setdefault(each.node_id, set()).add(each.person_id)
        arrived.setdefault(each.node_id, each.told_at)
    return tuple(Stop(node_id, arrived[node_id], len(people[node_id])) for node_id in people)
