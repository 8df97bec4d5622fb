"""`liren learn FILE.csv`: takes rows of `text,category` as if staff had sorted them, and says how well it sorts now."""

import argparse
import csv
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from app.clock import Clock
from app.commands.opening import opened_store
from app.commands.understand import read_tree
from app.reading.learning import Studied, study
from routing.hierarchy import Hierarchy
from storage.reader_models import Taught
from understanding.learning.training import FEWEST

LONGEST = 4000
"""Characters of a text that are kept, as of a message."""


class RowError(ValueError):
    """A row that cannot be taken; says which and why."""


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE.csv",
        help="CSV, UTF-8, with the columns text and category (id or name)",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Without a file it learns again from what it was taught and what staff sorted since."""
    tree = read_tree()
    if tree is None:
        return 2
    if arguments.file is None:
        os.nice(10)  # rung by a running service, whose residents come first
    now = Clock().now()
    try:
        lessons = list(_read_file(arguments.file, tree, now=now)) if arguments.file else []
    except OSError as error:
        print(f"liren learn: {arguments.file}: {error.strerror}", file=sys.stderr)
        return 1
    except UnicodeDecodeError:
        print(f"liren learn: {arguments.file} is not UTF-8; save it as CSV UTF-8", file=sys.stderr)
        return 1
    except (RowError, csv.Error) as error:
        print(f"liren learn: {arguments.file}: {error}", file=sys.stderr)
        return 1
    with opened_store() as store:
        store.writer.run_now(lambda unit: unit.reader_models.teach(lessons))
        studied = study(store, tree, now=now)
    print(f"{len(lessons)} lessons taken")
    if studied is None:
        print(f"too few to learn from: at least {FEWEST} lessons of two categories are needed")
        return 0
    print(_say(studied, tree))
    return 0


def _read_file(path: Path, tree: Hierarchy, *, now: datetime) -> Iterator[Taught]:
    """Raises RowError, or what opening and decoding raise."""
    by_name = {name: each.category_id for each in tree.categories for name in (each.name, each.category_id)}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not {"text", "category"}.issubset(rows.fieldnames or ()):
            raise RowError('line 1: the columns "text" and "category" are needed')
        for row in rows:
            text, category = (row["text"] or "").strip(), (row["category"] or "").strip()
            if category not in by_name:
                raise RowError(f'line {rows.line_num}: the hierarchy has no category "{category}"')
            if text:
                yield Taught(text[:LONGEST], by_name[category], now)


def _say(studied: Studied, tree: Hierarchy) -> str:
    figures = studied.figures
    rows = [
        f"  {tree.get_category(each.category_id).name}: {each.lessons} lessons, "
        f"precision {each.precision:.3f}, recall {each.recall:.3f}"
        for each in figures.categories
    ]
    verdict = "in use from now on" if studied.is_taken else "not better: the reader goes on as before"
    return "\n".join(
        (
            f"learned from {figures.lessons}; on lessons not seen (cross-validated, copies kept together):",
            f"  accuracy {figures.accuracy:.3f}, macro-F1 {figures.macro_f1:.3f}, "
            f"surest 80 % {figures.sure_accuracy:.3f}, calibration error {figures.calibration_error:.3f}",
            *rows,
            f"until now right on {studied.before:.3f} of {studied.tried_on}; {verdict}",
        )
    )
