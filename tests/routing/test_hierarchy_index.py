"""From parts to the indexed tree, and parts that do not fit each other."""

import pytest

from routing.hierarchy import Group, Node, Staff
from routing.hierarchy_index import DEFAULT_AFTER_RESOLVING, DEFAULT_MANNERS
from tests.routing.small_tree import a_tree

STREET = Node("street", "street", "街道", None)


def _node(own_id: str, parent_id: str | None, **parts) -> Node:
    return Node(own_id, "community", own_id, parent_id, **parts)


def _group(own_id: str, node_id: str, **parts) -> Group:
    return Group(own_id, "staff", own_id, node_id, **parts)


def _one(own_id: str, *groups: str, **parts) -> Staff:
    return Staff(own_id, own_id, "", "a", groups, **parts)


def test_children_follow_their_parents_in_the_order_given():
    tree = a_tree(_node("b", "street"), STREET, _node("a", "street"))

    assert tree.root_id == "street"
    assert tree.get_node("street").children == ("b", "a")
    assert [each.node_id for each in tree.subtree("street")] == ["street", "b", "a"]
    assert [each.node_id for each in tree.climb("a")] == ["a", "street"]


def test_groups_are_found_by_chat_scene_and_their_own_id_in_the_sandbox():
    tree = a_tree(
        STREET, _node("a", "street", groups=(_group("g", "a", chats={"telegram": "-1"}, scene="s"),))
    )

    assert tree.find_group_in_chat("telegram", "-1").group_id == "g"
    assert tree.find_group_in_chat("sandbox", "g").group_id == "g"
    assert tree.find_group_by_scene("s").group_id == "g"
    assert tree.find_group_in_chat("wecom", "-1") is None


def test_staff_are_found_by_account_and_listed_in_the_order_of_the_tree():
    node = _node(
        "a",
        "street",
        groups=(_group("g", "a"),),
        staff=(_one("y", "g", accounts={"wecom": "Y"}), _one("x", "g")),
    )

    tree = a_tree(STREET, node)

    assert tree.find_staff_by_account("wecom", "Y").staff_id == "y"
    assert tree.find_staff_by_account("sandbox", "x").staff_id == "x"
    assert [each.staff_id for each in tree.list_members("g")] == ["y", "x"]


def test_what_is_not_given_has_its_default():
    tree = a_tree(STREET)

    assert (tree.timezone, tree.version, dict(tree.words)) == ("Asia/Shanghai", 0, {})
    assert tree.manners == DEFAULT_MANNERS
    assert tree.after_resolving == DEFAULT_AFTER_RESOLVING


def test_the_indexes_cannot_be_changed():
    tree = a_tree(STREET)

    with pytest.raises(TypeError):
        tree.nodes["x"] = STREET


@pytest.mark.parametrize(
    ("nodes", "message"),
    [
        ((STREET, _node("a", "street"), _node("a", "street")), 'The node id "a" stands twice'),
        (
            (STREET, _node("a", "street", groups=(_group("g", "a"), _group("g", "a")))),
            'The group id "g" stands twice',
        ),
        ((STREET, _node("a", "street", staff=(_one("x"), _one("x")))), 'The staff id "x" stands twice'),
        ((STREET, _node("a", "nowhere")), '"a" stands below "nowhere", which does not exist'),
        ((STREET, _node("a", None)), "A tree has one root; this one has 2"),
        ((), "A tree has one root; this one has 0"),
        ((STREET, _node("a", "b"), _node("b", "a")), "below each other in a circle"),
        ((STREET, _node("a", "a")), "below each other in a circle"),
        ((STREET, _node("a", "street", staff=(_one("x", "g"),))), 'in the group "g", which does not exist'),
        (
            (
                STREET,
                _node("a", "street", groups=tuple(_group(each, "a", chats={"wecom": "c"}) for each in "gh")),
            ),
            'The wecom chat "c" belongs to two groups',
        ),
        (
            (STREET, _node("a", "street", groups=tuple(_group(each, "a", scene="s") for each in "gh"))),
            'The scene "s" belongs to two groups',
        ),
        (
            (STREET, _node("a", "street", staff=tuple(_one(each, accounts={"wecom": "u"}) for each in "xy"))),
            'The wecom account "u" belongs to two members of staff',
        ),
    ],
)
def test_parts_that_do_not_fit_are_refused(nodes, message):
    with pytest.raises(ValueError, match=message.replace(";", ".")):
        a_tree(*nodes)
