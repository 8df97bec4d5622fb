"""Levels, and that each node stands exactly one below its parent."""

import pytest

from tests.storage.hierarchy_file.street import (
    EXAMPLE,
    changed,
    line_of,
    problems_of,
    the_problem,
    tree_of,
    warnings_of,
)

COMMUNITY = "tree[0].children[0]"


def test_an_unknown_level_is_reported_with_the_nearest_known_one():
    problem = the_problem(changed(("level: community\n", "level: comunity\n")))

    assert (problem.line, problem.path) == (line_of(EXAMPLE, "level: community\n"), f"{COMMUNITY}.level")
    assert problem.message == 'There is no level "comunity". Did you mean "community"?'
    assert problem.message_zh == "没有“comunity”这个层级。是不是“community”？"


def test_a_child_that_skips_a_level_is_reported():
    problem = problems_of(changed(("level: community\n", "level: building\n")))[0]

    assert problem.path == f"{COMMUNITY}.level"
    assert 'Here belongs a node of the level "community", this one is "building"' in problem.message
    assert "下级节点必须正好低一级" in problem.message_zh


def test_a_child_of_its_parents_level_is_reported():
    text = changed(("level: building\n            name: 1号楼", "level: community\n            name: 1号楼"))

    problem = the_problem(text)

    assert problem.path == f"{COMMUNITY}.children[0].level"


def test_nothing_may_stand_below_the_lowest_level():
    text = changed(
        (
            "id: xingfuli-b1\n",
            "id: xingfuli-b1\n            children: [{id: u1, level: building, name: 1单元}]\n",
        )
    )

    problem = the_problem(text)

    assert problem.path == f"{COMMUNITY}.children[0].children[0].level"
    assert 'Nothing can stand below the lowest level, "building"' in problem.message
    assert "是最低一级" in problem.message_zh


def test_the_root_must_be_of_the_highest_level():
    text = changed(
        ("  - {id: street, name: 街道}\n", "  - {id: street, name: 街道}\n  - {id: city, name: 市}\n")
    )

    problem = next(each for each in problems_of(text) if each.path == "tree[0].level")

    assert 'The root must be a node of the level "city", this one is "street"' in problem.message
    assert "根节点必须是“市”" in problem.message_zh


def test_a_second_root_is_refused():
    text = EXAMPLE + "  - {id: other, level: street, name: 另一街道}\n"

    problem = the_problem(text)

    assert (problem.line, problem.path) == (line_of(text, "{id: other, level"), "tree[1]")
    assert "A second root stands here" in problem.message
    assert "只能有一棵树" in problem.message_zh


def test_a_root_that_is_repeated_is_refused():
    text = changed(("  - id: xinhua\n", '  - id: xinhua{n}\n    repeat: "1-2"\n'))

    assert "A second root stands here" in problems_of(text)[0].message


@pytest.mark.parametrize(
    ("new", "part", "part_zh"),
    [
        ("{id: street, name: 社区}", 'The level id "street" stands twice, in line 10', "第 10 行和第 11 行"),
        ("{id: calendar, name: 社区}", 'cannot be called "calendar"', "不能用“calendar”"),
        ("{id: 社区, name: 社区}", "Ids are made of", "编号只能用"),
    ],
)
def test_level_ids_are_unique_and_proper(new, part, part_zh):
    found = problems_of(changed(("{id: community, name: 社区}", new)))

    problem = next(each for each in found if part in each.message)
    assert problem.path.startswith("levels[")
    assert part_zh in problem.message_zh


def test_twelve_levels_are_the_most():
    more = "".join(f"  - {{id: l{number}, name: 第{number}级}}\n" for number in range(10))

    problem = problems_of(
        changed(("  - {id: street, name: 街道}\n", f"  - {{id: street, name: 街道}}\n{more}"))
    )[0]

    assert (problem.path, problem.message) == ("levels", "13 levels are too many: at most 12.")
    assert "最多 12 层" in problem.message_zh


def test_a_level_that_no_node_has_is_a_warning():
    text = EXAMPLE[: EXAMPLE.index("          - id: xingfuli-b1\n")].removesuffix("        children:\n")

    (warning,) = warnings_of(text)

    assert warning.message == 'No node has the level "building" (楼栋).'
    assert "还没有“楼栋”" in warning.message_zh


def test_there_may_be_any_number_of_levels_with_any_names():
    levels = [f"r{number}" for number in range(12)]
    limits = "".join(f"    {each}: {{claim: 1h, resolve: 1d}}\n" for each in levels)
    tree = _chain(levels[::-1])
    text = (
        "version: 1\nname: 长链\n"
        f"levels: [{', '.join(f'{{id: {each}, name: {each}}}' for each in levels)}]\n"
        'calendars: {always: {days: [mon], hours: ["00:00-24:00"]}}\n'
        f"clocks:\n  normal:\n    calendar: always\n{limits}"
        "categories: [{id: other, name: 其他, starts_at: r0, handled_by: staff}]\n"
        f"tree: [{tree}]\n"
    )

    tree = tree_of(text)

    assert [each.node_id for each in tree.climb("n-r0")] == [f"n-{each}" for each in levels]


def _chain(levels: list[str]) -> str:
    below = f", children: [{_chain(levels[1:])}]" if levels[1:] else ""
    people = (
        f", groups: [{{id: g-{levels[0]}, kind: staff, name: 群}}]"
        f", staff: [{{id: s-{levels[0]}, name: 人, groups: [g-{levels[0]}]}}]"
    )
    return f"{{id: n-{levels[0]}, level: {levels[0]}, name: {levels[0]}{people}{below}}}"
