"""The frozen promise of a ticket: its clock with calendar and limits as plain values, taken when it was opened.

Many tickets share one plan; `storage` keeps each distinct plan once, by its digest.
"""

from dataclasses import dataclass

from routing.durations import Span
from routing.hierarchy import URGENT_CLOCK, Category, Hierarchy, Limits
from routing.working_time import Calendar


@dataclass(frozen=True, slots=True)
class Plan:
    """`limits` are (level id, limits), lowest level first. `quiet` is as in `Manners`."""

    clock_id: str
    calendar: Calendar
    limits: tuple[tuple[str, Limits], ...]
    rate_within: Span
    reopen_limit: int
    supervise_every: Span
    quiet: tuple[int, int] | None = None

    def limits_at(self, level_id: str) -> Limits:
        """The limits of a level; a level that came after this plan gets those of the highest one known."""
        return dict(self.limits).get(level_id, self.limits[-1][1])


def freeze_plan(hierarchy: Hierarchy, category: Category, *, clock_id: str | None = None) -> Plan:
    """The plan for a new ticket of this category; `clock_id` overrides the category's own clock."""
    clock = hierarchy.clocks[clock_id or category.clock]
    after = hierarchy.after_resolving
    return Plan(
        clock_id=clock.clock_id,
        calendar=hierarchy.calendars[clock.calendar],
        limits=tuple((each.level_id, clock.limits[each.level_id]) for each in hierarchy.levels),
        rate_within=after.rate_within,
        reopen_limit=after.reopen_limit,
        supervise_every=hierarchy.manners.supervise_every,
        quiet=hierarchy.manners.quiet if clock.clock_id != URGENT_CLOCK else None,
    )
