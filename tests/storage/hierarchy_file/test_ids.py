"""Ids: what they may look like, and that each belongs to one only."""

import pytest

from tests.storage.hierarchy_file.street import EXAMPLE, changed, line_of, problems_of, the_problem


@pytest.mark.parametrize(
    ("own_id", "character", "like"),
    [
        ("zhаo", "U+0430 CYRILLIC SMALL LETTER A", "a"),
        ("zhａo", "U+FF41 FULLWIDTH LATIN SMALL LETTER A", "a"),
        ("zhαo", "U+03B1 GREEK SMALL LETTER ALPHA", "a"),
        ("zhao–1", "U+2013 EN DASH", "-"),
    ],
)
def test_a_letter_that_only_looks_right_is_named(own_id, character, like):
    problem = the_problem(changed(("{id: zhao,", f"{{id: {own_id},")))

    assert (problem.line, problem.path) == (line_of(EXAMPLE, "{id: zhao,"), "tree[0].staff[0].id")
    assert character in problem.message
    assert f'It only looks like "{like}"' in problem.message
    assert f"它只是看起来像“{like}”" in problem.message_zh


@pytest.mark.parametrize("own_id", ["赵敏", "zhao.min", "'zhao min'", "zhao/1", "zhao:1", "'{zhao'"])
def test_an_id_of_other_characters_is_refused(own_id):
    problem = the_problem(changed(("{id: zhao,", f"{{id: {own_id},")))

    assert problem.path == "tree[0].staff[0].id"
    assert "Ids are made of A-Z, a-z, 0-9, - and _." in problem.message
    assert "编号只能用英文字母" in problem.message_zh


def test_an_id_has_at_most_forty_characters():
    problem = the_problem(changed(("{id: zhao,", f"{{id: {'z' * 41},")))

    assert problem.path == "tree[0].staff[0].id"
    assert "has 41 characters; at most 40" in problem.message
    assert "最多 40 个" in problem.message_zh


def test_a_repeated_id_is_as_long_as_its_longest_number_makes_it():
    problem = the_problem(changed(('id: "xingfuli-b{n}-residents"', f'id: "{"r" * 39}{{n}}"')))

    assert problem.path == "tree[0].children[0].children[1].groups[0].id"
    assert "has 41 characters" in problem.message


@pytest.mark.parametrize(
    ("old", "new", "first", "path", "what", "what_zh"),
    [
        ("id: xingfuli-b1\n", "id: xingfuli\n", "- id: xingfuli\n", "children[0].id", "node id", "节点编号"),
        (
            "id: xingfuli-property,",
            "id: xingfuli-staff,",
            "id: xingfuli-staff,",
            "groups[1].id",
            "group id",
            "群编号",
        ),
        ("id: wangfang,", "id: zhao,", "id: zhao,", "staff[0].id", "staff id", "人员编号"),
        ('"-1002002"', '"-1003001"', '"-1003001"', "groups[1].telegram", "telegram chat", "telegram 群"),
        ('"2001"', '"3001"', '"3001"', "staff[0].telegram", "telegram account", "telegram 账号"),
    ],
)
def test_what_may_belong_to_one_only_is_reported_with_both_lines(old, new, first, path, what, what_zh):
    lines = line_of(EXAMPLE, first), line_of(EXAMPLE, old)

    found = problems_of(changed((old, new)))

    problem = next(each for each in found if "stands twice" in each.message)
    assert (problem.line, problem.path) == (lines[1], f"tree[0].children[0].{path}")
    assert f"The {what} " in problem.message
    assert f"in line {lines[0]} and in line {lines[1]}" in problem.message
    assert what_zh in problem.message_zh
    assert f"第 {lines[0]} 行和第 {lines[1]} 行" in problem.message_zh


def test_two_groups_with_one_scene_are_reported_once_for_all_that_a_repeat_makes():
    problem = the_problem(changed(('scene: "b{n}"', "scene: b1")))

    assert problem.path == "tree[0].children[0].children[1].groups[0].scene"
    assert 'The scene "b1" stands twice, in line 98 and in line 108' in problem.message
    assert "二维码场景值“b1”重复了" in problem.message_zh


def test_a_repeat_without_its_number_in_an_id_is_told_to_put_it_there():
    problem = the_problem(changed(("id: xingfuli-b{n}\n", "id: tower\n")))

    assert problem.path == "tree[0].children[0].children[1].id"
    assert problem.message == 'The repeat gives the node id "tower" more than once. Put {n} into it.'
    assert "请在其中写上 {n}" in problem.message_zh


def test_a_repeat_that_meets_an_entry_written_out_is_reported():
    problem = the_problem(
        changed(('repeat: "2-36"', 'repeat: "2-36,40"'), ("id: xingfuli-b1\n", "id: xingfuli-b40\n"))
    )

    assert 'The node id "xingfuli-b40" stands twice' in problem.message


@pytest.mark.parametrize(
    ("old", "new", "path", "part"),
    [
        ('telegram: "-1003001"', "telegram: street", "tree[0].groups[0].telegram", "no Telegram id"),
        ('wecom: "wrXinhuaStaff"', 'wecom: "wr Xinhua"', "tree[0].groups[0].wecom", "no wecom id: no blanks"),
        (
            "scene: b1}",
            "scene: 一号楼}",
            "tree[0].children[0].children[0].groups[0].scene",
            "cannot be a scene",
        ),
    ],
)
def test_an_id_that_no_vendor_gives_is_refused(old, new, path, part):
    problem = the_problem(changed((old, new)))

    assert (problem.line, problem.path) == (line_of(EXAMPLE, old), path)
    assert part in problem.message
