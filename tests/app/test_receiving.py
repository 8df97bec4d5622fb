"""The inbox on a real store: one message that comes several times at once is one message, whatever becomes of it."""

import asyncio
from dataclasses import replace

import pytest

from bot.channels.sandbox.inbound import Spoken, parse_message
from routing.messages import Inbound
from tests.stories.world import World

HOME = "xingfuli-b1-residents"


def a_message(world: World, text: str, *, sender: str = "u1", key: str = "m1", group: str = HOME) -> Inbound:
    spoken = Spoken(group=group, sender=sender, name="1-201", text=text, mention=True)
    return parse_message(spoken, key=key, now=world.now, picture=None, replies_to_bot=False)


async def all_at_once(world: World, *inbounds: Inbound):
    return await asyncio.gather(*(world.house.receive(each) for each in inbounds))


def test_a_report_that_comes_three_times_at_once_is_one_ticket(world: World):
    report = a_message(world, "电梯坏了")

    answers = world.run(all_at_once(world, report, report, report))

    assert {each.ticket_number for each in answers} == {1001}
    assert sorted(each.is_repeat for each in answers) == [False, True, True]
    assert world.look(lambda unit: unit.tickets.find(1002)) is None


@pytest.mark.parametrize("rounds", [20])
def test_a_refusal_that_is_asked_for_three_times_at_once_is_said_three_times(world: World, rounds: int):
    for each in range(rounds):
        claim = a_message(world, "认领 9999", sender="liqiang", key=f"m{each}", group="xingfuli-property")

        answers = world.run(all_at_once(world, claim, claim, claim))

        assert {each.messages[0].text for each in answers} == {"没有找到工单 #9999，请看看号码对不对。"}


def test_two_houses_that_get_one_message_make_one_ticket(postgres_story_url: str, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = World(postgres_story_url, tmp_path / "a"), World(postgres_story_url, tmp_path / "b")
    try:
        for each in range(10):
            report = replace(a_message(first, "电梯坏了", sender=f"u{each}"), key=f"k{each}")
            refused = a_message(
                first, "认领 9999", sender="liqiang", key=f"r{each}", group="xingfuli-property"
            )

            async def both(report: Inbound = report, refused: Inbound = refused):
                houses = (first.house, second.house)
                return await asyncio.gather(*(h.receive(m) for m in (report, refused) for h in houses))

            answers = first.run(both())
            assert answers[0].ticket_number == answers[1].ticket_number
            assert answers[2].messages == answers[3].messages
        numbers = first.look(lambda unit: [n for n in range(1001, 1060) if unit.tickets.find(n)])
        assert len(numbers) == 10
    finally:
        first.run(second.house.close())
        first.close()


def test_fifty_who_claim_at_once_have_one_winner(world: World):
    world.says(HOME, "u1", "电梯坏了", name="1-201")
    claims = [
        a_message(world, "认领 1001", sender=who, key=f"c{each}", group="xingfuli-property")
        for each, who in enumerate(["liqiang", "zhoujun"] * 25)
    ]

    answers = world.run(all_at_once(world, *claims))

    assert sum("已认领 #1001" in each.messages[0].text for each in answers) == 1
    assert world.happened(1001) == ["opened", "claimed"]
