"""A report becomes a ticket with a number, an owner and a limit, or joins one that is there."""

from routing.desk import add_words, claim, find_to_join, merge, open_ticket, resolve, withdraw
from routing.desk.opening import Report
from routing.hierarchy import URGENT_CLOCK
from routing.notice_kinds import Hearer, NoticeKind
from routing.reading import Reading
from routing.tickets import Status, Ticket
from tests.builders import a_reading, alone
from tests.world import World


def said(world: World, number: int, text: str, reading: Reading) -> Ticket:
    report = Report(world.person("u1"), text, reading, "xingfuli-b1", alone("u1"))
    return add_words(world.desk(), world.ticket(number), report)


def test_a_report_opens_a_ticket_with_number_owner_and_limit():
    world = World()

    opened = world.opened("楼上太吵")

    ticket = opened.ticket
    assert opened.fresh
    assert (ticket.number, ticket.version, ticket.status) == (1001, 1, Status.OPEN)
    assert (ticket.node, ticket.level, ticket.group) == ("xingfuli-b1", "building", "xingfuli-b1-staff")
    assert ticket.next_due_at == ticket.claim_due_at.replace(minute=45, hour=1)  # the reminder comes first
    assert world.heard_by(Hearer.group("xingfuli-b1-staff")) == [NoticeKind.ASKED]


def test_the_story_begins_with_the_rule_that_placed_it():
    world = World()
    number = world.report()

    (event,) = world.store.history.list_of(number)

    assert (event.kind, event.by, event.reason) == ("opened", "resident", "rule starts_at")
    assert event.values["why"] == "“噪音扰民”由楼栋先办，交1号楼楼栋长群"


def test_the_words_are_kept_once_with_their_author():
    world = World()
    number = world.report("楼上太吵")

    (message,) = world.store.messages.list_of(number)

    assert (message.author, message.text) == ("person:1", "楼上太吵")


def test_a_building_without_people_is_skipped_and_the_notice_says_so():
    world = World()

    ticket = world.opened(origin="xingfuli-b2").ticket

    assert (ticket.level, ticket.group) == ("community", "xingfuli-staff")
    assert world.notices(NoticeKind.ASKED)[0].values["skipped"] == "2号楼"


def test_urgent_words_choose_the_urgent_clock_which_runs_at_night():
    world = World()
    world.now = world.now.replace(hour=19)  # three in the morning

    ticket = world.opened("有人被困在电梯", reading=a_reading("elevator", urgent=True)).ticket

    assert (ticket.urgent, ticket.plan.clock_id) == (True, URGENT_CLOCK)
    assert (ticket.claim_due_at - world.now).total_seconds() == 600
    assert world.notices(NoticeKind.ASKED)[0].urgent


def test_a_category_with_the_urgent_clock_is_urgent_by_itself():
    ticket = World().opened(reading=a_reading("fire_lane")).ticket

    assert (ticket.urgent, ticket.level) == (True, "community")


def test_more_words_of_the_same_person_are_added_and_heard():
    world = World()
    number = world.report()

    ticket = said(world, number, "在五楼", a_reading("other"))

    assert (ticket.version, ticket.urgent) == (2, False)
    assert [each.text for each in world.store.messages.list_of(number)] == ["楼上半夜一直在敲", "在五楼"]
    assert world.notices(NoticeKind.ADDED_WORDS)[0].values["words"] == "在五楼"


def test_a_picture_without_words_leaves_no_empty_message():
    world = World()
    number = world.report()

    said(world, number, "", a_reading("other"))

    assert len(world.store.messages.list_of(number)) == 1


def test_added_urgent_words_ask_the_group_anew_at_once():
    world = World()
    number = world.report()
    world.wait(minutes=30)

    ticket = said(world, number, "有人受伤了", a_reading(urgent=True))

    assert (ticket.urgent, ticket.dispatched_at) == (True, world.now)
    assert (ticket.claim_due_at - world.now).total_seconds() == 600
    assert world.heard_by(Hearer.group("xingfuli-b1-staff"))[-1] is NoticeKind.ASKED


def test_urgent_words_after_the_end_start_no_clock():
    world = World()
    number = world.report()
    claim(world.desk(), number, world.staff("chenjie"))
    resolve(world.desk(), number, world.staff("chenjie"), result="好了")

    assert not said(world, number, "有人受伤了", a_reading(urgent=True)).urgent


# --- joining one's own ---


def test_a_second_message_within_a_few_minutes_belongs_to_the_same_matter():
    world = World()
    number = world.report()
    world.wait(minutes=4)

    for reading in (a_reading("noise"), a_reading("other", certainty=0.45)):
        assert find_to_join(world.desk(), world.person("u1"), reading).number == number


def test_a_matter_that_fits_no_category_but_is_surely_one_stands_alone():
    world = World()
    world.report()

    assert find_to_join(world.desk(), world.person("u1"), a_reading("other", certainty=0.7)) is None


def test_another_matter_a_later_one_and_somebody_elses_are_tickets_of_their_own():
    world = World()
    world.report()

    assert find_to_join(world.desk(), world.person("u1"), a_reading("elevator")) is None
    assert find_to_join(world.desk(), world.person("u2"), a_reading()) is None
    world.wait(minutes=6)
    assert find_to_join(world.desk(), world.person("u1"), a_reading()) is None


def test_nothing_joins_what_has_ended():
    world = World()
    number = world.report()
    withdraw(world.desk(), number, world.resident("u1"))

    assert find_to_join(world.desk(), world.person("u1"), a_reading()) is None


def test_words_about_a_merged_matter_go_to_where_it_is_worked_on():
    world = World()
    first = world.report(who="u2")
    second = world.report()
    merge(world.desk(), second, world.staff("chenjie"), into=first)

    assert find_to_join(world.desk(), world.person("u1"), a_reading()).number == first


def test_a_hierarchy_where_nobody_can_hear_still_gives_the_ticket_an_owner():
    world = World()
    world.reach.deaf = {each for each in world.hierarchy.groups if not each.endswith("residents")}

    report = Report(world.person("u1"), "太吵", a_reading(), "xingfuli-b1", alone("u1"))
    opened = open_ticket(world.desk(), report)

    assert (opened.ticket.group, opened.ticket.level) == ("xinhua-staff", "street")
    assert world.store.history.list_of(opened.ticket.number)[0].reason == "rule root_answers"
