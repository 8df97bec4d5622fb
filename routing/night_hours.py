"""Whether a limit runs while most people sleep: who answers for something urgent at three in the morning. Pure."""

from routing.hierarchy import URGENT_CLOCK, Category, Hierarchy
from routing.working_time import Calendar

NIGHT_ENDS = 6 * 60
NIGHT_BEGINS = 22 * 60


def list_sleeping(hierarchy: Hierarchy) -> list[Category]:
    """Categories of which an urgent matter is not asked for at night, at the level where it starts."""
    clock = hierarchy.clocks.get(URGENT_CLOCK)
    return [
        each
        for each in hierarchy.categories
        if not _wakes(hierarchy, each, clock.clock_id if clock else each.clock)
    ]


def _wakes(hierarchy: Hierarchy, category: Category, clock_id: str) -> bool:
    clock = hierarchy.clocks[clock_id]
    limits = clock.limits.get(category.starts_at)
    if limits is None:
        return False
    return not limits.claim.is_working or _has_night(hierarchy.calendars[clock.calendar])


def _has_night(calendar: Calendar) -> bool:
    return any(start < NIGHT_ENDS or end > NIGHT_BEGINS for start, end in calendar.periods)
