"""Whether somebody answers at every place, and at the top."""

import pytest

from storage.hierarchy_file import read_hierarchy
from tests.storage.hierarchy_file.street import EXAMPLE, changed, line_of, problems_of, the_problem, tree_of


def _between(start: str, end: str) -> str:
    return EXAMPLE[EXAMPLE.index(start) : EXAMPLE.index(end)]


STREET_STAFF = _between("    groups:\n      - {id: xinhua-staff", "    children:\n      - id: xingfuli\n")
HEAD_OF_B1 = _between("            staff:\n              - {id: chenjie", "          # One entry")
NOBODY_AT_THE_COMMUNITY = ("groups: [xingfuli-staff]", "groups: [xingfuli-property]")


def test_the_top_must_have_staff_so_that_escalation_is_heard():
    problem = the_problem(changed((STREET_STAFF, "")))

    assert (problem.line, problem.path) == (line_of(EXAMPLE, "- id: xinhua\n"), "tree[0].groups")
    assert 'At the top, "新华街道" (xinhua), there is no staff group with anybody in it' in problem.message
    assert "最高一级“新华街道”没有带人员的 staff 群" in problem.message_zh


def test_a_staff_group_at_the_top_with_nobody_in_it_is_not_enough():
    text = changed(('groups: [xinhua-staff], telegram: "3001"', 'groups: [xingfuli-staff], telegram: "3001"'))

    assert "there is no staff group with anybody in it" in the_problem(text).message


def test_a_member_from_below_is_enough_at_the_top():
    group_only = STREET_STAFF[: STREET_STAFF.index("    staff:")]

    text = changed((STREET_STAFF, group_only), ("[xingfuli-staff]", "[xingfuli-staff, xinhua-staff]"))

    assert [each.staff_id for each in tree_of(text).list_members("xinhua-staff")] == ["wangfang"]


def test_a_category_that_nobody_can_answer_from_some_places_names_them():
    found = {
        each.path: each
        for each in problems_of(changed((STREET_STAFF, ""), NOBODY_AT_THE_COMMUNITY, (HEAD_OF_B1, "")))
    }

    assert found.keys() == {f"categories[{at}].handled_by" for at in (1, 2, 4)} | {"tree[0].groups"}
    noise = found["categories[1].handled_by"]
    assert noise.line == line_of(EXAMPLE, "name: 噪音扰民") + 2
    assert 'Nobody can answer "noise" from 1号楼 (xingfuli-b1), 2号楼 (xingfuli-b2), 3号楼' in noise.message
    assert "and 33 more, at no level up to the top" in noise.message
    assert "都没有人能承办“噪音扰民”（noise）" in noise.message_zh


def test_places_that_somebody_can_answer_are_not_named():
    found = problems_of(changed((STREET_STAFF, ""), NOBODY_AT_THE_COMMUNITY))

    noise = next(each for each in found if '"noise"' in each.message)
    assert "from 2号楼 (xingfuli-b2)" in noise.message
    assert "1号楼 (xingfuli-b1)" not in noise.message
    assert "and 32 more" in noise.message


def test_places_that_a_ticket_skips_are_one_warning_for_the_categories_alike():
    (warning,) = read_hierarchy(EXAMPLE).warnings

    assert (warning.line, warning.path) == (52, "categories[1].handled_by")
    assert "35 of 36 nodes of the level building have nobody for noise, other (2号楼" in warning.message
    assert "“楼栋”一级有 35/36 个节点没有人承办噪音扰民、其他" in warning.message_zh


def test_who_answers_is_also_checked_in_a_file_with_other_problems():
    text = changed((STREET_STAFF, ""), ("timezone:", "timezon:"), ("id: xingfuli-b1\n", "id: xingfuli\n"))

    messages = [each.message for each in problems_of(text)]

    assert len(messages) == 3
    assert any("At the top" in each for each in messages)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("id: xingfuli-b{n}\n", "id: xingfuli-b{m}\n"), "other (2号楼, 3号楼"),
        (('name: "{n}号楼"\n', 'name: "{m}号楼"\n'), "other (xingfuli-b2, xingfuli-b3"),
    ],
)
def test_what_stands_in_for_a_missing_id_or_name_is_not_shown(change: tuple[str, str], told: str):
    checked = read_hierarchy(changed(change))

    assert [each.message[:5] for each in checked.problems] == ['"{m}"']
    assert told in checked.warnings[0].message
    assert "?" not in checked.warnings[0].message + checked.warnings[0].message_zh
