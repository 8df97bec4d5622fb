"""The house goes down in the middle of a story and another opens on the same database: nothing is lost."""

from tests.stories.world import World

HOME, PROPERTY, COMMUNITY = "xingfuli-b1-residents", "xingfuli-property", "xingfuli-staff"


def test_a_story_goes_on_after_a_restart_at_every_step(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    world.restart()
    world.staff_says(PROPERTY, "liqiang", "认领 1001")
    world.restart()
    assert "处理结果" in world.staff_says(PROPERTY, "liqiang", "办结 1001")
    world.restart()
    world.staff_says(PROPERTY, "liqiang", "换了门机板")
    world.restart()
    world.says(HOME, "u1", "评价 1001 满意")
    world.restart()

    assert world.happened(1001) == ["opened", "claimed", "resolved", "rated", "closed"]
    assert world.house.store.verify_audit().problems == ()


def test_what_fell_due_while_the_house_was_down_is_done_when_it_opens(world: World):
    world.says(HOME, "u1", "楼上装修声太吵了", name="1-201")

    world.away(hours=1, minutes=30)
    world.settle()

    assert world.ticket(1001).group == COMMUNITY
    assert world.heard(COMMUNITY, "上报来的工单 #1001")


def test_a_week_of_silence_climbs_one_level_at_a_time_each_with_its_full_limit(world: World):
    world.says(HOME, "u1", "楼上装修声太吵了", name="1-201")

    world.away(days=7)
    world.settle()

    assert world.ticket(1001).group == COMMUNITY
    assert world.ticket(1001).claim_due_at > world.now


def test_the_same_message_after_a_restart_is_still_the_same(world: World):
    first = world.says(HOME, "u1", "电梯坏了", name="1-201", key="m1")
    world.restart()

    assert world.says(HOME, "u1", "电梯坏了", name="1-201", key="m1") == first

    assert world.look(lambda unit: unit.tickets.find(1002)) is None


def test_time_that_was_pushed_stays_pushed(world: World):
    world.wait(days=2)
    before = world.now

    world.restart()

    assert world.now == before


def test_the_tree_in_force_is_the_stored_one_when_the_file_is_gone(world: World):
    world.edits(("name: 新华街道\ntimezone", "name: 新新华街道\ntimezone"))
    world.file.unlink()

    world.restart()

    assert world.tree_now.name == "新新华街道"
    assert world.tree_now.version == 2
