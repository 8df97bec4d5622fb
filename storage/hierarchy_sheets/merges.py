"""Cells that were merged into one, as people like to do for what a whole block has in common.

A spreadsheet keeps the value in the first cell only; here the others of the block get it as well.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from openpyxl.utils import column_index_from_string

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
MOST_BLOCKS = 20_000
_WIDEST = 64
"""Columns of a block that are looked at; a sheet of ours has ten."""


@dataclass(frozen=True, slots=True)
class _Block:
    left: int
    right: int
    last_row: int


@dataclass(slots=True)
class Merges:
    """Is shown the rows of a sheet one after the other; columns count from 0, rows from 1."""

    blocks: Mapping[int, Sequence[_Block]] = field(default_factory=dict)
    _held: dict[int, tuple[int, str]] = field(default_factory=dict)

    def fill(self, number: int, texts: list[str]) -> list[str]:
        """The row's texts, with what stands in the first cell of a block wherever the block reaches."""
        for block in self.blocks.get(number, ()):
            value = texts[block.left] if block.left < len(texts) else ""
            for column in range(block.left, min(block.right, block.left + _WIDEST) + 1):
                self._held[column] = (block.last_row, value)
        if not self._held:
            return texts
        return [text or self._value_at(number, column) for column, text in enumerate(texts)]

    def _value_at(self, number: int, column: int) -> str:
        last_row, value = self._held.get(column, (0, ""))
        return value if number <= last_row else ""


def read_merges(packed: zipfile.ZipFile, page: Any) -> Merges:
    """From the sheet's own part of the file: a book that is read row by row does not tell them."""
    try:
        content = packed.read(page._worksheet_path)
    except KeyError:
        return Merges()
    blocks: dict[int, list[_Block]] = {}
    for first_row, block in islice(_list_blocks(content), MOST_BLOCKS):
        blocks.setdefault(first_row, []).append(block)
    return Merges(blocks)


def _list_blocks(content: bytes) -> Iterator[tuple[int, _Block]]:
    for found in _MERGED.finditer(content):
        left, top, right, bottom = found.groups()
        columns = [column_index_from_string(each.decode()) - 1 for each in (left, right)]
        yield int(top), _Block(columns[0], columns[1], int(bottom))
