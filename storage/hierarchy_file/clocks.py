"""The sections `clocks:` and `after_resolving:`."""

from collections.abc import Mapping

from routing.durations import Span
from routing.hierarchy import NORMAL_CLOCK, URGENT_CLOCK, AfterResolving, Clock, Level, Limits
from routing.hierarchy_index import DEFAULT_AFTER_RESOLVING
from routing.working_time import Calendar, longer_than
from storage.hierarchy_file.calendars import named_entries
from storage.hierarchy_file.fields import Fields, as_map
from storage.hierarchy_file.nearest import clip, suggest
from storage.hierarchy_file.report import Report
from storage.hierarchy_file.spans import find_span, get_span
from storage.hierarchy_file.values import Map

MOST_REOPENED = 20


def read_clocks(
    fields: Fields, levels: tuple[Level, ...], calendars: Mapping[str, Calendar | None], report: Report
) -> dict[str, Clock | None]:
    """By id; None for one that was reported. Without an urgent clock urgent matters keep the normal one."""
    section = fields.get_map("clocks")
    if section is None:
        return {}
    clocks = {
        own_id: _read_clock(own_id, at, levels, calendars, report)
        for own_id, at in named_entries(section, report)
    }
    if NORMAL_CLOCK not in section.values:
        near, near_zh = suggest(NORMAL_CLOCK, [each for each in section.values if each != URGENT_CLOCK])
        report.problem(
            section,
            f'The clock "{NORMAL_CLOCK}" is missing: matters that name no clock use it. Add it. {near}',
            f"缺少时限“{NORMAL_CLOCK}”：没有指定时限的事项都用它，请补上。{near_zh}",
            key=NORMAL_CLOCK,
        )
    if URGENT_CLOCK not in section.values:
        _lend_normal(section, clocks, report)
    return clocks


def _lend_normal(section: Map, clocks: dict[str, Clock | None], report: Report) -> None:
    normal = clocks.get(NORMAL_CLOCK)
    clocks[URGENT_CLOCK] = Clock(URGENT_CLOCK, normal.calendar, normal.limits) if normal is not None else None
    report.warning(
        section,
        f'There is no clock "{URGENT_CLOCK}": urgent matters keep the limits of "{NORMAL_CLOCK}". Add one.',
        f"没有时限“{URGENT_CLOCK}”：紧急事项将按“{NORMAL_CLOCK}”的时限办理，建议补上。",
    )


def _read_clock(
    own_id: str,
    at: Map,
    levels: tuple[Level, ...],
    calendars: Mapping[str, Calendar | None],
    report: Report,
) -> Clock | None:
    # Without levels, which was reported, no key is known to be wrong.
    known = [each.level_id for each in levels] or list(at.values)
    fields = Fields(at, ("calendar", *known), report)
    name = fields.get_text("calendar")
    if name is not None and calendars and name.value not in calendars:
        near, near_zh = suggest(name.value, calendars)
        report.problem(
            name,
            f'There is no calendar "{clip(name.value)}". {near}',
            f"没有“{clip(name.value)}”这个日历。{near_zh}",
        )
    calendar = calendars.get(name.value) if name else None
    limits = {each.level_id: _read_limits(fields, each, calendar, report) for each in levels}
    whole = {level_id: each for level_id, each in limits.items() if each is not None}
    if name is None or len(whole) < len(levels):
        return None
    return Clock(own_id, name.value, whole)


def _read_limits(fields: Fields, level: Level, calendar: Calendar | None, report: Report) -> Limits | None:
    if level.level_id not in fields.at.values:
        report.problem(
            fields.at,
            f'This clock has no limits for the level "{level.level_id}". Add {level.level_id}: '
            "{claim: …, resolve: …, remind: …}.",
            f"这个时限表缺少“{level.name}”（{level.level_id}）一级，请补上 {level.level_id}: "
            "{claim: …, resolve: …, remind: …}。",
            key=level.level_id,
        )
        return None
    at = fields.find_map(level.level_id)
    if at is None:
        return None
    own = Fields(at, ("claim", "resolve", "remind"), report)
    claim, resolve = get_span(own, "claim", report), get_span(own, "resolve", report)
    remind = find_span(own, "remind", report)
    if claim is None or resolve is None:
        return None
    if calendar is not None:
        _compare(at, Limits(claim, resolve, remind), calendar, report)
    return Limits(claim, resolve, remind)


def _compare(at: Map, limits: Limits, calendar: Calendar, report: Report) -> None:
    for key, span in (("claim", limits.claim), ("resolve", limits.resolve)):
        if limits.remind is not None and not longer_than(span, limits.remind, calendar):
            _report_short(at, key, span, limits.remind, report)
    if longer_than(limits.claim, limits.resolve, calendar):
        report.warning(
            at,
            f"Claiming may take longer ({limits.claim}) than resolving ({limits.resolve}): both count from the start.",
            f"认领时限（{limits.claim}）比办结时限（{limits.resolve}）还长，两者都从派单时算起。",
            key="claim",
        )


def _report_short(at: Map, key: str, span: Span, remind: Span, report: Report) -> None:
    report.problem(
        at,
        f"The reminder comes {remind} before the end, but {key} is only {span}. Make remind shorter than {key}.",
        f"提醒要提前 {remind}，可是 {key} 只有 {span}。请让 remind 比 {key} 短。",
        key="remind",
    )


def read_after_resolving(fields: Fields, report: Report) -> AfterResolving:
    """What is absent has its default."""
    at = as_map(fields.find("after_resolving"), report)
    if at is None:
        return DEFAULT_AFTER_RESOLVING
    own = Fields(at, ("rate_within", "reopen_limit"), report)
    rate_within = find_span(own, "rate_within", report)
    reopen_limit = own.find_number("reopen_limit", least=0, most=MOST_REOPENED)
    return AfterResolving(
        rate_within=rate_within or DEFAULT_AFTER_RESOLVING.rate_within,
        reopen_limit=DEFAULT_AFTER_RESOLVING.reopen_limit if reopen_limit is None else reopen_limit,
    )
