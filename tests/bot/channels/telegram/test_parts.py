import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.parts import split_text, utf16_length

FAMILY = "👨‍👩‍👧"
FLAG = "🇨🇳"
LIMIT = 40

texts = st.text(
    alphabet=st.one_of(
        st.sampled_from("里仁楼电。！\n\n ab0（/"),
        st.sampled_from(
            ["\u0301", "\ufe0f", "\u200d", "👨", "👍", "\U0001f3fd", "🇨", "🇳", "\u1100", "\u1161"]
        ),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=400,
)


def without_number(part: str) -> str:
    return re.sub(r"\A（\d+/\d+）\n", "", part)


def test_text_that_fits_is_one_part_without_number() -> None:
    assert split_text("楼" * 4096) == ("楼" * 4096,)


def test_one_more_is_two_numbered_parts() -> None:
    first, second = split_text("楼" * 4097)

    assert first.startswith("（1/2）\n楼")
    assert second.startswith("（2/2）\n楼")
    assert (first + second).count("楼") == 4097


def test_astral_characters_count_twice() -> None:
    assert len(split_text("👍" * 2048)) == 1
    assert len(split_text("👍" * 2049)) == 2


def test_a_line_end_is_the_first_choice_and_a_sentence_the_second() -> None:
    lines = split_text("一" * 15 + "。\n" + "二" * 30, limit=LIMIT)
    sentences = split_text("一" * 15 + "。" + "二" * 30, limit=LIMIT)

    assert [without_number(part)[-1] for part in (lines[0], sentences[0])] == ["。", "。"]
    assert without_number(lines[1])[0] == without_number(sentences[1])[0] == "二"


@pytest.mark.parametrize("whole", [FAMILY, FLAG, "e\u0301", "👍🏽", "❤\ufe0f", "\u1100\u1161\u11a8"])
@pytest.mark.parametrize("before", range(12, 26))
def test_what_is_seen_as_one_character_stays_in_one_part(whole: str, before: int) -> None:
    parts = split_text("楼" * before + whole * 3 + "梯" * 40, limit=LIMIT)

    assert "".join(map(without_number, parts)).count(whole) == 3
    assert sum(part.count(whole) for part in parts) == 3


@given(texts)
def test_every_part_fits_and_nothing_but_line_ends_is_lost(text: str) -> None:
    parts = split_text(text, limit=LIMIT)

    assert all(utf16_length(part) <= LIMIT for part in parts)
    said = "".join(parts if len(parts) == 1 else map(without_number, parts))
    assert said.replace("\n", "") == text.replace("\n", "")


@given(texts)
def test_no_part_begins_with_a_mark_unless_the_cluster_is_longer_than_a_message(text: str) -> None:
    parts = [without_number(part) for part in split_text(text, limit=LIMIT)]

    for before, after in pairwise(parts):
        is_mark = bool(after) and unicodedata.category(after[0]).startswith("M")
        assert not is_mark or f"{before}\n{after}" in text or len(before) >= (LIMIT - 16) // 2


@given(st.text(max_size=300))
def test_length_is_what_utf16_needs(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2
