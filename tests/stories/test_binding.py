"""Staff bind the account they write from, and from then on the work comes to them there."""

from datetime import timedelta

from tests.stories.world import World

HOME, HEAD = "xingfuli-b1-residents", "xingfuli-b1-staff"


def gives_code(world: World, staff_id: str, code: str) -> str:
    """As an admin does on the page of staff."""
    ends_at = world.now + timedelta(hours=24)
    world.look(
        lambda unit: unit.bindings.put_code(staff_id, code, ends_at=ends_at, by="zhaomin", now=world.now)
    )
    return code


def test_a_building_head_binds_a_phone_and_works_from_there(world: World):
    code = gives_code(world, "chenjie", "7K3M9QX2")

    assert "绑定成功，您是幸福里社区1号楼的楼栋长" in world.says_alone("phone", f"绑定 {code}")
    world.says(HOME, "u1", "楼上太吵，我家1-201", name="1-201")
    assert "陈杰 已认领 #1001" in world.says_alone("phone", "认领 1001")
    world.wait(hours=8, minutes=50)

    assert world.ticket(1001).holder == "chenjie"
    assert world.heard("private:phone", "提醒", "#1001")
    assert not world.private("chenjie")


def test_the_binding_outlives_a_restart_and_ends_with_a_word(world: World):
    world.says_alone("phone", f"绑定 {gives_code(world, 'chenjie', '7K3M9QX2')}")
    world.restart()
    assert "没有待办" in world.says_alone("phone", "待办")

    assert "已解绑" in world.says_alone("phone", "解绑")

    assert "工作人员" in world.says_alone("phone", "待办")
    assert world.tree_now.accounts_of("chenjie") == {}


def test_a_stranger_who_guesses_gets_nowhere(world: World):
    gives_code(world, "chenjie", "7K3M9QX2")

    answers = [world.says_alone("u9", f"绑定 2222AA{number}{number}") for number in range(2, 9)]

    assert ["不对" in each for each in answers] == [True] * 5 + [False] * 2
    assert "试的次数太多了" in answers[-1]
    assert "绑定成功" in world.says_alone("phone", "7k3m 9qx2")


def test_an_edit_of_the_file_keeps_what_staff_bound(world: World):
    world.says_alone("phone", f"绑定 {gives_code(world, 'chenjie', '7K3M9QX2')}")

    world.edits(("name: 幸福里社区", "name: 幸福里新村"))

    assert world.tree_now.find_staff_by_account("sandbox", "phone") == world.tree_now.staff["chenjie"]
