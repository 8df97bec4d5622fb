"""Sews the differences of a spreadsheet into the text, one edit after another, each at the place of its id."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import yaml

from routing.hierarchy import Hierarchy
from storage.hierarchy_edit.entries import single_out, transplant, without_number
from storage.hierarchy_edit.origins import Place, find_place
from storage.hierarchy_edit.people import find_item, move_member
from storage.hierarchy_edit.refusals import ActRefusedError
from storage.hierarchy_edit.source import (
    Source,
    append_item,
    make_item,
    make_scalar,
    read_source,
    relocate,
    remove_item,
    remove_pair,
    set_value,
)
from storage.hierarchy_sheets.columns import CHANNELS, GROUPS, LISTS, PLACES, STAFF
from storage.hierarchy_sheets.tables import COMMA, Row

_PLACE_KEYS = ("id", "level", "name", "aliases")
_GROUP_KEYS = ("id", "kind", "name", *CHANNELS, "scene", "listen")
_STAFF_KEYS = ("id", "name", "role", "groups", *CHANNELS)


@dataclass(frozen=True, slots=True)
class Difference:
    """Of one sheet: rows by id before and after, what comes, goes, and which cells change."""

    old: Mapping[str, Row]
    new: Mapping[str, Row]
    added: Sequence[Row]
    gone: Sequence[Row]
    changed: Mapping[str, Mapping[str, str]]

    @property
    def count(self) -> int:
        return len(self.added) + len(self.gone) + len(self.changed)


class Sewer:
    """`text` is the file so far. `at` says which sheet and id is being done, for whoever tells of a refusal."""

    def __init__(self, text: str, tree: Hierarchy, series: Collection[str]) -> None:
        self.text = text
        self.at = ("", "")
        self.singled_out: list[str] = []
        self._tree = tree
        self._series = frozenset(series)
        self._levels = {each.name: each.level_id for each in tree.levels}

    def sew(self, places: Difference, groups: Difference, staff: Difference) -> None:
        """What comes before what goes, so that nothing hangs in the air between."""
        self._add_places(places)
        for own_id, changes in places.changed.items():
            self._change_place(own_id, changes)
        for title, key, keys, difference in (
            (GROUPS, "groups", _GROUP_KEYS, groups),
            (STAFF, "staff", _STAFF_KEYS, staff),
        ):
            for row in difference.added:
                self._add_member(title, key, keys, row)
            for own_id, changes in difference.changed.items():
                self._change_member(title, key, difference.old[own_id]["node"], own_id, changes)
        left = {row["id"] for row in places.gone}
        for title, key, difference in ((STAFF, "staff", staff), (GROUPS, "groups", groups)):
            for row in difference.gone:
                if row["node"] not in left:
                    self._remove_member(title, key, row)
        self._remove_places(places, left)

    def _add_places(self, places: Difference) -> None:
        """Parents first, in whatever order the rows stand. What hangs on nothing is refused."""
        waiting = {row["id"]: row for row in places.added}
        while waiting:
            ready = [row for row in waiting.values() if row["parent"] not in waiting]
            if not ready:
                self.at = (PLACES, next(iter(waiting)))
                raise ActRefusedError("unknown_node")
            for row in ready:
                self._add_place(row)
                del waiting[row["id"]]

    def _add_place(self, row: Row) -> None:
        self.at = (PLACES, row["id"])
        filled = {**row, "level": self._levels.get(row["level"], row["level"])}
        source, place = self._open(row["parent"])
        item = make_item(_pairs(_PLACE_KEYS, filled), in_lines=True)
        self.text = append_item(source, place.entry, "children", item)

    def _change_place(self, own_id: str, changes: Mapping[str, str]) -> None:
        self.at = (PLACES, own_id)
        for key, value in changes.items():
            if key == "parent":
                self._single_out_if_needed(value)
            source, place = self._open(own_id)
            if key == "parent":
                self.text = transplant(source, place, goal_id=value)
            else:
                written = self._levels.get(value, value) if key == "level" else value
                self.text = _put(source, place.entry, key, written)

    def _add_member(self, title: str, key: str, keys: Sequence[str], row: Row) -> None:
        self.at = (title, row["id"])
        source, place = self._open(row["node"])
        self.text = append_item(source, place.entry, key, make_item(_pairs(keys, row)))

    def _change_member(
        self, title: str, key: str, node_id: str, own_id: str, changes: Mapping[str, str]
    ) -> None:
        self.at = (title, own_id)
        for name, value in changes.items():
            if name != "node":
                source, place = self._open(node_id)
                self.text = _put(source, find_item(place, key, own_id)[1], name, value)
        if "node" in changes:
            self._single_out_if_needed(changes["node"])
            source, place = self._open(node_id)
            self.text = move_member(source, place, key, own_id, goal_id=changes["node"])

    def _remove_member(self, title: str, key: str, row: Row) -> None:
        self.at = (title, row["id"])
        source, place = self._open(row["node"])
        self.text = remove_item(source, place.entry, key, find_item(place, key, row["id"])[0])

    def _remove_places(self, places: Difference, left: set[str]) -> None:
        """The highest of each branch; what is below goes with it."""
        for row in places.gone:
            if row["parent"] in left:
                continue
            self.at = (PLACES, row["id"])
            source = read_source(self.text)
            place = self._find(source, row["id"])
            if place.number is not None:
                self.text = without_number(source, place)
            else:
                self.text = remove_item(source, place.holder, place.key, place.at)

    def _open(self, node_id: str) -> tuple[Source, Place]:
        """The text as it is by now, and the node's own entry in it."""
        self._single_out_if_needed(node_id)
        source = read_source(self.text)
        return source, self._find(source, node_id)

    def _single_out_if_needed(self, node_id: str) -> None:
        if node_id not in self._series or node_id in self.singled_out:
            return
        source = read_source(self.text)
        self.text = single_out(source, self._find(source, node_id))
        self.singled_out.append(node_id)

    def _find(self, source: Source, node_id: str) -> Place:
        place = find_place(source, node_id)
        if place is None:
            raise ActRefusedError("unknown")
        if place.is_in_family:
            raise ActRefusedError("in_family")
        return place


def _pairs(keys: Sequence[str], row: Row) -> list[tuple[str, str]]:
    return [(key, _written(key, row[key])) for key in keys if row.get(key)]


def _written(key: str, value: str) -> str:
    if key not in LISTS:
        return make_scalar(value)
    return "[" + ", ".join(make_scalar(each) for each in value.split(COMMA)) + "]"


def _put(source: Source, mapping: yaml.MappingNode, key: str, value: str) -> str:
    if not value:
        return remove_pair(source, mapping, key)
    if key in LISTS:
        source, mapping = relocate(remove_pair(source, mapping, key), mapping)
    return set_value(source, mapping, key, _written(key, value), is_yaml=True)
