"""What the pages of figures are told and by whom. Every place was checked against the visitor's scope before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from routing.figure_counts import Counts, total
from routing.hierarchy import Hierarchy
from routing.hot_matters import HotMatter
from routing.voices import Heard


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the tree from `since` up to, and without, `until`."""

    since: date
    until: date

    @property
    def days(self) -> int:
        return (self.until - self.since).days

    @property
    def last(self) -> date:
        return self.until - timedelta(days=1)

    def before(self) -> "Period":
        """As many days that came right before."""
        return Period(self.since - timedelta(days=self.days), self.since)


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """Sums over the tickets that were reported from a place or below it and opened in a period."""

    by_day: Mapping[date, Counts]
    by_category: Mapping[str, Counts]
    by_level: Mapping[str, Counts]

    @property
    def whole(self) -> Counts:
        return total(self.by_day.values())


@dataclass(frozen=True, slots=True)
class OpenMatter:
    number: int
    category: str
    origin: str
    opened_at: datetime


class FigureReader(Protocol):
    """All counts are those of this moment: limits that have run out by now are in them."""

    async def read(self, place: str, period: Period) -> PlaceFigures: ...

    async def read_places(self, places: Sequence[str], period: Period) -> Mapping[str, Counts]:
        """A place without tickets may be missing."""
        ...

    async def hear(self, place: str, period: Period) -> Heard:
        """`by_place` and `silent` are about the places without children."""
        ...

    async def find_hot(self, place: str, period: Period) -> Sequence[HotMatter]: ...

    async def list_oldest_open(self, place: str, *, limit: int) -> Sequence[OpenMatter]: ...

    async def is_behind(self) -> bool:
        """Brings the sums up to date; True when there was too much to do for one visit."""
        ...


@dataclass(frozen=True, slots=True)
class FigurePorts:
    """`smallest_n`: no rate is shown below so many cases, the same as in the API."""

    reader: FigureReader
    hierarchy: Callable[[], Hierarchy]
    now: Callable[[], datetime]
    smallest_n: int = 5
