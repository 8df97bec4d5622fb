"""Keys that are unknown, missing, doubled or empty, and values of the wrong shape."""

import pytest

from tests.storage.hierarchy_file.street import EXAMPLE, changed, line_of, problems_of, the_problem


@pytest.mark.parametrize(
    ("old", "new", "path", "meant"),
    [
        ("timezone: Asia", "timezon: Asia", "timezon", "timezone"),
        ("  rate_within: 3d", "  rate_whitin: 3d", "after_resolving.rate_whitin", "rate_within"),
        ("clock: urgent", "clok: urgent", "categories[2].clok", "clock"),
        ("buildings: 2", "building: 2", "categories[3].gather.building", "buildings"),
        ("scene: b1}", "scen: b1}", "tree[0].children[0].children[0].groups[0].scen", "scene"),
    ],
)
def test_an_unknown_key_is_reported_with_the_nearest_known_one(old, new, path, meant):
    found = problems_of(changed((old, new)))

    problem = next(each for each in found if "Unknown key" in each.message)
    assert (problem.line, problem.path) == (line_of(EXAMPLE, old), path)
    assert f'Did you mean "{meant}"?' in problem.message
    assert f"是不是“{meant}”？" in problem.message_zh


def test_an_unknown_key_like_none_is_reported_with_what_is_known():
    text = changed(("  reopen_limit: 2", "  zzz: 2"))

    problem = the_problem(text)

    assert (problem.line, problem.path) == (line_of(text, "  zzz: 2"), "after_resolving.zzz")
    assert problem.message == 'Unknown key "zzz". Known here: reopen_limit.'
    assert problem.message_zh == "不认识“zzz”这一项。这里可以写：reopen_limit。"


@pytest.mark.parametrize(
    ("old", "path", "entry"),
    [
        (", resolve: 1wd", "clocks.normal.building.resolve", "building: {claim: 1wh"),
        ("    name: 电梯\n", "categories[0].name", "id: elevator"),
        ("    starts_at: community\n", "categories[2].starts_at", "id: fire_lane"),
        (", within: 30m", "categories[3].gather.within", "gather: {"),
        ("name: 街道工作群, ", "tree[0].groups[0].name", "id: xinhua-staff"),
        (
            "level: building\n            name: 1号楼",
            "tree[0].children[0].children[0].level",
            "id: xingfuli-b1\n",
        ),
    ],
)
def test_a_missing_key_is_reported_at_its_entry(old, path, entry):
    kept = "name: 1号楼" if "level" in old else ""

    problem = the_problem(changed((old, kept)))

    assert (problem.line, problem.path) == (line_of(EXAMPLE, entry), path)
    assert problem.message == f'The key "{path.rpartition(".")[2]}" is missing. Add it.'
    assert problem.message_zh == f"缺少“{path.rpartition('.')[2]}”，请补上。"


def test_a_missing_version_is_reported():
    assert the_problem(changed(("version: 1\n", ""))).path == "version"


def test_a_doubled_key_is_reported_with_both_lines():
    text = changed(
        ("    handled_by: staff\n    clock", "    handled_by: staff\n    starts_at: street\n    clock")
    )
    first, second = line_of(text, "starts_at: community"), line_of(text, "starts_at: street")

    problem = the_problem(text)

    assert (problem.line, problem.path) == (second, "categories[2].starts_at")
    assert f"in line {first} and in line {second}" in problem.message
    assert f"第 {first} 行和第 {second} 行" in problem.message_zh


@pytest.mark.parametrize(
    ("old", "new", "path", "message", "message_zh"),
    [
        ("name: 噪音扰民", "name:", "categories[1].name", 'Nothing stands after "name"', "后面没有内容"),
        ("name: 噪音扰民", "name: [a]", "categories[1].name", "A text is wanted here", "这里要写文字"),
        ("name: 噪音扰民", "name: '  '", "categories[1].name", "Nothing stands after", "后面没有内容"),
        ("name: 噪音扰民", f"name: {'很' * 61}", "categories[1].name", "at most 60 characters", "最多 60 个字"),
        ("[电梯, 困梯, 轿厢]", "电梯", "categories[0].keywords", "A list is wanted here", "这里要写列表"),
        ("[电梯, 困梯, 轿厢]", "[电梯, '']", "categories[0].keywords[1]", "An empty text", "这里是空的"),
        ("[电梯, 困梯, 轿厢]", "[电梯, {a: b}]", "categories[0].keywords[1]", "A text is wanted", "这里要写文字"),
        ("{reporters: 5, buildings: 2, within: 30m}", "yes", "categories[3].gather", "Keys with values", "键: 值"),
        ("reporters: 5", "reporters: five", "categories[3].gather.reporters", "no whole number from 2", "整数"),
        ("reporters: 5", "reporters: 1", "categories[3].gather.reporters", "no whole number from 2", "整数"),
        ("reopen_limit: 2", "reopen_limit: -1", "after_resolving.reopen_limit", "no whole number from 0", "整数"),
        ("version: 1", "version: 2", "version", "only 1 can be read", "目前只支持 1"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_shape_is_reported(old, new, path, message, message_zh):
    problem = the_problem(changed((old, new)))

    assert (problem.line, problem.path) == (line_of(EXAMPLE, old), path)
    assert message in problem.message
    assert message_zh in problem.message_zh


def test_an_entry_that_is_no_mapping_is_reported_and_the_others_are_read():
    text = changed(("  - id: noise\n", "  - just words\n  - id: noise\n"), ("clock: urgent", "clock: urgnt"))

    first, second = problems_of(text)

    assert (first.path, first.line) == ("categories[1]", line_of(text, "- just words"))
    assert "Keys with values are wanted" in first.message
    assert second.path == "categories[3].clock"


def test_an_empty_list_that_needs_an_entry_is_reported():
    text = changed(("days: [mon, tue, wed, thu, fri],", "days: [],"))

    problem = the_problem(text)

    assert (problem.path, problem.line) == ("calendars.office.days", line_of(text, "days: [],"))
    assert 'The list "days" is empty' in problem.message
    assert "至少写一项" in problem.message_zh


def test_all_problems_are_reported_in_one_go_in_the_order_of_the_lines():
    text = changed(
        ("timezone:", "timezon:"),
        ("calendar: always", "calendar: allways"),
        ("rate_within: 3d", "rate_within: soon"),
        ("- id: noise", "- id: elevator"),
        ("level: community", "level: comunity"),
        ("groups: [xingfuli-b1-staff]", "groups: [xingfuli-b1-staf]"),
        ('scene: "b{n}"', 'scene: "b1"'),
    )

    found = problems_of(text)

    assert [each.path for each in found] == [
        "timezon",
        "clocks.urgent.calendar",
        "after_resolving.rate_within",
        "categories[1].id",
        "tree[0].children[0].level",
        "tree[0].children[0].children[0].staff[0].groups[0]",
        "tree[0].children[0].children[1].groups[0].scene",
    ]
    assert [each.line for each in found] == sorted(each.line for each in found)


def test_a_thousand_problems_are_told_and_the_others_counted():
    text = EXAMPLE + "".join(f"key{number}: x\n" for number in range(1_500))

    found = problems_of(text)

    assert len(found) == 1_001
    assert found[-1].message == "… and 500 more. Mend these first."
    assert "另外还有 500 处" in found[-1].message_zh


def test_a_missing_section_is_one_problem_and_no_other():
    sections = ("levels", "calendars", "clocks", "categories", "tree")

    for section in sections:
        start = EXAMPLE.index(f"\n{section}:") + 1
        rest = EXAMPLE[start:].split("\n")
        end = next((at for at, line in enumerate(rest[1:], 1) if line and line[0] not in " #"), len(rest))
        text = EXAMPLE[:start] + "\n".join(rest[end:])

        problem = the_problem(text)

        assert (problem.path, problem.message) == (section, f'The key "{section}" is missing. Add it.')
