"""Names and numbers of places, as they are found in a text."""

from routing.gazetteer import Gazetteer, build_gazetteer
from routing.hierarchy import Node
from routing.reading import Place
from tests.routing.small_tree import a_tree

STREET = Node("street", "street", "新华街道", None)
ESTATE = Node("estate", "community", "阳光城小区", "street", aliases=("老厂", "厂"))
SECOND = Node("second", "community", "阳光城二期", "street")
BUILDING = Node("b3", "building", "3号楼", "estate", aliases=("三栋", "大白楼"))
PLACES = {"3号楼": Place(building="3"), "三栋": Place(building="3")}


def a_gazetteer() -> Gazetteer:
    tree = a_tree(STREET, ESTATE, SECOND, BUILDING)
    return build_gazetteer(tree, lambda name: PLACES.get(name, Place()))


def named(text: str) -> list[tuple[str, bool]]:
    return [(each.node.node_id, each.is_whole) for each in a_gazetteer().list_named(text)]


def test_whole_names_stems_and_other_names_are_found_in_the_order_of_the_text():
    assert named("老厂和阳光城小区") == [("estate", True), ("estate", True)]
    assert named("阳光城停水") == [("estate", False)]
    assert named("大白楼旁边") == [("b3", True)]


def test_a_longer_name_hides_the_shorter_that_begins_it():
    assert named("阳光城二期") == [("second", True)]


def test_a_name_of_one_letter_and_a_mere_number_are_no_names():
    assert named("厂 3号楼 三栋") == []


def test_letters_that_only_begin_like_a_name_are_none():
    assert named("阳光很好") == []
    assert named("") == []


def test_a_building_is_listed_once_below_each_place_above_it():
    places = a_gazetteer()

    assert [each.node_id for each in places.list_numbered("3", below="estate")] == ["b3"]
    assert [each.node_id for each in places.list_numbered("3", below="street")] == ["b3"]
    assert places.list_numbered("3", below="second") == ()
    assert places.list_numbered("4", below="estate") == ()
