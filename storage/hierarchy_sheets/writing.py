"""Writes the tree as an XLSX file: every cell a text, so that no id loses its zeros and nothing becomes a formula."""

from collections.abc import Collection
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from routing.hierarchy import Hierarchy
from storage.hierarchy_sheets.columns import SHEETS, TITLES, Sheet
from storage.hierarchy_sheets.tables import Row, tables_of

_WIDTHS = {"id": 26, "name": 22, "aliases": 24, "groups": 36, "node": 22, "parent": 22, "wechat": 22}
_USUAL_WIDTH = 14
_HEAD = Font(bold=True)
_HEAD_FILL = PatternFill("solid", fgColor="DFEEE5")
_AS_TEXT = "@"


def write_sheets(tree: Hierarchy, *, series: Collection[str] = (), top: str = "") -> bytes:
    """`series` are ids of places that a `repeat` makes, for a mark in their row; `top` the node with which they begin,
    else the root."""
    book = Workbook(write_only=True)
    tables = tables_of(tree, series=series, top=top)
    for sheet in SHEETS:
        page = book.create_sheet(sheet.title)
        page.freeze_panes = "B2"
        for at, key in enumerate(sheet.columns):
            page.column_dimensions[chr(ord("A") + at)].width = _WIDTHS.get(key, _USUAL_WIDTH)
        page.append([_head(page, key) for key in sheet.columns])
        for row in tables[sheet.title].values():
            page.append(_cells(page, sheet, row))
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _cells(page: WriteOnlyWorksheet, sheet: Sheet, row: Row) -> list[Cell]:
    return [_text(page, row.get(key, "")) for key in sheet.columns]


def _text(page: WriteOnlyWorksheet, value: str) -> Cell:
    cell = WriteOnlyCell(page, value=value or None)
    if value:
        # A text that begins with = is taken for a formula unless the cell says what it is.
        cell.data_type = "s"
    cell.number_format = _AS_TEXT
    return cell


def _head(page: WriteOnlyWorksheet, key: str) -> Cell:
    cell = WriteOnlyCell(page, value=TITLES[key])
    cell.font, cell.fill, cell.alignment = _HEAD, _HEAD_FILL, Alignment(wrap_text=True)
    return cell
