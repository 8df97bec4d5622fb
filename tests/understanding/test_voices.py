"""Lines as people in buildings write them, read with a street's categories."""

import pytest

from routing.hierarchy import Hierarchy
from routing.reading import Intent
from tests.understanding.voices import VOICES, list_lines, place_of
from understanding.reader import KeywordReader


def test_there_are_enough_voices_to_mean_something() -> None:
    assert len(list_lines(*VOICES)) > 250
    assert len(list_lines("intents")) > 200


@pytest.mark.parametrize("line", list_lines(*VOICES), ids=lambda line: line["text"])
def test_line_is_read_as_people_mean_it(
    line: dict[str, str], reader: KeywordReader, street: Hierarchy
) -> None:
    reading = reader.read(line["text"], street)

    assert reading.intent == line["intent"]
    assert reading.urgent is (line["urgent"] == "yes")
    assert (reading.emergency or "") == line["call"]
    assert reading.place == place_of(line["place"])
    if reading.intent is not Intent.CHATTER:
        assert reading.category == line["category"]


@pytest.mark.parametrize("line", list_lines("intents"), ids=lambda line: line["text"])
def test_report_is_told_from_talk(line: dict[str, str], reader: KeywordReader, street: Hierarchy) -> None:
    reading = reader.read(line["text"], street)

    assert reading.intent == line["intent"]
