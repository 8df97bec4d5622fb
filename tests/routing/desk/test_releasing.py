"""Giving a ticket back: it is free for others, who have time to claim it, and no time is won or lost."""

from datetime import timedelta

import pytest

from routing.desk import claim, pause, release, transfer
from routing.errors import NotAllowedError
from routing.notice_kinds import Hearer, NoticeKind
from routing.tickets import Status
from tests.builders import a_reading
from tests.world import World

ELEVATOR = a_reading("elevator")


def test_a_released_ticket_is_free_and_the_group_hears_it():
    world = World()
    number = world.report()
    claim(world.desk(), number, world.staff("chenjie"))

    ticket = release(world.desk(), number, world.staff("chenjie"), reason="出差了")

    assert (ticket.status, ticket.holder) == (Status.OPEN, None)
    assert NoticeKind.FREE_AGAIN in world.heard_by(Hearer.group("xingfuli-b1-staff"))


def test_only_the_holder_or_somebody_above_may_release():
    world = World()
    number = world.report("电梯坏了", reading=ELEVATOR)
    claim(world.desk(), number, world.staff("liqiang"))

    with pytest.raises(NotAllowedError) as refused:
        release(world.desk(), number, world.staff("zhoujun"))

    assert refused.value.values["holder"] == "李强"
    assert release(world.desk(), number, world.staff("wangfang")).holder is None


def test_time_that_was_waited_is_not_lost_when_the_ticket_changes_hands():
    world = World()
    number = world.report("电梯坏了", reading=ELEVATOR)
    claim(world.desk(), number, world.staff("liqiang"))
    until = world.now.replace(day=26)
    pause(world.desk(), number, world.staff("liqiang"), until_at=until, reason="等配件")
    world.wait(until=until)
    extended = world.ticket(number).resolve_due_at

    given = transfer(world.desk(), number, world.staff("liqiang"), whom="周军")

    assert given.resolve_due_at == extended
    release(world.desk(), number, world.staff("zhoujun"))
    assert claim(world.desk(), number, world.staff("liqiang")).resolve_due_at == extended


@pytest.mark.parametrize(("after", "left"), [(50, 60), (110, 60), (500, 40)])
def test_who_may_claim_again_has_the_time_for_it_but_not_past_the_limit_to_resolve(after: int, left: int):
    """Given back long after the limit to claim was kept, it does not climb the next moment."""
    world = World()
    number = world.report()
    resolve_by = claim(world.desk(), number, world.staff("chenjie")).resolve_due_at
    world.wait(until=resolve_by - timedelta(minutes=540 - after))
    at = world.now

    ticket = release(world.desk(), number, world.staff("chenjie"))

    assert ticket.claim_due_at == at + timedelta(minutes=left)
    world.wait(until=ticket.claim_due_at - timedelta(seconds=1))
    assert "escalated" not in world.story(number)
    world.wait(seconds=1)
    assert world.story(number)[-1] == "escalated"
