"""A pause stops the clock for real, has an end, and a long one needs a yes from above."""

from dataclasses import replace
from datetime import timedelta

import pytest

from routing.desk import add_words, approve_pause, claim, pause, refuse_pause, resume
from routing.desk.opening import Report
from routing.errors import BadValueError, NotAllowedError, UnknownTicketError, WrongMomentError
from routing.escalation import Step
from routing.notice_kinds import Hearer, NoticeKind
from routing.sweep import take_step
from routing.tickets import Status
from tests.builders import a_reading, alone
from tests.world import World

LONG = timedelta(days=20)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def number(world: World) -> int:
    """A ticket in the building head's hands, at 09:00."""
    number = world.report()
    claim(world.desk(), number, world.staff("chenjie"))
    return number


def test_what_was_left_at_the_pause_is_left_after_it(world: World, number: int):
    world.wait(hours=1)
    wednesday = world.now + timedelta(days=1)

    pause(world.desk(), number, world.staff("chenjie"), until_at=wednesday, reason="等住户回来")
    world.wait(until=wednesday)

    ticket = world.ticket(number)
    assert ticket.status is Status.CLAIMED
    assert ticket.resolve_due_at == wednesday.replace(hour=10)  # Wednesday 18:00, as far away as it was
    assert world.steps == [(wednesday, Step.RESUME, number)]
    assert world.heard_by(Hearer.staff("chenjie"))[-1] is NoticeKind.GOES_ON


def test_a_ring_that_comes_late_takes_nothing_from_what_was_left(world: World, number: int):
    world.wait(hours=1)
    wednesday = world.now + timedelta(days=1)
    pause(world.desk(), number, world.staff("chenjie"), until_at=wednesday, reason="等住户回来")

    world.now = wednesday + timedelta(seconds=1)
    take_step(world.desk(), number)

    assert world.ticket(number).resolve_due_at == wednesday.replace(hour=10)


def test_a_waiting_ticket_never_climbs(world: World, number: int):
    pause(
        world.desk(),
        number,
        world.staff("chenjie"),
        until_at=world.now + timedelta(days=6),
        reason="等配件",
    )

    world.wait(days=5)

    assert world.steps == []
    assert world.ticket(number).level == "building"


def test_group_and_reporters_hear_of_the_pause(world: World, number: int):
    world.forget_notices()

    pause(
        world.desk(), number, world.staff("chenjie"), until_at=world.now + timedelta(days=1), reason="等配件"
    )

    assert world.heard_by(Hearer.group("xingfuli-b1-staff")) == [NoticeKind.PAUSED]
    assert world.heard_by(Hearer.reporters()) == [NoticeKind.PROGRESS_PAUSED]


def test_the_holder_resumes_early_with_what_was_left(world: World, number: int):
    due_at = world.ticket(number).resolve_due_at
    pause(
        world.desk(), number, world.staff("chenjie"), until_at=world.now + timedelta(days=1), reason="等配件"
    )
    world.wait(hours=2)

    ticket = resume(world.desk(), number, world.staff("chenjie"))

    assert ticket.status is Status.CLAIMED
    # Two of its eight hours of the day were waited: one hour of them on the next morning, after lunch break.
    assert ticket.resolve_due_at > due_at


def test_a_long_pause_only_asks_the_level_above_while_the_clock_runs(world: World, number: int):
    due_at = world.ticket(number).resolve_due_at

    ticket = pause(world.desk(), number, world.staff("chenjie"), until_at=world.now + LONG, reason="等拨款")

    assert (ticket.status, ticket.resolve_due_at) == (Status.CLAIMED, due_at)
    assert world.heard_by(Hearer.group("xingfuli-staff")) == [NoticeKind.PAUSE_WANTED]


def test_many_short_pauses_are_one_long_one(world: World, number: int):
    over = world.hierarchy.manners.approve_over.as_elapsed()
    for _ in range(2):
        pause(world.desk(), number, world.staff("chenjie"), until_at=world.now + over / 2, reason="等配件")
        world.wait(until=world.now + over / 2 + timedelta(seconds=1))

    ticket = pause(
        world.desk(), number, world.staff("chenjie"), until_at=world.now + over / 2, reason="等配件"
    )

    assert (ticket.status, world.story(number)[-1]) == (Status.CLAIMED, "pause_asked")
    (wanted,) = world.notices(NoticeKind.PAUSE_WANTED)
    assert wanted.values["earlier"] == "2"


def test_what_the_level_above_agreed_to_is_not_held_against_the_holder(world: World, number: int):
    pause(world.desk(), number, world.staff("chenjie"), until_at=world.now + LONG, reason="等拨款")
    approve_pause(world.desk(), number, world.staff("wangfang"))
    world.wait(until=world.now + LONG / 2)
    resume(world.desk(), number, world.staff("chenjie"))

    ticket = pause(
        world.desk(), number, world.staff("chenjie"), until_at=world.now + timedelta(hours=3), reason="等配件"
    )

    assert ticket.status is Status.WAITING


def test_somebody_above_approves(world: World, number: int):
    until_at = world.now + LONG
    pause(world.desk(), number, world.staff("chenjie"), until_at=until_at, reason="等拨款")

    with pytest.raises(NotAllowedError, match="only_above"):
        approve_pause(world.desk(), number, world.staff("chenjie"))
    ticket = approve_pause(world.desk(), number, world.staff("wangfang"))

    assert (ticket.status, ticket.paused_until, ticket.pause_request) == (Status.WAITING, until_at, None)
    assert world.story(number)[-1] == "paused"


def test_somebody_above_refuses_and_the_holder_hears_why(world: World, number: int):
    pause(world.desk(), number, world.staff("chenjie"), until_at=world.now + LONG, reason="等拨款")

    ticket = refuse_pause(world.desk(), number, world.staff("wangfang"), reason="先用应急资金")

    assert (ticket.status, ticket.pause_request) == (Status.CLAIMED, None)
    assert world.heard_by(Hearer.staff("chenjie"))[-1] is NoticeKind.PAUSE_REFUSED


def test_who_is_above_already_need_not_ask(world: World, number: int):
    ticket = pause(world.desk(), number, world.staff("zhao"), until_at=world.now + LONG, reason="等拨款")

    assert ticket.status is Status.WAITING


def test_the_wish_skips_levels_where_nobody_can_hear(world: World, number: int):
    world.reach.deaf = {"xingfuli-staff"}

    pause(world.desk(), number, world.staff("chenjie"), until_at=world.now + LONG, reason="等拨款")

    assert world.heard_by(Hearer.group("xinhua-staff")) == [NoticeKind.PAUSE_WANTED]


def test_the_wish_goes_to_the_top_where_nobody_can_hear_at_all(world: World, number: int):
    world.reach.deaf = {"xingfuli-staff", "xinhua-staff"}

    pause(world.desk(), number, world.staff("chenjie"), until_at=world.now + LONG, reason="等拨款")

    assert world.heard_by(Hearer.group("xinhua-staff")) == [NoticeKind.PAUSE_WANTED]


def test_the_date_may_have_passed_before_the_yes(world: World, number: int):
    urgent = world.report(reading=a_reading("fire_lane"), who="u2")
    claim(world.desk(), urgent, world.staff("wangfang"))
    pause(world.desk(), number, world.staff("chenjie"), until_at=world.now + timedelta(days=8), reason="等")
    world.now += timedelta(days=9)

    with pytest.raises(WrongMomentError, match="pause_is_past"):
        approve_pause(world.desk(), number, world.staff("wangfang"))


def test_there_is_nothing_to_approve_without_a_wish(world: World, number: int):
    for verb in (approve_pause, lambda *args: refuse_pause(*args, reason="")):
        with pytest.raises(WrongMomentError, match="no_pause_asked"):
            verb(world.desk(), number, world.staff("wangfang"))
    with pytest.raises(UnknownTicketError):
        approve_pause(world.desk(), number, world.staff("sunli"))


@pytest.mark.parametrize(
    ("days", "reason", "key"),
    [(1, "", "reason_missing"), (0, "等", "until_is_past"), (367, "等", "until_is_far")],
)
def test_a_pause_without_sense_is_refused(world: World, number: int, days: int, reason: str, key: str):
    with pytest.raises(BadValueError, match=key):
        pause(
            world.desk(),
            number,
            world.staff("chenjie"),
            until_at=world.now + timedelta(days=days),
            reason=reason,
        )


def test_urgent_words_end_a_pause(world: World, number: int):
    pause(
        world.desk(), number, world.staff("chenjie"), until_at=world.now + timedelta(days=2), reason="等配件"
    )
    report = Report(
        world.person("u1"), "打起来了，有人受伤", a_reading(urgent=True), "xingfuli-b1", alone("u1")
    )

    ticket = add_words(world.desk(), world.ticket(number), report)

    assert (ticket.status, ticket.urgent) == (Status.CLAIMED, True)
    assert ticket.resolve_due_at == world.now + timedelta(hours=2)
    assert world.heard_by(Hearer.staff("chenjie"))[-1] is NoticeKind.HURRIED


def test_a_pause_without_a_beginning_leaves_the_limit_alone(world: World, number: int):
    """Such a ticket is never made; a store that was repaired by hand may hold one."""
    ticket = world.ticket(number)
    odd = replace(ticket, status=Status.WAITING, paused_until=world.now, version=ticket.version + 1)
    world.store.tickets.save(odd)

    assert resume(world.desk(), number, world.staff("chenjie")).resolve_due_at == ticket.resolve_due_at
