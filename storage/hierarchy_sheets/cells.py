"""Reads a filled spreadsheet into rows of texts, and says by sheet and row what cannot be read. Calculates nothing."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain, islice
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from storage.hierarchy_sheets.columns import CHANNELS, SHEETS, TITLES, Sheet
from storage.hierarchy_sheets.merges import Merges, read_merges

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_ROWS = 50_000
TITLE_ROWS = 5
"""In so many the heading of the table is looked for."""
_IDS = frozenset({"id", "parent", "node", "groups", "scene", *CHANNELS})
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True)
class SheetFault:
    """`row` counts from 1 as spreadsheets do, 0 for a whole sheet or file."""

    sheet: str
    row: int
    message: str
    message_zh: str


@dataclass(slots=True)
class Filled:
    """`rows` by sheet and id, each with its row number under "row"; sheets that are absent say nothing."""

    rows: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    at: dict[tuple[str, str], int] = field(default_factory=dict)
    faults: list[SheetFault] = field(default_factory=list)


def read_cells(content: bytes) -> Filled:
    """Never raises, whatever the bytes."""
    filled = Filled()
    book = _open(content, filled)
    if book is None:
        return filled
    with zipfile.ZipFile(BytesIO(content)) as packed:
        for sheet in SHEETS:
            page = _find_page(book, sheet)
            if page is not None:
                _read_page(page, sheet, filled, read_merges(packed, page))
    if not filled.rows and not filled.faults:
        titles = "、".join(each.title for each in SHEETS)
        filled.faults.append(
            SheetFault("", 0, f"None of the sheets is there: {titles}.", f"没有找到这些工作表：{titles}。")
        )
    return filled


def _open(content: bytes, filled: Filled) -> Any:
    fault = SheetFault("", 0, "This is no XLSX file that can be read.", "这不是能读的 XLSX 文件。")
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
        if len(content) > LARGEST_FILE or unpacked > LARGEST_UNPACKED:
            fault = SheetFault("", 0, "The file is too large.", "文件太大了。")
            filled.faults.append(fault)
            return None
        return load_workbook(BytesIO(content), read_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError):
        filled.faults.append(fault)
        return None


def _find_page(book: Any, sheet: Sheet) -> Any:
    """Also by the Chinese or the English half of its name alone."""
    wanted = {sheet.title, *sheet.title.split()}
    return next((book[name] for name in book.sheetnames if name.strip() in wanted), None)


def _read_page(page: Any, sheet: Sheet, filled: Filled, merges: Merges) -> None:
    rows = enumerate(page.iter_rows(), start=1)
    # A title that somebody wrote above the table is passed over.
    first = list(islice(rows, TITLE_ROWS))
    heads = [(number, _keys_of([_text_of(each) for each in row], sheet)) for number, row in first]
    head_at, keys = next((each for each in heads if len(each[1]) > 1), heads[0] if heads else (1, {}))
    missing = [TITLES[each] for each in sheet.required if each not in keys]
    if missing:
        names = "、".join(missing)
        filled.faults.append(
            SheetFault(sheet.title, head_at, f"Columns are missing: {names}.", f"缺少这些列：{names}。")
        )
        return
    found = filled.rows.setdefault(sheet.title, {})
    for number, row in _limited(chain(first[head_at:], rows), sheet, filled):
        values, has_formula = _values_of(number, row, keys, merges)
        if not any(_own_values(row, keys)):
            continue
        if has_formula:
            filled.faults.append(
                SheetFault(sheet.title, number, "A formula is no value here.", "这里不能用公式，请填写内容。")
            )
        _take(values, number, sheet, found, filled)


def _take(
    values: dict[str, str], number: int, sheet: Sheet, found: dict[str, dict[str, str]], filled: Filled
) -> None:
    own_id = values["id"]
    empty = [TITLES[each] for each in sheet.required if not values[each]]
    if empty:
        names = "、".join(empty)
        filled.faults.append(
            SheetFault(sheet.title, number, f"Nothing stands in: {names}.", f"这些格子是空的：{names}。")
        )
    elif own_id in found:
        other = filled.at[sheet.title, own_id]
        filled.faults.append(
            SheetFault(
                sheet.title,
                number,
                f'The id "{own_id}" stands in row {other} as well.',
                f"编号“{own_id}”和第 {other} 行重复了。",
            )
        )
    else:
        found[own_id] = values
        filled.at[sheet.title, own_id] = number


def _limited(
    rows: Iterable[tuple[int, Sequence[Any]]], sheet: Sheet, filled: Filled
) -> Iterator[tuple[int, Sequence[Any]]]:
    for count, row in enumerate(rows):
        if count == MOST_ROWS:
            filled.faults.append(
                SheetFault(
                    sheet.title, 0, f"More than {MOST_ROWS} rows.", f"超过 {MOST_ROWS} 行，请分几次导入。"
                )
            )
            return
        yield row


def _keys_of(head: Sequence[str], sheet: Sheet) -> dict[str, int]:
    """Column by key; a title may be given by one of its halves."""
    keys: dict[str, int] = {}
    for at, written in enumerate(head):
        for key in sheet.columns:
            if written.strip() in {TITLES[key], key, *TITLES[key].split()}:
                keys.setdefault(key, at)
    return keys


def _values_of(
    number: int, row: Sequence[Any], keys: dict[str, int], merges: Merges
) -> tuple[dict[str, str], bool]:
    own = [_text_of(each) for each in row]
    whole = merges.fill(number, own + [""] * (max(keys.values()) + 1 - len(own)))
    has_formula = any(getattr(row[at], "data_type", "") == "f" for at in keys.values() if at < len(row))
    values = {key: whole[at] for key, at in keys.items()}
    # Rows are known by their id: a block over several of them makes no copies.
    values["id"] = own[keys["id"]] if keys["id"] < len(own) else ""
    return {key: _narrow(each) if key in _IDS else each for key, each in values.items()}, has_formula


def _narrow(text: str) -> str:
    """With the digits and letters of ids where a Chinese keyboard wrote wide ones; names stay as they are."""
    narrow = text.translate(_NARROW)
    return narrow if narrow.isascii() else text


def _own_values(row: Sequence[Any], keys: dict[str, int]) -> Iterator[str]:
    return (_text_of(row[at]) for at in keys.values() if at < len(row))


def _text_of(cell: Any) -> str:
    """A whole number without its ".0": spreadsheets turn the id of a chat into a number."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()
