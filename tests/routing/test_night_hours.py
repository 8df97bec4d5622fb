"""Who answers for something urgent at night."""

from dataclasses import replace

from routing.durations import parse_span
from routing.hierarchy import URGENT_CLOCK, Clock, Group, Hierarchy, Limits, Node
from routing.night_hours import list_sleeping
from routing.working_time import Calendar
from tests.routing.small_tree import a_tree

OFFICE = Calendar("Asia/Shanghai", frozenset({1, 2, 3, 4, 5}), ((540, 1080),), None)
STREET = Node("s", "street", "s", None, groups=(Group("s-staff", "staff", "s", "s"),))
DUTY = Calendar("Asia/Shanghai", frozenset(range(1, 8)), ((0, 1440),), None)


def with_urgent(claim: str, calendar: Calendar) -> Hierarchy:
    tree = a_tree(STREET)
    limits = Limits(parse_span(claim), parse_span("1d"), None)
    clock = Clock(URGENT_CLOCK, "c", {each.level_id: limits for each in tree.levels})
    return replace(
        tree, clocks={**tree.clocks, URGENT_CLOCK: clock}, calendars={**tree.calendars, "c": calendar}
    )


def test_minutes_run_day_and_night():
    assert list_sleeping(with_urgent("30m", OFFICE)) == []


def test_working_minutes_sleep_with_the_office():
    tree = with_urgent("1wh", OFFICE)

    assert list_sleeping(tree) == list(tree.categories)


def test_working_minutes_of_a_duty_do_not():
    assert list_sleeping(with_urgent("1wh", DUTY)) == []


def test_a_level_without_an_urgent_limit_sleeps():
    tree = with_urgent("30m", OFFICE)
    none = replace(tree.clocks[URGENT_CLOCK], limits={})

    assert list_sleeping(replace(tree, clocks={**tree.clocks, URGENT_CLOCK: none})) == list(tree.categories)


def test_without_an_urgent_clock_the_category_s_own_counts():
    tree = a_tree(STREET)
    plain = {name: each for name, each in tree.clocks.items() if name != URGENT_CLOCK}
    awake = {
        name: replace(
            each, limits={level: Limits(parse_span("1h"), parse_span("1d"), None) for level in each.limits}
        )
        for name, each in plain.items()
    }

    assert list_sleeping(replace(tree, clocks=awake)) == []
