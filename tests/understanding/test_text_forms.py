import pytest
from hypothesis import given
from hypothesis import strategies as st

from understanding.text_forms import LONGEST, clause_around, normalise


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("３栋　漏水！！！", "3栋 漏水!"),
        ("电\u200b梯\ufeff坏了", "电梯坏了"),
        ("電梯壞了", "电梯坏了"),
        ("电 梯 坏 了", "电梯坏了"),
        ("3—1—502", "3-1-502"),
        ("电题不动", "电梯不动"),
        ("屋企冇水", "家里没水"),
        ("唔該派人", "谢谢派人"),
        ("三洞二单元", "三栋二单元"),
        ("山洞里", "山洞里"),
    ],
)
def test_what_is_typed_becomes_one_form(typed: str, plain: str) -> None:
    assert normalise(typed) == plain


def test_of_a_long_text_the_beginning_and_the_end_are_read() -> None:
    plain = normalise(f"电梯坏了,{'修' * 3 * LONGEST},3栋502敬上")

    assert len(plain) == LONGEST
    assert plain.startswith("电梯坏了,")
    assert plain.endswith("3栋502敬上")


def test_clause_around_stops_at_its_own_borders() -> None:
    text = "昨天,没有人被困了,今天"
    start = text.index("被困")

    assert clause_around(text, start, start + 2) == ("没有人", "了")


@given(st.text())
def test_normalising_twice_changes_nothing_more_than_once(text: str) -> None:
    once = normalise(text)

    assert "\u200b" not in once
    assert once == once.strip()


def test_the_short_way_for_common_letters_gives_what_the_long_one_does() -> None:
    for code in (*range(0x09, 0x3100), *range(0x4E00, 0xA000, 7), *range(0xFF00, 0xFFF0)):
        common, padded = normalise(f"x{chr(code)}x"), normalise(f"x{chr(code)}x\u200b")
        assert common == padded, hex(code)
