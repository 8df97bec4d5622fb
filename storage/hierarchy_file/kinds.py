"""Kinds of groups: a category's kind must exist, and a kind that is nearly a known one is a slip."""

from collections.abc import Collection, Iterator, Sequence

from routing.hierarchy import RESIDENTS, STAFF
from storage.hierarchy_file.entries import Entry
from storage.hierarchy_file.fields import Fields
from storage.hierarchy_file.members import GroupEntry
from storage.hierarchy_file.nearest import clip, find_nearest, suggest
from storage.hierarchy_file.report import Report
from storage.hierarchy_file.values import Text

KNOWN_KINDS = (RESIDENTS, STAFF, "property", "owners", "volunteers", "party")
_TOPIC = "topic"
_SPOKEN = {
    "居民": RESIDENTS,
    "居民群": RESIDENTS,
    "工作人员": STAFF,
    "工作群": STAFF,
    "网格": STAFF,
    "网格群": STAFF,
    "物业": "property",
    "物业群": "property",
    "业主": "owners",
    "业委会": "owners",
    "志愿者": "volunteers",
    "党员": "party",
    "党支部": "party",
}


def check_kinds(fields: Fields, roots: Sequence[Entry], handlers: Collection[Text], report: Report) -> None:
    declared = {each.value for each in fields.find_texts("kinds")}
    groups = [each for each in _all_groups(roots) if each.kind is not None]
    present = {each.kind.value for each in groups if each.kind is not None}
    for handler in handlers:
        if handler.value not in present and handler.value not in (STAFF, RESIDENTS):
            _report_unhandled(handler, present - {RESIDENTS}, report)
    fine = {*KNOWN_KINDS, *declared, *(each.value for each in handlers)}
    for group in groups:
        if group.kind is not None and group.kind.value not in fine:
            _check_unknown(group.kind, declared, report)


def _all_groups(entries: Sequence[Entry]) -> Iterator[GroupEntry]:
    for entry in entries:
        yield from entry.groups
        yield from _all_groups(entry.children)


def _report_unhandled(handler: Text, present: set[str], report: Report) -> None:
    near, near_zh = suggest(handler.value, sorted(present))
    report.problem(
        handler,
        f'No group has the kind "{clip(handler.value)}", so nobody can be asked. {near}',
        f"没有分类为“{clip(handler.value)}”的群，没有人能承办。{near_zh}",
    )


def _check_unknown(kind: Text, declared: set[str], report: Report) -> None:
    before_colon = kind.value.partition(":")[0]
    if before_colon == _TOPIC:
        return
    near = _SPOKEN.get(kind.value) or find_nearest(before_colon, (*KNOWN_KINDS, *sorted(declared), _TOPIC))
    if near is None:
        return
    meant = "topic:…" if near == _TOPIC else near
    report.problem(
        kind,
        f'The kind "{clip(kind.value)}" is not known. Did you mean "{meant}"? If not, add it to the list `kinds:`.',
        f"不认识群的分类“{clip(kind.value)}”。是不是“{meant}”？如果确实是自定分类，请写进 kinds: 列表。",
    )
