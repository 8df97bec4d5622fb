"""Which lines of the file are other people's, for somebody who answers for one place: other entries of the tree with
their groups and people, and examples that are said elsewhere. What is for all stays."""

from collections.abc import Collection, Iterator, Sequence

import yaml

from storage.hierarchy_edit.lines import above_comments
from storage.hierarchy_edit.origins import find_place
from storage.hierarchy_edit.source import (
    Source,
    UnreadableError,
    dash_of,
    end_of,
    find_value,
    items_of,
    read_source,
    start_of,
    text_of,
)

Lines = tuple[int, int]
"""From the first, counted from 0, up to the one behind the last."""

_OF_THE_WAY = ("id", "level", "name")


def list_others_lines(text: str, node_id: str, own_groups: Collection[str]) -> Sequence[Lines] | None:
    """In order, apart from each other. None where lines do not tell them apart, or the place is not there.

    `own_groups` are ids of groups below the place, beside those that its entry names.
    """
    try:
        source = read_source(text)
        return _join(_Cut(source, node_id, own_groups).list_hidden())
    except (UnreadableError, _NotByLinesError):
        return None


class _NotByLinesError(Exception):
    """Entries of several people share a line, or there is no such place."""


class _Cut:
    def __init__(self, source: Source, node_id: str, own_groups: Collection[str]) -> None:
        self._source = source
        place = find_place(source, node_id)
        if place is None:
            raise _NotByLinesError
        way = list(_way_to(source.root, "tree", place.entry))
        shared = next((at for at, each in enumerate(way) if find_value(each, "repeat") is not None), None)
        self._own = way[-1] if shared is None else None
        self._way = way[:-1] if shared is None else way[:shared]
        self._groups = {*own_groups, *(_groups_of(self._own) if self._own is not None else ())}

    def list_hidden(self) -> set[int]:
        hidden = set(self._lines_of_section("tree"))
        for each in self._way:
            hidden -= self._lines_of_way(each)
        if self._own is not None:
            hidden -= set(self._lines_of_entry(self._own))
        return hidden | self._lines_of_examples()

    def _lines_of_section(self, name: str) -> range:
        """Behind its key up to the next key of the file with the comments above it, or to the line that ends the
        file."""
        pair = next((each for each in self._source.root.value if each[0].value == name), None)
        if pair is None:
            return range(0)
        key, value = pair
        _require_lines(value)
        first = self._line(start_of(key)) + 1
        later = [start_of(each) for each, _ in self._source.root.value if start_of(each) > start_of(key)]
        if later:
            return range(first, self._line(above_comments(self._source.text, min(later))))
        lines = self._source.text.split("\n")
        last = len(lines)
        while last and lines[last - 1].strip() in {"", "..."}:
            last -= 1
        return range(first, last)

    def _lines_of_way(self, entry: yaml.MappingNode) -> set[int]:
        """What says which place it is; the key `children` alone in its line."""
        _require_lines(entry)
        shown: set[int] = set()
        for key, value in entry.value:
            if key.value in _OF_THE_WAY:
                shown.update(self._lines(start_of(key), end_of(value)))
            if key.value == "children":
                _require_lines(value)
                shown.add(self._line(start_of(key)))
        return shown

    def _lines_of_entry(self, entry: yaml.MappingNode) -> range:
        first = above_comments(self._source.text, dash_of(self._source.text, entry))
        return self._lines(first, end_of(entry))

    def _lines_of_examples(self) -> set[int]:
        hidden = set(self._lines_of_section("expect"))
        for each in items_of(self._source.root, "expect"):
            if text_of(each, "in") in self._groups:
                hidden -= set(self._lines_of_entry(each))
        return hidden

    def _lines(self, start: int, end: int) -> range:
        return range(self._line(start), self._line(max(start, end - 1)) + 1)

    def _line(self, at: int) -> int:
        return self._source.text.count("\n", 0, at)


def _require_lines(node: yaml.Node) -> None:
    if isinstance(node, yaml.CollectionNode) and node.flow_style:
        raise _NotByLinesError


def _way_to(holder: yaml.MappingNode, key: str, goal: yaml.MappingNode) -> Iterator[yaml.MappingNode]:
    """Entries from the top down to this one."""
    for each in items_of(holder, key):
        if start_of(each) <= start_of(goal) < end_of(each):
            list_of_them = find_value(holder, key)
            assert list_of_them is not None
            _require_lines(list_of_them)
            yield each
            if each is not goal:
                yield from _way_to(each, "children", goal)


def _groups_of(entry: yaml.MappingNode) -> Iterator[str]:
    yield from (text_of(each, "id") for each in items_of(entry, "groups"))
    for child in items_of(entry, "children"):
        yield from _groups_of(child)


def _join(lines: set[int]) -> list[Lines]:
    joined: list[Lines] = []
    for each in sorted(lines):
        if joined and joined[-1][1] == each:
            joined[-1] = (joined[-1][0], each + 1)
        else:
            joined.append((each, each + 1))
    return joined
