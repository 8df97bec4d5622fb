"""From entries to nodes: fills in the numbers of each `repeat`, and gives every id to one only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from routing.hierarchy import Group, Node, Staff
from storage.hierarchy_file.entries import Entry
from storage.hierarchy_file.labels import Label
from storage.hierarchy_file.ledger import Ledger
from storage.hierarchy_file.members import CHANNELS, GroupEntry, StaffEntry
from storage.hierarchy_file.repeat import MAX_NODES
from storage.hierarchy_file.report import Report

MAX_MEMBERS = 600_000
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Grown:
    """Nodes, parents before their children, and beside each the entry that it came from."""

    nodes: list[Node] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


def grow(roots: Sequence[Entry], report: Report) -> Grown | None:
    """None when that would be too many."""
    if _is_too_much(roots, report):
        return None
    grower = _Grower(report)
    for root in roots:
        grower.grow(root, None, ())
    return grower.grown


def _is_too_much(roots: Sequence[Entry], report: Report) -> bool:
    nodes, members = _count(roots)
    if nodes <= MAX_NODES and members <= MAX_MEMBERS:
        return False
    report.problem(
        roots[0].at,
        f"The tree has {nodes} nodes and {members} groups and people; at most {MAX_NODES} and {MAX_MEMBERS} are "
        "allowed. Make a repeat shorter, or a file for each street.",
        f"展开后共有 {nodes} 个节点、{members} 个群和人员，上限是 {MAX_NODES} 和 {MAX_MEMBERS}。"
        "请缩短 repeat，或按街道分成几个文件。",
    )
    return True


def _count(entries: Iterable[Entry]) -> tuple[int, int]:
    """Nodes, and groups and people together, once everything is repeated."""
    nodes, members = 0, 0
    for entry in entries:
        below, members_below = _count(entry.children)
        times = 1 if entry.numbers is None else len(entry.numbers)
        nodes += times * (1 + below)
        members += times * (len(entry.groups) + len(entry.staff) + members_below)
    return nodes, members


class _Grower:
    def __init__(self, report: Report) -> None:
        self.grown = Grown()
        self._nodes = Ledger("node id", "节点编号", report)
        self._groups = Ledger("group id", "群编号", report)
        self._staff = Ledger("staff id", "人员编号", report)
        self._scenes = Ledger("scene", "二维码场景值", report)
        self._chats = {each: Ledger(f"{each} chat", f"{each} 群", report) for each in CHANNELS}
        self._accounts = {each: Ledger(f"{each} account", f"{each} 账号", report) for each in CHANNELS}

    def grow(self, entry: Entry, parent_id: str | None, around: tuple[int, ...]) -> None:
        if entry.numbers is None:
            self._grow_one(entry, parent_id, around)
            return
        for number in entry.numbers:
            self._grow_one(entry, parent_id, (*around, number))

    def _grow_one(self, entry: Entry, parent_id: str | None, numbers: tuple[int, ...]) -> None:
        node_id = self._nodes.take(entry.node_id.fill(numbers), entry.node_id)
        self.grown.entries.append(entry)
        self.grown.nodes.append(
            Node(
                node_id,
                entry.level,
                entry.name.fill(numbers),
                parent_id,
                tuple([self._group(each, node_id, numbers) for each in entry.groups]),
                tuple([self._one(each, node_id, numbers) for each in entry.staff]),
                aliases=tuple([each.fill(numbers) for each in entry.aliases]),
            )
        )
        for child in entry.children:
            self.grow(child, node_id, numbers)

    def _group(self, entry: GroupEntry, node_id: str, numbers: tuple[int, ...]) -> Group:
        scene = entry.scene
        return Group(
            self._groups.take(entry.group_id.fill(numbers), entry.group_id),
            entry.kind.value if entry.kind else "",
            entry.name.fill(numbers),
            node_id,
            _vendor_ids(entry.chats, self._chats, numbers),
            self._scenes.take(scene.fill(numbers), scene) if scene else None,
            entry.listen,
        )

    def _one(self, entry: StaffEntry, node_id: str, numbers: tuple[int, ...]) -> Staff:
        return Staff(
            self._staff.take(entry.staff_id.fill(numbers), entry.staff_id),
            entry.name.fill(numbers),
            entry.role.fill(numbers) if entry.role else "",
            node_id,
            tuple([each.fill(numbers) for each in entry.groups]),
            _vendor_ids(entry.accounts, self._accounts, numbers),
        )


def _vendor_ids(
    labels: tuple[tuple[str, Label], ...], ledgers: Mapping[str, Ledger], numbers: tuple[int, ...]
) -> Mapping[str, str]:
    if not labels:
        return _NOTHING
    return MappingProxyType(
        {channel: ledgers[channel].take(label.fill(numbers), label) for channel, label in labels}
    )
