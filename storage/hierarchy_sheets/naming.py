"""From what people write in a cell to ids: levels and places by name, lists by any comma."""

import re

from routing.hierarchy import Hierarchy
from storage.hierarchy_file.kinds import KNOWN_KINDS
from storage.hierarchy_sheets.cells import Filled, SheetFault
from storage.hierarchy_sheets.columns import LISTS, PLACES, SERIES, TITLES, Sheet
from storage.hierarchy_sheets.tables import COMMA, Row

_COMMAS = re.compile(r"\s*[、,，;；\n]\s*")
_KINDS = {"居民群": KNOWN_KINDS[0], "居民": KNOWN_KINDS[0], "工作群": KNOWN_KINDS[1], "物业": KNOWN_KINDS[2]}


class Names:
    """Knows the tree and the new places of the sheet; faults go to `filled`."""

    def __init__(self, filled: Filled, tree: Hierarchy) -> None:
        self._filled = filled
        self._tree = tree
        self._levels = {each.level_id: each.name for each in tree.levels}
        rows = filled.rows.get(PLACES)
        # Without the sheet the places are those of the tree.
        self._places = (
            {own_id: row.get("name", "") for own_id, row in rows.items()}
            if rows is not None
            else {node_id: node.name for node_id, node in tree.nodes.items()}
        )
        self._by_name: dict[str, list[str]] = {}
        for own_id, name in self._places.items():
            self._by_name.setdefault(name, []).append(own_id)

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

    def _place(self, sheet: Sheet, own_id: str, key: str, written: str) -> str:
        if written in self._places:
            return written
        named = self._by_name.get(written, [])
        if len(named) == 1:
            return named[0]
        title = TITLES[key]
        if named:
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
