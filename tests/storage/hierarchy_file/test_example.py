"""The example of the admins' guide and the file that is shipped: both pass, and say what they say."""

from routing.durations import parse_span
from routing.hierarchy import Listen
from routing.hierarchy_index import DEFAULT_MANNERS
from storage.hierarchy_file import describe, read_hierarchy
from tests.storage.hierarchy_file.street import EXAMPLE, SHIPPED, changed, tree_of


def test_the_example_and_the_shipped_file_have_no_problems():
    example, shipped = read_hierarchy(EXAMPLE), read_hierarchy(SHIPPED.encode())

    assert (example.problems, shipped.problems) == ((), ())
    assert example.hierarchy is not None
    assert shipped.hierarchy is not None


def test_the_example_says_what_it_says():
    tree = tree_of(EXAMPLE)

    assert [each.level_id for each in tree.levels] == ["building", "community", "street"]
    assert tree.root_id == "xinhua"
    assert len(tree.nodes) == 38
    assert tree.get_node("xingfuli-b36").name == "36号楼"
    assert tree.get_node("xingfuli").children[:3] == ("xingfuli-b1", "xingfuli-b2", "xingfuli-b3")
    assert tree.clocks["normal"].limits["street"].resolve == parse_span("7wd")
    assert tree.calendars["office"].periods == ((540, 720), (840, 1080))
    assert tree.get_category("water").gather.reporters == 5
    assert tree.after_resolving.reopen_limit == 2
    assert tree.manners == DEFAULT_MANNERS
    assert tree.version == 0


def test_groups_and_staff_are_found_by_every_id_they_have():
    tree = tree_of(EXAMPLE)

    assert tree.find_group_in_chat("telegram", "-1002001").group_id == "xingfuli-staff"
    assert tree.find_group_in_chat("sandbox", "xingfuli-b7-residents").group_id == "xingfuli-b7-residents"
    assert tree.find_group_by_scene("b36").node_id == "xingfuli-b36"
    assert tree.find_staff_by_account("wecom", "wangfang").name == "王芳"
    assert tree.find_staff_by_account("sandbox", "chenjie").role == "楼栋长"
    assert [each.staff_id for each in tree.list_members("xingfuli-property")] == ["liqiang"]


def test_the_shipped_file_keeps_the_ids_and_limits_of_the_example():
    example, shipped = tree_of(EXAMPLE), tree_of(SHIPPED)

    assert shipped.nodes.keys() == example.nodes.keys()
    assert shipped.groups.keys() == example.groups.keys()
    assert shipped.staff == example.staff
    assert shipped.clocks == example.clocks
    assert {each.category_id for each in example.categories} < {
        each.category_id for each in shipped.categories
    }


def test_every_line_of_residents_is_read_in_the_shipped_file():
    tree = tree_of(SHIPPED)

    heard = {each.listen for each in tree.groups.values() if each.kind == "residents"}

    assert heard == {Listen.ALL}


def test_every_scalar_stays_the_text_that_it_looks_like():
    text = changed(
        ("id: xingfuli-b1\n", "id: 010101\n"),
        ("{id: zhao,", "{id: no,"),
        ("name: 新华街道\ntimezone", "name: 12:30\ntimezone"),
        ("{id: chenjie, name: 陈杰", "{id: 1e3, name: null"),
    )

    tree = tree_of(text)

    assert tree.find_node("010101").level == "building"
    assert tree.find_staff("no").name == "赵敏"
    assert tree.find_staff("1e3").name == "null"
    assert tree.name == "12:30"


def test_the_summary_counts_what_there_is():
    summary = describe(tree_of(EXAMPLE))

    assert summary.nodes == (("街道", 1), ("社区", 1), ("楼栋", 36))
    assert dict(summary.groups) == {"staff": 3, "property": 1, "residents": 36}
    assert (summary.staff, summary.categories) == (4, 5)
    assert (
        str(summary)
        == "新华街道: 街道 1, 社区 1, 楼栋 36; groups: staff 3, property 1, residents 36; staff: 4; categories: 5"
    )
