"""Little is kept, less is shown: chatter is not stored, groups see no person, an erasure leaves nothing."""

from contextlib import closing

import pytest

from app.running.duties import forget_dialogs
from routing.messages import Address
from tests.stories.stored import bytes_on_disk, everything_in
from tests.stories.world import World

HOME, HEADS, PROPERTY = "xingfuli-b1-residents", "xingfuli-b1-staff", "xingfuli-property"
GROUPS = (HOME, HEADS, PROPERTY, "xingfuli-staff", "xinhua-staff")


def test_what_neighbours_say_among_themselves_is_kept_nowhere(world: World):
    world.says(HOME, "u1", "今晚紫薯饺子谁要拼单", name="紫薯妈妈")
    world.says(HOME, "u2", "我要两份紫薯的", name="1-202")
    world.says(HOME, "u3", "电梯坏了", name="1-301")

    stored = everything_in(world.url)

    assert "电梯坏了" in stored
    assert "紫薯" not in stored
    assert "1-202" not in stored


def test_words_for_the_bot_that_come_to_nothing_are_forgotten(world: World):
    world.says_alone("u1", "紫薯饺子好吃吗")
    world.wait(minutes=16)
    assert world.run(forget_dialogs(world.house)) == 1

    kept = world.look(lambda unit: unit.dialogs.find(_alone("u1"), "u1", now=world.now))

    assert kept is None


def test_no_group_is_shown_flat_name_or_telephone(world: World):
    world.says_alone(
        "u1", "我家住1-1-2018，张三丰，电话13812345678，楼上装修声太吵了", name="张三丰 1-1-2018"
    )
    world.wait(days=1)
    world.staff_says("xinhua-staff", "zhao", "详情 1001")
    world.staff_says("xinhua-staff", "zhao", "认领 1001")
    world.staff_says("xinhua-staff", "zhao", "办结 1001 已劝导")

    for group in GROUPS:
        for secret in ("2018", "13812345678"):
            assert not world.heard(group, secret), group
    assert any("138****5678" in each for each in world.shown(HEADS))
    assert any("2018" in each for each in world.private("zhao"))


def test_only_those_who_handle_it_may_look(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")

    unknown = "没有找到工单 #1001，请看看号码对不对。"
    assert world.staff_says_alone("sunli", "详情 1001") == unknown
    assert world.says_alone("u2", "进度 1001", name="1-202") == unknown
    assert world.says_alone("u2", "撤回 1001", name="1-202") == unknown
    assert (
        world.says_alone("u2", "认领 1001", name="1-202") == "这个指令是给工作人员用的。有事直接告诉我就行。"
    )


def test_an_erasure_leaves_no_personal_word_and_the_ticket_goes_on(world: World):
    world.says_alone("u1", "楼上装修声太吵了，我是青霞，电话13912349876", name="青霞 1-1-7706")
    world.wait(hours=2)
    world.says_alone("u1", "补充 1001 青霞家的猫都吓病了")
    world.staff_says("xingfuli-staff", "wangfang", "认领 1001")
    assert "青霞" in everything_in(world.url)

    assert "已删除您的个人资料和留言" in world.says_alone("u1", "删除我的数据")

    stored = everything_in(world.url)
    for word in ("青霞", "13912349876", "7706", "吓病", "装修声太吵"):
        assert word not in stored, word
    assert world.ticket(1001).status == "claimed"
    assert "已办结" in world.staff_says("xingfuli-staff", "wangfang", "办结 1001 已劝导")
    assert world.house.store.verify_audit().problems == ()


def test_after_an_erasure_the_files_themselves_hold_nothing(sqlite_story_url: str, tmp_path):
    with closing(World(sqlite_story_url, tmp_path)) as world:
        world.says_alone("u1", "楼上装修声太吵了，我是青霞", name="青霞 1-1-7706")
        world.wait(hours=2)
        world.staff_says("xingfuli-staff", "wangfang", "认领 1001")
        assert "青霞".encode() in bytes_on_disk(world.url)

        world.says_alone("u1", "删除我的数据")
        assert world.house.store.empty_log()

        assert "青霞".encode() not in bytes_on_disk(world.url)


def test_what_staff_were_told_about_an_erased_person_goes_too(world: World):
    world.says_alone("u1", "楼上装修声太吵了，\n我是青霞", name="青霞 1-1-7706")
    world.wait(hours=2)
    world.staff_says_alone("wangfang", "详情 1001")
    world.staff_says("xingfuli-staff", "wangfang", "详情 1001")

    world.says_alone("u1", "删除我的数据")

    stored = everything_in(world.url)
    assert "青霞" not in stored
    assert "1-7706" not in stored  # four digits alone stand in a random salt now and then


def test_a_neighbour_s_words_survive_another_s_erasure(world: World):
    world.says(HOME, "u1", "我家停水了，青霞", name="1-201")
    world.says("xingfuli-b2-residents", "v1", "@里仁 2号楼停水了", name="2-101")

    world.says_alone("u1", "删除我的数据")

    stored = everything_in(world.url)
    assert "青霞" not in stored
    assert "2号楼停水了" in stored
    world.staff_says(PROPERTY, "liqiang", "认领 1001")
    assert world.heard("xingfuli-b2-residents", "#1001", "已有人办理")


def test_staff_are_not_sent_to_ring_somebody_who_was_erased(world: World):
    world.says_alone("u1", "电梯坏了", name="1-101")
    world.says_alone("u1", "删除我的数据")
    world.staff_says_alone("liqiang", "认领 1001")

    assert world.staff_says_alone("liqiang", "询问 1001 几点在家？") == "#1001 的居民已删除资料，问不到了。"
    answer = world.staff_says_alone("liqiang", "办结 1001 修好了")

    assert answer == "#1001 已办结。报这件事的居民已删除资料，不用再联系。"


def test_nobody_is_written_to_after_their_erasure(world: World):
    world.says_alone("u1", "电梯坏了", name="1-201")
    world.says_alone("u1", "删除我的数据")
    before = len(world.private("u1"))

    world.staff_says(PROPERTY, "liqiang", "认领 1001")
    world.staff_says(PROPERTY, "liqiang", "办结 1001 已修好")

    assert len(world.private("u1")) == before


@pytest.mark.parametrize("text", ["删除我的数据", "erase"])
def test_a_stranger_has_nothing_to_erase(world: World, text: str):
    assert world.says_alone("u7", text) == "这里没有保存您的资料。"


def _alone(user: str):
    return Address("sandbox", "sandbox", f"private:{user}")
