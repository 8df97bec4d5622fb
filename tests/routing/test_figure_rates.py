"""No rate without its n, no judgement that chance explains, and no place put to shame for having few cases."""

import pytest

from routing.figure_counts import Counts
from routing.figure_rates import (
    RateName,
    Standing,
    find_half,
    find_interval,
    list_steps,
    rank_places,
    rate_of,
)
from routing.metrics import Rate
from routing.tickets import Rating


def on_time(count: int, n: int) -> Counts:
    return Counts(due=n, on_time=count)


def test_no_rate_is_told_below_the_smallest_n():
    assert rate_of(on_time(3, 4), RateName.ON_TIME) == Rate(3, 4, None)
    assert rate_of(on_time(4, 5), RateName.ON_TIME) == Rate(4, 5, 0.8)
    assert rate_of(on_time(0, 0), RateName.ON_TIME, smallest_n=0) == Rate(0, 0, None)


def test_which_ratings_satisfy_may_be_chosen():
    counts = Counts(satisfied=3, mostly=2, unsatisfied=5)

    strict = rate_of(counts, RateName.SATISFACTION, satisfied={Rating.SATISFIED})

    assert strict == Rate(3, 10, 0.3)
    assert rate_of(counts, RateName.SATISFACTION) == Rate(5, 10, 0.5)
    assert rate_of(counts, RateName.RESOLUTION) == Rate(5, 10, 0.5)


def test_times_are_told_by_the_step_that_holds_half_of_them():
    counts = Counts(solved=10, solved_1h=2, solved_1d=3, solved_7d=1)

    assert list_steps(counts, "solved") == [2, 0, 3, 0, 1, 4]
    assert find_half(counts, "solved") == "1d"
    assert find_half(Counts(held=6, held_7d=2), "held") == ""
    assert find_half(Counts(solved=4, solved_1h=4), "solved") is None
    assert find_half(Counts(), "solved", smallest_n=0) is None


# Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_wilsons(count: int, n: int, low: float, high: float):
    assert find_interval(Rate(count, n, count / n)) == (
        pytest.approx(low, abs=5e-5),
        pytest.approx(high, abs=5e-5),
    )


def test_the_interval_stays_between_nothing_and_all():
    assert find_interval(Rate(0, 0, None)) == (0.0, 1.0)
    assert find_interval(Rate(3, 2, 1.5)) == find_interval(Rate(2, 2, 1.0))


def test_only_what_chance_does_not_explain_stands_out():
    places = {
        "good": on_time(98, 100),
        "usual": on_time(80, 100),
        "bad": on_time(60, 100),
        "lucky": on_time(6, 6),
    }

    ranked = rank_places(places, RateName.ON_TIME)

    assert [(each.place, each.standing) for each in ranked] == [
        ("lucky", Standing.ALIKE),
        ("good", Standing.ABOVE),
        ("usual", Standing.ALIKE),
        ("bad", Standing.BELOW),
    ]


def test_a_small_place_comes_last_and_is_not_judged():
    places = {"tiny": on_time(0, 2), "small": on_time(0, 4), "large": on_time(10, 40), "none": Counts()}

    ranked = rank_places(places, RateName.ON_TIME)

    assert [(each.place, each.standing) for each in ranked[1:]] == [
        ("small", Standing.FEW),
        ("tiny", Standing.FEW),
        ("none", Standing.FEW),
    ]
    assert [each.standing for each in rank_places({"none": Counts()}, RateName.ON_TIME)] == [Standing.FEW]


def test_where_low_is_good_the_lowest_comes_first():
    places = {
        "often": Counts(dispatches=100, handed_back=40),
        "seldom": Counts(dispatches=100, handed_back=2),
    }

    ranked = rank_places(places, RateName.HAND_BACK)

    assert [(each.place, each.standing) for each in ranked] == [
        ("seldom", Standing.ABOVE),
        ("often", Standing.BELOW),
    ]
