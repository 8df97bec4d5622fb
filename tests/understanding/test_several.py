"""Several matters in one message are told apart where people mark them, and only there."""

import pytest

from routing.hierarchy import Hierarchy
from understanding.reader import KeywordReader

APART = {
    "3号楼电梯坏了，还有楼道垃圾没人收": ("3号楼电梯坏了", "楼道垃圾没人收"),
    "3号楼电梯坏了 还有垃圾没人收 臭死了": ("3号楼电梯坏了", "垃圾没人收 臭死了"),
    "反映几个问题：1、电梯坏了 2、垃圾没人收 3、楼上装修太吵": (
        "反映几个问题，电梯坏了",
        "垃圾没人收",
        "楼上装修太吵",
    ),
    "家里停电了。另外，楼下乱停车没人管": ("家里停电了", "楼下乱停车没人管"),
    "第一，电梯又不动了；第二，暖气不热": ("电梯又不动了", "暖气不热"),
}
TOGETHER = (
    "楼上漏水把我家电梯厅和垃圾桶都泡了",
    "电梯坏了，还有三楼也坏了",
    "电梯坏了，还有人在里面喊",
    "电梯坏了，还有老人要下楼看病",
    "暖气不热，还有没有人管",
    "电梯坏了，另外谢谢你们",
    "还有电梯坏了",
    "5号楼1单元1502没水",
    "还有完没完，电梯又坏了",
    "",
)


@pytest.mark.parametrize("text", APART)
def test_matters_that_are_marked_are_told_apart(text: str, reader: KeywordReader, street: Hierarchy):
    assert reader.parts_of(text, street) == APART[text]


@pytest.mark.parametrize("text", TOGETHER)
def test_what_is_one_matter_stays_as_it_is(text: str, reader: KeywordReader, street: Hierarchy):
    assert reader.parts_of(text, street) == (text,)


def test_a_letter_is_read_whole(reader: KeywordReader, street: Hierarchy):
    letter = "3号楼电梯坏了，还有垃圾没人收。" + "我们住户多次反映没有结果。" * 20

    assert reader.parts_of(letter, street) == (letter,)
