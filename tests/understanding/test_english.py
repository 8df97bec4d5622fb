"""What people write who have little Chinese: read like any other report."""

import pytest

from routing.hierarchy import Hierarchy
from routing.reading import Place
from understanding.english import gloss
from understanding.reader import KeywordReader


@pytest.mark.parametrize(
    ("text", "intent", "category", "place"),
    [
        ("the elevator in building 3 is broken", "report", "elevator", Place(building="3")),
        ("no water since this morning", "report", "water", Place()),
        ("Water is leaking from the ceiling, apt 502", "report", "water", Place(room="502")),
        ("my upstairs neighbour is so noisy at midnight", "report", "noise", Place()),
        (
            "Street light on the 2nd floor of unit 1 doesn't work",
            "report",
            "light",
            Place(unit="1", floor="2"),
        ),
        ("thanks, the elevator works again and is fixed", "thanks", "elevator", Place()),
        ("when will the elevator be fixed?", "progress", "elevator", Place()),
        ("Anyone for badminton tonight?", "question", "other", Place()),
    ],
)
def test_english_is_read(
    reader: KeywordReader, street: Hierarchy, text: str, intent: str, category: str, place: Place
) -> None:
    reading = reader.read(text, street)

    assert (reading.intent, reading.category, reading.place) == (intent, category, place)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("someone is trapped in the lift!", "119"),
        ("there is a smell of gas in building 7", "119"),
        ("I want to die", "110 120 12356"),
        ("the old man has collapsed", "120"),
    ],
)
def test_dangers_in_english_name_the_number(
    reader: KeywordReader, street: Hierarchy, text: str, number: str
) -> None:
    assert reader.read(text, street).emergency == number


@pytest.mark.parametrize("text", ["ok", "good morning everyone", "3-1-502", "hello"])
def test_talk_in_english_stays_as_it_is(text: str) -> None:
    assert gloss(text) == text
