"""Who may do what follows from the tree, for the cast that everyone knows."""

import pytest

from routing.callers import Caller, is_above, may_handle, may_see, staff_name
from routing.events import Actor
from tests.builders import a_hierarchy, a_ticket

TREE = a_hierarchy()


def staff(staff_id: str) -> Caller:
    return Caller(staff=TREE.staff[staff_id])


@pytest.mark.parametrize(
    ("who", "may"),
    [("chenjie", True), ("wangfang", True), ("zhao", True), ("liqiang", False), ("sunli", False)],
)
def test_staff_of_the_asked_group_and_of_the_levels_above_may_handle(who: str, may: bool):
    assert may_handle(TREE, a_ticket(TREE), staff(who)) is may


def test_the_kind_that_handles_a_category_may_too_where_it_serves():
    ticket = a_ticket(TREE, category="elevator", group="xingfuli-b1-staff")

    assert may_handle(TREE, ticket, staff("liqiang"))


def test_a_resident_and_a_nobody_may_not_handle_and_an_office_may():
    ticket = a_ticket(TREE)

    assert not may_handle(TREE, ticket, Caller(person_id=1))
    assert not may_see(TREE, ticket, Caller())
    assert not is_above(TREE, ticket, Caller(person_id=1))
    assert may_handle(TREE, ticket, Caller(office="office:street"))
    assert is_above(TREE, ticket, Caller(office="office:street"))


def test_the_groups_below_that_were_asked_stay_informed():
    climbed = a_ticket(
        TREE, node="xingfuli", level="community", group="xingfuli-staff",
        asked_groups=("xingfuli-b1-staff", "xingfuli-staff"),
    )  # fmt: skip

    assert may_see(TREE, climbed, staff("chenjie"))
    assert not may_handle(TREE, climbed, staff("chenjie"))


@pytest.mark.parametrize(
    ("node", "who", "above"),
    [
        ("xingfuli-b1", "wangfang", True),
        ("xingfuli-b1", "chenjie", False),
        ("xingfuli-b1", "liqiang", False),
        ("xinhua", "zhao", True),
        ("xinhua", "wangfang", False),
    ],
)
def test_above_are_the_staff_of_a_higher_node_and_at_the_top_its_own(node: str, who: str, above: bool):
    assert is_above(TREE, a_ticket(TREE, node=node), staff(who)) is above


def test_the_history_never_keeps_a_residents_name():
    assert Caller(person_id=12).by == Actor.RESIDENT
    assert staff("zhao").by == "zhao"
    assert Caller(office="office:street").by == "office:street"
    assert Caller().by == Actor.SYSTEM


def test_names_are_those_of_the_file():
    assert staff_name(TREE, "zhao") == "赵敏"
    assert staff_name(TREE, "left-long-ago") == "left-long-ago"
    assert staff_name(TREE, None) == ""
