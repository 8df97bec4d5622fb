"""What the index finds is a hint: the store decides whether a report is joined to an open matter or only offered."""

from dataclasses import replace

from routing.desk import claim, locate, part, resolve, withdraw
from routing.desk.same_matter import Told, find_same
from routing.hierarchy import SameMatter
from routing.notice_kinds import Hearer, NoticeKind
from routing.tickets import Status
from tests.builders import a_hierarchy, a_reading
from tests.world import World

LIFT = a_reading("elevator")
SURE, LIKELY = 0.9, 0.3


def a_lift(world: World, who: str, origin: str = "xingfuli-b1", **options):
    return world.opened("电梯坏了", who=who, reading=options.pop("reading", LIFT), origin=origin, **options)


def told_by_two(world: World):
    a_lift(world, "u1")
    world.incidents.finds((1001, SURE))
    return a_lift(world, "u2")


def test_a_sure_one_is_part_of_the_open_ticket_from_the_start():
    world = World()

    opened = told_by_two(world)

    assert (opened.ticket.number, opened.ticket.reporters, opened.fresh) == (1001, 2, False)
    assert (opened.own, opened.is_same, opened.neighbours) == (1002, True, 1)
    own = world.ticket(1002)
    assert (own.status, own.merged_into, own.next_due_at) == (Status.MERGED, 1001, None)
    assert [each.reason for each in world.store.history.list_of(1002)] == ["rule starts_at", "same_matter"]
    assert [each.person_id for each in world.store.reporters.list_of(1001)] == [1, 2]


def test_nobody_is_asked_anew_and_whoever_has_it_hears_the_words():
    world = World()

    told_by_two(world)

    assert world.notices(number=1002) == []
    (joined,) = world.notices(NoticeKind.JOINED)
    assert (joined.values["words"], joined.values["from"], joined.values["reason"]) == (
        "电梯坏了",
        "1002",
        "same_matter",
    )
    assert world.story(1002) == ["opened", "merged"]


def test_the_index_is_told_of_both_and_that_they_are_one():
    world = World()

    told_by_two(world)

    assert (world.incidents.noted, world.incidents.joined) == ([1001, 1002], [(1002, 1001)])


def test_urgent_words_of_a_neighbour_hurry_it():
    world = World()
    a_lift(world, "u1")
    world.incidents.finds((1001, SURE))

    opened = a_lift(world, "u2", reading=a_reading("elevator", urgent=True))

    assert opened.ticket.urgent


def test_a_likely_one_is_put_before_staff_with_the_reason():
    world = World()
    a_lift(world, "u1")
    world.incidents.finds((1001, LIKELY))

    opened = a_lift(world, "u2")

    assert opened.fresh
    asked = world.notices(NoticeKind.ASKED, number=1002)[0]
    assert (asked.values["likely"], asked.values["likely_why"]) == ("1001", "同一处")


def test_the_next_building_is_offered_however_sure_the_words_are():
    world = World()
    a_lift(world, "u1")
    world.incidents.finds((1001, SURE))

    opened = a_lift(world, "u2", "xingfuli-b2")

    assert opened.fresh
    assert world.notices(NoticeKind.ASKED, number=1002)[0].values["likely"] == "1001"


def test_who_could_not_merge_a_likely_one_does_not_learn_that_it_exists():
    """The property manager has no part in what is asked of the building's own staff."""
    world = World()
    world.opened("楼上在敲", who="u1")
    world.incidents.finds((1001, LIKELY))

    a_lift(world, "u2")
    world.opened("楼道里有人敲墙", who="u3")

    asked = [world.notices(NoticeKind.ASKED, number=each)[0].values for each in (1002, 1003)]
    assert ["likely" in each for each in asked] == [False, True]


def test_another_community_or_another_unit_is_never_the_same():
    world = World()
    a_lift(world, "u1", spot="1单元5楼")
    world.incidents.finds((1001, SURE))

    far, unit = a_lift(world, "u2", "hepingli-b1"), a_lift(world, "u3", spot="2单元")

    assert (far.fresh, unit.fresh) == (True, True)
    asked = world.notices(NoticeKind.ASKED)[1:]
    assert all("likely" not in each.values for each in asked)


def test_the_same_unit_is_the_same():
    world = World()
    a_lift(world, "u1", spot="1单元5楼")
    world.incidents.finds((1001, SURE))

    assert not a_lift(world, "u2", spot="1单元").fresh


def test_a_matter_of_the_whole_estate_takes_in_its_buildings():
    world = World()
    a_lift(world, "u1", "xingfuli")
    world.incidents.finds((1001, SURE))

    assert not a_lift(world, "u2", "xingfuli-b1").fresh


def test_who_has_reported_it_already_is_offered_and_not_counted_twice():
    world = World()
    a_lift(world, "u1")
    world.incidents.finds((1001, SURE))

    opened = a_lift(world, "u1")

    assert opened.fresh
    assert world.notices(NoticeKind.ASKED, number=1002)[0].values["likely"] == "1001"


def test_what_is_done_or_was_never_stored_is_found_no_more():
    world = World()
    a_lift(world, "u1")
    claim(world.desk(), 1001, world.staff("liqiang"))
    resolve(world.desk(), 1001, world.staff("liqiang"), result="修好了")
    world.incidents.finds((999, SURE), (1001, SURE))

    assert a_lift(world, "u2").fresh
    assert world.incidents.forgotten == [999]


def test_one_that_was_merged_is_followed_to_the_one_that_goes_on():
    world = World()
    told_by_two(world)
    world.incidents.finds((1002, SURE))

    assert a_lift(world, "u3").ticket.number == 1001


def test_one_that_has_just_ended_is_neither_joined_nor_offered():
    world = World()
    a_lift(world, "u1")
    world.incidents.finds((1001, SURE))
    withdraw(world.desk(), 1001, world.resident("u1"))

    assert find_same(world.desk(), Told("电梯坏了", "elevator", "xingfuli-b1", 2)) is None


def test_one_that_was_told_of_no_known_place_is_not_offered():
    world = World()
    a_lift(world, "u1")
    world.incidents.paths[1001] = ()
    world.incidents.finds((1001, SURE))

    assert find_same(world.desk(), Told("电梯坏了", "elevator", "xingfuli-b1", 2)) is None


def test_the_likeliest_is_offered_and_no_more_are_looked_at():
    world = World()
    a_lift(world, "u1")
    a_lift(world, "u2")
    world.incidents.finds((1001, LIKELY), (1002, LIKELY), (999, LIKELY))

    a_lift(world, "u3")

    assert world.notices(NoticeKind.ASKED, number=1003)[0].values["likely"] == "1001"
    assert world.incidents.forgotten == []


def test_a_place_that_nobody_knows_and_one_that_left_the_file_are_compared_with_nothing():
    world = World()
    a_lift(world, "u1")
    world.incidents.finds((1001, SURE))

    assert find_same(world.desk(), Told("电梯坏了", "elevator", "xinhua", 2)) is None
    assert find_same(world.desk(), Told("电梯坏了", "elevator", "gone", 2)) is None


def test_a_matter_from_nowhere_is_offered_and_takes_nobody_in():
    world = World()
    a_lift(world, "u1", "xinhua")
    world.incidents.finds((1001, SURE))

    assert a_lift(world, "u2").fresh
    assert world.incidents.noted == [1002]


def test_the_file_may_offer_only_or_say_nothing():
    offers, silent = World(), World()
    offers.hierarchy = a_hierarchy(same_matter=SameMatter.OFFER)
    silent.hierarchy = a_hierarchy(same_matter=SameMatter.OFF)
    for world in (offers, silent):
        a_lift(world, "u1")
        world.incidents.finds((1001, SURE))
        assert a_lift(world, "u2").fresh

    assert "likely" in offers.notices(NoticeKind.ASKED, number=1002)[0].values
    assert "likely" not in silent.notices(NoticeKind.ASKED, number=1002)[0].values


def test_a_desk_without_an_index_opens_and_locates_as_before():
    world = World()
    world.incidents = None

    a_lift(world, "u1")
    world.report("没水", who="u2", reading=a_reading("water"), origin="xinhua")
    locate(world.desk(), 1002, origin="xingfuli-b1", place="")
    world.report("没水", who="u3", reading=a_reading("water"), origin="xingfuli-b2")

    assert world.ticket(1001).status is Status.OPEN
    assert world.ticket(1002).reporters == 2


def test_one_whose_place_is_told_later_is_joined_then():
    world = World()
    a_lift(world, "u1")
    a_lift(world, "u2", "xinhua")
    world.incidents.finds((1002, SURE), (1001, SURE))

    ticket = locate(world.desk(), 1002, origin="xingfuli-b1", place="")

    assert (ticket.number, ticket.reporters) == (1001, 2)
    assert world.ticket(1002).merged_into == 1001


def test_one_whose_place_is_told_later_stands_alone_where_it_is_only_likely():
    world = World()
    a_lift(world, "u1")
    a_lift(world, "u2", "xinhua")
    world.incidents.finds((1001, LIKELY))

    assert locate(world.desk(), 1002, origin="xingfuli-b1", place="").number == 1002


def test_parted_again_the_group_is_asked_and_both_sides_are_told():
    world = World()
    told_by_two(world)
    claim(world.desk(), 1001, world.staff("liqiang"))
    world.forget_notices()

    ticket = part(world.desk(), 1002, world.staff("liqiang"))

    assert (ticket.status, world.ticket(1001).reporters) == (Status.OPEN, 1)
    assert world.heard_by(Hearer.staff("liqiang"), number=1001) == [NoticeKind.PARTED_OFF]
    assert {each.kind for each in world.notices(number=1002)} == {
        NoticeKind.ASKED,
        NoticeKind.PROGRESS_PARTED,
    }


def test_a_person_who_leaves_is_told_to_nobody():
    world = World()
    told_by_two(world)

    withdraw(world.desk(), 1001, world.resident("u2"))

    assert world.notices(NoticeKind.PARTED_OFF) == []


def test_the_story_keeps_how_the_report_was_read_and_why():
    world = World()
    a_lift(world, "u1", reading=replace(LIFT, certainty=0.83, why=("管理员关键词“电梯”",)))

    opened = world.store.history.list_of(1001)[0]

    assert (opened.values["read_as"], opened.values["certainty"], opened.values["read_why"]) == (
        "elevator",
        "0.83",
        "管理员关键词“电梯”",
    )
