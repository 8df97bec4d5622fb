"""Cleaning, cutting and escaping: what people see is never torn, and what is left is always allowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.plain_text import clean, cut, cut_characters, escape_cdata
from tests.wechat_vendor import read_fields


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("电梯\x00坏了\x07", "电梯坏了"),
        ("一\r\n二\r三\n四\t五", "一\n二\n三\n四\t五"),
        ("半个\ud83d字\ufffe\uffff", "半个字"),
        ('<a href="http://evil.test">点我</a>', '＜a href="http://evil.test">点我＜/a>'),
        ("水压<2公斤 a < b", "水压<2公斤 a < b"),
        ("👨‍👩‍👧 𠮷", "👨‍👩‍👧 𠮷"),
    ],
)
def test_cleaning_takes_only_what_the_vendor_cannot_show(text: str, cleaned: str):
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "most", "left"),
    [
        ("abc", 3, "abc"),
        ("abcdef", 5, "ab…"),
        ("电梯坏了", 12, "电梯坏了"),
        ("电梯坏了", 11, "电梯…"),
        ("电梯坏了", 3, "…"),
        ("电梯坏了", 2, ""),
        ("好👨‍👩‍👧好好", 20, "好…"),
        ("好👍🏽好好", 12, "好…"),
        ("好🇨🇳🇨🇳好", 20, "好🇨🇳…"),
        ("好e\u0301好好", 8, "好…"),
        ("一句话。 \n后面", 15, "一句话。…"),
    ],
)
def test_cut_is_by_bytes_and_never_inside_what_people_see(text: str, most: int, left: str):
    assert cut(text, most) == left


def test_heap_of_marks_does_not_swallow_the_text():
    assert len(cut("电梯坏了" + "\u0301" * 4000, 2048).encode()) > 1900


@given(st.text(), st.integers(0, 200))
def test_cut_is_never_longer_and_is_a_beginning(text: str, most: int):
    whole = clean(text)

    left = cut(whole, most)

    assert len(left.encode()) <= most
    assert left == whole or whole.startswith(left.removesuffix("…"))


@pytest.mark.parametrize(
    ("text", "left"), [("一二三四", "一二三四"), ("一二三四五", "一二三…"), ("一二👍🏽四五", "一二…")]
)
def test_cut_by_characters(text: str, left: str):
    assert cut_characters(text, 4) == left


@given(st.lists(st.sampled_from(["]", "]]", "]]>", "<![CDATA[", "]]]]>", ">", "<a>", "电"])).map("".join))
def test_escaped_text_comes_back_whole(text: str):
    xml = f"<xml><Content><![CDATA[{escape_cdata(text)}]]></Content></xml>"

    assert read_fields(xml.encode())["Content"] == text
