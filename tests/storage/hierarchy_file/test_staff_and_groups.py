"""Staff and the groups they are in, groups and what the bot reads in them."""

import pytest

from routing.hierarchy import Listen
from tests.storage.hierarchy_file.street import (
    EXAMPLE,
    changed,
    line_of,
    problems_of,
    the_problem,
    tree_of,
    warnings_of,
)

BUILDING_HEAD = "tree[0].children[0].children[0].staff[0]"


@pytest.mark.parametrize("new", ["", ", groups: []"])
def test_staff_in_no_group_are_reported(new):
    problem = the_problem(changed((", groups: [xingfuli-b1-staff]", new)))

    assert (problem.line, problem.path) == (line_of(EXAMPLE, "{id: chenjie"), f"{BUILDING_HEAD}.groups")
    assert '"陈杰" is in no group' in problem.message
    assert "“陈杰”不在任何群里" in problem.message_zh


def test_a_group_that_does_not_exist_is_reported_with_the_nearest():
    problem = the_problem(changed(("groups: [xingfuli-b1-staff]", "groups: [xingfuli-b1-staf]")))

    assert (problem.line, problem.path) == (line_of(EXAMPLE, "{id: chenjie"), f"{BUILDING_HEAD}.groups[0]")
    assert problem.message == 'There is no group "xingfuli-b1-staf". Did you mean "xingfuli-b1-staff"?'
    assert problem.message_zh == "没有编号为“xingfuli-b1-staf”的群。是不是“xingfuli-b1-staff”？"


def test_a_group_of_another_branch_is_reported():
    problem = the_problem(
        changed(("groups: [xingfuli-b1-staff]", "groups: [xingfuli-b1-staff, xingfuli-b2-residents]"))
    )

    assert problem.path == f"{BUILDING_HEAD}.groups[1]"
    assert 'belongs to "xingfuli-b2", which is neither above nor below "xingfuli-b1"' in problem.message
    assert "没有上下级关系" in problem.message_zh


def test_a_group_that_is_named_twice_is_reported():
    problem = the_problem(
        changed(("groups: [xingfuli-b1-staff]", "groups: [xingfuli-b1-staff, xingfuli-b1-staff]"))
    )

    assert problem.path == f"{BUILDING_HEAD}.groups[1]"
    assert "is named twice" in problem.message
    assert "写了两次" in problem.message_zh


def test_staff_may_be_in_groups_above_and_below_them():
    text = changed(
        ("groups: [xingfuli-b1-staff]", "groups: [xingfuli-b1-staff, xingfuli-property, xinhua-staff]"),
        ("groups: [xingfuli-staff]", "groups: [xingfuli-staff, xingfuli-b1-staff]"),
    )

    tree = tree_of(text)

    assert [each.staff_id for each in tree.list_members("xinhua-staff")] == ["zhao", "chenjie"]
    assert [each.staff_id for each in tree.list_members("xingfuli-b1-staff")] == ["wangfang", "chenjie"]


def test_a_slip_in_a_repeated_entry_is_reported_once():
    text = EXAMPLE + (
        '            staff: [{id: "head{n}", name: "{n}号楼楼栋长", role: 楼栋长, groups: ["xingfuli-b{n}-staf"]}]\n'
    )

    problem = the_problem(text)

    assert problem.path == "tree[0].children[0].children[1].staff[0].groups[0]"
    assert 'There is no group "xingfuli-b2-staf".' in problem.message


def test_a_group_that_should_answer_and_has_nobody_is_a_warning():
    text = changed(("groups: [xingfuli-property]", "groups: [xingfuli-staff]"))

    warning = next(each for each in warnings_of(text) if "Nobody is in the group" in each.message)

    assert (warning.line, warning.path) == (
        line_of(EXAMPLE, "{id: xingfuli-property"),
        "tree[0].children[0].groups[1]",
    )
    assert 'Nobody is in the group "幸福里物业群": it is not asked.' in warning.message
    assert "群“幸福里物业群”里没有人员" in warning.message_zh


def test_many_groups_of_one_entry_that_have_nobody_are_one_warning():
    text = EXAMPLE + '              - {id: "xingfuli-b{n}-staff", kind: staff, name: "{n}号楼楼栋长"}\n'

    warning = next(each for each in warnings_of(text) if "Nobody is in the group" in each.message)

    assert '"2号楼楼栋长" and 34 more' in warning.message
    assert "“2号楼楼栋长”等另外 34 处" in warning.message_zh


@pytest.mark.parametrize("listen", list(Listen))
def test_a_group_listens_as_it_is_told(listen):
    text = changed(("scene: b1}", f"scene: b1, listen: {listen}}}"))

    assert tree_of(text).find_group("xingfuli-b1-residents").listen is listen


def test_a_group_listens_to_mentions_when_nothing_is_said():
    assert tree_of(EXAMPLE).find_group("xingfuli-b1-residents").listen is Listen.MENTION


def test_an_unknown_way_to_listen_is_reported_with_the_nearest():
    problem = the_problem(changed(("scene: b1}", "scene: b1, listen: keyword}")))

    assert (problem.line, problem.path) == (98, "tree[0].children[0].children[0].groups[0].listen")
    assert problem.message == '"keyword" is no way to listen. Did you mean "keywords"?'
    assert problem.message_zh == "listen 不能写“keyword”。是不是“keywords”？"


def test_every_channel_can_be_given_for_groups_and_staff():
    text = changed(('telegram: "1001"', 'telegram: "1001", wecom: chenjie, wechat: oOpenid1'))

    tree = tree_of(text)

    assert tree.find_staff_by_account("wechat", "oOpenid1").staff_id == "chenjie"
    assert dict(tree.find_staff("chenjie").accounts) == {
        "telegram": "1001",
        "wecom": "chenjie",
        "wechat": "oOpenid1",
    }


def test_staff_without_a_role_have_none():
    assert tree_of(changed(("role: 楼栋长, ", ""))).find_staff("chenjie").role == ""


def test_staff_whose_id_is_missing_are_reported_once():
    found = problems_of(changed(("{id: chenjie, name: 陈杰", "{name: 陈杰")))

    assert [(each.path, each.message) for each in found] == [
        (f"{BUILDING_HEAD}.id", 'The key "id" is missing. Add it.')
    ]
