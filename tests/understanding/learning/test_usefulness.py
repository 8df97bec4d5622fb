"""Which reports are put before staff first."""

from routing.reading import Intent, Reading
from understanding.learning.usefulness import Unsorted, rank_by_use


def unsorted(number: int, text: str, certainty: float, category: str = "water") -> Unsorted:
    return Unsorted(number, text, Reading(Intent.REPORT, category, certainty, urgent=False))


def order(*reports: Unsorted, **taught: int) -> list[int]:
    return [each.report.number for each in rank_by_use(reports, taught)]


def test_what_the_reader_is_least_sure_of_comes_first() -> None:
    assert order(unsorted(1, "楼上一直漏水", 0.9), unsorted(2, "水有点黄，不知道怎么回事", 0.4)) == [2, 1]


def test_of_equals_the_kind_with_fewer_lessons_comes_first() -> None:
    reports = unsorted(1, "楼上一直漏水", 0.6), unsorted(2, "狗在楼道里叫个不停", 0.6, "pets")

    assert order(*reports, water=200, pets=2) == [2, 1]


def test_what_many_say_alike_is_one_example_and_worth_more() -> None:
    many = [unsorted(each, f"小区门口的喷泉一直往外冒水没人管{'！' * each}", 0.6) for each in (2, 3, 4)]

    ranked = rank_by_use([unsorted(1, "楼上半夜总有动静睡不着", 0.6), *many], {})

    assert [(each.report.number, each.alike) for each in ranked] == [(2, 3), (1, 1)]


def test_nothing_unsorted_is_nothing_to_do() -> None:
    assert rank_by_use([], {}) == []
