"""Where a new ticket goes first, and the ladder it climbs."""

import pytest

from routing.ladder import own_staff_group, root_desk, rung_above
from routing.rules import place
from routing.rules.placement import Question
from tests.builders import a_hierarchy

TREE = a_hierarchy()


def everybody(group) -> bool:
    return True


def placed(origin: str, category: str, *, deaf: tuple[str, ...] = ()):
    question = Question(
        TREE, origin, TREE.get_category(category), can_hear=lambda group: group.group_id not in deaf
    )
    return place(question)


@pytest.mark.parametrize(
    ("origin", "category", "group", "level", "rule"),
    [
        ("xingfuli-b1", "noise", "xingfuli-b1-staff", "building", "starts_at"),
        ("xingfuli-b2", "noise", "xingfuli-staff", "community", "starts_at"),
        ("xingfuli-b2", "elevator", "xingfuli-property", "building", "starts_at"),
        ("xingfuli-b1", "fire_lane", "xingfuli-staff", "community", "starts_at"),
        ("hepingli-b1", "elevator", "hepingli-staff", "community", "starts_at"),
        ("xinhua", "noise", "xinhua-staff", "street", "starts_at"),
    ],
)
def test_the_lowest_level_that_can_deal_with_it_is_asked(origin, category, group, level, rule):
    found = placed(origin, category)

    assert (found.group_id, found.level, found.rule) == (group, level, rule)


def test_where_nobody_of_the_right_level_hears_the_nearest_staff_takes_it_in():
    found = placed("xingfuli-b1", "fire_lane", deaf=("xingfuli-staff", "xinhua-staff"))

    assert (found.group_id, found.rule) == ("xingfuli-b1-staff", "staff_nearby")
    assert found.why == "“消防通道占用”暂无对口的群，先交1号楼楼栋长群"


def test_the_nearest_staff_may_be_above_the_origin():
    found = placed("xingfuli-b2", "fire_lane", deaf=("xinhua-staff", "xingfuli-staff"))

    assert found.rule == "root_answers"
    assert found.group_id == "xinhua-staff"


def test_staff_nearby_names_the_places_that_were_passed_over():
    from dataclasses import replace

    street_only = replace(TREE.get_category("noise"), starts_at="street", handled_by="owners")
    question = Question(
        TREE, "xingfuli-b2", street_only, can_hear=lambda group: group.group_id == "xingfuli-staff"
    )

    found = place(question)

    assert (found.group_id, found.rule, found.skipped) == ("xingfuli-staff", "staff_nearby", ("2号楼",))


def test_the_next_rung_is_the_level_above_and_the_top_has_none():
    noise = TREE.get_category("noise")

    rung = rung_above(TREE, "xingfuli-b1", noise, asked=("xingfuli-b1-staff",), can_hear=everybody)

    assert (rung.node.node_id, rung.group.group_id, rung.skipped) == ("xingfuli", "xingfuli-staff", ())
    assert rung_above(TREE, "xinhua", noise, asked=(), can_hear=everybody) is None


def test_a_group_that_was_asked_is_passed_over():
    noise = TREE.get_category("noise")

    rung = rung_above(TREE, "xingfuli-b1", noise, asked=("xingfuli-staff",), can_hear=everybody)

    assert (rung.group.group_id, rung.skipped) == ("xinhua-staff", ("幸福里社区",))
    assert (
        rung_above(TREE, "xingfuli-b1", noise, asked=("xingfuli-staff", "xinhua-staff"), can_hear=everybody)
        is None
    )


def test_the_duty_desk_is_the_roots_own_even_where_it_cannot_hear():
    assert root_desk(TREE, can_hear=everybody).group.group_id == "xinhua-staff"
    assert root_desk(TREE, can_hear=lambda group: False).group.group_id == "xinhua-staff"


def test_an_unknown_place_has_no_staff():
    assert own_staff_group(TREE, "nowhere", can_hear=everybody) is None
