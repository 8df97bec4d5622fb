"""Where a node stands in the file: its entry, and the `repeat` that makes it and others alike."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

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


def find_lines(text: str, node_ids: Collection[str]) -> Mapping[str, int]:
    """Where the entries stand that make these nodes; without those of a text that cannot be read."""
    wanted = set(node_ids)
    lines: dict[str, int] = {}
    try:
        root = read_source(text).root
    except UnreadableError:
        return lines
    for place in _walk(root, "tree", ()):
        form = _Form(place)
        own_id = text_of(place.entry, "id")
        made = filter(form.match, wanted) if place.repeats else wanted & {own_id}
        lines.update(dict.fromkeys(made, line_of(place.entry)))
        wanted -= lines.keys()
    return lines


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


class _Form:
    """The id of an entry as it is written, ready to be held against many ids."""

    def __init__(self, place: Place) -> None:
        self._form = text_of(place.entry, "id")
        self._gaps = [(len(gap[1]), int(gap[2] or 0)) for gap in GAP.finditer(self._form)]
        self.start = GAP.split(self._form, maxsplit=1)[0]
        self._written = place.repeats

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return _pattern(self._form)

    @cached_property
    def _repeats(self) -> list[frozenset[int]]:
        """A series may have a hundred thousand numbers."""
        return [frozenset(each) for each in self._written]

    def match(self, node_id: str) -> re.Match[str] | None:
        """Each gap holds a number of its repeat, written as that gap writes it."""
        if not node_id.startswith(self.start):
            return None
        match = self._pattern.fullmatch(node_id)
        if match is None:
            return None
        for digits, (depth, width) in zip(match.groups(), self._gaps, strict=True):
            number = int(digits)
            if depth > len(self._repeats) or number not in self._repeats[-depth]:
                return None
            if digits != f"{number:0{width}d}":
                return None
        return match

    def own_number(self, match: re.Match[str]) -> int | None:
        """Of the entry's own repeat, which is the nearest."""
        depths = [depth for depth, _ in self._gaps]
        return int(match[depths.index(1) + 1]) if 1 in depths else None


def _match(place: Place, node_id: str) -> Place | None:
    if not place.repeats:
        return place if text_of(place.entry, "id") == node_id else None
    form = _Form(place)
    match = form.match(node_id)
    if match is None:
        return None
    is_series = bool(text_of(place.entry, "repeat"))
    return replace(place, number=form.own_number(match) if is_series else None)


def _pattern(form: str) -> re.Pattern[str]:
    parts, at = [], 0
    for gap in GAP.finditer(form):
        parts += [re.escape(form[at : gap.start()]), "([0-9]+)"]
        at = gap.end()
    return re.compile("".join([*parts, re.escape(form[at:])]))


def list_families(text: str, node_ids: Collection[str]) -> frozenset[str]:
    """Those of the nodes that a `repeat` makes, their own or one above them. None of a text that cannot be read."""
    try:
        root = read_source(text).root
    except UnreadableError:
        return frozenset()
    forms: dict[str, list[_Form]] = {}
    for place in _walk(root, "tree", ()):
        if place.repeats:
            form = _Form(place)
            forms.setdefault(form.start, []).append(form)
    return frozenset(each for each in node_ids if any(form.match(each) for form in _may_make(each, forms)))


def _may_make(node_id: str, forms: Mapping[str, list[_Form]]) -> Iterator[_Form]:
    """By how they begin: a gap begins where the id has a digit."""
    for at, letter in enumerate(node_id):
        if letter in "0123456789":
            yield from forms.get(node_id[:at], ())
    yield from forms.get(node_id, ())
