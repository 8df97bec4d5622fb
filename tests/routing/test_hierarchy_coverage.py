"""Where a category finds nobody."""

from routing.coverage import Gap, list_skipped, list_unanswered
from routing.hierarchy import Category, Group, Hierarchy, Node
from tests.routing.small_tree import a_tree

NOISE = Category("noise", "噪音", "building", "staff")
LIFT = Category("lift", "电梯", "building", "property")
LANE = Category("lane", "通道", "community", "staff")


def _node(own_id: str, level: str, parent_id: str | None, *kinds: str) -> Node:
    groups = tuple(Group(f"{own_id}-{kind}", kind, kind, own_id) for kind in kinds)
    return Node(own_id, level, own_id, parent_id, groups=groups)


def _hears(group: Group) -> bool:
    return "deaf" not in group.group_id


def _street(*, top: str = "staff", community: str = "staff") -> Hierarchy:
    return a_tree(
        _node("s", "street", None, top),
        _node("c1", "community", "s", community),
        _node("b1", "building", "c1", "staff"),
        *(_node(f"b{number}", "building", "c1") for number in range(2, 7)),
        _node("c2", "community", "s", "property"),
        _node("b7", "building", "c2"),
        categories=(NOISE, LIFT, LANE),
    )


def test_nothing_is_unanswered_while_the_top_has_staff():
    assert list_unanswered(_street(), can_hear=_hears) == ()


def test_places_from_which_nobody_answers_are_counted_with_the_first_of_them():
    tree = _street(top="residents", community="residents")

    gaps = list_unanswered(tree, can_hear=_hears)

    assert gaps == (
        Gap("noise", "building", ("b2", "b3", "b4"), count=6, of=7),
        Gap("lift", "building", ("b2", "b3", "b4"), count=5, of=7),
        Gap("lane", "building", ("b1", "b2", "b3"), count=7, of=7),
    )


def test_a_group_that_cannot_hear_does_not_count():
    tree = a_tree(
        _node("deaf", "street", None, "staff"), _node("c1", "community", "deaf"), categories=(NOISE,)
    )

    assert list_unanswered(tree, can_hear=_hears) == (Gap("noise", "community", ("c1",), count=1, of=1),)


def test_rungs_that_a_ticket_skips_are_counted_by_level_lowest_first():
    gaps = list_skipped(_street(), can_hear=_hears)

    assert gaps == (
        Gap("noise", "building", ("b2", "b3", "b4"), count=6, of=7),
        Gap("noise", "community", ("c2",), count=1, of=2),
        Gap("lift", "building", ("b2", "b3", "b4"), count=5, of=7),
        Gap("lane", "community", ("c2",), count=1, of=2),
    )
