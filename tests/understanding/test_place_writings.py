"""Ten thousand ways of writing a place: each of building, unit, floor and flat is read right, 98 of 100 and more."""

import pytest

from routing.reading import Place
from tests.understanding.place_writings import write_many
from understanding.places import find_place
from understanding.text_forms import normalise

PARTS = ("building", "unit", "floor", "room")


def test_ten_thousand_ways_of_writing_a_place_are_read():
    writings = list(write_many(10_000, seed=20260907))
    read = [(find_place(normalise(each.text)), each) for each in writings]

    for part in PARTS:
        said = [pair for pair in read if getattr(pair[1].meant, part) is not None]
        missed = [each.text for place, each in said if not _agree(place, each.meant, part)]
        made_up = [each.text for place, each in read if not _agree(place, each.meant, part)]

        assert len(said) > 500
        assert len(missed) <= 0.02 * len(said), (part, missed[:20])
        assert len(made_up) <= 0.02 * len(read), (part, made_up[:20])


def _agree(read: Place, meant: Place, part: str) -> bool:
    return getattr(read, part) == getattr(meant, part)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("不是3号楼，是5号楼", Place(building="5")),
        ("这不在3栋，在5栋", Place(building="5")),
        ("是不是3号楼停水了", Place(building="3")),
        ("3号楼不是停电吗", Place(building="3")),
        ("12#3楼灯不亮", Place(building="12", floor="3")),
        ("18-7-911没人打扫", Place(building="18", unit="7", room="911")),
    ],
)
def test_what_is_denied_is_not_meant_and_a_flat_may_have_the_number_of_a_hotline(text: str, meant: Place):
    assert find_place(normalise(text)) == meant
