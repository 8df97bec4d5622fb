"""How often the lines of many regions, ages and tempers are read as people mean them: the figures, not each line."""

from dataclasses import asdict

import pytest

from routing.hierarchy import Hierarchy
from routing.reading import Intent, Reading
from tests.understanding.conftest import a_category, a_street
from tests.understanding.voices import list_lines
from understanding.reader import KeywordReader

NAMES = (
    "电梯",
    "消防安全",
    "高空抛物",
    "漏水维修",
    "水电气暖",
    "噪音",
    "停车",
    "违建占道",
    "环境卫生",
    "治安",
    "公共设施",
    "物业服务",
)
ENOUGH = {"building": 0.98, "unit": 0.98, "floor": 0.98, "room": 0.98}

Told = tuple[dict[str, str], Reading]


def share(right: list[bool]) -> float:
    return sum(right) / len(right)


@pytest.fixture(scope="module")
def read() -> list[Told]:
    """A file that says no more of its categories than what they are called."""
    street: Hierarchy = a_street(*(a_category(f"c{at}", name) for at, name in enumerate(NAMES)))
    reader = KeywordReader()
    return [(line, reader.read(line["text"], street)) for line in list_lines("neighbours")]


@pytest.fixture(scope="module")
def reports(read: list[Told]) -> list[Told]:
    return [(line, reading) for line, reading in read if line["is_issue"] == "1"]


def test_reports_are_told_from_talk(read: list[Told], reports: list[Told]) -> None:
    taken = [line["is_issue"] == "1" for line, reading in read if reading.intent is Intent.REPORT]

    assert share([reading.intent is Intent.REPORT for _, reading in reports]) >= 0.95
    assert share(taken) >= 0.95


def test_what_presses_is_told_from_what_can_wait(reports: list[Told]) -> None:
    assert share([reading.urgent is (line["urgency"] == "高") for line, reading in reports]) >= 0.95


def test_talk_raises_hardly_an_alarm(read: list[Told]) -> None:
    alarms = [line["text"] for line, reading in read if line["is_issue"] == "0" and reading.emergency]

    assert not alarms


@pytest.mark.parametrize("part", sorted(ENOUGH))
def test_place_is_found_as_it_was_written(reports: list[Told], part: str) -> None:
    right = [(asdict(reading.place)[part] or "") == line[part] for line, reading in reports]

    assert share(right) >= ENOUGH[part]


def test_names_of_categories_alone_sort_most_of_it(reports: list[Told]) -> None:
    right = [reading.category == f"c{NAMES.index(line['category'])}" for line, reading in reports]

    assert share(right) >= 0.8
