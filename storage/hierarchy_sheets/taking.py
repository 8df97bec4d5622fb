"""Takes a filled spreadsheet into the text of the file: only what differs is edited, so comments and order stay."""

from collections.abc import Mapping
from dataclasses import dataclass

from routing.hierarchy import Hierarchy
from storage.hierarchy_edit.origins import list_families
from storage.hierarchy_edit.refusals import ActRefusedError
from storage.hierarchy_edit.source import UnreadableError
from storage.hierarchy_file import Problem, read_hierarchy
from storage.hierarchy_sheets.cells import Filled, SheetFault, read_cells
from storage.hierarchy_sheets.columns import GROUPS, LISTS, PLACES, SERIES, SHEETS, STAFF, Sheet
from storage.hierarchy_sheets.naming import Names
from storage.hierarchy_sheets.sewing import Difference, Sewer
from storage.hierarchy_sheets.tables import COMMA, Row, Tables, tables_of
from storage.hierarchy_sheets.tracing import trace_problem

MOST_CHANGES = 2_000


@dataclass(frozen=True, slots=True)
class Taken:
    """`text` is None where there are faults. `singled_out` are places that got an entry of their own."""

    text: str | None
    faults: tuple[SheetFault, ...] = ()
    singled_out: tuple[str, ...] = ()


def read_sheets(text: str, content: bytes, *, top: str = "") -> Taken:
    """Never raises, whatever the bytes; `text` is a right file. Rows of what stands elsewhere than below `top` are
    passed over."""
    tree = read_hierarchy(text).hierarchy
    filled = read_cells(content)
    if tree is None:
        filled.faults.append(
            SheetFault("", 0, "The file itself has problems.", "层级文件本身还有问题，请先改好。")
        )
    if filled.faults or tree is None:
        return Taken(None, tuple(filled.faults))
    before = tables_of(tree, top=top)
    after = _settled(filled, before, tree)
    differences = [_differ(sheet, before, after) for sheet in SHEETS]
    if sum(each.count for each in differences) > MOST_CHANGES:
        filled.faults.append(
            SheetFault(
                "",
                0,
                f"More than {MOST_CHANGES} changes at once.",
                f"一次最多改 {MOST_CHANGES} 处，请分几次。",
            )
        )
    if filled.faults:
        return Taken(None, tuple(filled.faults))
    return _sew(text, tree, filled, differences)


def _settled(filled: Filled, before: Tables, tree: Hierarchy) -> Tables:
    """What was filled in, with ids where people wrote names; faults for what nobody knows. A sheet that is not there
    stays as it is, and so does a column."""
    elsewhere = _pass_over_elsewhere(filled, before, tree)
    names = Names(filled, tree, elsewhere)
    kept = filled.rows.get(PLACES)
    gone = frozenset(before[PLACES].keys() - kept.keys()) if kept is not None else frozenset()
    after: dict[str, Mapping[str, Row]] = {}
    for sheet in SHEETS:
        rows = filled.rows.get(sheet.title)
        if rows is None:
            after[sheet.title] = before[sheet.title]
            continue
        after[sheet.title] = {
            own_id: names.settle(
                sheet, own_id, {**_blank(sheet), **before[sheet.title].get(own_id, {}), **row}
            )
            for own_id, row in rows.items()
            if not _goes_with_its_place(row, before[sheet.title].get(own_id), gone)
        }
    return after


def _pass_over_elsewhere(filled: Filled, before: Tables, tree: Hierarchy) -> frozenset[str]:
    """Takes rows away that stand as they are outside of what is edited; ids of all places and groups there. A fault
    for another row with such an id."""
    everywhere = tables_of(tree)
    for sheet in SHEETS:
        others = everywhere[sheet.title].keys() - before[sheet.title].keys()
        rows = filled.rows.get(sheet.title, {})
        for own_id in [each for each in rows if each in others]:
            row, known = rows.pop(own_id), everywhere[sheet.title][own_id]
            if any(row[key] != known.get(key, "") for key in row.keys() - {SERIES}):
                at = filled.at.get((sheet.title, own_id), 0)
                filled.faults.append(
                    SheetFault(
                        sheet.title,
                        at,
                        f'"{own_id}" stands elsewhere, which is not yours to change; a new one needs another id.',
                        f"“{own_id}”在别处，不归您管，不能改；如果是新增的，请换一个编号。",
                    )
                )
    return frozenset(
        each for title in (PLACES, GROUPS) for each in everywhere[title].keys() - before[title].keys()
    )


def _goes_with_its_place(row: Row, old: Row | None, gone: frozenset[str]) -> bool:
    """Who deletes the row of a building means its groups and people too, unless they were moved elsewhere."""
    node_id = row.get("node", "")
    return node_id in gone and old is not None and old["node"] == node_id


def _blank(sheet: Sheet) -> Row:
    return dict.fromkeys(sheet.columns, "")


def _differ(sheet: Sheet, before: Tables, after: Tables) -> Difference:
    old, new = before[sheet.title], after[sheet.title]
    added = [row for own_id, row in new.items() if own_id not in old]
    gone = [row for own_id, row in old.items() if own_id not in new]
    changed = {
        own_id: changes
        for own_id, row in new.items()
        if own_id in old and (changes := _changes(sheet, old[own_id], row))
    }
    return Difference(old, new, added, gone, changed)


def _changes(sheet: Sheet, old: Row, new: Row) -> dict[str, str]:
    keys = (each for each in sheet.columns if each not in {"id", SERIES})
    return {key: new[key] for key in keys if _face(key, old.get(key, "")) != _face(key, new.get(key, ""))}


def _face(key: str, value: str) -> object:
    return tuple(value.split(COMMA)) if key in LISTS else value


def _sew(text: str, tree: Hierarchy, filled: Filled, differences: list[Difference]) -> Taken:
    places, groups, staff = differences
    sewer = Sewer(text, tree, list_families(text, list(tree.nodes)))
    try:
        sewer.sew(places, groups, staff)
    except (ActRefusedError, UnreadableError) as error:
        return Taken(None, (_fault_of(error, sewer, filled),))
    problems = read_hierarchy(sewer.text).problems
    if problems:
        return Taken(None, tuple(_locate(each, sewer.text, filled) for each in problems[:200]))
    return Taken(sewer.text, (), tuple(sewer.singled_out))


def _locate(problem: Problem, text: str, filled: Filled) -> SheetFault:
    """A problem of the resulting file, at the row that made it where that can be told."""
    for own_id in trace_problem(text, problem.line):
        for title in (STAFF, GROUPS, PLACES):
            row = filled.at.get((title, own_id))
            if row is not None:
                return SheetFault(title, row, problem.message, problem.message_zh)
    return SheetFault("", 0, problem.message, problem.message_zh)


def _fault_of(error: Exception, sewer: Sewer, filled: Filled) -> SheetFault:
    title, own_id = sewer.at
    row = filled.at.get((title, own_id), 0)
    key = error.key if isinstance(error, ActRefusedError) else "file"
    if key == "in_family":
        return SheetFault(
            title,
            row,
            "What is above it is written as a series; write that out in the drawing first.",
            "它的上级是成批写成的，请先在树状图里把上级单独列出。",
        )
    return SheetFault(title, row, f'"{own_id}" cannot be changed this way.', f"“{own_id}”不能这样改。")
