"""Whether somebody answers: people at the root, somebody for every category, and where a ticket has to skip a level.

The rule itself, who is asked, is `routing.asked`; at this moment a group can hear when it has staff.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from routing.coverage import Gap, list_skipped, list_unanswered
from routing.hierarchy import STAFF, Group, Hierarchy, Node
from storage.hierarchy_file.categories import CategoryEntry
from storage.hierarchy_file.growth import Grown
from storage.hierarchy_file.labels import is_nameless
from storage.hierarchy_file.members import GroupEntry
from storage.hierarchy_file.nearest import clip
from storage.hierarchy_file.report import Report


def check_answering(
    hierarchy: Hierarchy, grown: Grown, categories: Sequence[CategoryEntry], report: Report
) -> None:
    def can_hear(group: Group) -> bool:
        return group.group_id in hierarchy.members

    _check_root(hierarchy, grown, report)
    places = {each.category.category_id: each for each in categories}
    for gap in list_unanswered(hierarchy, can_hear=can_hear):
        _report_unanswered(hierarchy, gap, places[gap.category_id], report)
    _warn_of_empty_groups(hierarchy, grown, {each.category.handled_by for each in categories}, report)
    _warn_of_empty_levels(hierarchy, grown, report)
    for skip in _gather_skips(list_skipped(hierarchy, can_hear=can_hear)):
        _warn_of_skip(hierarchy, skip, places[skip.category_ids[0]], report)


def _check_root(hierarchy: Hierarchy, grown: Grown, report: Report) -> None:
    """Whoever escalates needs somebody above, and above everybody is the root."""
    root = hierarchy.get_node(hierarchy.root_id)
    if any(each.kind == STAFF and hierarchy.list_members(each.group_id) for each in root.groups):
        return
    report.problem(
        grown.entries[0].at,
        f'At the top, "{clip(root.name)}" ({clip(root.node_id)}), there is no staff group with anybody in it: '
        "what is escalated would be heard by nobody. Add a group of kind staff there, and under `staff:` a person "
        "who names it.",
        f"最高一级“{clip(root.name)}”没有带人员的 staff 群，逐级上报后没有人接收。"
        "请在这个节点加一个 kind: staff 的群，并在 staff: 里写上至少一位群里的人员。",
        key="groups",
    )


def _report_unanswered(hierarchy: Hierarchy, gap: Gap, entry: CategoryEntry, report: Report) -> None:
    names, names_zh = _places(hierarchy, gap.sample, gap.count)
    report.problem(
        entry.handled_by or entry.at,
        f'Nobody can answer "{gap.category_id}" from {names}, at no level up to the top. Add there or above a group of '
        f"kind {entry.category.handled_by} or staff, with people in it.",
        f"从{names_zh}起，逐级到顶都没有人能承办“{entry.category.name}”（{gap.category_id}）。"
        f"请在那里或上级加一个分类为 {entry.category.handled_by} 或 staff 的群，并安排人员。",
    )


def _warn_of_empty_groups(
    hierarchy: Hierarchy, grown: Grown, handling: Collection[str], report: Report
) -> None:
    """Once for all groups that one entry makes."""
    empty: dict[int, tuple[GroupEntry, list[Group]]] = {}
    for node, entry in zip(grown.nodes, grown.entries, strict=True):
        for group, source in zip(node.groups, entry.groups, strict=True):
            if (group.kind == STAFF or group.kind in handling) and group.group_id not in hierarchy.members:
                empty.setdefault(id(source), (source, []))[1].append(group)
    for source, groups in empty.values():
        more, more_zh = _more(len(groups) - 1)
        report.warning(
            source.at,
            f'Nobody is in the group "{clip(groups[0].name)}"{more}: it is not asked. Add people under `staff:`.',
            f"群“{clip(groups[0].name)}”{more_zh}里没有人员，不会派单给它，请在 staff: 里添加。",
        )


def _warn_of_empty_levels(hierarchy: Hierarchy, grown: Grown, report: Report) -> None:
    present = {each.level for each in grown.nodes}
    for level in hierarchy.levels:
        if level.level_id not in present:
            report.warning(
                grown.entries[0].at,
                f'No node has the level "{level.level_id}" ({level.name}).',
                f"还没有“{level.name}”（{level.level_id}）一级的节点。",
            )


@dataclass(frozen=True, slots=True)
class _Skip:
    """Categories that find nobody at the same places."""

    gap: Gap
    category_ids: tuple[str, ...]


def _gather_skips(gaps: Sequence[Gap]) -> list[_Skip]:
    same: dict[tuple[str, tuple[str, ...], int], list[Gap]] = {}
    for gap in gaps:
        same.setdefault((gap.level_id, gap.sample, gap.count), []).append(gap)
    return [_Skip(each[0], tuple(gap.category_id for gap in each)) for each in same.values()]


def _warn_of_skip(hierarchy: Hierarchy, skip: _Skip, entry: CategoryEntry, report: Report) -> None:
    gap = skip.gap
    names, names_zh = _places(hierarchy, gap.sample, gap.count)
    level = hierarchy.level_name(gap.level_id)
    categories_zh = "、".join(hierarchy.get_category(each).name for each in skip.category_ids)
    report.warning(
        entry.handled_by or entry.at,
        f"{gap.count} of {gap.of} nodes of the level {gap.level_id} have nobody for {', '.join(skip.category_ids)} "
        f"({names}): their tickets go to the level above at once.",
        f"“{level}”一级有 {gap.count}/{gap.of} 个节点没有人承办{categories_zh}"
        f"（{names_zh}），这些事项会直接派到上一级。",
    )


def _places(hierarchy: Hierarchy, sample: Sequence[str], count: int) -> tuple[str, str]:
    """The first few nodes by name and id, and how many more."""
    names = [name for each in sample if (name := _name(hierarchy.get_node(each)))]
    more, more_zh = _more(count - len(names)) if names else (f"{count} places", f"{count} 处")
    return ", ".join(names) + more, "、".join(names) + more_zh


def _name(node: Node) -> str:
    """By name and id, as far as the file has them: what stands in for a missing one tells nobody anything."""
    own_id, name = "" if is_nameless(node.node_id) else clip(node.node_id), clip(node.name)
    if is_nameless(node.name):
        return own_id
    return f"{name} ({own_id})" if own_id else name


def _more(count: int) -> tuple[str, str]:
    return (f" and {count} more", f"等另外 {count} 处") if count > 0 else ("", "")
