"""Who may give what to whom, tried for every pair of roles and places."""

import itertools

import pytest

from admin_web.auth.rights import RANKS, WHOLE_TREE, Holder, list_grantable, may_grant, may_manage, may_see
from admin_web.ports import Role
from tests.builders import a_hierarchy

TREE = a_hierarchy()
PLACES = ("xinhua", "xingfuli", "xingfuli-b1", "hepingli", "left-the-tree")
HOLDERS = [Holder(0, Role.ADMIN, WHOLE_TREE)] + [
    Holder(number, role, place)
    for number, (role, place) in enumerate(
        itertools.product([each for each in Role if each is not Role.ADMIN], PLACES), start=1
    )
]
ADMINS = {Role.NODE_ADMIN, Role.STREET_ADMIN, Role.ADMIN}


def twin(holder: Holder) -> Holder:
    """Somebody else with the same."""
    return Holder(holder.account_id + 1000, holder.role, holder.scope)


@pytest.mark.parametrize("actor", HOLDERS, ids=str)
def test_nobody_changes_their_own_account(actor: Holder):
    assert not may_manage(actor, actor, TREE)


@pytest.mark.parametrize("actor", HOLDERS, ids=str)
def test_nobody_gives_more_than_they_have(actor: Holder):
    for target in HOLDERS:
        if may_grant(actor, target.role, target.scope, TREE):
            assert actor.role in ADMINS
            assert RANKS[target.role] <= RANKS[actor.role]
            assert actor.scope == WHOLE_TREE or TREE.is_within(target.scope, actor.scope)


@pytest.mark.parametrize("actor", [each for each in HOLDERS if each.role is not Role.ADMIN], ids=str)
def test_nobody_below_the_top_touches_an_equal_an_admin_or_an_auditor(actor: Holder):
    assert not may_manage(actor, twin(actor), TREE)
    for target in HOLDERS:
        if target.role in {Role.ADMIN, Role.AUDITOR}:
            assert not may_manage(actor, target, TREE)


@pytest.mark.parametrize("actor", HOLDERS, ids=str)
def test_what_may_be_changed_may_be_seen(actor: Holder):
    for target in map(twin, HOLDERS):
        if may_manage(actor, target, TREE):
            assert may_see(actor, target, TREE)


def test_an_admin_of_everything_reaches_every_other_account():
    top = HOLDERS[0]

    assert all(may_manage(top, twin(each), TREE) for each in HOLDERS)


def test_a_node_admin_names_node_admins_further_down_only():
    actor = Holder(1, Role.NODE_ADMIN, "xingfuli")

    assert may_grant(actor, Role.NODE_ADMIN, "xingfuli-b1", TREE)
    assert may_grant(actor, Role.STAFF, "xingfuli", TREE)
    assert not may_grant(actor, Role.NODE_ADMIN, "xingfuli", TREE)
    assert not may_grant(actor, Role.STREET_ADMIN, "xingfuli-b1", TREE)
    assert not may_grant(actor, Role.VIEWER, "hepingli", TREE)
    assert not may_grant(actor, Role.VIEWER, "xinhua", TREE)


def test_an_admin_whose_place_left_the_tree_reaches_nobody():
    actor = Holder(1, Role.STREET_ADMIN, "left-the-tree")

    assert not any(may_manage(actor, twin(each), TREE) for each in HOLDERS)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.STAFF, Role.AUDITOR])
def test_those_who_are_no_admins_see_no_accounts(role: Role):
    actor = Holder(1, role, "xinhua")

    assert not any(may_see(actor, each, TREE) for each in HOLDERS)
    assert list_grantable(actor) == []
