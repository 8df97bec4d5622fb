"""Which marks a tree deserves: made trees, made evidence."""

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from admin_web.coverage_ports import Mark
from app.tree.coverage_marks import Evidence, mark_everywhere, mark_places
from bot.addressbook import Addressbook
from routing.hierarchy import Hierarchy
from storage.hierarchy_file import read_hierarchy
from storage.queries.coverage import Lost, Moves
from tests.stories.world import STREET

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
NOTHING = Evidence((), frozenset(), {}, {})
TELEGRAM = Addressbook({"telegram": "123456"}, frozenset({"telegram"}))
SANDBOX = Addressbook({"sandbox": "sandbox"}, frozenset({"sandbox"}))


@pytest.fixture(scope="module")
def street() -> Hierarchy:
    tree = read_hierarchy(STREET.read_bytes()).hierarchy
    assert tree is not None
    return tree


def marks(tree: Hierarchy, reach: Addressbook, evidence: Evidence = NOTHING) -> dict[tuple[str, str], Mark]:
    found = mark_places(tree, reach, evidence)
    return {(node_id, each.kind): each for node_id, here in found.items() for each in here}


def everywhere(tree: Hierarchy, reach: Addressbook, evidence: Evidence = NOTHING) -> dict[str, Mark]:
    return {each.kind: each for each in mark_everywhere(tree, reach, evidence)}


def without(tree: Hierarchy, group_id: str, **changes: object) -> Hierarchy:
    """The tree with one group changed."""
    group = replace(tree.groups[group_id], **changes)  # type: ignore[arg-type]
    node = tree.nodes[group.node_id]
    groups = tuple(group if each.group_id == group_id else each for each in node.groups)
    return replace(
        tree,
        groups={**tree.groups, group_id: group},
        nodes={**tree.nodes, node.node_id: replace(node, groups=groups)},
    )


def gone(chat: str, detail: str = "Forbidden: bot was kicked from the supergroup chat") -> Evidence:
    return replace(NOTHING, lost=(Lost("telegram", chat, detail, NOW),))


def test_a_group_that_the_bot_has_left_is_marked_at_its_place(street: Hierarchy):
    tree = without(street, "xingfuli-b1-residents", chats=MappingProxyType({"telegram": "-1001"}))

    assert marks(tree, TELEGRAM, gone("-1001"))["xingfuli-b1", "left"].names == ("1号楼居民群",)
    assert ("xingfuli-b1", "left") not in marks(tree, TELEGRAM, gone("-1002"))
    assert ("xingfuli-b1", "left") not in marks(tree, TELEGRAM, gone("-1001", "flood control"))


def test_who_bound_an_account_that_is_on_is_not_marked(street: Hierarchy):
    staff = next(iter(street.nodes["xingfuli"].staff))
    bound = replace(street, bound=MappingProxyType({staff.staff_id: {"telegram": "77"}}))

    assert staff.name in marks(street, TELEGRAM)["xingfuli", "unbound"].names
    assert staff.name not in marks(bound, TELEGRAM)["xingfuli", "unbound"].names
    assert marks(bound, TELEGRAM, gone("77"))["xingfuli", "out_of_reach"].names == (staff.name,)


def test_a_bound_account_of_a_channel_that_is_off_is_none(street: Hierarchy):
    staff = next(iter(street.nodes["xingfuli"].staff))
    bound = replace(street, bound=MappingProxyType({staff.staff_id: {"wechat": "o77"}}))

    assert staff.name in marks(bound, TELEGRAM)["xingfuli", "unbound"].names
    assert staff.name not in marks(bound, SANDBOX)["xingfuli", "unbound"].names


def test_residents_without_chat_and_code_have_no_way_in(street: Hierarchy):
    shut = without(street, "xingfuli-b1-residents", scene=None, chats=MappingProxyType({}))
    uncoded = without(
        street, "xingfuli-b1-residents", scene=None, chats=MappingProxyType({"telegram": "-1001"})
    )

    assert ("xingfuli-b1", "shut") in marks(shut, TELEGRAM)
    assert ("xingfuli-b1", "no_code") not in marks(shut, TELEGRAM)
    assert ("xingfuli-b1", "no_code") in marks(uncoded, TELEGRAM)
    assert ("xingfuli-b1", "no_code") in marks(shut, SANDBOX)
    assert ("xingfuli-b1", "no_code") not in marks(street, SANDBOX)


def test_a_place_that_takes_nothing_of_what_comes_is_marked(street: Hierarchy):
    month = {"xingfuli": Moves(came=3), "hepingli": Moves(came=3, taken=1), "xinhua": Moves(taken=1)}

    found = marks(street, SANDBOX, replace(NOTHING, month=month))

    assert found["xingfuli", "idle"].values == {"came": 3}
    assert not {("hepingli", "idle"), ("xinhua", "idle")} & found.keys()


def test_a_level_that_only_passes_on_is_marked_once_enough_came(street: Hierarchy):
    passing = {"xingfuli": Moves(came=12), "hepingli": Moves(came=8, taken=1)}
    few = {"xingfuli": Moves(came=9)}
    top = {"xinhua": Moves(came=50)}

    found = everywhere(street, SANDBOX, replace(NOTHING, quarter=passing))["passes_on"]

    assert (found.names, found.values) == (("社区",), {"came": 20, "taken": 1})
    assert "passes_on" not in everywhere(street, SANDBOX, replace(NOTHING, quarter=few))
    assert "passes_on" not in everywhere(street, SANDBOX, replace(NOTHING, quarter=top))


def test_working_groups_that_hear_nothing_and_categories_that_nobody_takes_are_marked(street: Hierarchy):
    nowhere = Addressbook({}, frozenset())

    assert ("xingfuli", "deaf") in marks(street, nowhere)
    assert "gap" in everywhere(street, nowhere)
    assert "deaf" not in {kind for _, kind in marks(street, SANDBOX)}
    assert "gap" not in everywhere(street, SANDBOX)


def test_the_worst_comes_first(street: Hierarchy):
    evidence = Evidence((), frozenset({"xingfuli-b1"}), {"xingfuli-b1": Moves(came=1)}, {})

    harms = [each.harm for each in mark_places(street, SANDBOX, evidence)["xingfuli-b1"]]

    assert harms == sorted(harms)
    assert len(harms) >= 2
