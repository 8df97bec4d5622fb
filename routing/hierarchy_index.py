"""From validated parts to the indexed `Hierarchy`, in one pass. What a file may say is checked in `storage`.

A part that does not fit the others is a mistake of the caller and raises ValueError.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from routing.durations import parse_span
from routing.hierarchy import (
    AfterResolving,
    Category,
    Clock,
    Group,
    Hierarchy,
    Level,
    Manners,
    Node,
    Staff,
)
from routing.working_time import Calendar

T = TypeVar("T")

SANDBOX = "sandbox"
"""The channel on which every group and every member of staff is known by its own id."""

DEFAULT_TIMEZONE = "Asia/Shanghai"
DEFAULT_AFTER_RESOLVING = AfterResolving(rate_within=parse_span("3d"), reopen_limit=2)
DEFAULT_MANNERS = Manners(
    approve_over=parse_span("7d"),
    hand_back_reasons=("属地不符", "权属不清", "职能交叉"),
    urge_every=parse_span("30m"),
    supervise_every=parse_span("4wh"),
    quiet=None,
    join_within=parse_span("5m"),
    bundle_over=5,
    bundle_within=parse_span("1m"),
)


def index(  # noqa: PLR0913 - the parts of a file, each once
    *,
    name: str,
    levels: Iterable[Level],
    calendars: Mapping[str, Calendar],
    clocks: Mapping[str, Clock],
    categories: Iterable[Category],
    nodes: Iterable[Node],
    timezone: str = DEFAULT_TIMEZONE,
    after_resolving: AfterResolving = DEFAULT_AFTER_RESOLVING,
    manners: Manners = DEFAULT_MANNERS,
    words: Mapping[str, str] = MappingProxyType({}),
    version: int = 0,
) -> Hierarchy:
    """Nodes in any order; `children` are filled in from `parent_id`, in the order given. ValueError for an id, chat,
    scene or account that stands twice, not exactly one root, an unknown parent or group, and a circle."""
    by_id = _link(nodes)
    groups = _unique(((group.group_id, group) for node in by_id.values() for group in node.groups), "group")
    staff = _unique(((each.staff_id, each) for node in by_id.values() for each in node.staff), "staff")
    return Hierarchy(
        version=version,
        name=name,
        timezone=timezone,
        levels=tuple(levels),
        calendars=MappingProxyType(dict(calendars)),
        clocks=MappingProxyType(dict(clocks)),
        categories=tuple(categories),
        after_resolving=after_resolving,
        manners=manners,
        words=MappingProxyType(dict(words)),
        nodes=MappingProxyType(by_id),
        root_id=_only_root(by_id),
        groups=MappingProxyType(groups),
        staff=MappingProxyType(staff),
        group_by_chat=MappingProxyType(_by_chat(groups)),
        group_by_scene=MappingProxyType(_by_scene(groups)),
        staff_by_account=MappingProxyType(_by_account(staff)),
        members=MappingProxyType(_members(groups, staff)),
    )


def _link(nodes: Iterable[Node]) -> dict[str, Node]:
    by_id = _unique(((node.node_id, node) for node in nodes), "node")
    children: dict[str, list[str]] = {}
    for node in by_id.values():
        if node.parent_id is not None:
            children.setdefault(node.parent_id, []).append(node.node_id)
    for parent_id, below in children.items():
        if parent_id not in by_id:
            raise ValueError(f'"{below[0]}" stands below "{parent_id}", which does not exist')
        by_id[parent_id] = replace(by_id[parent_id], children=tuple(below))
    return by_id


def _only_root(nodes: Mapping[str, Node]) -> str:
    roots = [each.node_id for each in nodes.values() if each.parent_id is None]
    if len(roots) != 1:
        raise ValueError(f"A tree has one root; this one has {len(roots)}")
    reached = 0
    waiting = [roots[0]]
    while waiting:
        reached += 1
        waiting.extend(nodes[waiting.pop()].children)
    if reached != len(nodes):
        raise ValueError("Some nodes stand below each other in a circle")
    return roots[0]


def _unique(pairs: Iterable[tuple[str, T]], what: str) -> dict[str, T]:
    by_id: dict[str, T] = {}
    for own_id, each in pairs:
        if own_id in by_id:
            raise ValueError(f'The {what} id "{own_id}" stands twice')
        by_id[own_id] = each
    return by_id


def _by_chat(groups: Mapping[str, Group]) -> dict[tuple[str, str], str]:
    chats = {(SANDBOX, group_id): group_id for group_id in groups}
    for group in groups.values():
        for channel, chat in group.chats.items():
            if chats.setdefault((channel, chat), group.group_id) != group.group_id:
                raise ValueError(f'The {channel} chat "{chat}" belongs to two groups')
    return chats


def _by_scene(groups: Mapping[str, Group]) -> dict[str, str]:
    scenes: dict[str, str] = {}
    for group in groups.values():
        if group.scene is not None and scenes.setdefault(group.scene, group.group_id) != group.group_id:
            raise ValueError(f'The scene "{group.scene}" belongs to two groups')
    return scenes


def _by_account(staff: Mapping[str, Staff]) -> dict[tuple[str, str], str]:
    accounts = {(SANDBOX, staff_id): staff_id for staff_id in staff}
    for each in staff.values():
        for channel, user in each.accounts.items():
            if accounts.setdefault((channel, user), each.staff_id) != each.staff_id:
                raise ValueError(f'The {channel} account "{user}" belongs to two members of staff')
    return accounts


def _members(groups: Mapping[str, Group], staff: Mapping[str, Staff]) -> dict[str, tuple[str, ...]]:
    members: dict[str, list[str]] = {}
    for each in staff.values():
        for group_id in each.groups:
            if group_id not in groups:
                raise ValueError(f'"{each.staff_id}" is in the group "{group_id}", which does not exist')
            members.setdefault(group_id, []).append(each.staff_id)
    return {group_id: tuple(ids) for group_id, ids in members.items()}
