"""An exported log, JSONL or CSV, checked without the store it came from: by its own hashes alone.

A table shows an apostrophe before what looks like a formula. What the hash covers stands whole in its last column;
tables of an earlier release have none, and each apostrophe is tried as ours and as the log's own.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from pathlib import Path

from admin_web.chain_program import AS_COVERED, COVERED
from admin_web.csv_text import plain_cell
from storage.audit import GENESIS, Fact, Head, link

LONGEST_CELL = 16 * 1024 * 1024
FORMULA_MARK = "'"


class NoExportError(Exception):
    """The file is none of our exports, or another program has written it anew."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """`gaps`: places where rows are missing, which is right for an export of some rows only. `problems` are (row, flaw)
    with the flaw `changed`, `moved`, `shown_differs` or `tail_cut`."""

    rows: int
    gaps: int
    head: Head
    problems: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class _Check:
    known_head: Head | None
    rows: int = 0
    gaps: int = 0
    head: Head = field(default_factory=lambda: Head(0, GENESIS))
    problems: list[tuple[int, str]] = field(default_factory=list)

    def take(self, row: Mapping[str, str]) -> None:
        seq, digest, shown = _seq_of(row), row["hash"], row
        if AS_COVERED in row:
            row = _covered_of(row[AS_COVERED], seq)
            if any(plain_cell(row[name]) != shown[name] for name in COVERED):
                self.problems.append((seq, "shown_differs"))
        if not any(_hash_of(each) == digest for each in _originals(row)):
            self.problems.append((seq, "changed"))
        if seq != self.head.seq + 1:
            self.gaps += 1
        elif row["prev"] != self.head.hash:
            self.problems.append((seq, "moved"))
        if self.known_head is not None and seq == self.known_head.seq and digest != self.known_head.hash:
            self.problems.append((seq, "changed"))
        self.rows, self.head = self.rows + 1, Head(seq, digest)

    def report(self) -> ExportReport:
        known = self.known_head
        if known is not None and self.head.seq < known.seq:
            self.problems.append((known.seq, "tail_cut"))
        return ExportReport(self.rows, self.gaps, self.head, tuple(self.problems))


def verify_export(path: Path, *, known_head: Head | None = None) -> ExportReport:
    """Raises NoExportError, and OSError for a file that cannot be read."""
    check = _Check(known_head)
    try:
        for row in _read(path):
            check.take(row)
    except (ValueError, KeyError, TypeError, csv.Error) as error:
        raise NoExportError(f"row {check.rows + 1} is not a row of an export") from error
    return check.report()


def _read(path: Path) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        is_table = file.read(1) != "{"
        file.seek(0)
        if not is_table:
            yield from (_texts(json.loads(line)) for line in file)
            return
        csv.field_size_limit(LONGEST_CELL)
        for row in csv.DictReader(file):
            yield {
                name: row[name] for name in (*COVERED, "hash", *([AS_COVERED] if AS_COVERED in row else []))
            }


def _texts(row: Mapping[str, object]) -> Mapping[str, str]:
    return {name: str(row[name]) for name in (*COVERED, "hash")}


def _seq_of(row: Mapping[str, str]) -> int:
    return int(row["seq"])


def _covered_of(text: str, seq: int) -> Mapping[str, str]:
    values = json.loads(text)
    if len(values) != len(COVERED) or int(values[COVERED.index("seq")]) != seq:
        raise ValueError(text)
    return {name: str(value) for name, value in zip(COVERED, values, strict=True)}


def _originals(row: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """The row as it stands, and with each apostrophe before a formula taken for ours."""
    choices = [_original_cells(row[name]) for name in COVERED]
    return ({**row, **dict(zip(COVERED, each, strict=True))} for each in product(*choices))


def _original_cells(cell: str) -> tuple[str, ...]:
    bare = cell.removeprefix(FORMULA_MARK)
    return (cell, bare) if bare != cell and plain_cell(bare) == cell else (cell,)


def _hash_of(row: Mapping[str, str]) -> str:
    """ "" for an instant that is none."""
    try:
        at = datetime.fromisoformat(row["at"])
    except ValueError:
        return ""
    if at.tzinfo is None:
        return ""
    fact = Fact(at, row["kind"], row["subject"], row["by"], row["root"], row["content"], row["sealed"])
    return link(row["prev"], int(row["seq"]), fact)
