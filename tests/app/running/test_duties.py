"""The periodic duties on a real store: what is forgotten, and what is not forgotten too early."""

from app.running.duties import forget_dialogs, forget_keys
from tests.stories.world import World

HOME = "xingfuli-b1-residents"


def test_a_repeat_after_days_is_still_known_and_after_weeks_forgotten(world: World):
    first = world.says(HOME, "u1", "电梯坏了", name="1-201", key="m1")
    world.away(days=3)
    assert world.run(forget_keys(world.house)) == 0
    assert world.says(HOME, "u1", "电梯坏了", name="1-201", key="m1") == first

    world.away(days=12)

    assert world.run(forget_keys(world.house)) > 0


def test_a_question_that_is_still_awaited_is_kept(world: World):
    world.says_alone("u9", "电梯坏了")

    assert world.run(forget_dialogs(world.house)) == 0
    assert "记下了" in world.says_alone("u9", "和平里5号楼")
