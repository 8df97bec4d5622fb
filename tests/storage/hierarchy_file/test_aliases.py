"""What else people call a place."""

from tests.storage.hierarchy_file.street import changed, the_problem, tree_of

BUILDING = "name: 1号楼\n"
REPEATED = 'name: "{n}号楼"\n'


def test_a_place_may_have_other_names():
    tree = tree_of(changed((BUILDING, f"{BUILDING}            aliases: [小白楼, 老电厂宿舍]\n")))

    assert tree.get_node("xingfuli-b1").aliases == ("小白楼", "老电厂宿舍")
    assert tree.get_node("xingfuli-b2").aliases == ()


def test_other_names_are_repeated_with_their_numbers():
    tree = tree_of(changed((REPEATED, f'{REPEATED}            aliases: ["电厂{{n}}栋"]\n')))

    assert tree.get_node("xingfuli-b36").aliases == ("电厂36栋",)


def test_another_name_of_one_letter_would_be_found_everywhere():
    problem = the_problem(changed((BUILDING, f"{BUILDING}            aliases: [楼]\n")))

    assert problem.path == "tree[0].children[0].children[0].aliases[0]"
    assert "Write at least 2 characters." in problem.message
    assert "请至少写 2 个字" in problem.message_zh


def test_other_names_stand_in_a_list():
    problem = the_problem(changed((BUILDING, f"{BUILDING}            aliases: 小白楼\n")))

    assert "A list is wanted here" in problem.message
