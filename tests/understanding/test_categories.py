import pytest

from routing.hierarchy import Hierarchy
from tests.understanding.conftest import a_category, a_street
from understanding.categories import Ground, find_category


def test_first_category_of_the_file_wins_among_keywords(street: Hierarchy) -> None:
    assert find_category("停水了 电梯也停了", street).category_id == "elevator"


def test_keyword_inside_a_longer_keyword_of_another_category_does_not_count() -> None:
    street = a_street(a_category("lane", "通道", "通道"), a_category("fire_lane", "消防", "消防通道"))

    assert find_category("消防通道堵了", street).category_id == "fire_lane"
    assert find_category("通道堵了 消防通道也是", street).category_id == "lane"


@pytest.mark.parametrize("text", ["卫生间灯坏了", "不是电梯的事", "吃干饭的垃圾物业"])
def test_word_that_only_looks_like_a_keyword_does_not_count(text: str, street: Hierarchy) -> None:
    assert find_category(text, street).ground is not Ground.KEYWORD


def test_keyword_is_found_however_it_is_written() -> None:
    street = a_street(a_category("net", "宽带", "WiFi"), a_category("lift", "电梯", "電梯"))

    assert find_category("公共wifi坏了", street).category_id == "net"
    assert find_category("电梯坏了", street).category_id == "lift"


def test_example_sorts_where_no_keyword_does() -> None:
    street = a_street(a_category("yard", "院子", "院子", examples=("晾衣绳又断了一根",)))

    match = find_category("晾衣绳又断一根", street)

    assert (match.category_id, match.ground) == ("yard", Ground.EXAMPLE)
    assert "晾衣绳又断了一根" in match.reason


def test_nearest_example_wins() -> None:
    street = a_street(
        a_category("first", "甲", examples=("晾衣绳又断两根了",)),
        a_category("second", "乙", examples=("晾衣绳又断了一根",)),
    )

    assert find_category("晾衣绳又断了一根", street).category_id == "second"


def test_kindred_word_sorts_where_keywords_are_few(street: Hierarchy) -> None:
    match = find_category("楼上半夜蹦迪", street)

    assert (match.category_id, match.ground) == ("noise", Ground.KINDRED)


def test_fire_is_not_sorted_to_the_blocked_fire_lane(street: Hierarchy) -> None:
    assert find_category("厨房冒黑烟", street).category_id == "other"


def test_what_fits_nowhere_is_other(street: Hierarchy) -> None:
    match = find_category("牛奶箱坏了", street)

    assert (match.category_id, match.ground) == ("other", Ground.NOTHING)


def test_empty_keyword_fits_nothing() -> None:
    assert find_category("随便", a_street(a_category("odd", "怪", ""))).category_id == "other"
