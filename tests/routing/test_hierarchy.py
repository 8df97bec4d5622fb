"""Finding one's way in a tree."""

import pytest

from routing.hierarchy import Category, Group, Hierarchy, Node
from tests.routing.small_tree import OTHER, a_tree

LIFT = Category("lift", "电梯", "building", "property")


@pytest.fixture
def tree() -> Hierarchy:
    return a_tree(
        Node("s", "street", "街道", None, groups=(Group("g", "staff", "群", "s"),)),
        Node("c1", "community", "甲社区", "s"),
        Node("c2", "community", "乙社区", "s"),
        Node("b1", "building", "1号楼", "c1"),
        categories=(LIFT, OTHER),
    )


def test_climbing_goes_up_to_the_root(tree):
    assert [each.node_id for each in tree.climb("b1")] == ["b1", "c1", "s"]
    assert list(tree.climb("gone")) == []


def test_a_subtree_has_parents_before_children(tree):
    assert [each.node_id for each in tree.subtree("s")] == ["s", "c1", "b1", "c2"]
    assert [each.node_id for each in tree.subtree("c2")] == ["c2"]
    assert list(tree.subtree("gone")) == []


def test_a_node_is_within_itself_and_what_is_above(tree):
    assert tree.is_within("b1", "b1")
    assert tree.is_within("b1", "s")
    assert not tree.is_within("b1", "c2")
    assert not tree.is_within("s", "b1")


def test_what_does_not_exist_is_not_found(tree):
    assert tree.find_node("gone") is None
    assert tree.find_group("gone") is None
    assert tree.find_staff("gone") is None
    assert tree.find_group_by_scene("gone") is None
    assert tree.find_group_in_chat("wecom", "gone") is None
    assert tree.find_staff_by_account("wecom", "gone") is None
    assert tree.list_members("gone") == ()
    with pytest.raises(KeyError):
        tree.get_node("gone")


def test_what_exists_is_found(tree):
    assert tree.find_node("c1").name == "甲社区"
    assert tree.find_group("g").name == "群"


def test_a_category_that_left_the_file_becomes_the_fallback(tree):
    assert tree.get_category("lift") is LIFT
    assert tree.get_category("gone") is OTHER
    assert tree.find_category("gone") is None


def test_levels_count_from_the_lowest(tree):
    assert [tree.level_index(each) for each in ("building", "community", "street")] == [0, 1, 2]
    assert tree.level_name("community") == "社区"
    assert tree.level_name("gone") == "gone"
    with pytest.raises(ValueError, match="is not in list"):
        tree.level_index("gone")
