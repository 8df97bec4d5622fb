"""Who is heard: a person with seventy reports is one voice, and a place without any is named."""

import pytest

from routing.voices import Voices, hear


def spoken(*reports: int) -> Voices:
    """People who told of so many matters each, all from one place."""
    spread = {each: reports.count(each) for each in reports}
    return Voices(spread, {"b1": (len(reports), sum(reports))} if reports else {})


def test_a_person_is_one_voice_wherever_they_spoke():
    voices = Voices({4: 1, 1: 1}, {"b1": (2, 4), "b2": (1, 1)})

    heard = hear(voices, ("b1", "b2", "b3"))

    assert (heard.people, heard.reports) == (2, 5)
    assert heard.by_place == {"b1": (2, 4), "b2": (1, 1)}
    assert heard.silent == ("b3",)


def test_no_share_is_told_of_fewer_than_ten_people():
    heard = hear(spoken(*[1] * 9), ())

    assert (heard.top_people, heard.top_share, heard.gini) == (0, None, None)


def test_the_most_active_tenth_is_a_tenth_of_the_people():
    heard = hear(spoken(*[1] * 19, 21), ())

    assert (heard.people, heard.top_people, heard.top_reports) == (20, 2, 22)
    assert heard.top_share == pytest.approx(22 / 40)


def test_gini_is_nought_for_equals_and_near_one_for_a_single_voice():
    equals = hear(spoken(*[4] * 10), ())
    single = hear(spoken(*[1] * 9, 991), ())

    assert equals.gini == pytest.approx(0)
    # Mean absolute difference over twice the mean: 2 * 9 * 990 / 100 / (2 * 100).
    assert single.gini == pytest.approx(0.891)


def test_nobody_heard_is_no_error():
    heard = hear(spoken(), ("b1",))

    assert (heard.people, heard.reports, heard.silent) == (0, 0, ("b1",))


def test_gini_of_unequal_people_is_half_their_mean_difference_over_the_mean():
    told = [1, 1, 1, 2, 2, 3, 5, 5, 8, 13]

    heard = hear(spoken(*told), ())

    apart = sum(abs(one - other) for one in told for other in told) / len(told) ** 2
    assert heard.gini == pytest.approx(apart / 2 / (sum(told) / len(told)))
    assert (heard.top_people, heard.top_reports) == (1, 13)
