"""Hands the pages of figures what they show: sums from the store, with the limits that have run out by now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from fastapi import APIRouter

from admin_web.office import Office
from admin_web.pages import figures, figures_bulletin
from admin_web.pages.figures_ports import FigurePorts, OpenMatter, Period, PlaceFigures
from app.figures.upkeep import FigureUpkeep, is_leaf
from app.readers import in_thread, or_unavailable
from app.wiring import House
from routing.figure_counts import NOTHING, Counts, count_overdue, total
from routing.hierarchy import Hierarchy
from routing.hot_matters import HotMatter, rank_hot_matters
from routing.voices import Heard, hear
from storage.queries.figures import Days, LateRow

K = TypeVar("K")
MATTERS_LOOKED_AT = 50
HOT_MATTERS_SHOWN = 10
STEPS_A_VISIT = 4
"""So much is counted while a visitor waits; usually there is nothing, or the last moments."""


def build_figure_pages(office: Office, house: House, *, smallest_n: int) -> APIRouter:
    ports = FigurePorts(FigureDesk(house, house.figures), house.office.current, house.clock.now, smallest_n)
    router = APIRouter(include_in_schema=False)
    router.include_router(figures.build_router(office, ports))
    router.include_router(figures_bulletin.build_router(office, ports))
    return router


@dataclass(frozen=True, slots=True)
class FigureDesk:
    """Fulfils `admin_web.pages.figures_ports.FigureReader`."""

    house: House
    upkeep: FigureUpkeep

    async def read(self, place: str, period: Period) -> PlaceFigures:
        return await in_thread(lambda: self._read(place, period))

    def _read(self, place: str, period: Period) -> PlaceFigures:
        reads, days, leaf = self.upkeep.reads, _days(period), is_leaf(place, self._tree())
        late = list(self._late(place, period))
        sums = reads.by_category_and_level(place, days, is_leaf=leaf).items()
        return PlaceFigures(
            by_day=_with(reads.by_day(place, days, is_leaf=leaf), ((row.opened_on, c) for row, c in late)),
            by_category=_with({}, [(key[0], c) for key, c in sums] + [(row.category, c) for row, c in late]),
            by_level=_with(
                {}, [(key[1], c) for key, c in sums] + [(row.undecided.level, c) for row, c in late]
            ),
        )

    def sum_days(self, place: str, period: Period) -> Mapping[tuple[str, str], Counts]:
        """By category and level; blocks."""
        leaf = is_leaf(place, self._tree())
        sums = self.upkeep.reads.by_category_and_level(place, _days(period), is_leaf=leaf)
        late = self._late(place, period)
        return _with(sums, (((row.category, row.undecided.level), counts) for row, counts in late))

    async def read_places(self, places: Sequence[str], period: Period) -> Mapping[str, Counts]:
        return await in_thread(lambda: self._read_places(places, period))

    def _read_places(self, places: Sequence[str], period: Period) -> Mapping[str, Counts]:
        tree, wanted = self._tree(), set(places)
        leaves = {each for each in places if is_leaf(each, tree)}
        sums = self.upkeep.reads.by_place(wanted - leaves, _days(period), leaves=leaves)
        late = (
            (node_id, counts)
            for row, counts in self._late(tree.root_id, period)
            for node_id in _places_above(row.origin, tree)
            if node_id in wanted
        )
        return _with(sums, late)

    async def hear(self, place: str, period: Period) -> Heard:
        tree = self._tree()
        leaves = [each.node_id for each in tree.subtree(place) if not each.children]
        below = self._below(place)
        voices = await in_thread(lambda: self.upkeep.reads.count_voices(below, _days(period)))
        return hear(voices, leaves)

    async def find_hot(self, place: str, period: Period) -> Sequence[HotMatter]:
        below, zone = self._below(place), ZoneInfo(self._tree().timezone)
        told = await in_thread(
            lambda: self.upkeep.reads.list_told(below, _days(period), matters=MATTERS_LOOKED_AT)
        )
        since, until = (_midnight(each, zone) for each in (period.since, period.until))
        return rank_hot_matters(told, since=since, until=until)[:HOT_MATTERS_SHOWN]

    async def list_oldest_open(self, place: str, *, limit: int) -> Sequence[OpenMatter]:
        below = self._below(place)
        found = await in_thread(lambda: self.upkeep.reads.list_oldest_open(below, limit=limit))
        return [OpenMatter(*each) for each in found]

    async def is_behind(self) -> bool:
        return not await or_unavailable(self.upkeep.catch_up(steps=STEPS_A_VISIT))

    def _tree(self) -> Hierarchy:
        return self.house.office.current()

    def _below(self, place: str) -> frozenset[str] | None:
        """The places of its tickets; None for all, those of places that left the tree too."""
        tree = self._tree()
        if place == tree.root_id:
            return None
        return frozenset(each.node_id for each in tree.subtree(place))

    def _late(self, place: str, period: Period) -> Iterable[tuple[LateRow, Counts]]:
        tree, now = self._tree(), self.house.clock.now()
        for row in self.upkeep.reads.list_late(_days(period), now=now):
            if place in _places_above(row.origin, tree):
                yield row, count_overdue(row.undecided, now)


def _with(sums: Mapping[K, Counts], more: Iterable[tuple[K, Counts]]) -> Mapping[K, Counts]:
    joined = dict(sums)
    for key, counts in more:
        joined[key] = total([joined.get(key, NOTHING), counts])
    return joined


def _places_above(origin: str, tree: Hierarchy) -> set[str]:
    return {each.node_id for each in tree.climb(origin)} | {tree.root_id}


def _days(period: Period) -> Days:
    return Days(period.since, period.until)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)
