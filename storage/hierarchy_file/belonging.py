"""Staff and the groups that they name: these must exist, and stand on the line between the person and the root."""

from collections.abc import Iterator
from dataclasses import replace

from routing.hierarchy import Node, Staff
from storage.hierarchy_file.growth import Grown
from storage.hierarchy_file.labels import Label, is_nameless
from storage.hierarchy_file.members import StaffEntry
from storage.hierarchy_file.nearest import clip, suggest
from storage.hierarchy_file.report import Report


def settle_staff(grown: Grown, report: Report) -> list[Node]:
    """The nodes; whatever group a person cannot be in was reported and taken away from them."""
    return list(_Settler(grown, report).nodes())


class _Settler:
    def __init__(self, grown: Grown, report: Report) -> None:
        self._grown = grown
        self._report = report
        self._node_of = {group.group_id: node.node_id for node in grown.nodes for group in node.groups}
        self._parent_of = {node.node_id: node.parent_id for node in grown.nodes}
        self._reported: set[int] = set()

    def nodes(self) -> Iterator[Node]:
        for node, entry in zip(self._grown.nodes, self._grown.entries, strict=True):
            if not node.staff or all(self._fits(each) for each in node.staff):
                yield node
                continue
            pairs = zip(node.staff, entry.staff, strict=True)
            yield replace(node, staff=tuple(self._settle(each, source) for each, source in pairs))

    def _fits(self, staff: Staff) -> bool:
        """The usual case: groups of the own node, each named once."""
        named = staff.groups
        return all(self._node_of.get(each) == staff.node_id for each in named) and len(set(named)) == len(
            named
        )

    def _settle(self, staff: Staff, source: StaffEntry) -> Staff:
        kept: list[str] = []
        for group_id, label in zip(staff.groups, source.groups, strict=True):
            if group_id in kept:
                self._report_once(
                    label,
                    f'The group "{clip(group_id)}" is named twice. Keep one.',
                    f"群“{clip(group_id)}”写了两次，请只留一个。",
                )
            elif self._may_be_in(staff, group_id, label):
                kept.append(group_id)
        return replace(staff, groups=tuple(kept))

    def _may_be_in(self, staff: Staff, group_id: str, label: Label) -> bool:
        node_id = self._node_of.get(group_id)
        if node_id is None:
            self._report_unknown(group_id, label)
            return False
        if self._is_within(node_id, staff.node_id) or self._is_within(staff.node_id, node_id):
            return True
        self._report_once(
            label,
            f'The group "{clip(group_id)}" belongs to "{clip(node_id)}", which is neither above nor below '
            f'"{clip(staff.node_id)}". '
            "Write this person there, or name a group of this branch.",
            f"群“{clip(group_id)}”属于“{clip(node_id)}”，与“{clip(staff.node_id)}”没有上下级关系。"
            "请把此人写到那个节点下，或改成本条线上的群。",
        )
        return False

    def _report_unknown(self, group_id: str, label: Label) -> None:
        if is_nameless(group_id):
            return
        near, near_zh = ("", "") if self._report.is_full else suggest(group_id, self._node_of)
        self._report_once(
            label,
            f'There is no group "{clip(group_id)}". {near}',
            f"没有编号为“{clip(group_id)}”的群。{near_zh}",
        )

    def _report_once(self, label: Label, message: str, message_zh: str) -> None:
        if id(label) not in self._reported:
            self._reported.add(id(label))
            self._report.problem(label.at, message, message_zh)

    def _is_within(self, node_id: str, ancestor_id: str) -> bool:
        at: str | None = node_id
        while at is not None and at != ancestor_id:
            at = self._parent_of.get(at)
        return at is not None
