"""What the figures keep of one ticket, between the core's counts and the columns of their tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from routing.figure_counts import COUNT_NAMES, NOTHING, Counts, Undecided, difference, total
from storage.prepared import Fields
from storage.tables.figures import FIGURE_TICKET

WHOLE_DAY, FINE_DAY, FINE_MONTH = 0, 1, 2
"""The grains of `figure_day`."""


@dataclass(frozen=True, slots=True)
class TicketCounts:
    """`opened_on` is the local day of the tree. `reporters` is 0 for a ticket that was merged into another."""

    number: int
    origin: str
    node: str
    category: str
    level: str
    opened_on: date
    reporters: int
    by_level: Mapping[str, Counts]
    undecided: Undecided | None


@dataclass(frozen=True, slots=True)
class SumKey:
    """Which row of `figure_day`."""

    place: str
    grain: int
    opened_on: date
    category: str
    level: str


@dataclass(frozen=True, slots=True)
class AskedKey:
    """Which row of `figure_asked`."""

    node: str
    stray: str
    opened_on: date
    category: str
    level: str


@dataclass(frozen=True, slots=True)
class Matter:
    """What decides in which sums counts stand, but for the path of the origin."""

    origin: str
    node: str
    opened_on: date
    category: str
    level: str


Sums = dict[SumKey | AskedKey, Counts]

MATTER = ("origin", "node", "opened_on", "category", "level")
SUMMED = ("number", *MATTER)
STORED = tuple(FIGURE_TICKET.c[name] for name in (*SUMMED, *COUNT_NAMES))


def rows_of(ticket: TicketCounts) -> Iterator[dict[str, Any]]:
    for level, counts in ticket.by_level.items():
        undecided = ticket.undecided if ticket.undecided and ticket.undecided.level == level else None
        yield {
            "number": ticket.number,
            "level": level,
            "origin": ticket.origin,
            "node": ticket.node,
            "category": ticket.category,
            "opened_on": ticket.opened_on,
            "reporters": ticket.reporters if level == ticket.level else 0,
            "claim_due_at": undecided.claim_due_at if undecided else None,
            "resolve_due_at": undecided.resolve_due_at if undecided else None,
            "was_extended": bool(undecided and undecided.was_extended),
            **values_of(counts),
        }


def values_of(counts: Counts) -> dict[str, int]:
    return dict(zip(COUNT_NAMES, counts.values(), strict=True))


def counts_of(fields: Fields | sa.Row[Any]) -> Counts:
    """From the columns of `COUNT_NAMES`; PostgreSQL gives sums of long numbers as decimals."""
    return Counts(*map(int, fields))


def add_ticket(sums: Sums, ticket: TicketCounts, path: tuple[str, ...]) -> None:
    for level, counts in ticket.by_level.items():
        matter = Matter(ticket.origin, ticket.node, ticket.opened_on, ticket.category, level)
        add_counts(sums, path, matter, counts=counts)


def add_counts(sums: Sums, path: tuple[str, ...], matter: Matter, *, counts: Counts) -> None:
    """`path`: the places with children above the origin, in whose sums it stands."""
    month, fine = matter.opened_on.replace(day=1), (matter.category, matter.level)
    is_below = matter.node == matter.origin or matter.node in path
    keys: list[SumKey | AskedKey] = [AskedKey(matter.node, "" if is_below else matter.origin, month, *fine)]
    for place in path:
        keys += (
            SumKey(place, WHOLE_DAY, matter.opened_on, "", ""),
            SumKey(place, FINE_DAY, matter.opened_on, *fine),
            SumKey(place, FINE_MONTH, month, *fine),
        )
    for key in keys:
        sums[key] = total([sums[key], counts]) if key in sums else counts


def take_counts(sums: Sums, path: tuple[str, ...], matter: Matter, *, counts: Counts) -> None:
    add_counts(sums, path, matter, counts=difference(NOTHING, counts))
