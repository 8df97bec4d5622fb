"""Which ways lead to people: a group's own chat, its members one by one, and one person alone."""

from dataclasses import replace

from bot.addressbook import Addressbook, is_group_chat
from bot.moved_chats import MovedChats
from routing.hierarchy import Hierarchy
from routing.hierarchy_index import index
from routing.messages import Address
from tests.builders import a_hierarchy

TELEGRAM = {"telegram": "liren_bot", "wechat": "gh_1"}


def a_connected_tree() -> Hierarchy:
    """The community's groups have chats in Telegram; 王芳 has a private chat there and 李强 in WeChat."""
    tree = a_hierarchy()
    chats = {"xingfuli-staff": {"telegram": "-1002"}}
    accounts = {"wangfang": {"telegram": "2001"}, "liqiang": {"wechat": "openid-2"}}
    nodes = [
        replace(
            node,
            children=(),
            groups=tuple(replace(each, chats=chats.get(each.group_id, {})) for each in node.groups),
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


TREE = a_connected_tree()
BOOK = Addressbook(TELEGRAM, frozenset({"telegram"}))


def test_a_group_with_a_chat_is_written_to_there():
    assert BOOK.addresses_of_group(TREE.groups["xingfuli-staff"], TREE) == (
        Address("telegram", "liren_bot", "-1002"),
    )


def test_a_group_without_a_chat_is_its_members_one_by_one():
    property_group = TREE.groups["xingfuli-property"]

    assert BOOK.addresses_of_group(property_group, TREE) == (Address("wechat", "gh_1", "openid-2"),)
    assert BOOK.can_hear(property_group, TREE)


def test_a_group_whose_members_have_no_account_cannot_hear():
    assert not BOOK.can_hear(TREE.groups["xingfuli-b1-staff"], TREE)


def test_a_member_of_staff_is_written_to_alone_where_they_have_an_account():
    assert BOOK.addresses_of_staff("wangfang", TREE) == (Address("telegram", "liren_bot", "2001"),)
    assert BOOK.addresses_of_staff("chenjie", TREE) == ()
    assert BOOK.addresses_of_staff("nobody", TREE) == ()


def test_a_group_is_known_and_reached_after_its_vendor_gave_it_another_id():
    moved = MovedChats()
    moved.learn({("telegram", "-1002"): "-100900"})
    book = replace(BOOK, moved=moved)
    group = TREE.groups["xingfuli-staff"]

    assert book.addresses_of_group(group, TREE) == (Address("telegram", "liren_bot", "-100900"),)
    assert book.find_group(Address("telegram", "liren_bot", "-100900"), TREE) == group
    assert book.find_group(Address("telegram", "liren_bot", "-1002"), TREE) == group


def test_more_than_one_person_reads_in_a_group_known_or_not():
    assert is_group_chat(Address("telegram", "liren_bot", "-1002"), TREE)
    assert is_group_chat(Address("telegram", "liren_bot", "-999"), TREE)
    assert not is_group_chat(Address("telegram", "liren_bot", "2001"), TREE)
    assert not is_group_chat(Address("wechat", "gh_1", "-openid"), TREE)
