"""From what people write in a cell to ids: levels and places by name, lists by any comma."""

import re
from collections.abc import Collection, Mapping

from routing.hierarchy import Hierarchy
from storage.hierarchy_file.kinds import KNOWN_KINDS
from storage.hierarchy_sheets.cells import Filled, SheetFault
from storage.hierarchy_sheets.columns import GROUPS, LISTS, PLACES, SERIES, TITLES, Sheet
from storage.hierarchy_sheets.tables import COMMA, Row

_COMMAS = re.compile(r"\s*[、,，;；\n]\s*")
_KINDS = {
    spoken: kind
    for kind, names in zip(
        KNOWN_KINDS,
        (
            ("居民群", "居民"),
            ("工作群", "工作人员"),
            ("物业", "物业群"),
            ("业主", "业主群"),
            ("志愿者", "志愿者群"),
            ("党员", "党员群", "党组织"),
        ),
        strict=True,
    )
    for spoken in names
}


class Names:
    """Knows the tree and the new places of the sheet; faults go to `filled`. `elsewhere` are ids of places and groups
    that the sheet leaves alone."""

    def __init__(self, filled: Filled, tree: Hierarchy, elsewhere: Collection[str] = ()) -> None:
        self._filled = filled
        self._tree = tree
        self._levels = {each.level_id: each.name for each in tree.levels}
        rows = filled.rows.get(PLACES)
        # Without the sheet the places are those of the tree.
        self._places = (
            {each: tree.nodes[each].name for each in tree.nodes.keys() & elsewhere}
            | {own_id: row.get("name", "") for own_id, row in rows.items()}
            if rows is not None
            else {node_id: node.name for node_id, node in tree.nodes.items()}
        )
        groups = filled.rows.get(GROUPS)
        self._groups = (
            {each: tree.groups[each].name for each in tree.groups.keys() & elsewhere}
            | {own_id: row.get("name", "") for own_id, row in groups.items()}
            if groups is not None
            else {group_id: group.name for group_id, group in tree.groups.items()}
        )
        self._by_name = _ids_by_name(self._places)
        self._groups_by_name = _ids_by_name(self._groups)

    def settle(self, sheet: Sheet, own_id: str, row: Row) -> Row:
        settled = dict(row)
        if sheet.title == PLACES:
            settled["level"] = self._level(sheet, own_id, row["level"])
            if row.get("parent") or own_id != self._tree.root_id:
                settled["parent"] = self._place(sheet, own_id, "parent", row.get("parent", ""))
        else:
            settled["node"] = self._place(sheet, own_id, "node", row["node"])
        if "kind" in settled:
            settled["kind"] = _KINDS.get(settled["kind"], settled["kind"])
        for key in LISTS & settled.keys():
            settled[key] = COMMA.join(each for each in _COMMAS.split(settled[key]) if each)
        if "groups" in settled:
            settled["groups"] = COMMA.join(self._group(each) for each in settled["groups"].split(COMMA))
        settled.pop(SERIES, None)
        return settled

    def _level(self, sheet: Sheet, own_id: str, written: str) -> str:
        """By its name, which is how the tables say it."""
        if written in self._levels.values():
            return written
        if written in self._levels:
            return self._levels[written]
        known = "、".join(self._levels.values())
        self._fault(
            sheet,
            own_id,
            f'There is no level "{written}". Known here: {known}.',
            f"没有“{written}”这个层级，可以写：{known}。",
        )
        return written

    def _group(self, written: str) -> str:
        """A name that only one group has is as good as its id."""
        named = self._groups_by_name.get(written, [])
        return named[0] if len(named) == 1 and written not in self._groups else written

    def _place(self, sheet: Sheet, own_id: str, key: str, written: str) -> str:
        if written in self._places:
            return written
        named = self._by_name.get(written, [])
        if len(named) == 1:
            return named[0]
        title = TITLES[key]
        if not written:
            self._fault(sheet, own_id, f"{title}: the cell is empty.", f"{title}：这一格是空的。")
        elif named:
            self._fault(
                sheet,
                own_id,
                f'{title}: several places are named "{written}"; write the id.',
                f"{title}：叫“{written}”的不止一个，请写编号。",
            )
        else:
            self._fault(
                sheet,
                own_id,
                f'{title}: there is no place "{written}".',
                f"{title}：没有“{written}”这个地方。",
            )
        return written

    def _fault(self, sheet: Sheet, own_id: str, message: str, message_zh: str) -> None:
        row = self._filled.at.get((sheet.title, own_id), 0)
        self._filled.faults.append(SheetFault(sheet.title, row, message, message_zh))


def _ids_by_name(names: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for own_id, name in names.items():
        found.setdefault(name, []).append(own_id)
    return found
