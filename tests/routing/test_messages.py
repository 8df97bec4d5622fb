"""The small promises of the neutral words."""

from routing.messages import Address
from routing.reading import Place


def test_a_lane_is_one_account_of_one_vendor():
    assert Address("telegram", "liren_bot", "-1001", thread="7").lane == "telegram:liren_bot"


def test_a_place_is_empty_until_something_is_said():
    assert Place().is_empty
    assert not Place(floor="3").is_empty
