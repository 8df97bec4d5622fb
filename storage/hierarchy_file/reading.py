"""Reads the admins' file from its bytes to the indexed tree, and says everything that is wrong with it in one go."""

from dataclasses import dataclass, replace

from routing.hierarchy import AfterResolving, Clock, Hierarchy, Level, Manners
from routing.hierarchy_index import index
from routing.working_time import Calendar
from storage.hierarchy_file.answering import check_answering
from storage.hierarchy_file.belonging import settle_staff
from storage.hierarchy_file.calendars import read_calendars, read_timezone
from storage.hierarchy_file.categories import CategoryEntry, read_categories
from storage.hierarchy_file.clocks import read_after_resolving, read_clocks
from storage.hierarchy_file.entries import read_tree
from storage.hierarchy_file.expectations import read_expectations
from storage.hierarchy_file.fields import Fields, as_map
from storage.hierarchy_file.growth import Grown, grow
from storage.hierarchy_file.half_written import refuse_half_written
from storage.hierarchy_file.kinds import check_kinds
from storage.hierarchy_file.levels import read_levels
from storage.hierarchy_file.manners import read_manners
from storage.hierarchy_file.nearest import clip
from storage.hierarchy_file.report import Problem, Report
from storage.hierarchy_file.source_text import read_text
from storage.hierarchy_file.values import Text, Value
from storage.hierarchy_file.words import read_words
from storage.hierarchy_file.yaml_text import read_document

_KEYS = (
    "version",
    "name",
    "timezone",
    "levels",
    "calendars",
    "clocks",
    "after_resolving",
    "categories",
    "kinds",
    "manners",
    "words",
    "tree",
    "expect",
)
_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a file: a tree, or problems. Warnings may stand beside both; each is ordered by line."""

    hierarchy: Hierarchy | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Sections:
    """All but the tree; what was reported has a stand-in or is left out."""

    name: str
    timezone: str
    levels: tuple[Level, ...]
    calendars: dict[str, Calendar | None]
    clocks: dict[str, Clock | None]
    categories: tuple[CategoryEntry, ...]
    after_resolving: AfterResolving
    manners: Manners
    words: dict[str, str]


def read_hierarchy(
    source: bytes | str, *, name: str = "hierarchy.yaml", before: str | None = None
) -> Checked:
    """Never raises, whatever the bytes. `before` is the text in force, if any: a text that is only its beginning is
    refused as half-written. The tree has version 0; whoever applies it gives it its own."""
    report = Report()
    root, hierarchy = _read(source, name, before, report)
    problems = report.problems(root)
    return Checked(None if problems else hierarchy, problems, report.warnings(root))


def _read(
    source: bytes | str, name: str, before: str | None, report: Report
) -> tuple[Value | None, Hierarchy | None]:
    text = read_text(source, report)
    if text is None:
        return None, None
    document = read_document(text, report)
    root = document.root
    if not document.is_whole:
        return root, None
    if root is None or (isinstance(root, Text) and not root.value):
        _report_empty(name, report)
        return root, None
    refuse_half_written(text, document, report, before=before)
    at = as_map(root, report)
    return root, _read_tree(Fields(at, _KEYS, report), report) if at is not None else None


def _report_empty(name: str, report: Report) -> None:
    report.file_problem(
        1,
        f"{clip(name)} is empty. An empty file deletes nothing: the tree in force stays. Put the whole tree into it.",
        f"{clip(name)} 是空的。空文件不会删除任何内容，原来的设置继续有效。请写入完整的内容。",
    )


def _read_tree(fields: Fields, report: Report) -> Hierarchy | None:
    _check_version(fields, report)
    sections = _read_sections(fields, report)
    roots = read_tree(fields, sections.levels, report)
    handlers = [each.handled_by for each in sections.categories if each.handled_by is not None]
    if not roots:
        return None
    check_kinds(fields, roots, handlers, report)
    grown = grow(roots, report)
    hierarchy = _build(sections, grown, report) if grown is not None else None
    if hierarchy is None:
        return None
    return replace(hierarchy, expectations=read_expectations(fields, hierarchy, report))


def _check_version(fields: Fields, report: Report) -> None:
    text = fields.get_text("version")
    if text is not None and text.value != _VERSION:
        report.problem(
            text,
            f'This is version "{clip(text.value)}" of the file format; only {_VERSION} can be read. '
            f"Write version: {_VERSION}.",
            f"文件格式版本是“{clip(text.value)}”，目前只支持 {_VERSION}，请写 version: {_VERSION}。",
        )


def _read_sections(fields: Fields, report: Report) -> _Sections:
    name = fields.get_text("name")
    timezone = read_timezone(fields, report)
    levels = read_levels(fields, report)
    calendars = read_calendars(fields, timezone, report)
    clocks = read_clocks(fields, levels, calendars, report)
    return _Sections(
        name=name.value if name else "",
        timezone=timezone,
        levels=levels,
        calendars=calendars,
        clocks=clocks,
        categories=read_categories(fields, levels, clocks, report),
        after_resolving=read_after_resolving(fields, report),
        manners=read_manners(fields, report),
        words=read_words(fields, report),
    )


def _build(sections: _Sections, grown: Grown, report: Report) -> Hierarchy | None:
    """Also of a file with problems, as far as it goes, so that the last checks can look at it."""
    nodes = settle_staff(grown, report)
    is_one_tree = sum(each.parent_id is None for each in nodes) == 1
    if not is_one_tree or not sections.levels:
        return None
    hierarchy = index(
        name=sections.name,
        timezone=sections.timezone,
        levels=sections.levels,
        calendars={own_id: each for own_id, each in sections.calendars.items() if each is not None},
        clocks={own_id: each for own_id, each in sections.clocks.items() if each is not None},
        categories=[each.category for each in sections.categories],
        nodes=nodes,
        after_resolving=sections.after_resolving,
        manners=sections.manners,
        words=sections.words,
    )
    check_answering(hierarchy, grown, sections.categories, report)
    return hierarchy
