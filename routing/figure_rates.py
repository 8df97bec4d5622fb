"""Rates out of summed counts, with the n behind each; how far chance may carry them; and who stands out among siblings.

The formulas are those of `routing.metrics`; the same tickets give the same figures here and there.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from routing.figure_counts import SPANS, Counts
from routing.metrics import SMALLEST_N, SOLVED, Figures, Rate
from routing.tickets import Rating, Status

_Z = 1.96
"""95 of 100 intervals hold the true rate."""


class RateName(StrEnum):
    """The rates of DOMAIN, in the order in which they are shown."""

    RESPONSE = "response"
    CLAIM_IN_TIME = "claim_in_time"
    ON_TIME = "on_time"
    RESOLUTION = "resolution"
    SATISFACTION = "satisfaction"
    HAND_BACK = "hand_back"
    REDO = "redo"
    EXTENSION = "extension"


GOOD_WHEN_LOW = frozenset({RateName.HAND_BACK, RateName.REDO, RateName.EXTENSION})

_PARTS: Mapping[RateName, Callable[[Counts], tuple[int, int]]] = {
    RateName.RESPONSE: lambda c: (c.answered, c.asked),
    RateName.CLAIM_IN_TIME: lambda c: (c.claimed, c.asked),
    RateName.ON_TIME: lambda c: (c.on_time, c.due),
    RateName.RESOLUTION: lambda c: (c.satisfied + c.mostly, count_ratings(c)),
    RateName.HAND_BACK: lambda c: (c.handed_back, c.dispatches),
    RateName.REDO: lambda c: (c.redos, c.resolutions),
    RateName.EXTENSION: lambda c: (c.extended, c.due),
}


def count_ratings(counts: Counts) -> int:
    return counts.satisfied + counts.mostly + counts.unsatisfied


def rate_of(
    counts: Counts, name: RateName, *, smallest_n: int = SMALLEST_N, satisfied: Collection[Rating] = SOLVED
) -> Rate:
    """`value` is None below the smallest n."""
    if name is RateName.SATISFACTION:
        return make_rate(_count_satisfied(counts, satisfied), count_ratings(counts), smallest_n=smallest_n)
    count, n = _PARTS[name](counts)
    return make_rate(count, n, smallest_n=smallest_n)


def make_rate(count: int, n: int, *, smallest_n: int) -> Rate:
    return Rate(count, n, count / n if n >= max(smallest_n, 1) else None)


def _count_satisfied(counts: Counts, satisfied: Collection[Rating]) -> int:
    by_rating = {
        Rating.SATISFIED: counts.satisfied,
        Rating.MOSTLY: counts.mostly,
        Rating.UNSATISFIED: counts.unsatisfied,
    }
    return sum(by_rating[each] for each in satisfied)


def figures_of_counts(
    whole: Counts,
    *,
    by_category: Mapping[str, Counts],
    by_level: Mapping[str, Counts],
    smallest_n: int = SMALLEST_N,
) -> Figures:
    """The same as `routing.metrics.figures_of` says of the tickets that were counted."""
    rates = {each.value: rate_of(whole, each, smallest_n=smallest_n) for each in RateName}
    by_status = {each.value: getattr(whole, f"status_{each.value}") for each in Status}
    return Figures(
        tickets=whole.tickets,
        **rates,
        by_status={name: count for name, count in by_status.items() if count},
        by_category={name: each.tickets for name, each in by_category.items() if each.tickets},
        by_level={name: each.tickets for name, each in by_level.items() if each.tickets},
    )


# --- how long ---


def list_steps(counts: Counts, word: str) -> list[int]:
    """How many of `solved` or `held` fell into each of `SPANS`, and last those that took longer."""
    within = [int(getattr(counts, f"{word}_{name}")) for name, _ in SPANS]
    return [*within, int(getattr(counts, word)) - sum(within)]


def find_half(counts: Counts, word: str, *, smallest_n: int = SMALLEST_N) -> str | None:
    """The span within which at least half of them fell; empty when half took longer than all spans, None when there
    are too few to say."""
    n = int(getattr(counts, word))
    if n < max(smallest_n, 1):
        return None
    so_far = 0
    for (name, _), count in zip(SPANS, list_steps(counts, word), strict=False):
        so_far += count
        if so_far * 2 >= n:
            return name
    return ""


# --- chance ---


def find_interval(rate: Rate) -> tuple[float, float]:
    """Where the true rate may well lie: Wilson's interval of 95 %, which stays within 0 and 1 for small n too.

    (0, 1), which says nothing, for n = 0. A rate over 1 (redos of one ticket) is taken for 1.
    """
    if rate.n == 0:
        return 0.0, 1.0
    n, share = rate.n, min(rate.count / rate.n, 1.0)
    middle = (share + _Z * _Z / (2 * n)) / (1 + _Z * _Z / n)
    half = _Z / (1 + _Z * _Z / n) * sqrt(share * (1 - share) / n + _Z * _Z / (4 * n * n))
    return max(middle - half, 0.0), min(middle + half, 1.0)


class Standing(StrEnum):
    """Against all siblings together. Only what chance does not explain stands out; few cases are not judged."""

    ABOVE = "above"
    ALIKE = "alike"
    BELOW = "below"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Ranked:
    """`low` and `high` are where the true rate may well lie."""

    place: str
    rate: Rate
    low: float
    high: float
    standing: Standing


def rank_places(
    counts: Mapping[str, Counts], name: RateName, *, smallest_n: int = SMALLEST_N
) -> Sequence[Ranked]:
    """Best first by rate, those with more cases first among equals; places with too few cases follow, most first, and
    are not judged. "Above" is good, also for rates that are good when they are low."""
    rates = {place: rate_of(each, name, smallest_n=smallest_n) for place, each in counts.items()}
    n = sum(each.n for each in rates.values())
    together = sum(each.count for each in rates.values()) / n if n else 0.0
    is_low_good = name in GOOD_WHEN_LOW
    ranked = [_judge(place, each, together, is_low_good=is_low_good) for place, each in rates.items()]
    return sorted(ranked, key=lambda each: _order(each, is_low_good=is_low_good))


def _judge(place: str, rate: Rate, together: float, *, is_low_good: bool) -> Ranked:
    low, high = find_interval(rate)
    standing = Standing.ALIKE
    if rate.value is None:
        standing = Standing.FEW
    elif low > together:
        standing = Standing.BELOW if is_low_good else Standing.ABOVE
    elif high < together:
        standing = Standing.ABOVE if is_low_good else Standing.BELOW
    return Ranked(place, rate, low, high, standing)


def _order(ranked: Ranked, *, is_low_good: bool) -> tuple[bool, float, int, str]:
    value = ranked.rate.value
    merit = 0.0 if value is None else value if is_low_good else -value
    return value is None, merit, -ranked.rate.n, ranked.place
