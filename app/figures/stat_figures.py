"""The figures that the API is asked for: kept sums for whole days of a place, and tickets added up for what is left.

What is left are the hours of a day that the period begins or ends within. For tickets that are chosen by where they are
asked now there are sums of whole months.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from admin_web.pages.figures_ports import Period
from admin_web.ports import FigureQuestion, UnavailableError
from app.pages.figures import FigureDesk
from app.readers import in_thread, or_unavailable
from app.wiring import House
from routing.figure_counts import NOTHING, Counts, count_overdue, total
from routing.figure_rates import figures_of_counts
from routing.hierarchy import Hierarchy
from routing.metrics import Figures
from storage.queries.stats import Months, StatReads, Wanted

STEPS_A_QUESTION = 200
"""So much is counted while a program waits, some seconds' work: what a flood of 20,000 reports leaves."""

Sums = Mapping[tuple[str, str], Counts]
"""By category and level."""


def build_stat_figures(house: House) -> "StatFigures":
    return StatFigures(house, FigureDesk(house, house.figures), StatReads(house.store.reading_engine))


@dataclass(frozen=True, slots=True)
class StatFigures:
    """Fulfils `admin_web.ports.FigureCounter`. The same as `routing.metrics.figures_of` says of the tickets."""

    house: House
    desk: FigureDesk
    reads: StatReads

    async def count(self, question: FigureQuestion, *, now: datetime, smallest_n: int) -> Figures:
        if not await or_unavailable(self.house.figures.catch_up(steps=STEPS_A_QUESTION)):
            raise UnavailableError
        parts = await in_thread(lambda: list(self._parts(question, now)))
        sums = [pair for part in parts for pair in part.items()]
        return figures_of_counts(
            total(counts for _, counts in sums),
            by_category=_by(0, sums),
            by_level=_by(1, sums),
            smallest_n=smallest_n,
        )

    def _parts(self, question: FigureQuestion, now: datetime) -> Iterator[Sums]:
        tree = self.house.office.current()
        opened = Wanted(opened_from=question.opened_from, opened_before=question.opened_before)
        seen_from = question.seen_from or tree.root_id
        if question.node and (question.node, seen_from) != (tree.root_id, tree.root_id):
            wanted = replace(opened, nodes=_below(question.node, tree))
            if question.origin:
                yield from self._added(replace(wanted, origins=_below(question.origin, tree)), now)
            else:
                yield from self._asked(wanted, ZoneInfo(tree.timezone), now)
            return
        yield from self._reported(question.origin or seen_from, question, tree, now)
        if not question.origin and seen_from != tree.root_id:
            below = _below(seen_from, tree)
            wanted = replace(opened, nodes=below, other_origins=below)
            yield from self._asked(wanted, ZoneInfo(tree.timezone), now)

    def _reported(
        self, place: str, question: FigureQuestion, tree: Hierarchy, now: datetime
    ) -> Iterator[Sums]:
        if tree.find_node(place) is None:
            return
        origins = None if place == tree.root_id else _below(place, tree)
        zone = ZoneInfo(tree.timezone)
        since, until = question.opened_from, question.opened_before
        first = _day_from(since, zone)
        last = until.astimezone(zone).date() if until else _tomorrow(now, zone)
        if first >= last:
            yield from self._added(Wanted(origins=origins, opened_from=since, opened_before=until), now)
            return
        yield self.desk.sum_days(place, Period(first, last))
        if since < _midnight(first, zone):
            head = Wanted(origins=origins, opened_from=since, opened_before=_midnight(first, zone))
            yield from self._added(head, now)
        if until is not None and until > _midnight(last, zone):
            tail = Wanted(origins=origins, opened_from=_midnight(last, zone), opened_before=until)
            yield from self._added(tail, now)

    def _asked(self, wanted: Wanted, zone: ZoneInfo, now: datetime) -> Iterator[Sums]:
        """By whole months, and the days before and after them. Limits that ran out are looked at once, for all."""
        since, until = wanted.opened_from, wanted.opened_before
        assert since is not None
        assert wanted.nodes is not None
        first = _month_from(since, zone)
        last = until.astimezone(zone).date().replace(day=1) if until else None
        if last is not None and first >= last:
            yield from self._added(wanted, now)
            return
        beyond = wanted.other_origins or None
        yield self.reads.sum_asked(wanted.nodes, Months(first, last), strays_beyond=beyond)
        if since < _midnight(first, zone):
            yield self.reads.sum_of(replace(wanted, opened_before=_midnight(first, zone)))
        if until is not None and last is not None and until > _midnight(last, zone):
            yield self.reads.sum_of(replace(wanted, opened_from=_midnight(last, zone)))
        yield from self._late(wanted, now)

    def _added(self, wanted: Wanted, now: datetime) -> Iterator[Sums]:
        yield self.reads.sum_of(wanted)
        yield from self._late(wanted, now)

    def _late(self, wanted: Wanted, now: datetime) -> Iterator[Sums]:
        for row in self.reads.list_late(wanted, now=now):
            yield {(row.category, row.undecided.level): count_overdue(row.undecided, now)}


def _by(key: int, sums: list[tuple[tuple[str, str], Counts]]) -> Mapping[str, Counts]:
    found: dict[str, Counts] = {}
    for keys, counts in sums:
        found[keys[key]] = total([found.get(keys[key], NOTHING), counts])
    return found


def _below(place: str, tree: Hierarchy) -> frozenset[str]:
    return frozenset(each.node_id for each in tree.subtree(place))


def _day_from(at: datetime, zone: ZoneInfo) -> date:
    """The first day that begins at this moment or after it."""
    local = at.astimezone(zone)
    return local.date() if local.time() == time() else local.date() + timedelta(days=1)


def _month_from(at: datetime, zone: ZoneInfo) -> date:
    """The first day of the first month that begins at this moment or after it."""
    day = _day_from(at, zone)
    return day if day.day == 1 else (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _tomorrow(now: datetime, zone: ZoneInfo) -> date:
    return now.astimezone(zone).date() + timedelta(days=1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)
