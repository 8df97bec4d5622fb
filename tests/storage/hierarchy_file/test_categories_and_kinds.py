"""Categories, and the kinds of groups that handle them."""

import pytest

from routing.durations import parse_span
from tests.storage.hierarchy_file.street import (
    EXAMPLE,
    changed,
    line_of,
    problems_of,
    the_problem,
    tree_of,
    warnings_of,
)


@pytest.mark.parametrize(
    ("old", "new", "path", "message", "message_zh"),
    [
        ("starts_at: community", "starts_at: comunity", "categories[2].starts_at",
         'There is no level "comunity". Did you mean "community"?', "没有“comunity”这个层级"),
        ("clock: urgent", "clock: urgnet", "categories[2].clock",
         'There is no clock "urgnet". Did you mean "urgent"?', "没有“urgnet”这个时限"),
        ("within: 30m", "within: 2wh", "categories[3].gather.within",
         '"2wh" is working time', "“2wh”是工作时间"),
        ("[消防通道, 堵住通道]", f"[{'长' * 31}]", "categories[2].keywords[0]",
         "at most 30 characters", "最多 30 个字"),
    ],
)  # fmt: skip
def test_a_category_that_refers_to_nothing_is_reported(old, new, path, message, message_zh):
    problem = the_problem(changed((old, new)))

    assert (problem.line, problem.path) == (line_of(EXAMPLE, old), path)
    assert message in problem.message
    assert message_zh in problem.message_zh


def test_a_category_id_that_stands_twice_is_reported_with_both_lines():
    problem = the_problem(changed(("- id: noise", "- id: elevator")))

    assert (problem.line, problem.path) == (line_of(EXAMPLE, "- id: noise"), "categories[1].id")
    assert 'The category id "elevator" stands twice, in line 41 and in line 49' in problem.message
    assert "分类编号“elevator”重复了（第 41 行和第 49 行）" in problem.message_zh


def test_the_last_resort_must_be_there():
    problem = the_problem(changed(("  - id: other\n", "  - id: rest\n")))

    assert (problem.line, problem.path) == (line_of(EXAMPLE, "categories:"), "categories")
    assert 'The category "other" is missing' in problem.message
    assert "- {id: other, name: 其他" in problem.message
    assert "缺少“other”分类" in problem.message_zh


def test_the_last_resort_is_tried_last_wherever_it_stands():
    other = "  - id: other\n    name: 其他\n    starts_at: building\n    handled_by: staff\n"
    text = changed((other, ""), ("categories:\n", "categories:\n" + other))

    (warning,) = warnings_of(text)

    assert "is tried last, wherever it stands" in warning.message
    assert tree_of(text).categories[-1].category_id == "other"
    assert tree_of(text).categories[0].category_id == "elevator"


def test_two_hundred_categories_are_the_most():
    one = "{{id: c{}, name: 类, starts_at: building, handled_by: property}}"
    more = "".join(f"  - {one.format(number)}\n" for number in range(200))

    problem = the_problem(changed(("categories:\n", "categories:\n" + more)))

    assert (problem.path, problem.message) == ("categories", "205 categories are too many: at most 200.")
    assert "最多 200 个" in problem.message_zh


def test_a_kind_that_no_group_has_cannot_handle_anything():
    text = changed(("handled_by: property\n    keywords: [停水", "handled_by: propety\n    keywords: [停水"))

    problem = the_problem(text)

    assert (problem.line, problem.path) == (line_of(text, "handled_by: propety"), "categories[3].handled_by")
    assert (
        problem.message == 'No group has the kind "propety", so nobody can be asked. Did you mean "property"?'
    )
    assert problem.message_zh == "没有分类为“propety”的群，没有人能承办。是不是“property”？"


def test_residents_report_and_are_not_asked():
    problem = the_problem(changed(("handled_by: staff\n    clock", "handled_by: residents\n    clock")))

    assert problem.path == "categories[2].handled_by"
    assert "Residents report, they are not asked" in problem.message
    assert "不能作为承办方" in problem.message_zh


@pytest.mark.parametrize(
    ("kind", "meant"),
    [
        ("resident", "residents"),
        ("owner", "owners"),
        ("居民群", "residents"),
        ("物业", "property"),
        ("topics", "topic:…"),
    ],
)
def test_a_kind_that_is_nearly_a_known_one_is_a_slip(kind, meant):
    text = changed(("kind: residents, name: 1号楼", f"kind: {kind}, name: 1号楼"))

    problem = the_problem(text)

    assert (problem.line, problem.path) == (98, "tree[0].children[0].children[0].groups[0].kind")
    assert f'The kind "{kind}" is not known. Did you mean "{meant}"?' in problem.message
    assert f"是不是“{meant}”？" in problem.message_zh


@pytest.mark.parametrize("kind", ["lift-repair", "topic:养犬", "电梯维保", "party", "volunteers", "topic"])
def test_a_kind_may_be_any_word(kind):
    text = changed(("kind: residents, name: 1号楼", f"kind: {kind}, name: 1号楼"))

    assert tree_of(text).find_group("xingfuli-b1-residents").kind == kind


def test_a_kind_that_is_declared_or_used_is_no_slip():
    declared = changed(
        ("levels:\n", "kinds: [ownerz]\nlevels:\n"),
        ("kind: residents, name: 1号楼", "kind: ownerz, name: 1号楼"),
    )
    used = EXAMPLE.replace("property", "propertys").replace("xingfuli-propertys", "xingfuli-property")

    assert tree_of(declared).find_group("xingfuli-b1-residents").kind == "ownerz"
    assert tree_of(used).find_group("xingfuli-property").kind == "propertys"


@pytest.mark.parametrize("kind", ["two words", "topic：养犬", "k" * 21, "a:b:c", ":x"])
def test_a_kind_is_one_word(kind):
    problem = next(
        each
        for each in problems_of(changed(("kind: residents, name: 1号楼", f"kind: '{kind}', name: 1号楼")))
        if "is no kind" in each.message
    )

    assert problem.path == "tree[0].children[0].children[0].groups[0].kind"
    assert "不能作为分类" in problem.message_zh


REPLIES = ("advice: 请勿扒门", "replies: [已修好。, 配件到了马上更换。]\n    advice: 请勿扒门")


def test_canned_answers_are_kept_in_their_order():
    assert tree_of(changed(REPLIES)).get_category("elevator").replies == ("已修好。", "配件到了马上更换。")


def test_more_canned_answers_than_one_can_choose_from_are_a_problem():
    many = ", ".join(f"答复{n}" for n in range(21))

    problem = next(iter(problems_of(changed((REPLIES[0], f"replies: [{many}]\n    {REPLIES[0]}")))))

    assert problem.path == "categories[0].replies"
    assert "最多 20 条" in problem.message_zh


def test_everything_a_category_may_say_is_kept():
    category = tree_of(EXAMPLE).get_category("elevator")

    assert category.urgent_when == ("困人", "被困", "关在电梯", "坠落")
    assert category.advice.startswith("请勿扒门")
    assert tree_of(EXAMPLE).get_category("water").gather.within == parse_span("30m")
    assert tree_of(EXAMPLE).get_category("noise").clock == "normal"
