"""What the clock does by itself: remind, climb, supervise, resume, close; never early, never twice."""

from datetime import timedelta

from routing.desk import claim, resolve
from routing.escalation import Step
from routing.notice_kinds import Hearer, NoticeKind
from routing.sweep import list_due, take_step
from routing.tickets import Status
from tests.builders import a_hierarchy, a_reading
from tests.world import World

MINUTE = timedelta(minutes=1)


def test_the_group_is_reminded_before_the_limit_and_the_holder_once_there_is_one():
    world = World()
    number = world.report()
    world.wait(minutes=45)
    assert world.heard_by(Hearer.group("xingfuli-b1-staff"))[-1] is NoticeKind.REMINDER

    claim(world.desk(), number, world.staff("chenjie"))
    world.wait(until=world.now.replace(hour=9, minute=45))

    assert world.heard_by(Hearer.staff("chenjie"))[-1] is NoticeKind.REMINDER


def test_silent_first_tier_hands_up_at_the_limit_and_not_a_minute_before():
    world = World()
    number = world.report()

    world.wait(minutes=59)
    assert world.ticket(number).level == "building"
    world.wait(minutes=1)

    ticket = world.ticket(number)
    assert (ticket.level, ticket.group, ticket.escalations) == ("community", "xingfuli-staff", 1)
    assert ticket.dispatched_at == world.now
    assert world.heard_by(Hearer.group("xingfuli-staff")) == [NoticeKind.CLIMBED]
    assert world.heard_by(Hearer.group("xingfuli-b1-staff"))[-1] is NoticeKind.HANDED_UP
    assert world.heard_by(Hearer.reporters()) == [NoticeKind.PROGRESS_CLIMBED]


def test_claimed_but_not_resolved_in_time_climbs_too():
    world = World()
    number = world.report()
    claim(world.desk(), number, world.staff("chenjie"))

    world.wait(hours=9)

    event = world.store.history.list_of(number)[-1]
    assert (event.kind, event.by, event.reason) == ("escalated", "clock", "resolve_due")
    assert (event.values["from_holder"], event.values["from_level"]) == ("chenjie", "building")
    assert world.ticket(number).holder is None


def test_a_level_where_nobody_can_hear_is_skipped_and_the_notice_says_so():
    world = World()
    world.reach.deaf = {"xingfuli-staff"}
    number = world.report()

    world.wait(hours=1)

    assert world.ticket(number).level == "street"
    assert world.notices(NoticeKind.CLIMBED)[0].values["skipped"] == "幸福里社区"


def test_a_property_group_that_serves_two_levels_is_not_asked_twice():
    world = World()
    number = world.report("电梯坏了", reading=a_reading("elevator"))

    world.wait(hours=1)

    assert (world.ticket(number).group, world.ticket(number).level) == ("xingfuli-staff", "community")


def test_at_the_top_a_breach_becomes_supervision_and_is_repeated():
    world = World()
    number = world.report(origin="xinhua")

    world.wait(hours=9)
    world.wait(hours=8)

    steps = [step for _, step, _ in world.steps]
    assert steps == [Step.REMIND, Step.BREACH, Step.SUPERVISE, Step.SUPERVISE]
    assert world.story(number).count("supervised") == 3
    assert world.ticket(number).level == "street"


def test_supervision_names_the_limit_that_was_missed_and_reaches_the_holder_and_the_duty_staff():
    world = World(hierarchy=a_hierarchy())
    world.reach.deaf = {"xinhua-staff"}
    number = world.report()  # with the street deaf, the community is the top that can hear
    world.wait(hours=1)
    claim(world.desk(), number, world.staff("wangfang"))
    due_at = world.ticket(number).resolve_due_at

    world.wait(until=due_at)

    told = world.notices(NoticeKind.SUPERVISION)
    assert [str(each.hearer) for each in told] == [
        "group:xingfuli-staff",
        "group:xinhua-staff",
        "staff:wangfang",
    ]
    assert told[0].values["late_since"] == due_at.isoformat()
    assert told[0].values["reason"] == "resolve_due"


def test_a_claim_ends_the_supervision_until_the_next_limit():
    world = World()
    number = world.report(origin="xinhua")
    world.wait(hours=10)
    assert world.ticket(number).supervised_at is not None

    ticket = claim(world.desk(), number, world.staff("zhao"))

    assert ticket.supervised_at is None
    assert ticket.next_due_at > world.now + timedelta(days=1)


def test_urgent_tickets_climb_day_and_night():
    world = World()
    world.now = world.now.replace(hour=18)  # two in the morning
    number = world.report("有人被困", reading=a_reading("elevator", urgent=True))

    world.wait(minutes=20)

    assert world.ticket(number).level == "street"
    assert [(at - world.now).total_seconds() / 60 for at, step, _ in world.steps if step is Step.BREACH] == [
        -10,
        0,
    ]


def test_after_a_long_silence_of_the_machine_only_one_level_is_taken_at_a_time():
    world = World()
    number = world.report()
    world.now += timedelta(days=3)

    assert take_step(world.desk(), number) is Step.BREACH

    ticket = world.ticket(number)
    assert (ticket.level, ticket.dispatched_at) == ("community", world.now)
    assert take_step(world.desk(), number) is None


def test_a_step_is_taken_once_and_only_when_due():
    world = World()
    number = world.report()

    assert take_step(world.desk(), number) is None
    assert take_step(world.desk(), 9999) is None
    world.now += timedelta(minutes=45)
    assert list(list_due(world.store, world.now)) == [number]
    assert take_step(world.desk(), number) is Step.REMIND
    assert take_step(world.desk(), number) is None
    assert list(list_due(world.store, world.now)) == []


def test_an_ended_ticket_is_never_due_again():
    world = World()
    number = world.report()
    claim(world.desk(), number, world.staff("chenjie"))
    resolve(world.desk(), number, world.staff("chenjie"), result="好了")

    world.wait(days=400)

    assert world.ticket(number).status is Status.CLOSED
    assert world.steps[-1][1] is Step.CLOSE
    assert len(world.steps) == 1
