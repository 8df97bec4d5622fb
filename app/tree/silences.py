"""Whom deadlines no longer reach after an edit: at night, on days off, or because nobody is asked at a level. Pure.

A limit in hours counts day and night; one in working hours or days only by its calendar, and nothing is told meanwhile.
"""

from collections.abc import Iterator
from itertools import chain, islice

from admin_web.hierarchy_plan import Hours, Silence, Unasked
from routing.asked import group_asked
from routing.coverage import Gap, list_skipped
from routing.durations import Span
from routing.hierarchy import Category, Hierarchy
from routing.timetable import is_reachable
from routing.working_time import Calendar

_SAMPLE = 3
_NIGHT_ENDS = 6 * 60
_NIGHT_BEGINS = 22 * 60


def list_silences(old: Hierarchy, new: Hierarchy) -> tuple[Silence, ...]:
    """For each category and kind of hours the levels whose limits counted before and do not any more."""
    found = []
    for category in new.categories:
        before = old.find_category(category.category_id)
        for hours in Hours if before is not None else ():
            assert before is not None
            levels = tuple(_levels_lost(old, before, new, category, hours))
            groups = _count_asked(new, category, levels)
            if groups:
                names = tuple(new.level_name(each) for each in levels)
                found.append(Silence(category.name, names, hours, groups))
    return (*found, *_quiet_hours(old, new))


def list_unasked(old: Hierarchy, new: Hierarchy) -> tuple[Unasked, ...]:
    before = {(each.category_id, each.level_id): each.count for each in _skipped(old)}
    return tuple(
        Unasked(
            new.get_category(each.category_id).name,
            new.level_name(each.level_id),
            more,
            tuple(islice(_list_newly_skipped(old, new, each), min(more, _SAMPLE))),
        )
        for each in _skipped(new)
        if (more := each.count - before.get((each.category_id, each.level_id), 0)) > 0
    )


def _list_newly_skipped(old: Hierarchy, new: Hierarchy, gap: Gap) -> Iterator[str]:
    """Names of places where somebody was asked, or which are new; those that are new first, as they are few."""
    was, category = old.find_category(gap.category_id), new.get_category(gap.category_id)
    added = (each for each in new.nodes if each not in old.nodes)
    kept = (each for each in new.nodes if each in old.nodes)
    for node_id in chain(added, kept):
        node = new.get_node(node_id)
        if node.level != gap.level_id or _is_asked(new, node_id, category):
            continue
        if was is None or node_id not in old.nodes or _is_asked(old, node_id, was):
            yield node.name


def _is_asked(tree: Hierarchy, node_id: str, category: Category) -> bool:
    return group_asked(tree, node_id, category, can_hear=lambda each: is_reachable(tree, each)) is not None


def _skipped(tree: Hierarchy) -> tuple[Gap, ...]:
    return list_skipped(tree, can_hear=lambda group: is_reachable(tree, group))


def _levels_lost(
    old: Hierarchy, was: Category, new: Hierarchy, will: Category, hours: Hours
) -> Iterator[str]:
    for level in new.levels:
        if _counts(new, will, level.level_id, hours):
            continue
        if _counts(old, was, level.level_id, hours):
            yield level.level_id


def _counts(tree: Hierarchy, category: Category, level_id: str, hours: Hours) -> bool:
    clock = tree.clocks[category.clock]
    limits = clock.limits.get(level_id)
    return limits is not None and _is_counting(limits.claim, tree.calendars[clock.calendar], hours)


def _is_counting(span: Span, calendar: Calendar, hours: Hours) -> bool:
    if not span.is_working:
        return True
    if hours is Hours.DAYS_OFF:
        return calendar.holidays is None and not calendar.days_off and {6, 7} <= calendar.days
    return any(start < _NIGHT_ENDS or end > _NIGHT_BEGINS for start, end in calendar.periods)


def _count_asked(tree: Hierarchy, category: Category, levels: tuple[str, ...]) -> int:
    """How many groups are asked about it at these levels."""
    if not levels:
        return 0
    asked = {
        group.group_id
        for node in tree.nodes.values()
        if node.level in levels
        and (
            group := group_asked(tree, node.node_id, category, can_hear=lambda each: is_reachable(tree, each))
        )
    }
    return len(asked)


def _quiet_hours(old: Hierarchy, new: Hierarchy) -> Iterator[Silence]:
    """Nothing that is not urgent is sent in them: new or longer quiet hours reach nobody at night."""
    if new.manners.quiet is not None and _quiet_minutes(new.manners.quiet) > _quiet_minutes(
        old.manners.quiet
    ):
        yield Silence("", (), Hours.NIGHT, len(new.groups))


def _quiet_minutes(quiet: tuple[int, int] | None) -> int:
    return (quiet[1] - quiet[0]) % (24 * 60) if quiet is not None else 0
