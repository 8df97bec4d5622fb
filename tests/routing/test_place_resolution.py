"""Which node a message means: by name, by number, by context, and where nothing is said."""

import time

import pytest

from routing.gazetteer import Gazetteer, build_gazetteer
from routing.hierarchy import Hierarchy, Node
from routing.place_resolution import SURE, Resolved, Spoken, resolve
from routing.reading import Place
from tests.routing.small_tree import a_tree

NUMBERS = {
    **{f"{each}号楼": Place(building=str(each)) for each in range(1, 100)},
    "A座": Place(building="A"),
    "电厂7栋": Place(building="7"),
    "1单元": Place(unit="1"),
    "2单元": Place(unit="2"),
}
TREE = a_tree(
    Node("street", "street", "新华街道", None),
    Node("xingfuli", "community", "幸福里社区", "street", aliases=("老电厂宿舍",)),
    Node("x1", "building", "1号楼", "xingfuli"),
    Node("x5", "building", "5号楼", "xingfuli"),
    Node("xa", "building", "A座", "xingfuli", aliases=("小白楼", "电厂7栋")),
    Node("hepingli", "community", "和平里社区", "street"),
    Node("h1", "building", "1号楼", "hepingli"),
    Node("h8", "building", "8号楼", "hepingli"),
    Node("phase1", "community", "阳光城一期", "street"),
    Node("s1", "building", "9号楼", "phase1"),
    Node("phase2", "community", "阳光城二期", "street"),
    Node("s2", "building", "9号楼", "phase2"),
)


def read_name(name: str) -> Place:
    return NUMBERS.get(name, Place())


def find(
    text: str,
    *,
    own: str | None = "x1",
    building: str | None = None,
    unit: str | None = None,
    tree: Hierarchy = TREE,
) -> Resolved:
    return resolve(
        Spoken(text, Place(building=building, unit=unit), own), tree, build_gazetteer(tree, read_name)
    )


def test_another_building_of_the_same_estate_wins_over_the_speakers_own():
    found = find("5号楼电梯坏了", building="5")

    assert (found.node_id, found.contradicts) == ("x5", True)
    assert found.certainty >= SURE
    assert found.why == "说的是5号楼"


def test_the_same_number_in_two_estates_is_that_of_the_speakers_estate():
    assert find("1号楼停水", own="x5", building="1").node_id == "x1"
    assert find("1号楼停水", own="h8", building="1").node_id == "h1"


def test_the_speakers_own_building_said_aloud_contradicts_nothing():
    found = find("1号楼停水", building="1")

    assert (found.node_id, found.contradicts) == ("x1", False)


def test_a_named_estate_says_which_of_two():
    assert find("和平里1号楼停水", own=None, building="1").node_id == "h1"
    assert find("和平里1号楼停水", building="1") == Resolved("h1", 0.95, "说的是1号楼", contradicts=True)


def test_another_name_of_an_estate_or_a_building_is_known():
    assert find("老电厂宿舍5号楼", own="h1", building="5").node_id == "x5"
    assert find("小白楼门口积水", own="h1").node_id == "xa"
    assert find("电厂7栋没水", own="x1", building="7").node_id == "xa"


def test_a_phase_says_which_of_two():
    assert find("二期9#漏水", own=None, building="9").node_id == "s2"
    assert find("第1期9栋漏水", own=None, building="9").node_id == "s1"
    assert find("九期9栋漏水", own=None, building="9").node_id is None


def test_without_a_speakers_place_only_a_single_building_is_meant():
    assert find("8号楼停水", own=None, building="8").node_id == "h8"
    assert find("1号楼停水", own=None, building="1").node_id is None
    assert find("停水了", own=None) == Resolved(None, 0.0, "没有说是哪里")


def test_a_number_that_only_a_far_estate_has_may_be_a_slip():
    found = find("8号楼停水", own="x1", building="8")

    assert (found.node_id, found.contradicts) == ("x1", False)
    assert "也可能是自己这栋" in found.why


def test_several_far_ones_leave_the_report_where_its_speaker_is():
    assert find("9号楼停水", own="x1", building="9").node_id == "x1"


def test_a_named_estate_without_such_a_building_is_all_that_is_known():
    assert find("和平里88号楼", own=None, building="88").node_id == "hepingli"
    assert find("88号楼", own=None, building="88").node_id is None
    assert find("幸福里88号楼", own="x1", building="88").node_id == "x1"
    assert find("88号楼", own="x1", building="88").node_id == "x1"


def test_a_group_of_the_estate_learns_the_building_without_contradiction():
    found = find("5号楼电梯坏了", own="xingfuli", building="5")

    assert (found.node_id, found.contradicts) == ("x5", False)


def test_only_a_whole_name_takes_a_report_away_from_its_speakers_place():
    assert find("和平里社区门口积水").node_id == "hepingli"
    assert find("大家和平里面讲").node_id == "x1"
    assert find("和平里", own=None).node_id == "hepingli"
    assert find("幸福里社区门口积水").node_id == "x1"


def test_two_named_places_say_nothing():
    assert find("和平里社区和阳光城一期都停水").node_id == "x1"


def test_the_lowest_of_the_places_that_are_named_counts():
    assert find("新华街道和平里社区", own=None).node_id == "hepingli"


@pytest.mark.parametrize(
    "text", ["我们楼电梯坏了", "本楼没水", "咱们这栋灯不亮", "这栋楼漏水", "我们单元门禁坏了"]
)
def test_own_words_mean_the_speakers_building(text: str):
    assert find(text) == Resolved("x1", 0.9, "说的是自己这栋")


@pytest.mark.parametrize("text", ["隔壁单元在装修", "楼上漏水", "楼下吵", "电梯坏了"])
def test_without_another_building_it_is_the_speakers(text: str):
    found = find(text)

    assert (found.node_id, found.contradicts) == ("x1", False)


@pytest.mark.parametrize("text", ["对面楼半夜装修", "隔壁那栋太吵", "隔壁小区放歌"])
def test_a_neighbouring_building_without_a_number_is_noted_as_unsure(text: str):
    found = find(text)

    assert (found.node_id, found.certainty) == ("x1", 0.5)


def test_own_words_beside_another_number_keep_it_at_home():
    found = find("5号楼的车堵在我们楼门口", building="5")

    assert (found.node_id, found.contradicts) == ("x1", False)
    assert find("我是5号楼的，我们楼停水了", building="5").node_id == "x5"


def test_units_that_are_places_are_found_in_the_building():
    nodes = [*TREE.nodes.values()]
    units = [Node(f"x1u{each}", "building", f"{each}单元", "x1") for each in (1, 2)]
    tree = a_tree(*nodes, *units)

    assert find("5号楼", building="5", unit="2", tree=tree).node_id == "x5"
    assert find("1号楼2单元", own="x5", building="1", unit="2", tree=tree).node_id == "x1u2"
    assert find("2单元电梯坏了", own="x1u1", unit="2", tree=tree) == Resolved(
        "x1u2", 0.9, "说的是2单元", contradicts=True
    )
    assert find("9单元电梯坏了", own="x1u1", unit="9", tree=tree).node_id == "x1u1"
    assert find("2单元电梯坏了", own=None, unit="2", tree=tree).node_id is None


def test_a_big_tree_costs_microseconds():
    tree, places = _big_tree()
    spoken = Spoken("我们小区5号楼电梯坏了，三天了没人修", Place(building="5"), "c700b9")

    begun = time.process_time()
    for _ in range(200):
        found = resolve(spoken, tree, places)

    assert found.node_id == "c700b5"
    assert (time.process_time() - begun) / 200 < 0.0005


def _big_tree() -> tuple[Hierarchy, Gazetteer]:
    communities = [Node(f"c{each}", "community", f"第{each}花园社区", "street") for each in range(1000)]
    buildings = [
        Node(f"c{each}b{number}", "building", f"{number}号楼", f"c{each}")
        for each in range(1000)
        for number in range(1, 21)
    ]
    tree = a_tree(Node("street", "street", "新华街道", None), *communities, *buildings)
    return tree, build_gazetteer(tree, read_name)
