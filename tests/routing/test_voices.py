"""Who is heard: a person with seventy reports is one voice, and a place without any is named."""

import pytest

from routing.voices import Voice, hear


def test_a_person_is_one_voice_wherever_they_spoke():
    heard = hear([Voice(1, "b1", 3), Voice(1, "b2", 1), Voice(2, "b1", 1)], ("b1", "b2", "b3"))

    assert (heard.people, heard.reports) == (2, 5)
    assert heard.by_place == {"b1": (2, 4), "b2": (1, 1)}
    assert heard.silent == ("b3",)


def test_no_share_is_told_of_fewer_than_ten_people():
    heard = hear([Voice(each, "b1", 1) for each in range(9)], ())

    assert (heard.top_people, heard.top_share, heard.gini) == (0, None, None)


def test_the_most_active_tenth_is_a_tenth_of_the_people():
    heard = hear([Voice(each, "b1", 1) for each in range(19)] + [Voice(99, "b1", 21)], ())

    assert (heard.people, heard.top_people, heard.top_reports) == (20, 2, 22)
    assert heard.top_share == pytest.approx(22 / 40)


def test_gini_is_nought_for_equals_and_near_one_for_a_single_voice():
    equals = hear([Voice(each, "b1", 4) for each in range(10)], ())
    single = hear([*(Voice(each, "b1", 1) for each in range(9)), Voice(9, "b1", 991)], ())

    assert equals.gini == pytest.approx(0)
    # Mean absolute difference over twice the mean: 2 * 9 * 990 / 100 / (2 * 100).
    assert single.gini == pytest.approx(0.891)


def test_nobody_heard_is_no_error():
    heard = hear([], ("b1",))

    assert (heard.people, heard.reports, heard.silent) == (0, 0, ("b1",))
