"""What a big tree costs: to read its file, and to say of one message what it is and who is asked."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.goals import Line, median_of
from benchmarks.residents import TEXTS
from benchmarks.trees import building_id, repeated, written_out
from bot.addressbook import Addressbook
from bot.speakers import find_building
from routing.hierarchy import Hierarchy
from routing.rules import place
from routing.rules.placement import Question
from storage.hierarchy_file import read_hierarchy
from understanding.reader import KeywordReader


@dataclass(frozen=True, slots=True)
class Size:
    """Buildings named by `repeat` and buildings written out; `messages` that are routed on each tree."""

    repeated: int
    written: int
    messages: int


FULL = Size(repeated=100_000, written=10_000, messages=2_000)
QUICK = Size(repeated=10_000, written=1_000, messages=500)
_IN_ONE = 100
_REACH = Addressbook(accounts={"wechat": "invented"}, grouped=frozenset())


def measure(size: Size) -> Iterator[tuple[str, list[Line]]]:
    texts = (
        ("by repeat", size.repeated, repeated(size.repeated // _IN_ONE, _IN_ONE)),
        ("written out", size.written, written_out(size.written // _IN_ONE, _IN_ONE)),
    )
    for how, count, text in texts:
        yield f"A tree of {count} buildings, {how}", _measure(text, size)


def _measure(text: str, size: Size) -> list[Line]:
    began = time.perf_counter()
    checked = read_hierarchy(text.encode())
    loaded = time.perf_counter() - began
    if checked.hierarchy is None:
        raise AssertionError(checked.problems[:3])
    tree = checked.hierarchy
    began = time.perf_counter()
    find_building(tree, KeywordReader(), "第1社区3号楼")
    first = time.perf_counter() - began
    lines = [
        Line("file", len(text) / 1e6, "MB"),
        Line("read and checked", loaded, "s"),
        Line("first question after a place", first * 1000, "ms"),
    ]
    return [*lines, *_messages(tree, size.messages)]


def _messages(tree: Hierarchy, count: int) -> list[Line]:
    reader = KeywordReader()
    communities = sum(each.level == "community" for each in tree.nodes.values())
    read, found, placed = [], [], []
    for number in range(count):
        origin = building_id(number % communities + 1, number % _IN_ONE + 1)
        began = time.perf_counter()
        reading = reader.read(TEXTS[number % len(TEXTS)], tree)
        after_reading = time.perf_counter()
        find_building(tree, reader, f"第{number % communities + 1}社区{number % _IN_ONE + 1}号楼")
        after_finding = time.perf_counter()
        place(Question(tree, origin, tree.get_category(reading.category), lambda g: _REACH.can_hear(g, tree)))
        placed.append(time.perf_counter() - after_finding)
        found.append(after_finding - after_reading)
        read.append(after_reading - began)
    parts = {"reader": read, "place in words to node": found, "placement": placed}
    return [Line(f"{name}, a message", median_of(each) * 1e6, "µs") for name, each in parts.items()]
