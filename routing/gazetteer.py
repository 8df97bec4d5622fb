"""The places of a tree by what people call them: names, other names, and the numbers of buildings below each place.

Made once for a tree, because a city has 100,000 buildings. What a sentence means by them is decided in
`place_resolution`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from routing.hierarchy import Hierarchy, Node
from routing.reading import Place

SHORTEST_NAME = 2
_ENDINGS = ("社区", "小区", "街道", "新村", "花园")
_ONLY_A_NUMBER = re.compile(
    r"[0-9A-Za-z零〇一二三四五六七八九十百两]{1,5}\s*(?:号?楼|栋|幢|座|#楼?|号|单元|门)?"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A place that is named in a text; `is_whole` when by all of its name or another name, not by its stem."""

    node: Node
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """`by_name`: whole names and stems (without 社区 or 小区) that are more than a number. `lengths` of them by their
    first two letters, longest first. `below`: for each place that has some, the buildings and units anywhere below
    by what is written for them, "5" or "2单元"."""

    by_name: Mapping[str, tuple[Named, ...]]
    lengths: Mapping[str, tuple[int, ...]]
    below: Mapping[str, Mapping[str, tuple[Node, ...]]]

    def list_named(self, text: str) -> list[Named]:
        """Every place whose name stands in the text, in its order; a longer name hides those that it holds."""
        return [each for name in dict.fromkeys(self._names(text)) for each in self.by_name[name]]

    def list_numbered(self, number: str, *, below: str) -> tuple[Node, ...]:
        return self.below.get(below, {}).get(number, ())

    def _names(self, text: str) -> Iterator[str]:
        at = 0
        while at < len(text) - 1:
            name = self._name_at(text, at)
            if name is not None:
                yield name
            at += len(name) if name else 1

    def _name_at(self, text: str, at: int) -> str | None:
        lengths = self.lengths.get(text[at : at + SHORTEST_NAME], ())
        return next((text[at : at + each] for each in lengths if text[at : at + each] in self.by_name), None)


def unit_of(number: str) -> str:
    """What a unit is listed by."""
    return f"{number}单元"


def build_gazetteer(hierarchy: Hierarchy, read_place: Callable[[str], Place]) -> Gazetteer:
    names: dict[str, list[Named]] = {}
    below: dict[str, dict[str, list[Node]]] = {}
    numbers: dict[str, str | None] = {}
    for node in hierarchy.nodes.values():
        for called in (node.name, *node.aliases):
            _add_names(names, node, called)
            if called not in numbers:
                numbers[called] = _number_in(called, read_place)
            number = numbers[called]
            if number is not None:
                _add_number(below, hierarchy, node, number=number)
    return Gazetteer(
        by_name={name: tuple(found) for name, found in names.items()},
        lengths=_lengths_of(names),
        below={
            place: {number: tuple(found) for number, found in listed.items()}
            for place, listed in below.items()
        },
    )


def _number_in(called: str, read_place: Callable[[str], Place]) -> str | None:
    place = read_place(called)
    if place.unit and not place.building:
        return unit_of(place.unit)
    return place.building


def _add_number(
    below: dict[str, dict[str, list[Node]]], hierarchy: Hierarchy, node: Node, *, number: str
) -> None:
    for above in hierarchy.climb(node.node_id):
        if above is not node:
            found = below.setdefault(above.node_id, {}).setdefault(number, [])
            if node not in found[-1:]:
                found.append(node)


def _add_names(names: dict[str, list[Named]], node: Node, called: str) -> None:
    if _ONLY_A_NUMBER.fullmatch(called):
        return
    for name in dict.fromkeys((called, _stem(called))):
        if len(name) >= SHORTEST_NAME:
            names.setdefault(name, []).append(Named(node, is_whole=name == called))


def _stem(name: str) -> str:
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return name


def _lengths_of(names: Mapping[str, object]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for name in names:
        lengths.setdefault(name[:SHORTEST_NAME], set()).add(len(name))
    return {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}
