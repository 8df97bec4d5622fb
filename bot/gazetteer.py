"""The places of a tree by what people call them. Made once for each tree, because a city has 100,000 buildings."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from routing.hierarchy import Hierarchy, Node
from routing.ports import Reader

_ENDINGS = ("社区", "小区", "街道", "新村", "花园")
SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """`by_stem`: names that are more than a number, without 社区 or 小区; `lengths` are those of the stems.
    `by_number`: the lowest nodes, by the building number that their own name carries.
    """

    by_stem: dict[str, tuple[Node, ...]]
    by_number: dict[str, tuple[Node, ...]]
    lengths: tuple[int, ...]

    def list_named(self, said: str) -> list[Node]:
        """Every node whose stem occurs in the words."""
        stems = dict.fromkeys(each for each in self._pieces(said) if each in self.by_stem)
        return [node for stem in stems for node in self.by_stem[stem]]

    def list_numbered(self, number: str) -> tuple[Node, ...]:
        return self.by_number.get(number, ())

    def _pieces(self, said: str) -> Iterator[str]:
        for length in self.lengths:
            for start in range(len(said) - length + 1):
                yield said[start : start + length]


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
    by_stem: dict[str, list[Node]] = {}
    by_number: dict[str, list[Node]] = {}
    lowest = tree.hierarchy.levels[0].level_id

    @cache
    def number_in(name: str) -> str | None:
        return tree.reader.read_place(name).building

    for node in tree.hierarchy.nodes.values():
        number = number_in(node.name)
        if not number:
            by_stem.setdefault(_stem(node.name), []).append(node)
        elif node.level == lowest and number in node.name:
            by_number.setdefault(number, []).append(node)
    stems = {stem: tuple(nodes) for stem, nodes in by_stem.items() if len(stem) >= SHORTEST_STEM}
    numbers = {number: tuple(nodes) for number, nodes in by_number.items()}
    return Gazetteer(stems, numbers, tuple(sorted({len(each) for each in stems})))


def _stem(name: str) -> str:
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return name
