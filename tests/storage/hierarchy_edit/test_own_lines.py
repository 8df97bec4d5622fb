"""Whose lines are whose in the file, for somebody who answers for one place."""

import pytest

from storage.hierarchy_edit.own_lines import list_others_lines
from tests.storage.hierarchy_file.street import SHIPPED, changed
from tests.stories.world import STREET

EXAMPLES = (
    "expect:\n"
    "  # ours\n"
    "  - {say: 太吵了, in: xingfuli-b1-residents, category: noise}\n"
    "  # theirs\n"
    "  - {say: 太吵了, in: hepingli-b5-residents, category: noise}\n"
    "...\n"
)
TEXT = STREET.read_text("utf-8").replace("...\n", EXAMPLES)


def shown_of(text: str, node_id: str) -> str:
    hidden = list_others_lines(text, node_id, ())
    assert hidden is not None
    lines = text.split("\n")
    gone = {at for start, end in hidden for at in range(start, end)}
    return "\n".join(each for at, each in enumerate(lines) if at not in gone)


def test_others_groups_people_and_examples_are_others_lines():
    shown = shown_of(TEXT, "xingfuli")

    assert shown.startswith(TEXT[: TEXT.index("    groups:\n      - {id: xinhua-staff")])
    assert TEXT[TEXT.index("      - id: xingfuli\n") : TEXT.index("      - id: hepingli\n")] in shown
    assert "太吵了, in: xingfuli-b1-residents" in shown
    assert "# ours" in shown
    for foreign in ("hepingli", "xinhua-staff", "赵敏", "theirs"):
        assert foreign not in shown


def test_the_way_down_says_which_places_it_leads_through():
    shown = shown_of(TEXT, "xingfuli-b2")

    tree = shown[shown.index("tree:") : shown.index("expect:")]
    assert [each.strip() for each in tree.splitlines()][1:9] == [
        "- id: xinhua",
        "level: street",
        "name: 新华街道",
        "children:",
        "- id: xingfuli",
        "level: community",
        "name: 幸福里社区",
        "children:",
    ]
    assert "xingfuli-b2-residents" in tree
    assert "xingfuli-b1" not in tree
    assert "wangfang" not in tree


def test_a_place_of_a_series_has_no_lines_of_its_own():
    shown = shown_of(SHIPPED, "xingfuli-b7")

    assert "repeat:" not in shown[shown.index("tree:") :]
    assert "name: 幸福里社区" in shown


@pytest.mark.parametrize(
    "text",
    [
        "tree: [",
        TEXT.replace("      - id: xingfuli\n", "      - id: elsewhere\n"),
        'tree: [{id: a, level: b, name: c, groups: [{id: secret}], children: [{"id": xingfuli}]}]\n',
        changed(("    children:\n      - id: xingfuli\n", "    children: [{id: xingfuli}]\n#"), text=TEXT),
    ],
    ids=["no YAML", "not there", "one line", "a list in a line"],
)
def test_where_lines_do_not_tell_nothing_is_said(text: str):
    assert list_others_lines(text, "xingfuli", ()) is None
