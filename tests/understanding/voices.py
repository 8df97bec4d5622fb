"""The lines of many voices in `tests/fixtures/understanding`, each with what it should be read as."""

import csv
from pathlib import Path

from routing.reading import Place

FOLDER = Path(__file__).parent.parent / "fixtures" / "understanding"
VOICES = ("hurried", "elders", "dialects", "slips", "dangers", "talk", "grumbles")


def list_lines(*names: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for name in names:
        with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
            rows.extend(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return rows


def place_of(written: str) -> Place:
    """ "3/1//502" is building, unit, floor and room; nothing at all is no place."""
    return Place(*(part or None for part in (written or "///").split("/")))
