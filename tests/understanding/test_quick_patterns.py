"""Quick patterns find exactly what the standard library finds, for patterns of every shape and for our own."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.understanding.voices import VOICES, list_lines
from understanding import asking_words, circumstances, fault_words, intents, notices_and_chat, places
from understanding.dangers.table import DANGER_RULES
from understanding.kindred_words import FAMILIES
from understanding.quick_patterns import QuickPattern
from understanding.text_forms import normalise

MODULES = (asking_words, circumstances, fault_words, intents, notices_and_chat, places)
OURS = [
    *(each for module in MODULES for each in vars(module).values() if isinstance(each, QuickPattern)),
    *(each.pattern for each in DANGER_RULES),
    *(each.words for each in FAMILIES),
]
LETTERS = "ab1 电梯"

_sets = st.sampled_from(["[ab]", "[^a]", "[a-b1]", r"\s", r"[\s电]", ".", r"\d"])
_words = st.text(alphabet="ab1电梯", min_size=1, max_size=3)
_around = st.sampled_from(["^", "$", "(?<=a)", "(?<!电)", "(?=b)", "(?!梯)"])
_counts = st.sampled_from(["?", "*", "+", "{2}", "{0,2}", "+?"])
_parts = st.recursive(
    st.one_of(_words, _sets, _around),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda each: f"(?:{'|'.join(each)})"),
        st.tuples(inner, _counts).map(lambda each: f"(?:{each[0]}){each[1]}"),
        inner.map(lambda each: f"({each})"),
    ),
    max_leaves=6,
)


def spans(pattern: re.Pattern[str] | QuickPattern, text: str) -> list[tuple[int, int]]:
    return [each.span() for each in pattern.finditer(text)]


@settings(max_examples=300, deadline=None)
@given(_parts, st.text(alphabet=LETTERS, max_size=14))
def test_any_pattern_finds_the_same_in_any_text(pattern: str, text: str) -> None:
    plain, quick = re.compile(pattern), QuickPattern(pattern)

    first, same = plain.search(text), quick.search(text)

    assert (first and first.span()) == (same and same.span())
    assert spans(plain, text) == spans(quick, text)


def test_a_repeat_of_a_repeat_of_nearly_any_letter_is_read_too() -> None:
    pattern = "(?:(?:[^a])*)*"

    assert spans(QuickPattern(pattern), "a 1电") == spans(re.compile(pattern), "a 1电")


def test_our_own_patterns_find_the_same_in_the_lines_of_many_voices() -> None:
    lines = [normalise(each["text"]) for each in list_lines(*VOICES)]

    for quick in OURS:
        plain = re.compile(quick.pattern)
        assert [spans(quick, each) for each in lines] == [spans(plain, each) for each in lines]
