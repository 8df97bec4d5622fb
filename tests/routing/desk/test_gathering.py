"""The same report by several people becomes one incident of the level above, and every reporter keeps hearing."""

from routing.desk import claim, locate
from routing.events import Actor, EventKind
from routing.notice_kinds import Hearer, NoticeKind
from routing.tickets import Status
from tests.builders import a_reading, chat
from tests.world import World

WATER = a_reading("water")


def no_water(world: World, who: str, origin: str = "xingfuli-b1", **options):
    return world.opened("没水了", who=who, reading=options.pop("reading", WATER), origin=origin, **options)


def test_one_building_alone_is_no_incident_until_enough_people_say_so():
    world = World()
    opened = [no_water(world, f"u{count}") for count in range(1, 6)]

    assert [each.fresh for each in opened] == [True, True, True, True, False]
    lead = opened[-1].ticket
    assert (lead.number, lead.level, lead.reporters) == (1001, "community", 5)
    assert opened[-1].neighbours == 4
    assert [world.ticket(each).status for each in (1002, 1003, 1004)] == [Status.MERGED] * 3
    assert {each.person_id for each in world.store.reporters.list_of(1001)} == {1, 2, 3, 4, 5}


def test_two_buildings_are_enough():
    world = World()
    no_water(world, "u1")

    opened = no_water(world, "u2", "xingfuli-b2")

    assert (opened.ticket.number, opened.ticket.level, opened.ticket.reporters) == (1001, "community", 2)
    assert opened.why == "同一件事已有2位居民反映"
    (lifted,) = (each for each in world.store.history.list_of(1001) if each.kind is EventKind.ESCALATED)
    assert (lifted.by, lifted.reason) == (Actor.SYSTEM, "gather")  # nobody was late
    assert NoticeKind.CLIMBED in world.heard_by(Hearer.group("xingfuli-property"))


def test_a_late_incident_goes_to_the_street_and_the_communitys_own_people_hear_it():
    world = World()
    no_water(world, "u1")
    no_water(world, "u2", "xingfuli-b2")

    while world.ticket(1001).group == "xingfuli-property":
        world.wait(until=world.next_due())

    late = world.ticket(1001)
    assert (late.group, late.level, late.reporters) == ("xinhua-staff", "street", 2)
    assert NoticeKind.HANDED_UP in world.heard_by(Hearer.group("xingfuli-property"))
    assert NoticeKind.HANDED_UP in world.heard_by(Hearer.group("xingfuli-staff"))


def test_every_reporter_of_a_gathered_ticket_is_told_and_stays_a_reporter():
    world = World()
    for count in range(1, 6):
        no_water(world, f"u{count}", address=chat("xingfuli-b1-residents"))
    world.forget_notices()

    claim(world.desk(), 1001, world.staff("liqiang"))

    assert world.notices(NoticeKind.PROGRESS_CLAIMED)[0].hearer == Hearer.reporters()
    assert world.shown_in(chat("xingfuli-b1-residents")) == [NoticeKind.PROGRESS_CLAIMED]  # once for the chat


def test_an_incident_under_way_takes_in_those_who_come_later_without_climbing_again():
    world = World()
    no_water(world, "u1")
    no_water(world, "u2", "xingfuli-b2")
    claim(world.desk(), 1001, world.staff("liqiang"))
    world.wait(hours=1)

    opened = no_water(world, "u3")

    assert not opened.fresh
    assert (opened.ticket.holder, opened.ticket.reporters, opened.ticket.level) == (
        "liqiang",
        3,
        "community",
    )


def test_the_same_person_twice_is_no_incident_and_counts_once_in_one():
    world = World()
    no_water(world, "u1")

    assert no_water(world, "u1", "xingfuli-b2").fresh
    no_water(world, "u2", "xingfuli-b2")
    assert no_water(world, "u2").ticket.reporters == 2


def test_reports_too_far_apart_in_time_or_place_stand_alone():
    world = World()
    no_water(world, "u1")

    assert no_water(world, "u2", "hepingli-b1").fresh
    world.wait(minutes=31)
    assert no_water(world, "u3", "xingfuli-b2").fresh


def test_a_category_that_is_not_gathered_stands_alone():
    world = World()
    world.report()

    assert world.opened(who="u2", origin="xingfuli-b2").fresh


def test_a_report_from_nowhere_known_is_not_another_building():
    world = World()
    no_water(world, "u1")

    assert no_water(world, "u2", "xinhua").fresh
    assert world.ticket(1001).status is Status.OPEN


def test_a_communitys_own_group_is_not_another_building():
    world = World()
    no_water(world, "u1")

    assert no_water(world, "u2", "xingfuli").fresh


def test_it_is_gathered_once_the_place_is_told():
    world = World()
    no_water(world, "u1")
    second = no_water(world, "u2", "xinhua").ticket.number

    lead = locate(world.desk(), second, origin="xingfuli-b2", place="")

    assert (lead.number, lead.reporters, lead.level) == (1001, 2, "community")
    assert world.ticket(second).status is Status.MERGED


def test_what_has_climbed_already_does_not_climb_another_level():
    world = World()
    no_water(world, "u1")
    world.wait(hours=1)  # nobody claimed: the clock took it to the community
    assert world.ticket(1001).level == "community"
    world.now = world.ticket(1001).opened_at.replace(minute=20)

    lead = no_water(world, "u2", "xingfuli-b2").ticket

    assert (lead.number, lead.level) == (1001, "community")


def test_urgent_words_of_one_neighbour_hurry_the_whole_incident():
    world = World()
    no_water(world, "u1")
    no_water(world, "u2", "xingfuli-b2")

    lead = no_water(world, "u3", reading=a_reading("water", urgent=True)).ticket

    assert (lead.number, lead.urgent) == (1001, True)


def test_an_incident_of_the_whole_street_is_not_lifted_above_it():
    world = World()
    world.reach.deaf = {"xinhua-staff"}
    no_water(world, "u1", "xingfuli")
    for count in range(2, 5):
        no_water(world, f"u{count}", "xingfuli")

    lead = no_water(world, "u5", "xingfuli").ticket

    assert (lead.number, lead.level, lead.reporters) == (1001, "community", 5)


def test_an_incident_that_nobody_above_can_hear_stays_where_it_is():
    world = World()
    world.reach.deaf = {"xingfuli-staff", "xingfuli-property", "xinhua-staff"}
    no_water(world, "u1")

    lead = no_water(world, "u2", "xingfuli-b2").ticket

    assert (lead.reporters, lead.group) == (2, "xingfuli-b1-staff")
