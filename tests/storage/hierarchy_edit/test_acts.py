"""What people do to the drawn tree changes the lines that it means and no other, in whatever style they are written."""

from difflib import ndiff

import pytest

from routing.hierarchy import Hierarchy
from storage.hierarchy_edit.acts import do_act
from storage.hierarchy_edit.refusals import ActRefusedError
from storage.hierarchy_file import read_hierarchy
from tests.storage.hierarchy_file.street import SHIPPED

HEAD = """# 文件开头的说明
version: 1
name: 新华街道   # 街道
levels:
  - {id: building, name: 楼栋}
  - {id: community, name: 社区}
  - {id: street, name: 街道}
calendars:
  always: {days: [mon, tue, wed, thu, fri, sat, sun], hours: ["00:00-24:00"]}
clocks:
  normal:
    calendar: always
    building: {claim: 1h, resolve: 1d, remind: 15m}   # 楼栋最急
    community: {claim: 2h, resolve: 2d}
    street: {claim: 3h, resolve: 3d}
  urgent: {calendar: always, building: {claim: 1h, resolve: 1d}, community: {claim: 1h, resolve: 1d}, street: {claim: 1h, resolve: 1d}}
categories:
  - {id: other, name: 其他, starts_at: building, handled_by: staff}
tree:
"""  # noqa: E501
BLOCK = f"""{HEAD}  - id: xinhua
    level: street
    name: 新华街道
    groups:
      # 街道的群
      - {{id: x-staff, kind: staff, name: 街道工作群}}
    staff:
      - {{id: zhao, name: 赵敏, groups: [x-staff]}}   # 专员
    children:
      - id: xingfuli
        level: community
        name: 幸福里社区
        children:
          # 一号楼要拆
          - id: b1
            level: building
            name: 1号楼    # 老楼
            groups: [{{id: b1-residents, kind: residents, name: 居民群}}]
          - repeat: "2-4"
            id: b{{n}}
            level: building
            name: "{{n}}号楼"
            groups:
              - {{id: "b{{n}}-residents", kind: residents, name: "{{n:02}}号楼居民群"}}
      - id: hepingli   # 和平里
        level: community
        name: 和平里社区
# 文件结尾
"""
FLOW = f"""{HEAD}  - {{id: xinhua, level: street, name: 新华街道,
     groups: [{{id: x-staff, kind: staff, name: 街道工作群}}],
     staff: [{{id: zhao, name: 赵敏, groups: [x-staff]}}], children: [
      {{id: xingfuli, level: community, name: 幸福里社区, children: [{{id: b1, level: building, name: 1号楼}}]}},
      {{id: hepingli, level: community, name: 和平里社区}}]}}
"""
DASHED = f"""{HEAD}- id: xinhua
  level: street
  name: 新华街道
  groups:
  - id: x-staff
    kind: staff
    name: 街道工作群
  staff:
  - id: zhao
    name: 赵敏
    groups:
    - x-staff
  children:
  - id: xingfuli
    level: community
    name: 幸福里社区
    children:
    - level: building
      id: b1
      name: 1号楼
  - id: hepingli
    level: community
    name: 和平里社区
"""
STYLES = {"block": BLOCK, "flow": FLOW, "dashed": DASHED}


def tree_of(text: str) -> Hierarchy:
    checked = read_hierarchy(text)
    assert checked.hierarchy is not None, checked.problems
    return checked.hierarchy


def done(text: str, verb: str, **values: str) -> str:
    return do_act(text, verb, values).text


def lines(old: str, new: str) -> tuple[list[str], list[str]]:
    """What went and what came, without indentation."""
    compared = list(ndiff(old.splitlines(), new.splitlines()))
    return (
        [each[2:].strip() for each in compared if each.startswith("- ")],
        [each[2:].strip() for each in compared if each.startswith("+ ")],
    )


@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES)
def test_every_action_works_in_every_style(text: str):
    text = done(text, "rename", node="b1", name="一号楼: 东")
    text = done(text, "add_node", node="hepingli", id="h1", name="1号楼")
    text = done(text, "add_group", node="h1", id="h1-g", name="居民群", kind="residents", telegram="-100")
    text = done(text, "add_staff", node="hepingli", id="sun", name="孙丽", **{"in.x-staff": "1"})
    text = done(text, "move", node="b1", to="和平里社区")
    text = done(text, "rename_group", node="h1", group="h1-g", name="邻里群")
    group = {"name": "邻里群", "kind": "owners", "telegram": "", "scene": "h1", "listen": "all"}
    text = done(text, "change_group", node="h1", group="h1-g", **group)
    text = done(text, "move_group", node="h1", group="h1-g", to="b1")
    text = done(
        text, "change_staff", node="xinhua", staff="zhao", name="赵小敏", role="专员", **{"in.x-staff": "1"}
    )
    tree = tree_of(text)

    assert tree.get_node("b1").name == "一号楼: 东"
    assert tree.get_node("hepingli").children == ("h1", "b1")
    assert tree.get_node("xingfuli").children in {(), ("b2", "b3", "b4")}
    assert (tree.groups["h1-g"].name, tree.groups["h1-g"].node_id) == ("邻里群", "b1")
    assert (dict(tree.groups["h1-g"].chats), tree.groups["h1-g"].kind) == ({}, "owners")
    assert (tree.groups["h1-g"].scene, tree.groups["h1-g"].listen) == ("h1", "all")
    assert (tree.staff["zhao"].name, tree.staff["zhao"].role, tree.staff["sun"].groups) == (
        "赵小敏",
        "专员",
        ("x-staff",),
    )
    text = done(text, "remove_staff", node="hepingli", staff="sun")
    text = done(text, "remove_group", node="b1", group="h1-g")
    text = done(text, "remove", node="h1")
    assert tree_of(text).nodes.keys() == tree.nodes.keys() - {"h1"}
    assert "sun" not in tree_of(text).staff


def test_a_rename_changes_one_line_and_keeps_its_comment():
    new = done(BLOCK, "rename", node="b1", name="东楼")

    assert lines(BLOCK, new) == (["name: 1号楼    # 老楼"], ["name: 东楼    # 老楼"])


def test_a_node_moves_with_its_comments_and_its_groups():
    new = done(BLOCK, "move", node="b1", to="hepingli")

    assert new.index("# 和平里") < new.index("# 一号楼要拆") < new.index("name: 1号楼    # 老楼")
    assert tree_of(new).groups["b1-residents"].node_id == "b1"
    assert new.count("# 一号楼要拆") == 1
    assert new.endswith("# 文件结尾\n")


def test_the_last_of_a_list_takes_its_key_along():
    new = done(done(BLOCK, "move", node="b1", to="hepingli"), "remove_group", node="b1", group="b1-residents")
    gone = done(new, "remove", node="b1")

    assert "groups: []" not in new
    assert gone.count("children:") == BLOCK.count("children:")
    assert tree_of(gone).get_node("hepingli").children == ()


def test_one_of_a_series_goes_out_of_its_numbers():
    new = done(BLOCK, "remove", node="b3")

    assert lines(BLOCK, new) == (['- repeat: "2-4"'], ['- repeat: "2,4"'])


def test_one_of_a_series_is_singled_out_with_its_numbers_filled():
    new = done(BLOCK, "single_out", node="b3")

    gone, came = lines(BLOCK, new)
    assert gone == ['- repeat: "2-4"']
    assert came == [
        '- repeat: "2,4"',
        "- id: b3",
        "level: building",
        'name: "3号楼"',
        "groups:",
        '- {id: "b3-residents", kind: residents, name: "03号楼居民群"}',
    ]
    assert tree_of(new).groups.keys() == tree_of(BLOCK).groups.keys()
    assert tree_of(done(new, "rename", node="b3", name="三号")).get_node("b3").name == "三号"


def test_the_last_number_of_a_series_becomes_an_entry_where_it_stood():
    alone = BLOCK.replace('"2-4"', '"2"')

    new = done(alone, "single_out", node="b2")

    assert "repeat" not in new
    assert tree_of(new).nodes == tree_of(alone).nodes


def test_a_node_of_a_series_is_not_edited_alone():
    for verb, values in (("rename", {"name": "x"}), ("add_group", {"id": "g", "name": "g", "kind": "staff"})):
        with pytest.raises(ActRefusedError) as refused:
            do_act(BLOCK, verb, {"node": "b3", **values})
        assert refused.value.key == "family"


def test_what_stands_below_a_series_names_how_many_it_would_change():
    nested = HEAD + (
        "  - id: xinhua\n    level: street\n    name: 街道\n"
        "    groups: [{id: x-staff, kind: staff, name: 群}]\n"
        "    staff: [{id: zhao, name: 赵敏, groups: [x-staff]}]\n    children:\n"
        '      - {repeat: "1-5", id: "c{n}", level: community, name: "{n}社区",\n'
        '         children: [{id: "c{n}-b", level: building, name: 楼}]}\n'
    )

    with pytest.raises(ActRefusedError) as refused:
        do_act(nested, "rename", {"node": "c3-b", "name": "x"})

    assert (refused.value.key, refused.value.values["n"]) == ("in_family", 5)
    new = done(nested, "single_out", node="c3")
    assert tree_of(done(new, "rename", node="c3-b", name="新名")).get_node("c3-b").name == "新名"


def test_limits_change_alone_and_an_optional_one_goes():
    new = done(
        BLOCK,
        "set_limits",
        **{"normal/building/claim": "30m", "normal/building/remind": "", "urgent/street/resolve": "2d"},
    )

    gone, came = lines(BLOCK, new)
    assert "building: {claim: 30m, resolve: 1d}   # 楼栋最急" in came
    assert len(gone) == len(came) == 2
    assert str(tree_of(new).clocks["urgent"].limits["street"].resolve) == "2d"


def test_an_example_is_added_before_the_file_closes():
    closed = "---\n" + BLOCK.replace("# 文件结尾\n", "...\n")

    new = done(closed, "add_example", say="电梯: 坏了", category="other", **{"in": "b1-residents"})
    twice = done(new, "add_example", say="门坏了", category="other", **{"in": "b1-residents"})

    assert [each.text for each in tree_of(twice).expectations] == ["电梯: 坏了", "门坏了"]
    assert twice.endswith("...\n")


@pytest.mark.parametrize(
    ("verb", "values", "key", "field"),
    [
        ("rename", {"node": "b1", "name": "  "}, "name", "name"),
        ("rename", {"node": "nowhere", "name": "x"}, "unknown", ""),
        ("add_node", {"node": "b1", "id": "x", "name": "x"}, "lowest", ""),
        ("add_node", {"node": "xingfuli", "id": "b2", "name": "x"}, "id_taken", "id"),
        ("add_node", {"node": "xingfuli", "id": "x-staff", "name": "x"}, "id_taken", "id"),
        ("add_node", {"node": "xingfuli", "id": "a b", "name": "x"}, "id", "id"),
        ("move", {"node": "b1", "to": "xinhua"}, "wrong_level", "to"),
        ("move", {"node": "b1", "to": "没有"}, "unknown_node", "to"),
        ("move", {"node": "xinhua", "to": "xingfuli"}, "root", ""),
        ("remove", {"node": "xinhua"}, "root", ""),
        ("add_staff", {"node": "b1", "id": "li", "name": "李"}, "no_group", "groups"),
        ("remove_group", {"node": "b1", "group": "nothing"}, "unknown", ""),
        ("remove_group", {"node": "xinhua", "group": "x-staff"}, "result", ""),
        ("set_limits", {"normal/building/claim": "soon"}, "span", "normal/building/claim"),
        ("fly", {"node": "b1"}, "unknown", ""),
    ],
)
def test_what_cannot_be_done_says_why_and_where(verb: str, values: dict[str, str], key: str, field: str):
    with pytest.raises(ActRefusedError) as refused:
        do_act(BLOCK, verb, values)

    assert (refused.value.key, refused.value.field) == (key, field)


def test_the_shipped_file_keeps_every_comment_through_a_day_of_edits():
    text = done(SHIPPED, "add_node", node="xingfuli", id="xingfuli-b37", name="37号楼")
    text = done(text, "single_out", node="xingfuli-b7")
    text = done(text, "add_staff", node="xingfuli-b7", id="wu", name="吴明", **{"in.xingfuli-staff": "1"})
    text = done(text, "remove", node="xingfuli-b1")

    def comments(of: str) -> list[str]:
        return [each.strip() for each in of.splitlines() if each.strip().startswith("#")]

    assert comments(text) == comments(SHIPPED)
    assert len(tree_of(text).nodes) == len(tree_of(SHIPPED).nodes)


def test_who_writes_no_id_gets_one_that_goes_on_from_the_neighbours():
    text = BLOCK
    for name in ("五号楼", "六号楼"):
        text = done(text, "add_node", node="xingfuli", id="", name=name)
    text = done(text, "add_node", node="hepingli", name="1号楼")
    for _ in range(2):
        text = done(text, "add_group", node="hepingli-1", name="居民群", kind="residents")
    text = done(text, "add_staff", node="hepingli", name="孙丽", **{"in.x-staff": "1"})
    tree = tree_of(text)

    assert [tree.nodes[each].name for each in ("b5", "b6")] == ["五号楼", "六号楼"]
    assert [each.group_id for each in tree.nodes["hepingli-1"].groups] == [
        "hepingli-1-residents",
        "hepingli-1-residents-2",
    ]
    assert tree.staff["hepingli-person"].name == "孙丽"
