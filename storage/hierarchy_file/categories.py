"""The section `categories:`, in the order in which they are tried."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from routing.hierarchy import (
    FALLBACK_CATEGORY,
    NORMAL_CLOCK,
    RESIDENTS,
    STAFF,
    Category,
    Clock,
    Gather,
    Level,
)
from storage.hierarchy_file.fields import Fields, as_map
from storage.hierarchy_file.levels import is_taken
from storage.hierarchy_file.nearest import clip, suggest
from storage.hierarchy_file.report import Report
from storage.hierarchy_file.spans import find_elapsed
from storage.hierarchy_file.values import Map, Text

MAX_CATEGORIES = 200
_LONGEST_KEYWORD = 30
_LONGEST_EXAMPLE = 200
_LONGEST_ADVICE = 500
_LONGEST_REPLY = 200
MAX_REPLIES = 20
_KEYS = (
    "id",
    "name",
    "starts_at",
    "handled_by",
    "clock",
    "keywords",
    "examples",
    "urgent_when",
    "advice",
    "gather",
    "replies",
)


@dataclass(frozen=True, slots=True, eq=False)
class CategoryEntry:
    """A category and where it stands. `handled_by` is None where it is missing, which was reported."""

    category: Category
    at: Map
    handled_by: Text | None


def read_categories(
    fields: Fields, levels: tuple[Level, ...], clocks: Mapping[str, Clock | None], report: Report
) -> tuple[CategoryEntry, ...]:
    """In the order of the file, the fallback moved to the end."""
    entries: list[CategoryEntry] = []
    lines: dict[str, int] = {}
    values = fields.get_items("categories")
    for value in values[:MAX_CATEGORIES]:
        at = as_map(value, report)
        if at is None:
            continue
        own = Fields(at, _KEYS, report)
        own_id, handled_by = own.get_id(), own.get_text("handled_by")
        if own_id is not None:
            is_taken(own_id, lines, "category", "分类", report)
        category = _read_category(own, own_id, handled_by, levels, clocks, report)
        entries.append(CategoryEntry(category, at, handled_by))
    if len(values) > MAX_CATEGORIES:
        _report_too_many(fields, len(values), report)
    elif entries and all(each.category.category_id != FALLBACK_CATEGORY for each in entries):
        _report_no_fallback(fields, report)
    return _fallback_last(fields, entries, report)


def _read_category(
    own: Fields,
    own_id: Text | None,
    handled_by: Text | None,
    levels: tuple[Level, ...],
    clocks: Mapping[str, Clock | None],
    report: Report,
) -> Category:
    name = own.get_text("name")
    starts_at = _known(own.get_text("starts_at"), [each.level_id for each in levels], "level", "层级", report)
    clock = _known(own.find_text("clock"), clocks, "clock", "时限", report)
    advice = own.find_text("advice", longest=_LONGEST_ADVICE)
    if handled_by is not None and handled_by.value == RESIDENTS:
        report.problem(
            handled_by,
            "Residents report, they are not asked: name another kind of group, such as staff or property.",
            "居民群是反映问题的，不能作为承办方，请写 staff、property 等其他分类。",
        )
    return Category(
        category_id=own_id.value if own_id else "",
        name=name.value if name else "",
        starts_at=starts_at or (levels[0].level_id if levels else ""),
        handled_by=handled_by.value if handled_by else STAFF,
        clock=clock or NORMAL_CLOCK,
        keywords=_words(own, "keywords", _LONGEST_KEYWORD),
        examples=_words(own, "examples", _LONGEST_EXAMPLE),
        urgent_when=_words(own, "urgent_when", _LONGEST_KEYWORD),
        advice=advice.value if advice else "",
        gather=_read_gather(own.find_map("gather"), report),
        replies=_read_replies(own, report),
    )


def _known(text: Text | None, known: Collection[str], what: str, what_zh: str, report: Report) -> str | None:
    """The text's value where it is known, or where the section that knows is missing, which was reported."""
    if text is None or not known or text.value in known:
        return text.value if text else None
    near, near_zh = suggest(text.value, known)
    report.problem(
        text,
        f'There is no {what} "{clip(text.value)}". {near}',
        f"没有“{clip(text.value)}”这个{what_zh}。{near_zh}",
    )
    return None


def _words(own: Fields, key: str, longest: int) -> tuple[str, ...]:
    return tuple(each.value for each in own.find_texts(key, longest=longest))


def _read_replies(own: Fields, report: Report) -> tuple[str, ...]:
    replies = _words(own, "replies", _LONGEST_REPLY)
    if len(replies) > MAX_REPLIES:
        report.problem(
            own.at,
            f"{len(replies)} replies are too many to choose from: at most {MAX_REPLIES}.",
            f"常用答复有 {len(replies)} 条，太多了，最多 {MAX_REPLIES} 条。",
            key="replies",
        )
    return replies[:MAX_REPLIES]


def _read_gather(at: Map | None, report: Report) -> Gather | None:
    if at is None:
        return None
    own = Fields(at, ("reporters", "buildings", "within"), report)
    own.require("reporters", "buildings", "within")
    reporters = own.find_number("reporters", least=2, most=10_000)
    buildings = own.find_number("buildings", least=1, most=10_000)
    within = find_elapsed(own, "within", report)
    if reporters is None or buildings is None or within is None:
        return None
    return Gather(reporters=reporters, buildings=buildings, within=within)


def _report_too_many(fields: Fields, count: int, report: Report) -> None:
    report.problem(
        fields.at,
        f"{count} categories are too many: at most {MAX_CATEGORIES}.",
        f"分类有 {count} 个，太多了，最多 {MAX_CATEGORIES} 个。",
        key="categories",
    )


def _report_no_fallback(fields: Fields, report: Report) -> None:
    report.problem(
        fields.at,
        f'The category "{FALLBACK_CATEGORY}" is missing: what fits nowhere else goes there. Add as the last one: '
        f"- {{id: {FALLBACK_CATEGORY}, name: 其他, starts_at: …, handled_by: staff}}",
        f"缺少“{FALLBACK_CATEGORY}”分类：归不进别处的事项都放在这里。请在最后加一条："
        f"- {{id: {FALLBACK_CATEGORY}, name: 其他, starts_at: …, handled_by: staff}}",
        key="categories",
    )


def _fallback_last(fields: Fields, entries: list[CategoryEntry], report: Report) -> tuple[CategoryEntry, ...]:
    ordered = tuple(sorted(entries, key=lambda each: each.category.category_id == FALLBACK_CATEGORY))
    if ordered and ordered[-1] is not entries[-1]:
        report.warning(
            fields.at,
            f'The category "{FALLBACK_CATEGORY}" is tried last, wherever it stands. Move it to the end.',
            f"“{FALLBACK_CATEGORY}”分类总是最后才用，建议移到末尾。",
            key="categories",
        )
    return ordered
