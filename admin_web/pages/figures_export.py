"""Tables of figures as files: CSV and spreadsheets. A cell that begins like a formula stays text in both."""

import io
from collections.abc import Sequence

from fastapi.responses import Response
from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from admin_web.csv_text import plain_cell, render_csv
from admin_web.pages.figures_tables import Kind, Table, list_exported
from admin_web.rendering import PAGE_HEADERS
from admin_web.words import Words

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BOLD = Font(bold=True)
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST_NAME = 31
_PERCENT = "0.0%"
_WIDEST = 48


def send_tables_csv(name: str, tables: Sequence[Table], about: Sequence[Sequence[str]], t: Words) -> Response:
    """One table after another, each under its title; `about` are rows that stand before all of them."""
    rows: list[Sequence[object]] = [*about]
    for table in tables:
        header, body = list_exported(table, t)
        rows += [[], [table.title], header, *([_blank(each) for each in row] for row in body)]
    first, *rest = rows
    return _send(
        render_csv([str(each) for each in first], rest).encode(), "text/csv; charset=utf-8", f"{name}.csv"
    )


def send_tables_xlsx(
    name: str, tables: Sequence[Table], about: Sequence[Sequence[str]], t: Words
) -> Response:
    """A sheet for each table, and a first one that says what they are about."""
    book = Workbook(write_only=True)
    _add_about(book.create_sheet(t("figures.about")), about)
    for table in tables:
        _add_table(book.create_sheet(_sheet_name(table.title)), table, t)
    content = io.BytesIO()
    book.save(content)
    return _send(content.getvalue(), SHEET_TYPE, f"{name}.xlsx")


def _send(content: bytes, media_type: str, file_name: str) -> Response:
    headers = {**PAGE_HEADERS, "Content-Disposition": f'attachment; filename="{file_name}"'}
    return Response(content, media_type=media_type, headers=headers)


def _add_about(sheet: Worksheet, about: Sequence[Sequence[str]]) -> None:
    sheet.column_dimensions["A"].width = 20
    sheet.column_dimensions["B"].width = 100
    for row in about:
        cells = [_cell(sheet, each) for each in row]
        cells[0].font = _BOLD
        for each in cells:
            each.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append(cells)


def _add_table(sheet: Worksheet, table: Table, t: Words) -> None:
    header, body = list_exported(table, t)
    rows = list(body)
    sheet.freeze_panes = "B2"
    for place, title in enumerate(header):
        widest = max(_width(title), *(_width(row[place]) for row in rows), 8)
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(widest + 2, _WIDEST)
    titles = [_cell(sheet, each) for each in header]
    for each in titles:
        each.font = _BOLD
    sheet.append(titles)
    shares = _places_of_shares(table)
    for row in rows:
        cells = [_cell(sheet, each) for each in row]
        for place in shares:
            cells[place].number_format = _PERCENT
        sheet.append(cells)


def _cell(sheet: Worksheet, value: str | float | None) -> Cell:
    """A text is said to be one: without that the library takes what begins with "=" for a formula."""
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=plain_cell(value))
    cell.data_type = "s"
    return cell


def _places_of_shares(table: Table) -> list[int]:
    places, place = [], 0
    for column in table.columns:
        if column.kind is Kind.RATE:
            places.append(place)
        place += 3 if column.kind is Kind.RATE else 1
    return places


def _sheet_name(title: str) -> str:
    return title.translate(_NOT_IN_A_NAME).strip()[:_LONGEST_NAME]


def _width(value: object) -> int:
    """In letters; a Chinese one is twice as wide."""
    return sum(2 if ord(each) > 0x2E80 else 1 for each in str("" if value is None else value))


def _blank(value: object) -> object:
    return "" if value is None else value
