"""`liren understand`: reads lines as messages and prints what was understood, one JSON object a line."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from app.clock import Clock
from app.commands.opening import load_settings, opened_store
from app.commands.reading_report import say_report
from app.readers import EVERYTHING
from app.reading.learning import find_latest_model
from app.reading.report import report_reading
from routing.hierarchy import Hierarchy
from routing.reading import Reading
from storage.engine import DatabaseAddressError
from storage.hierarchy_file import MAX_BYTES, read_hierarchy
from storage.store import open_store
from understanding.learning.learned_reader import LearnedReader
from understanding.learning.text_model import TextModel

_FILE = "sqlite:///"


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--group", metavar="ID", help="id of the group in which the lines are said")
    parser.add_argument(
        "--report",
        action="store_true",
        help="how often it was right lately, what it confuses, what it is unsure of, which keywords never fire",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    tree = read_tree()
    if tree is None:
        return 2
    if arguments.group and tree.find_group(arguments.group) is None:
        print(f'liren understand: there is no group "{arguments.group}"', file=sys.stderr)
        return 2
    if arguments.report:
        return _print_report(tree)
    reader = LearnedReader(find_model(tree))
    for line in sys.stdin:
        said = line.rstrip("\n")
        print(json.dumps(_plain(reader.read(said, tree)), ensure_ascii=False), flush=True)
    return 0


def _print_report(tree: Hierarchy) -> int:
    now = Clock().now()
    with opened_store() as store:
        reader = LearnedReader(find_latest_model(store, tree))
        report = report_reading(store, tree, reader=reader, scope=EVERYTHING, now=now)
    print(say_report(report, tree))
    return 0


def _plain(reading: Reading) -> dict[str, object]:
    return {
        "intent": reading.intent.value,
        "category": reading.category,
        "certainty": round(reading.sorting_certainty, 3),
        "urgent": reading.urgent,
        "place": asdict(reading.place),
        "emergency": reading.emergency,
        "why": list(reading.why),
    }


def find_model(tree: Hierarchy) -> TextModel | None:
    """What was learned, where there is a database that has it; reading lines makes none and changes none.

    Raises ConnectionError.
    """
    address = load_settings().database_url
    if address.startswith(_FILE) and not Path(address.removeprefix(_FILE)).exists():
        return None
    try:
        store = open_store(address, now=Clock().now)
    except DatabaseAddressError as error:
        print(f"liren understand: LIREN_DATABASE_URL: {error}", file=sys.stderr)
        return None
    try:
        if not store.reads.is_answering():
            raise ConnectionError("it does not answer; look at LIREN_DATABASE_URL and whether it runs")
        if not store.is_current():
            return None
        return find_latest_model(store, tree)
    finally:
        store.close_now()


def read_tree() -> Hierarchy | None:
    """The file of the settings; None when it is not right, which is said."""
    path = load_settings().hierarchy
    try:
        with path.open("rb") as file:
            checked = read_hierarchy(file.read(MAX_BYTES + 1))
    except OSError as error:
        print(f"liren: {path}: {error.strerror}", file=sys.stderr)
        return None
    for each in checked.problems:
        print(f"{path}:{each.line}: {each.message}", file=sys.stderr)
    return checked.hierarchy
