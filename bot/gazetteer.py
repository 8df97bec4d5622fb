"""Keeps the gazetteer of the tree in force, so that it is made once and not for every message."""

from functools import lru_cache

from routing.gazetteer import Gazetteer, build_gazetteer
from routing.hierarchy import Hierarchy
from routing.ports import Reader


def gazetteer_of(hierarchy: Hierarchy, reader: Reader) -> Gazetteer:
    return _gazetteer(_Tree(hierarchy, reader))


class _Tree:
    """A tree as a key: it never changes, so the very same one has the very same gazetteer."""

    def __init__(self, hierarchy: Hierarchy, reader: Reader) -> None:
        self.hierarchy = hierarchy
        self.reader = reader

    def __hash__(self) -> int:
        return id(self.hierarchy)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Tree) and other.hierarchy is self.hierarchy and other.reader is self.reader


@lru_cache(maxsize=2)
def _gazetteer(tree: _Tree) -> Gazetteer:
    return build_gazetteer(tree.hierarchy, tree.reader.read_place)
