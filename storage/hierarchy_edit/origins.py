"""Where a node stands in the file: its entry, and the `repeat` that makes it and others alike."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import yaml

from storage.hierarchy_edit.source import (
    Source,
    UnreadableError,
    find_value,
    line_of,
    read_source,
    text_of,
)
from storage.hierarchy_file.repeat import read_numbers
from storage.hierarchy_file.report import Report
from storage.hierarchy_file.values import Text

GAP = re.compile(r"\{(n{1,9})(?::0([1-9]))?\}")


@dataclass(frozen=True, slots=True)
class Place:
    """An entry with the list it stands in: `holder[key]` at `at`. `repeats` are the numbers around it, its own last;
    `number` is which of its own makes the node, None where its entry repeats nothing."""

    entry: yaml.MappingNode
    holder: yaml.MappingNode
    key: str
    at: int
    repeats: tuple[tuple[int, ...], ...] = ()
    number: int | None = None

    @property
    def is_in_family(self) -> bool:
        """Something above it is written as a series."""
        return len(self.repeats) > (1 if self.number is not None else 0)


@dataclass(frozen=True, slots=True)
class FileOrigin:
    line: int
    family: str
    size: int
    id_form: str
    name_form: str


def find_origin(text: str, node_id: str) -> FileOrigin | None:
    """None where the file has no such node, or cannot be read."""
    try:
        place = find_place(read_source(text), node_id)
    except UnreadableError:
        return None
    if place is None:
        return None
    size = 1
    for numbers in place.repeats:
        size *= len(numbers)
    return FileOrigin(
        line_of(place.entry),
        text_of(place.entry, "repeat") or ("…" if place.repeats else ""),
        size,
        text_of(place.entry, "id"),
        text_of(place.entry, "name"),
    )


def find_place(source: Source, node_id: str) -> Place | None:
    for place in _walk(source.root, "tree", ()):
        found = _match(place, node_id)
        if found is not None:
            return found
    return None


def _walk(holder: yaml.MappingNode, key: str, around: tuple[tuple[int, ...], ...]) -> Iterator[Place]:
    value = find_value(holder, key)
    if not isinstance(value, yaml.SequenceNode):
        return
    for at, entry in enumerate(value.value):
        if isinstance(entry, yaml.MappingNode):
            own = _numbers(text_of(entry, "repeat"))
            repeats = (*around, own) if own else around
            yield Place(entry, holder, key, at, repeats)
            yield from _walk(entry, "children", repeats)


def _numbers(repeat: str) -> tuple[int, ...]:
    return read_numbers(Text(repeat, 1), Report()) if repeat else ()


def _match(place: Place, node_id: str) -> Place | None:
    form = text_of(place.entry, "id")
    own = bool(text_of(place.entry, "repeat"))
    if not place.repeats:
        return place if form == node_id else None
    match = _pattern(form).fullmatch(node_id)
    if match is None or not _fits(form, match.groups(), place.repeats):
        return None
    depths = [len(gap[1]) for gap in GAP.finditer(form)]
    number = int(match[depths.index(1) + 1]) if own and 1 in depths else None
    return replace(place, number=number)


def _pattern(form: str) -> re.Pattern[str]:
    parts, at = [], 0
    for gap in GAP.finditer(form):
        parts += [re.escape(form[at : gap.start()]), "([0-9]+)"]
        at = gap.end()
    return re.compile("".join([*parts, re.escape(form[at:])]))


def _fits(form: str, written: Sequence[str], repeats: Sequence[tuple[int, ...]]) -> bool:
    """Each gap holds a number of its repeat, written as that gap writes it."""
    for gap, digits in zip(GAP.finditer(form), written, strict=True):
        depth, width = len(gap[1]), int(gap[2] or 0)
        if depth > len(repeats) or int(digits) not in repeats[-depth]:
            return False
        if digits != f"{int(digits):0{width}d}":
            return False
    return True


def list_families(text: str, node_ids: Collection[str]) -> frozenset[str]:
    """Those of the nodes that a `repeat` makes, their own or one above them. None of a text that cannot be read."""
    try:
        root = read_source(text).root
    except UnreadableError:
        return frozenset()
    series = [each for each in _walk(root, "tree", ()) if each.repeats]
    return frozenset(each for each in node_ids if any(_match(place, each) for place in series))
