"""The map of coverage of this house: looked at when asked, and kept for some minutes while the tree is the same."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from admin_web.coverage_ports import Coverage
from app.readers import in_thread
from app.tree.coverage_marks import Evidence, mark_everywhere, mark_places
from app.wiring import House
from routing.hierarchy import RESIDENTS, Hierarchy
from storage.queries.coverage import CoverageReads

KEPT_FOR = timedelta(minutes=5)
WEEK, MONTH, QUARTER = timedelta(days=7), timedelta(days=30), timedelta(days=90)


@dataclass(slots=True)
class HouseCoverage:
    """Fulfils `admin_web.coverage_ports.CoverageDesk`."""

    house: House
    reads: CoverageReads
    _seen: tuple[Hierarchy, Coverage] | None = None
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def look(self, hierarchy: Hierarchy) -> Coverage:
        async with self._looking:
            now = self.house.clock.now()
            if self._seen is not None and self._seen[0] is hierarchy:
                age = now - self._seen[1].looked_at
                if timedelta(0) <= age < KEPT_FOR:
                    return self._seen[1]
            found = await in_thread(lambda: self._look(hierarchy))
            self._seen = (hierarchy, found)
            return found

    def _look(self, tree: Hierarchy) -> Coverage:
        evidence = self._collect(tree)
        return Coverage(
            marks=mark_places(tree, self.house.reach, evidence),
            everywhere=mark_everywhere(tree, self.house.reach, evidence),
            looked_at=self.house.clock.now(),
        )

    def _collect(self, tree: Hierarchy) -> Evidence:
        now = self.house.clock.now()
        born_at = self.reads.born_at() or now
        lived = [
            each.node_id for each in tree.nodes.values() if any(g.kind == RESIDENTS for g in each.groups)
        ]
        is_young = now - born_at < WEEK
        return Evidence(
            lost=self.reads.list_lost(since=now - MONTH),
            silent=frozenset() if is_young else frozenset(self.reads.list_silent(lived)),
            month={} if now - born_at < MONTH else self.reads.count_moves(since=now - MONTH),
            quarter=self.reads.count_moves(since=now - QUARTER),
        )
