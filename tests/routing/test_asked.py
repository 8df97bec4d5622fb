"""Which group is asked: staff for their own node, services from the nearest above, staff where there is none."""

from routing.asked import group_asked
from routing.hierarchy import Category, Group, Node
from tests.routing.small_tree import a_tree


def _category(kind: str) -> Category:
    return Category("c", "类", "building", kind)


def _group(own_id: str, kind: str, node_id: str) -> Group:
    return Group(own_id, kind, own_id, node_id)


TREE = a_tree(
    Node("street", "street", "街道", None, groups=(_group("street-staff", "staff", "street"),)),
    Node(
        "community",
        "community",
        "社区",
        "street",
        groups=(
            _group("community-staff", "staff", "community"),
            _group("property-1", "property", "community"),
            _group("property-2", "property", "community"),
        ),
    ),
    Node("b1", "building", "1号楼", "community", groups=(_group("b1-staff", "staff", "b1"),)),
    Node("b2", "building", "2号楼", "community"),
)


def _asked(node_id: str, kind: str, *, deaf: str = "") -> str | None:
    group = group_asked(
        TREE, node_id, _category(kind), can_hear=lambda each: each.group_id not in deaf.split()
    )
    return group.group_id if group else None


def test_staff_answer_for_their_own_node_only():
    assert _asked("b1", "staff") == "b1-staff"
    assert _asked("b2", "staff") is None
    assert _asked("community", "staff") == "community-staff"


def test_a_service_is_the_nearest_at_the_node_or_above():
    assert _asked("b2", "property") == "property-1"
    assert _asked("community", "property") == "property-1"


def test_a_service_group_that_cannot_hear_leaves_it_to_the_next():
    assert _asked("b1", "property", deaf="property-1") == "property-2"


def test_where_there_is_no_such_service_the_nodes_own_staff_is_asked():
    assert _asked("street", "property") == "street-staff"
    assert _asked("b1", "owners") == "b1-staff"
    assert _asked("b1", "property", deaf="property-1 property-2") == "b1-staff"


def test_nobody_is_asked_where_nobody_can_hear():
    assert _asked("b2", "owners") is None
    assert _asked("b1", "staff", deaf="b1-staff") is None


def test_nobody_is_asked_at_a_place_that_does_not_exist():
    assert _asked("gone", "staff") is None
    assert _asked("gone", "property") is None
