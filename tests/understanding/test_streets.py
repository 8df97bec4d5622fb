"""Lines of many voices on a street: how many are told from talk, and sorted as the shipped file has it."""

from pathlib import Path

import pytest

from routing.hierarchy import Hierarchy
from routing.reading import SURE, Intent, Reading
from storage.hierarchy_file import read_hierarchy
from tests.understanding.voices import list_lines
from understanding.reader import KeywordReader

SHIPPED = Path(__file__).parents[2] / "hierarchy.yaml"

Told = tuple[dict[str, str], Reading]


@pytest.fixture(scope="module")
def read() -> list[Told]:
    street = read_hierarchy(SHIPPED.read_bytes(), name=SHIPPED.name).hierarchy
    assert isinstance(street, Hierarchy)
    reader = KeywordReader()
    return [(line, reader.read(line["text"], street)) for line in list_lines("streets")]


def is_report(told: Told) -> bool:
    return told[0]["is_issue"] == "1"


def share(right: list[bool]) -> float:
    return sum(right) / len(right)


def test_reports_are_told_from_talk(read: list[Told]) -> None:
    """The weights of the tone have seen these lines; what voices not seen reach is printed when they are fitted."""
    taken = [is_report(each) for each in read if each[1].intent is Intent.REPORT]

    assert share([told.intent is Intent.REPORT for line, told in read if line["is_issue"] == "1"]) >= 0.84
    assert share(taken) >= 0.95


def test_hardly_any_talk_is_answered_in_a_group(read: list[Told]) -> None:
    answered = [each for each in read if each[1].intent is Intent.REPORT and each[1].certainty >= SURE]

    assert share([is_report(each) for each in answered]) >= 0.97


def test_the_shipped_file_sorts_most_of_them_as_people_would(read: list[Told]) -> None:
    sorted_right = [told.category == line["category"] for line, told in read if line["category"]]

    assert share(sorted_right) >= 0.85


def test_what_presses_is_found(read: list[Told]) -> None:
    pressing = [told.urgent for line, told in read if line["urgency"] == "高"]

    assert share(pressing) >= 0.8
