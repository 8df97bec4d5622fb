"""`liren understand`: reads lines as messages and prints what was understood, one JSON object a line."""

import argparse
import json
import sys
from dataclasses import asdict

from app.commands.opening import load_settings
from routing.hierarchy import Hierarchy
from routing.reading import Reading
from storage.hierarchy_file import MAX_BYTES, read_hierarchy
from understanding.reader import KeywordReader


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--group", help="id of the group in which the lines are said")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    tree = _tree()
    if tree is None:
        return 2
    if arguments.group and tree.find_group(arguments.group) is None:
        print(f'liren understand: there is no group "{arguments.group}"', file=sys.stderr)
        return 2
    reader = KeywordReader()
    for line in sys.stdin:
        said = line.rstrip("\n")
        print(json.dumps(_plain(reader.read(said, tree)), ensure_ascii=False), flush=True)
    return 0


def _plain(reading: Reading) -> dict[str, object]:
    return {
        "intent": reading.intent.value,
        "category": reading.category,
        "certainty": round(reading.certainty, 3),
        "urgent": reading.urgent,
        "place": asdict(reading.place),
        "emergency": reading.emergency,
        "why": list(reading.why),
    }


def _tree() -> Hierarchy | None:
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
