"""Plans as they are stored: what is written is read, and a plan of before keeps its id."""

from dataclasses import replace
from datetime import date

from routing.plans import freeze_plan
from storage.plan_shelf import digest, dump, load
from tests.builders import a_hierarchy

TREE = a_hierarchy()
PLAN = freeze_plan(TREE, TREE.categories[0])


def test_a_plan_comes_back_with_the_days_that_admins_wrote_down():
    own = replace(
        PLAN.calendar,
        days_off=frozenset([date(2029, 3, 8), date(2029, 3, 9)]),
        days_worked=frozenset([date(2029, 3, 10)]),
    )
    plan = replace(PLAN, calendar=own)

    assert load(dump(plan)) == plan
    assert digest(plan) != digest(PLAN)


def test_a_plan_without_such_days_is_written_as_before():
    assert load(dump(PLAN)) == PLAN
    assert "days_off" not in dump(PLAN)
    assert "days_worked" not in dump(PLAN)
