"""One entry for many like it."""

import pytest

from tests.storage.hierarchy_file.street import EXAMPLE, changed, line_of, problems_of, the_problem, tree_of

REPEATED = "tree[0].children[0].children[1]"


def test_the_number_goes_into_ids_names_and_scenes():
    tree = tree_of(
        changed(('name: "{n}号楼"', 'name: "{n:02}号楼"'), ("id: xingfuli-b{n}\n", "id: xingfuli-b{n:03}\n"))
    )

    node = tree.get_node("xingfuli-b007")

    assert node.name == "07号楼"
    assert [(each.group_id, each.scene) for each in node.groups] == [("xingfuli-b7-residents", "b7")]
    assert node.parent_id == "xingfuli"


def test_numbers_may_be_left_out():
    tree = tree_of(changed(('repeat: "2-36"', 'repeat: "2-3, 5-6,8"')))

    assert tree.get_node("xingfuli").children == tuple(f"xingfuli-b{number}" for number in (1, 2, 3, 5, 6, 8))


@pytest.mark.parametrize(
    "numbers", ["36-2", "a-b", "2-36-40", "1,,2", "2-5,4-7", "3,3", "1-300000", "-1", "2～36", "1-9999999"]
)
def test_what_cannot_be_repeated_is_refused(numbers):
    problem = the_problem(changed(('repeat: "2-36"', f'repeat: "{numbers}"')))

    assert (problem.line, problem.path) == (line_of(EXAMPLE, 'repeat: "2-36"'), f"{REPEATED}.repeat")
    assert "cannot be repeated: write numbers" in problem.message
    assert "请从小到大写成" in problem.message_zh


def test_a_repeat_inside_a_repeat_sees_both_numbers():
    entry = '{repeat: "1-3", id: "b{nn}-u{n}", level: unit, name: "{nn}号楼{n}单元"}'
    units = f"            children:\n              - {entry}\n"
    text = changed(("levels:\n", "levels:\n  - {id: unit, name: 单元}\n")) + units
    text = text.replace("    building: {claim", "    unit: {claim: 1h, resolve: 2h}\n    building: {claim")

    tree = tree_of(text)

    assert len(tree.nodes) == 38 + 35 * 3
    assert tree.get_node("b17-u2").name == "17号楼2单元"
    assert tree.get_node("b17-u2").parent_id == "xingfuli-b17"


@pytest.mark.parametrize("gap", ["{m}", "{nn}", "{n:2}", "{}", "{n:02d}", "{n.x}"])
def test_a_gap_that_nothing_fills_is_refused(gap):
    problem = the_problem(changed(('name: "{n}号楼"', f'name: "{gap}号楼"')))

    assert (problem.line, problem.path) == (line_of(EXAMPLE, 'name: "{n}号楼"'), f"{REPEATED}.name")
    assert f'"{gap}" is filled by nothing here' in problem.message
    assert f"“{gap}”在这里没有含义" in problem.message_zh


def test_a_gap_in_an_entry_that_is_not_repeated_is_refused():
    problem = the_problem(changed(("name: 1号楼\n", 'name: "{n}号楼"\n')))

    assert problem.path == "tree[0].children[0].children[0].name"
    assert '"{n}" is only filled in an entry with `repeat`' in problem.message
    assert "只能用在带 repeat 的条目里" in problem.message_zh


def test_a_gap_in_an_id_is_reported_once_and_not_as_a_doubled_id_as_well():
    problem = the_problem(changed(("id: xingfuli-b{n}\n", 'id: "xingfuli-b{m}"\n')))

    assert problem.path == f"{REPEATED}.id"
    assert '"{m}" is filled by nothing here' in problem.message


@pytest.mark.parametrize("extra", ['telegram: "-100{m}"', 'scene: "b{m}"', 'wecom: "w{m}"'])
def test_a_gap_in_a_chat_or_scene_is_reported_once(extra):
    problem = the_problem(changed((', scene: "b{n}"}', f", {extra}}}")))

    assert problem.path == f"{REPEATED}.groups[0].{extra.partition(':')[0]}"
    assert "is filled by nothing here" in problem.message


def test_a_gap_in_the_group_of_staff_is_reported_once():
    staff = '            staff: [{id: "h{n}", name: "楼栋长", groups: ["xingfuli-b{m}-residents"]}]\n'

    problem = the_problem(EXAMPLE + staff)

    assert problem.path == f"{REPEATED}.staff[0].groups[0]"
    assert '"{m}" is filled by nothing here' in problem.message


def test_other_braces_and_percent_signs_stay_what_they_are():
    text = changed(
        ("name: 1号楼\n", 'name: "1号楼 {老楼} 100%s"\n'), ('name: "{n}号楼居民群"', 'name: "{n}号楼 50%d"')
    )

    tree = tree_of(text)

    assert tree.get_node("xingfuli-b1").name == "1号楼 {老楼} 100%s"
    assert tree.find_group("xingfuli-b9-residents").name == "9号楼 50%d"


def test_chats_and_accounts_of_a_repeat_have_numbers_too():
    text = changed(('scene: "b{n}"}', 'scene: "b{n}", telegram: "-100{n:04}"}')) + (
        '            staff: [{id: "head{n}", name: "{n}栋", groups: ["xingfuli-b{n}-residents"], wecom: "wx{n}"}]\n'
    )

    tree = tree_of(text)

    assert tree.find_group_in_chat("telegram", "-1000007").group_id == "xingfuli-b7-residents"
    assert tree.find_staff_by_account("wecom", "wx36").groups == ("xingfuli-b36-residents",)


def test_two_hundred_thousand_nodes_are_the_most():
    text = changed(('repeat: "2-36"', 'repeat: "2-199999"')) + (
        '            children: [{repeat: "1-9", id: "u{nn}-{n}", level: building, name: x}]\n'
    )

    found = problems_of(text)

    problem = next(each for each in found if "The tree has" in each.message)
    assert (problem.line, problem.path) == (line_of(EXAMPLE, "- id: xinhua\n"), "tree[0]")
    assert "The tree has 1999983 nodes" in problem.message
    assert "上限是 200000" in problem.message_zh


@pytest.mark.timeout(300)
def test_a_hundred_thousand_buildings_are_read_from_one_entry():
    tree = tree_of(changed(('repeat: "2-36"', 'repeat: "2-100000"')))

    assert len(tree.nodes) == 100_002
    assert tree.find_group_by_scene("b99999").node_id == "xingfuli-b99999"
    assert len(tree.get_node("xingfuli").children) == 100_000


@pytest.mark.timeout(300)
def test_ten_thousand_buildings_are_read_one_by_one():
    start = EXAMPLE.index("          - id: xingfuli-b1\n")
    text = EXAMPLE[:start] + "".join(_building(number) for number in range(1, 10_001))

    tree = tree_of(text)

    assert len(tree.nodes) == 10_002
    assert tree.find_staff_by_account("telegram", "1009999").groups == ("xingfuli-b9999-staff",)


def _building(number: int) -> str:
    own_id = f"xingfuli-b{number}"
    return (
        f"          - id: {own_id}\n            level: building\n            name: {number}号楼\n            groups:\n"
        f"              - {{id: {own_id}-residents, kind: residents, name: {number}号楼居民群, scene: b{number}}}\n"
        f"              - {{id: {own_id}-staff, kind: staff, name: {number}号楼楼栋长}}\n            staff:\n"
        f"              - {{id: head{number}, name: 陈杰, role: 楼栋长, groups: [{own_id}-staff], "
        f'telegram: "1{number:06}"}}\n'
    )
