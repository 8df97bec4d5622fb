"""The tables of the figures, from counts: one function a table. What is asked and from where is not decided here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from admin_web.pages.figures_asked import Step, begin_of, list_steps_of
from admin_web.pages.figures_ports import Period
from admin_web.pages.figures_tables import (
    Cell,
    Column,
    Kind,
    Table,
    count_cell,
    rate_cell,
    span_cell,
    text_cell,
)
from admin_web.words import Words
from routing.figure_counts import NOTHING, SPANS, Counts, total
from routing.figure_rates import RateName, Standing, list_steps, make_rate, rank_places, rate_of
from routing.hierarchy import Hierarchy
from routing.metrics import Rate

STEPS = (*(name for name, _ in SPANS), "longer")


@dataclass(frozen=True, slots=True)
class Views:
    """In one language, over one tree, with one smallest n."""

    t: Words
    tree: Hierarchy
    smallest_n: int

    def rates(self, now: Counts, before: Counts) -> Table:
        rows = []
        for name in RateName:
            one, other = (rate_of(each, name, smallest_n=self.smallest_n) for each in (now, before))
            title = text_cell(self.t(f"figures.rate.{name}"), tag=name.value)
            rows.append([title, rate_cell(one), rate_cell(other), self._change(one, other)])
        return self._table(
            "rates",
            [
                ("rate", Kind.TEXT),
                ("this_period", Kind.RATE),
                ("period_before", Kind.RATE),
                ("change", Kind.TEXT),
            ],
            rows,
        )

    def trend(self, by_day: Mapping[date, Counts], period: Period, step: Step) -> Table:
        buckets: dict[date, list[Counts]] = {each: [] for each in list_steps_of(step, period)}
        for day, counts in by_day.items():
            buckets[begin_of(step, day)].append(counts)
        rows = []
        for first, parts in buckets.items():
            counts = total(parts)
            shown = f"{first:%Y-%m}" if step is Step.MONTH else first.isoformat()
            rows.append(
                [
                    text_cell(shown),
                    count_cell(counts.tickets),
                    count_cell(counts.solved),
                    self._rate(counts, RateName.ON_TIME),
                    self._rate(counts, RateName.RESOLUTION),
                ]
            )
        title = Column(self.t(f"figures.by.{step}"), Kind.TEXT)
        return Table("trend", self.t("figures.table.trend"), [title, *self._columns(_NUMBERS)], rows)

    def categories(self, by_category: Mapping[str, Counts]) -> Table:
        ordered = sorted(by_category.items(), key=lambda each: (-each[1].tickets, each[0]))
        rows = [
            [
                text_cell(self.name_category(category)),
                count_cell(counts.tickets),
                count_cell(counts.solved),
                *(self._rate(counts, each) for each in _OF_CATEGORIES),
                span_cell(_mean(counts.solved_seconds, counts.solved), self.t),
            ]
            for category, counts in ordered
            if counts.tickets
        ]
        rates = [(f"rate.{each}", Kind.RATE) for each in _OF_CATEGORIES]
        columns = [("category", Kind.TEXT), *_NUMBERS[:2], *rates, ("mean_solved", Kind.SPAN)]
        return self._table("categories", columns, rows)

    def levels(self, by_level: Mapping[str, Counts]) -> Table:
        rows = [
            [
                text_cell(self.tree.level_name(level)),
                count_cell(counts.dispatches),
                *(self._rate(counts, each) for each in _OF_LEVELS),
                rate_cell(make_rate(counts.went_up, counts.dispatches, smallest_n=self.smallest_n)),
                count_cell(counts.timed_out),
                count_cell(counts.tickets),
                count_cell(count_open(counts)),
                span_cell(_mean(counts.held_seconds, counts.held), self.t),
            ]
            for level, counts in self._in_order(by_level)
        ]
        columns = [
            ("level", Kind.TEXT),
            ("dispatched", Kind.COUNT),
            *((f"rate.{each}", Kind.RATE) for each in _OF_LEVELS),
            ("went_up", Kind.RATE),
            ("timed_out", Kind.COUNT),
            ("came_last", Kind.COUNT),
            ("stands_here", Kind.COUNT),
            ("mean_held", Kind.SPAN),
        ]
        return self._table("levels", columns, rows)

    def held(self, by_level: Mapping[str, Counts]) -> Table:
        rows = [
            [
                text_cell(self.tree.level_name(level)),
                *(
                    rate_cell(make_rate(each, counts.held, smallest_n=self.smallest_n))
                    for each in list_steps(counts, "held")
                ),
            ]
            for level, counts in self._in_order(by_level)
        ]
        return self._table(
            "held", [("level", Kind.TEXT), *((f"step.{each}", Kind.RATE) for each in STEPS)], rows
        )

    def places(self, counts: Mapping[str, Counts], name: RateName, link: Mapping[str, str]) -> Table:
        """`link` has the address of each place. Those with too few cases come last, without a judgement."""
        rows = []
        for each in rank_places(counts, name, smallest_n=self.smallest_n):
            is_told = each.standing is not Standing.FEW
            likely = f"{each.low:.0%} – {each.high:.0%}"
            reach = Cell(likely, likely, reach=(each.low, each.high)) if is_told else Cell("—", None)
            standing = text_cell(self.t(f"figures.standing.{each.standing}"), tag=each.standing.value)
            place = text_cell(self.name_place(each.place), path=link.get(each.place, ""))
            of_place = counts[each.place]
            rows.append([place, count_cell(of_place.tickets), rate_cell(each.rate), reach, standing])
        columns = [
            ("place", Kind.TEXT),
            ("reported", Kind.COUNT),
            (f"rate.{name}", Kind.RATE),
            ("likely", Kind.TEXT),
            ("standing", Kind.TEXT),
        ]
        return self._table("places", columns, rows)

    def name_place(self, node_id: str) -> str:
        node = self.tree.find_node(node_id)
        return node.name if node else node_id

    def name_place_in_full(self, node_id: str) -> str:
        """With the place above it, for a building says little alone; not with the root, which is above all."""
        names = [each.name for each in self.tree.climb(node_id) if each.node_id != self.tree.root_id]
        return " ".join(names[1::-1]) if names else self.name_place(node_id)

    def name_category(self, category_id: str) -> str:
        category = self.tree.find_category(category_id)
        return category.name if category else category_id

    def _change(self, now: Rate, before: Rate) -> Cell:
        """In points, as the rounded rates show it; nothing where one of the two is not told."""
        if now.value is None or before.value is None:
            return Cell("—", None)
        points = round(now.value * 100) - round(before.value * 100)
        if points == 0:
            return text_cell(self.t("figures.no_change"))
        return text_cell(self.t(f"figures.points_{'up' if points > 0 else 'down'}", n=abs(points)))

    def _rate(self, counts: Counts, name: RateName) -> Cell:
        return rate_cell(rate_of(counts, name, smallest_n=self.smallest_n))

    def _in_order(self, by_level: Mapping[str, Counts]) -> list[tuple[str, Counts]]:
        """Lowest level first; levels that have left the tree come last."""
        known = [each.level_id for each in self.tree.levels]
        rest = sorted(each for each in by_level if each not in known)
        found = ((each, by_level.get(each, NOTHING)) for each in (*known, *rest))
        return [(level, counts) for level, counts in found if counts.dispatches or counts.tickets]

    def _table(self, key: str, columns: Sequence[tuple[str, Kind]], rows: Sequence[Sequence[Cell]]) -> Table:
        return Table(key, self.t(f"figures.table.{key}"), list(self._columns(columns)), rows)

    def _columns(self, columns: Iterable[tuple[str, Kind]]) -> Iterable[Column]:
        return (Column(self.t(f"figures.{word}"), kind) for word, kind in columns)


_NUMBERS = (
    ("reported", Kind.COUNT),
    ("solved", Kind.COUNT),
    ("rate.on_time", Kind.RATE),
    ("rate.resolution", Kind.RATE),
)
_OF_CATEGORIES = (RateName.ON_TIME, RateName.RESOLUTION, RateName.HAND_BACK, RateName.REDO)
_OF_LEVELS = (RateName.RESPONSE, RateName.CLAIM_IN_TIME, RateName.ON_TIME, RateName.HAND_BACK)


def count_open(counts: Counts) -> int:
    """Those that nobody has solved or ended yet; of a level: those that are there now."""
    return counts.status_open + counts.status_claimed + counts.status_waiting


def _mean(seconds: int, n: int) -> float | None:
    return seconds / n if n else None
