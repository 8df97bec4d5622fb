"""Accounts that staff bound, beside those in the file."""

from dataclasses import replace
from types import MappingProxyType

from routing.bindings import Binding, with_bindings
from routing.hierarchy import Hierarchy
from routing.hierarchy_index import index
from tests.builders import TUESDAY_NINE, a_hierarchy


def a_filed_tree() -> Hierarchy:
    """The file knows 王芳 on Telegram as 2001."""
    tree = a_hierarchy()
    accounts = {"wangfang": MappingProxyType({"telegram": "2001"})}
    nodes = [
        replace(
            node,
            children=(),
            staff=tuple(replace(each, accounts=accounts.get(each.staff_id, {})) for each in node.staff),
        )
        for node in tree.nodes.values()
    ]
    return index(
        name=tree.name,
        levels=tree.levels,
        calendars=tree.calendars,
        clocks=tree.clocks,
        categories=tree.categories,
        nodes=nodes,
    )


def bound(channel: str, user: str, staff_id: str) -> Binding:
    return Binding(channel, user, staff_id, TUESDAY_NINE)


def test_a_bound_account_is_known_and_told():
    tree = with_bindings(a_filed_tree(), [bound("wechat", "o-1", "zhoujun")])

    assert tree.find_staff_by_account("wechat", "o-1") == tree.staff["zhoujun"]
    assert tree.accounts_of("zhoujun") == {"wechat": "o-1"}
    assert tree.staff["zhoujun"].accounts == {}


def test_a_new_phone_is_told_and_the_one_of_the_file_is_still_known():
    tree = with_bindings(a_filed_tree(), [bound("telegram", "2009", "wangfang")])

    assert tree.accounts_of("wangfang") == {"telegram": "2009"}
    assert tree.find_staff_by_account("telegram", "2001") == tree.staff["wangfang"]


def test_an_account_of_the_file_stays_whose_it_is():
    tree = with_bindings(a_filed_tree(), [bound("telegram", "2001", "zhoujun")])

    assert tree.find_staff_by_account("telegram", "2001") == tree.staff["wangfang"]
    assert tree.accounts_of("zhoujun") == {}


def test_who_left_the_file_is_nobody():
    tree = with_bindings(a_filed_tree(), [bound("telegram", "2002", "gone")])

    assert tree.find_staff_by_account("telegram", "2002") is None
    assert tree.accounts_of("gone") == {}


def test_the_tree_of_the_file_is_not_changed():
    filed = a_filed_tree()

    with_bindings(filed, [bound("wechat", "o-1", "zhoujun")])

    assert filed.find_staff_by_account("wechat", "o-1") is None
    assert filed.bound == {}
