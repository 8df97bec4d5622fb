"""What an edit means before it is made: what changes, where tickets go, who sees them, and whom deadlines reach."""

import re
from dataclasses import replace

import pytest

from admin_web.hierarchy_plan import Change, EditPlan, Fate, FieldChange, Hours, Sight, Thing
from admin_web.plan_lines import list_sections, render_text
from admin_web.words import CATALOGUES, Language
from app.tree.plan import Stock, keep_allowed, make_plan
from app.tree.sight import Viewer
from routing.hierarchy import Hierarchy
from routing.tickets import Status
from storage.hierarchy_file import read_hierarchy
from storage.queries.edits import PlacePair
from tests.builders import a_ticket
from tests.stories.world import STREET

TEXT = STREET.read_text("utf-8")


def tree_of(text: str) -> Hierarchy:
    checked = read_hierarchy(text)
    assert checked.hierarchy is not None, checked.problems
    return checked.hierarchy


OLD = tree_of(TEXT)
BUILDING_ONE = TEXT[TEXT.index("          - id: xingfuli-b1") : TEXT.index("          - id: xingfuli-b2")]
NOISE = TEXT[TEXT.index("  - id: noise") : TEXT.index("  - id: fire_lane")]
WITHOUT_ONE = TEXT.replace(BUILDING_ONE, "")


def edited(*pairs: tuple[str, str], text: str = TEXT) -> Hierarchy:
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return tree_of(text)


def plan_of(new: Hierarchy, *tickets, pairs=(), viewers=(), heirs=None) -> EditPlan:
    stock = Stock(tickets, pairs, viewers)
    return make_plan(OLD, new, stock, can_hear=lambda *_: True, heirs=heirs or {})


def test_the_same_tree_means_nothing():
    assert plan_of(OLD, a_ticket(OLD)) == EditPlan()


def test_a_node_that_keeps_its_id_is_renamed_or_moved_and_not_another_one():
    renamed = plan_of(edited(("            name: 2号楼\n", "            name: 二号楼\n")))
    moved_block = TEXT[TEXT.index("          - id: xingfuli-b2") : TEXT.index("      - id: hepingli")]
    moved = plan_of(tree_of(TEXT.replace(moved_block, "").replace("...\n", f"{moved_block}...\n")))

    assert renamed.changes == (
        Change(
            Thing.NODE,
            Fate.RENAMED,
            "xingfuli-b2",
            "二号楼",
            "新华街道幸福里社区",
            (FieldChange("name", "2号楼", "二号楼"),),
        ),
    )
    assert [(each.fate, each.thing_id) for each in moved.changes] == [(Fate.MOVED, "xingfuli-b2")]
    assert moved.changes[0].fields == (FieldChange("under", "新华街道幸福里社区", "新华街道和平里社区"),)


def test_what_comes_and_goes_is_told_by_name_and_place():
    plan = plan_of(tree_of(WITHOUT_ONE))

    assert [(each.thing, each.fate, each.name, each.where) for each in plan.changes] == [
        (Thing.NODE, Fate.REMOVED, "1号楼", "新华街道幸福里社区"),
        (Thing.GROUP, Fate.REMOVED, "1号楼居民群", "幸福里社区1号楼"),
        (Thing.GROUP, Fate.REMOVED, "1号楼楼栋长群", "幸福里社区1号楼"),
        (Thing.STAFF, Fate.REMOVED, "陈杰", "幸福里社区1号楼"),
    ]


def test_a_limit_is_told_by_its_level():
    limits = TEXT.splitlines()
    at = next(i for i, each in enumerate(limits) if each.strip().startswith("building: {claim"))
    plan = plan_of(edited((limits[at], limits[at].replace("claim: ", "claim: 9"))))

    (change,) = plan.changes
    assert (change.thing, change.fate, change.name) == (Thing.LIMIT, Fate.CHANGED, "normal · 楼栋")
    assert [each.name for each in change.fields] == ["claim"]


def test_tickets_of_a_place_that_goes_have_an_heir_the_nearest_above_by_default():
    held = a_ticket(OLD, status=Status.CLAIMED, holder="chenjie")

    plan = plan_of(tree_of(WITHOUT_ONE), held)

    (heir,) = plan.heirs
    assert (heir.node_id, heir.heir_id, heir.tickets) == ("xingfuli-b1", "xingfuli", (held.number,))
    assert ("xingfuli-b2", "幸福里社区2号楼") in heir.choices
    assert plan.lose_holder == (held.number,)
    assert [(each.number, each.node_id, each.group_id) for each in plan.moves] == [
        (held.number, "xingfuli", "xingfuli-staff")
    ]


def test_a_named_heir_is_taken_and_one_of_another_branch_is_not():
    new = tree_of(WITHOUT_ONE)
    ticket = a_ticket(OLD)

    assert plan_of(new, ticket, heirs={"xingfuli-b1": "xinhua"}).heirs[0].heir_id == "xinhua"
    assert plan_of(new, ticket, heirs={"xingfuli-b1": "hepingli-b5"}).heirs[0].heir_id == "xingfuli"
    assert keep_allowed(OLD, new, {"xingfuli-b1": "xinhua", "xingfuli-b2": "xinhua", "x": "y"}) == {
        "xingfuli-b1": "xinhua"
    }


def test_a_ticket_that_comes_to_another_level_has_another_limit():
    plan = plan_of(tree_of(WITHOUT_ONE), a_ticket(OLD))

    (limit,) = plan.new_limits
    assert limit.old != limit.new


def test_a_group_that_loses_its_last_person_leaves_its_tickets_to_nobody():
    ticket = a_ticket(OLD)
    person = next(each for each in TEXT.splitlines() if "id: chenjie" in each)
    nobody = edited((f"            staff:\n{person}\n", ""))

    lost = plan_of(nobody, ticket)
    gained = make_plan(nobody, OLD, Stock([ticket]), can_hear=lambda *_: True)

    assert (lost.lose_handler, lost.gain_handler) == ((ticket.number,), ())
    assert (gained.lose_handler, gained.gain_handler) == ((), (ticket.number,))


def test_ended_tickets_are_nobodys_worry_but_still_seen():
    closed = a_ticket(OLD, status=Status.CLOSED)

    plan = plan_of(
        tree_of(WITHOUT_ONE),
        closed,
        pairs=[PlacePair("xingfuli-b1", "xingfuli-b1", 40)],
        viewers=[Viewer("楼栋账号", "xingfuli-b1"), Viewer("社区账号", "xingfuli"), Viewer("总管", "")],
    )

    assert plan.heirs == plan.moves == ()
    assert Sight("楼栋账号", True, 0, 40) in plan.sights
    assert Sight("社区账号", True, 0, 40) in plan.sights
    assert Sight("陈杰", False, 0, 40) in plan.sights
    assert not any(each.name == "总管" for each in plan.sights)


def test_who_moves_sees_what_is_there():
    line = next(each for each in TEXT.splitlines() if "id: sunli" in each)
    moved = edited(
        (f"        staff:\n{line}\n", ""),
        (
            "      - {id: zhao, name: 赵敏, role: 街道专员, groups: [xinhua-staff]}\n",
            "      - {id: zhao, name: 赵敏, role: 街道专员, groups: [xinhua-staff]}\n"
            "      - {id: sunli, name: 孙丽, role: 专员, groups: [xinhua-staff]}\n",
        ),
    )
    pairs = [PlacePair("xingfuli", "xingfuli-b1", 5), PlacePair("hepingli", "hepingli-b5", 3)]

    plan = plan_of(moved, pairs=pairs)

    assert plan.sights == (Sight("孙丽", False, 5, 0),)


@pytest.mark.parametrize("hours", list(Hours))
def test_a_limit_that_stops_at_night_and_on_days_off_is_told_with_whom_it_reaches(
    hours: Hours,
):
    text = TEXT.replace("urgent:\n    calendar: always", "urgent:\n    calendar: office")
    text = (
        "\n".join(
            each.replace("claim: 10m", "claim: 1wh") if each.startswith("    building: {claim: 10m") else each
            for each in text.splitlines()
        )
        + "\n"
    )
    urgent = [each for each in OLD.categories if each.clock == "urgent"]
    assert urgent

    plan = plan_of(tree_of(text))

    assert {(each.category, each.levels) for each in plan.silences if each.hours is hours} == {
        (each.name, ("楼栋",)) for each in urgent
    }


def test_longer_quiet_hours_reach_nobody_in_them():
    base = replace(OLD, manners=replace(OLD.manners, quiet=(22 * 60, 6 * 60)))
    longer = replace(OLD, manners=replace(OLD.manners, quiet=(21 * 60, 7 * 60)))

    plan = make_plan(base, longer, Stock(), can_hear=lambda *_: True)
    back = make_plan(longer, base, Stock(), can_hear=lambda *_: True)

    assert [(each.category, each.hours) for each in plan.silences] == [("", Hours.NIGHT)]
    assert back.silences == ()


def test_a_level_at_which_nobody_is_asked_any_more_is_named():
    line = next(each for each in TEXT.splitlines() if "id: xingfuli-b1-staff" in each)
    person = next(each for each in TEXT.splitlines() if "id: chenjie" in each)

    plan = plan_of(edited((f"{line}\n            staff:\n{person}\n", "")))

    assert {(each.level, each.count, each.sample) for each in plan.unasked} == {("楼栋", 1, ("1号楼",))}


def test_of_places_where_nobody_is_asked_those_are_named_that_the_edit_makes():
    one_more = (
        "          - id: xingfuli-b2\n",
        "          - {id: xingfuli-b9, level: building, name: 9号楼}\n          - id: xingfuli-b2\n",
    )

    plan = plan_of(edited(one_more))

    assert {(each.count, each.sample) for each in plan.unasked} == {(1, ("9号楼",))}
    [section] = [each for each in list_sections(plan, CATALOGUES[Language.ZH]) if each.key == "unasked"]
    assert len(plan.unasked) > 1
    assert len(section.lines) == 1
    assert section.lines[0].startswith("9号楼（楼栋）没有人可问，直接上报：")


def test_what_an_edit_changes_is_told_by_names_and_words_not_by_ids_and_keys():
    office, block = "office: {days: [mon, tue, wed", NOISE
    new = edited(
        (
            "role: 网格员, groups: [xingfuli-staff]}",
            'role: 网格员, groups: [xingfuli-staff, xinhua-staff], telegram: "21"}',
        ),
        (office, office.replace("wed", "wed, sat")),
        ("  supervise_every: 4h\n", "  supervise_every: 4h\n  ask_below: 40\n"),
        (block, ""),
        ("categories:\n", f"categories:\n{block.replace('starts_at: building', 'starts_at: community')}"),
        ("...\n", "expect:\n  - {say: 太吵, in: xingfuli-b1-residents, category: noise}\n...\n"),
    )

    said = render_text(plan_of(new), CATALOGUES[Language.ZH])

    for line in (
        "所在群 幸福里网格工作群 → 幸福里网格工作群、街道工作群；telegram 账号 无 → 21",
        "工作日 周一、周二、周三、周四、周五 → 周一、周二、周三、周四、周五、周六",
        "改动其他设置：机器人的习惯 — 把握低于百分之几就问 60 → 40",
        "起办层级 楼栋 → 社区",
        "改动其他设置：诉求分类 — 先后 电梯、噪音扰民 → 噪音扰民、电梯",
        "其他设置：例句 — “太吵” (1号楼居民群) 无 → 噪音扰民",
    ):
        assert line in said
    assert not re.search("normal|manners|xingfuli-staff", said)
