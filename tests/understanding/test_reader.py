from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.hierarchy import Hierarchy
from routing.ports import Reader
from routing.reading import Intent, Place
from tests.understanding.conftest import a_category, a_street
from understanding.reader import KeywordReader

_WORDS = [
    "电梯",
    "着火",
    "没有",
    "困人",
    "3栋",
    "502",
    "-",
    "谢谢",
    "吗",
    "?",
    " ",
    "上次",
    "漏水",
    "月",
    "号",
    "\u200b",
]


def test_reader_fulfils_the_port() -> None:
    reader: Reader = KeywordReader()

    assert reader.read_place("3-1-502") == Place("3", "1", None, "502")


def test_urgent_word_is_said_in_the_reasons(reader: KeywordReader, street: Hierarchy) -> None:
    reading = reader.read("电梯困人了", street)

    assert reading.urgent
    assert reading.emergency == "119"
    assert "管理员关键词“电梯”，归入 电梯" in reading.why
    assert "“困人”属紧急词" in reading.why


def test_somebody_who_fell_is_no_falling_thing(reader: KeywordReader) -> None:
    street = a_street(a_category("falling", "高空抛物坠物", "高空抛物"))

    reading = reader.read("小孩从三楼掉下来了", street)

    assert (reading.category, reading.emergency) == ("other", "120")


def test_urgent_word_of_another_category_also_hurries(reader: KeywordReader) -> None:
    street = a_street(
        a_category("noise", "噪音", "噪音"), a_category("roof", "屋面", urgent_when=("掀了顶",))
    )

    assert reader.read("噪音大 大风掀了顶", street).urgent
    assert reader.read("大风掀了顶", street).category == "roof"


def test_urgent_word_that_is_denied_does_not_hurry(reader: KeywordReader, street: Hierarchy) -> None:
    reading = reader.read("电梯停了 没有人被困", street)

    assert reading.intent is Intent.REPORT
    assert not reading.urgent
    assert reading.emergency is None


def test_category_with_the_urgent_clock_makes_a_report_urgent(
    reader: KeywordReader, street: Hierarchy
) -> None:
    assert reader.read("消防通道被堵了", street).urgent
    assert not reader.read("请问消防通道允许停车吗", street).urgent


def test_certainty_falls_with_the_ground(reader: KeywordReader, street: Hierarchy) -> None:
    by_keyword, by_kin, by_nothing = (
        reader.read(text, street).certainty for text in ("电梯坏了", "楼上半夜蹦迪", "牛奶箱那面墙坏了")
    )

    assert 1 > by_keyword > by_kin > by_nothing > 0.5


def test_half_understood_line_about_the_house_is_chatter_of_low_certainty(
    reader: KeywordReader, street: Hierarchy
) -> None:
    half = reader.read("那个车库的情况", street)

    assert half.intent is Intent.CHATTER
    assert half.certainty < 0.6 < reader.read("晚饭吃啥", street).certainty


def test_single_word_is_an_unsure_report(reader: KeywordReader, street: Hierarchy) -> None:
    reading = reader.read("电梯！", street)

    assert (reading.intent, reading.category) == (Intent.REPORT, "elevator")
    assert reading.certainty < 0.6


@given(st.one_of(st.text(), st.lists(st.sampled_from(_WORDS), max_size=30).map("".join)))
def test_any_text_is_read_without_an_error(text: str) -> None:
    street = a_street(a_category("elevator", "电梯", "电梯", urgent_when=("困人",), examples=("电梯不动了",)))
    reader = KeywordReader()

    reading = reader.read(text, street)

    assert 0 <= reading.certainty <= 1
    assert street.find_category(reading.category) is not None
    assert reading.why
    assert reading.intent is Intent.REPORT or not reading.urgent
    assert isinstance(reader.read_place(text), Place)


def test_everyday_chat_opens_almost_no_reports(reader: KeywordReader, street: Hierarchy) -> None:
    chat = Path(__file__).parents[3] / "shared" / "data" / "chatter.txt"
    if not chat.exists():
        pytest.skip("the everyday chat to measure with is not on this machine")

    lines = chat.read_text(encoding="utf-8").splitlines()[::5]
    reports = [line for line in lines if reader.read(line, street).intent is Intent.REPORT]

    assert len(reports) < len(lines) / 100


def a_file_with(*more) -> Hierarchy:
    return a_street(*more, a_category("property", "物业服务", "保安", "物业费"))


def test_violence_is_no_matter_of_the_property_manager() -> None:
    reading = KeywordReader().read("有人在楼道打架动刀了", a_file_with())

    assert (reading.intent, reading.category, reading.urgent, reading.emergency) == (
        "report",
        "other",
        True,
        "110",
    )
    assert any("先找 110" in each for each in reading.why)


def test_a_file_with_a_category_for_safety_takes_violence_there() -> None:
    tree = a_file_with(a_category("safety", "治安"))

    assert KeywordReader().read("有人在楼道打架动刀了", tree).category == "safety"


def test_the_admin_s_keyword_still_wins_over_the_danger() -> None:
    reading = KeywordReader().read("保安在小区里打人了", a_file_with())

    assert (reading.category, reading.emergency) == ("property", "110")


def test_who_may_harm_themselves_is_a_matter_of_care_where_no_safety_is_named() -> None:
    caring = a_street(a_category("care", "关爱帮扶"), a_category("property", "物业服务", "保安"))

    reading = KeywordReader().read("我真的撑不下去了", caring)

    assert (reading.category, reading.urgent, reading.emergency) == ("care", True, "110 120 12356")
