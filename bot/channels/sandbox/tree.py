"""The tree as the page shows it: one branch from a lowest place up to the root, its windows and who speaks there."""

from collections.abc import Iterator, Sequence

from rapidfuzz import process
from typing_extensions import TypedDict

from routing.hierarchy import RESIDENTS, Group, Hierarchy, Node, Staff

_KIND_NAMES = {
    "residents": "居民",
    "staff": "工作",
    "property": "物业",
    "owners": "业主",
    "volunteers": "志愿者",
    "party": "党建",
}
# Nicknames as such groups have them: building and flat.
_FLATS = ("1-201", "1-502", "2-301", "2-1103", "3-804")
_LISTED = 40
_NEAREST = 3


class SpeakerJson(TypedDict):
    """`role` is empty for residents."""

    id: str
    name: str
    role: str


class WindowJson(TypedDict):
    id: str
    name: str
    kind: str
    kind_name: str
    speakers: list[SpeakerJson]


class TierJson(TypedDict):
    level: str
    level_name: str
    node: str
    name: str
    groups: list[WindowJson]


class PlaceJson(TypedDict):
    node: str
    name: str
    path: str


class TreeJson(TypedDict):
    """`tiers` lowest first. `residents` may speak in private. `places` are branches to choose; `more` are unlisted."""

    name: str
    timezone: str
    branch: str
    path: str
    tiers: list[TierJson]
    residents: list[SpeakerJson]
    places: list[PlaceJson]
    more: int


class Places:
    """The branches of one version of the tree, searchable. A hundred thousand are walked once a version."""

    def __init__(self, hierarchy: Hierarchy) -> None:
        self.hierarchy = hierarchy
        self._places = tuple(_list_places(hierarchy))

    @property
    def first(self) -> str:
        """The first place with a group of residents; else the root."""
        nodes = self.hierarchy.nodes
        talking = (each["node"] for each in self._places if _has_residents(nodes[each["node"]]))
        return next(talking, self.hierarchy.root_id)

    def search(self, words: str) -> tuple[list[PlaceJson], int]:
        """Places whose path holds every word, or whose id is the one; and how many more there are."""
        parts = words.lower().split()
        found = [each for each in self._places if _fits(each, parts)]
        # "2号楼" is also the end of "12号楼": the place that is called just so comes first.
        found.sort(key=lambda place: place["name"] not in parts)
        return found[:_LISTED], max(0, len(found) - _LISTED)


def find_lowest(hierarchy: Hierarchy, node_id: str) -> str | None:
    """A node of a branch stands for the first lowest place below it; None for an unknown id."""
    node = hierarchy.find_node(node_id)
    while node is not None and node.children:
        node = hierarchy.find_node(node.children[0])
    return node.node_id if node else None


def nearest_groups(hierarchy: Hierarchy, group_id: str) -> list[str]:
    found = process.extract(group_id, hierarchy.groups.keys(), limit=_NEAREST, score_cutoff=50)
    return [name for name, _score, _index in found]


def render_tree(places: Places, *, branch: str, words: str) -> TreeJson:
    hierarchy = places.hierarchy
    path = tuple(hierarchy.climb(branch))
    found, more = places.search(words)
    return {
        "name": hierarchy.name,
        "timezone": hierarchy.timezone,
        "branch": branch,
        "path": _say_path(path),
        "tiers": [_render_tier(node, hierarchy, path) for node in path],
        "residents": _make_residents(branch),
        "places": found,
        "more": more,
    }


def _render_tier(node: Node, hierarchy: Hierarchy, path: Sequence[Node]) -> TierJson:
    return {
        "level": node.level,
        "level_name": hierarchy.level_name(node.level),
        "node": node.node_id,
        "name": node.name,
        "groups": [_render_window(group, hierarchy, path) for group in node.groups],
    }


def _render_window(group: Group, hierarchy: Hierarchy, path: Sequence[Node]) -> WindowJson:
    return {
        "id": group.group_id,
        "name": group.name,
        "kind": group.kind,
        "kind_name": _KIND_NAMES.get(group.kind, group.kind.removeprefix("topic:")),
        "speakers": _list_speakers(group, hierarchy, path),
    }


def _list_speakers(group: Group, hierarchy: Hierarchy, path: Sequence[Node]) -> list[SpeakerJson]:
    """Residents first where residents are; then the group's staff; elsewhere all staff of the branch if it has none."""
    members = [_staff_speaker(each) for each in hierarchy.list_members(group.group_id)]
    branch_staff = [_staff_speaker(each) for node in path for each in node.staff]
    if group.kind == RESIDENTS:
        near = [each for each in branch_staff if each not in members]
        return [*_make_residents(group.node_id), *members, *near]
    return members or branch_staff or _make_residents(group.node_id)


def _make_residents(node_id: str) -> list[SpeakerJson]:
    return [{"id": f"{node_id}-{flat}", "name": flat, "role": ""} for flat in _FLATS]


def _staff_speaker(staff: Staff) -> SpeakerJson:
    return {"id": staff.staff_id, "name": staff.name, "role": staff.role}


def _list_places(hierarchy: Hierarchy) -> Iterator[PlaceJson]:
    for node in hierarchy.subtree(hierarchy.root_id):
        if not node.children:
            path = tuple(hierarchy.climb(node.node_id))
            yield {"node": node.node_id, "name": node.name, "path": _say_path(path)}


def _say_path(path: Sequence[Node]) -> str:
    """The path below the root, highest first: the root's name says nothing where everything is under it."""
    below = path[:-1] or path
    return " · ".join(node.name for node in reversed(below))


def _fits(place: PlaceJson, parts: Sequence[str]) -> bool:
    path = place["path"].lower()
    return all(part in path or part == place["node"].lower() for part in parts)


def _has_residents(node: Node) -> bool:
    return any(group.kind == RESIDENTS for group in node.groups)
