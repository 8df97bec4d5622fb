"""The admins edit the tree while tickets are open: they move, keep their promise and are never without an owner."""

from app.tree.office import Applied, Refused
from tests.stories.world import World

HOME, HEADS, PROPERTY, COMMUNITY = (
    "xingfuli-b1-residents",
    "xingfuli-b1-staff",
    "xingfuli-property",
    "xingfuli-staff",
)
B1 = """          - id: xingfuli-b1
            level: building
            name: 1号楼
            groups:
              - {id: xingfuli-b1-residents, kind: residents, name: 1号楼居民群, scene: b1, listen: keywords}
              - {id: xingfuli-b1-staff, kind: staff, name: 1号楼楼栋长群}
            staff:
              - {id: chenjie, name: 陈杰, role: 楼栋长, groups: [xingfuli-b1-staff]}
"""
HEADS_GROUP = "              - {id: xingfuli-b1-staff, kind: staff, name: 1号楼楼栋长群}\n"
HEAD = """            staff:
              - {id: chenjie, name: 陈杰, role: 楼栋长, groups: [xingfuli-b1-staff]}
"""
LIQIANG = "          - {id: liqiang, name: 李强, role: 物业经理, groups: [xingfuli-property]}\n"


def test_a_building_leaves_the_tree_and_its_ticket_goes_to_the_community(world: World):
    world.says(HOME, "u1", "楼上装修声太吵了", name="1-201")
    promise = world.ticket(1001).claim_due_at

    outcome = world.edits((B1, ""))

    assert isinstance(outcome, Applied)
    assert outcome.impact.tickets == (1001,)
    moved = world.ticket(1001)
    assert (moved.node, moved.group, moved.status) == ("xingfuli", COMMUNITY, "open")
    assert moved.claim_due_at == promise
    assert world.heard(COMMUNITY, "名单有调整，#1001", "幸福里社区1号楼", "请在今天 10:00 前认领")
    assert world.story(1001)[-1].reason == "hierarchy_changed"


def test_the_moved_ticket_climbs_when_its_old_promise_is_broken(world: World):
    world.says(HOME, "u1", "楼上装修声太吵了", name="1-201")
    world.edits((B1, ""))

    world.wait(hours=1, minutes=1)

    assert world.ticket(1001).node == "xinhua"


def test_a_group_leaves_and_the_next_one_is_asked(world: World):
    world.says(HOME, "u1", "楼上装修声太吵了", name="1-201")
    assert world.ticket(1001).group == HEADS

    world.edits((HEADS_GROUP, ""), (HEAD, ""))

    assert world.ticket(1001).group == COMMUNITY
    assert "王芳 已认领" in world.staff_says(COMMUNITY, "wangfang", "认领 1001")


def test_a_holder_leaves_and_the_ticket_is_free_again(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    world.staff_says(PROPERTY, "liqiang", "认领 1001")

    world.edits((LIQIANG, ""))

    assert (world.ticket(1001).holder, world.ticket(1001).status) == (None, "open")
    assert world.heard(PROPERTY, "#1001", "认领")
    assert "周军 已认领" in world.staff_says(PROPERTY, "zhoujun", "认领 1001")


def test_a_holder_who_leaves_during_a_pause_leaves_no_ticket_asleep(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    world.staff_says(PROPERTY, "liqiang", "认领 1001")
    world.staff_says(PROPERTY, "liqiang", "暂缓 1001 3天 等配件")

    world.edits((LIQIANG, ""))
    world.wait(days=3)

    assert world.ticket(1001).status == "open"
    assert world.ticket(1001).escalations >= 1


def test_a_category_that_leaves_does_not_strand_its_tickets(world: World):
    world.says(HOME, "u1", "楼上装修声太吵了", name="1-201")
    noise = world.tree[world.tree.index("  - id: noise") : world.tree.index("  - id: fire_lane")]

    outcome = world.edits((noise, ""))
    world.wait(hours=1, minutes=1)

    assert isinstance(outcome, Applied)
    assert world.ticket(1001).group == COMMUNITY
    assert world.heard(COMMUNITY, "上报来的工单 #1001")
    assert "王芳 已认领" in world.staff_says(COMMUNITY, "wangfang", "认领 1001")
    assert "处置中" in world.says(HOME, "u1", "进度 1001")


def test_shorter_limits_bind_new_tickets_and_not_the_old(world: World):
    world.says(HOME, "u1", "楼上装修声太吵了", name="1-201")

    world.edits(("building: {claim: 1wh, resolve: 1wd, remind: 15m}", "building: {claim: 30m, resolve: 1wd}"))
    world.says("xingfuli-b1-residents", "u2", "地下室有噪音", name="1-202")

    assert "今天 10:00 前认领" in world.shown(HEADS)[0]
    assert "今天 09:30 前认领" in world.shown(HEADS)[1]


def test_a_broken_file_is_refused_and_the_old_tree_goes_on(world: World):
    outcome = world.edits(("kind: staff, name: 街道工作群", "kind: staff name: 街道工作群"))

    assert isinstance(outcome, Refused)
    assert outcome.problems
    assert world.tree_now.version == 1
    assert "#1001" in world.says(HOME, "u1", "电梯坏了", name="1-201")


def test_half_a_file_is_never_taken_for_a_whole_one(world: World):
    outcome = world.saves(world.tree[: len(world.tree) // 2])

    assert isinstance(outcome, Refused)
    assert world.tree_now.find_group(HOME) is not None


def test_a_file_that_goes_away_changes_nothing_and_is_missed_once(world: World, caplog):
    world.file.unlink()

    assert world.run(world.house.tree_file.look()) is None
    assert world.run(world.house.tree_file.look()) is None
    assert [each.message for each in caplog.records if "file_missing" in each.message] == [
        f"hierarchy=file_missing path={world.file}"
    ]
    assert "#1001" in world.says(HOME, "u1", "电梯坏了", name="1-201")


def test_the_id_of_a_place_is_never_given_to_another(world: World):
    world.edits((B1, ""))

    outcome = world.edits(
        (
            "          - id: xingfuli-b2\n",
            B1.replace("name: 1号楼\n", "name: 9号楼\n") + "          - id: xingfuli-b2\n",
        )
    )

    assert isinstance(outcome, Refused)
    assert "xingfuli-b1" in outcome.problems[0].message
    assert "id: xingfuli-b1" in world.file.read_text("utf-8").splitlines()[outcome.problems[0].line - 1]
    assert world.tree_now.version == 2


def test_the_id_of_a_place_is_never_given_to_its_namesake_elsewhere(world: World):
    world.edits((B1, ""))
    elsewhere = (
        "      - id: anju\n        level: community\n        name: 安居社区\n        children:\n"
        "          - {id: xingfuli-b1, level: building, name: 1号楼}\n"
    )

    outcome = world.edits(("      - id: xingfuli\n", elsewhere + "      - id: xingfuli\n"))

    assert isinstance(outcome, Refused)
    assert "幸福里社区1号楼" in outcome.problems[0].message


def test_a_place_may_come_back_as_itself(world: World):
    world.edits((B1, ""))

    outcome = world.edits(("          - id: xingfuli-b2\n", B1 + "          - id: xingfuli-b2\n"))

    assert isinstance(outcome, Applied)


def test_a_new_group_is_heard_at_once(world: World):
    world.edits(("name: 2号楼居民群, scene: b2}", "name: 2号楼居民群, scene: b2, listen: keywords}"))

    assert "#1001" in world.says("xingfuli-b2-residents", "u2", "电梯坏了", name="2-101")


def test_what_waits_for_a_group_that_left_is_told_where_the_ticket_is_now(make_world):
    world = make_world()
    world.edits(("  supervise_every: 4h\n", '  supervise_every: 4h\n  quiet: ["08:00-12:30"]\n'))
    world.says(HOME, "u1", "楼上装修声太吵了", name="1-201")
    assert world.shown(HEADS) == []

    world.edits((HEADS_GROUP, ""), (HEAD, ""))
    world.wait(hours=4)

    assert world.heard(COMMUNITY, "#1001") or world.heard("xinhua-staff", "#1001")
