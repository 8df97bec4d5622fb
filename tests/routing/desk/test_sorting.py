"""Putting right what a ticket is about: category, urgency, place, and which tickets are one matter."""

from datetime import timedelta

import pytest

from routing.desk import (
    claim,
    confirm,
    locate,
    make_urgent,
    merge,
    part,
    resolve,
    sort,
    sort_as_told,
    urge,
    withdraw,
)
from routing.errors import BadValueError, NotAllowedError, UnknownTicketError, WrongMomentError
from routing.notice_kinds import Hearer, NoticeKind
from routing.tickets import Status
from tests.builders import a_reading, alone
from tests.world import World

# --- sort ---


def test_what_fits_nowhere_is_sorted_by_a_person_and_moves():
    world = World()
    number = world.report("电梯间的灯一直闪", reading=a_reading("other"))
    world.forget_notices()

    ticket = sort(world.desk(), number, world.staff("chenjie"), category="电梯")

    assert (ticket.category, ticket.group, ticket.status) == ("elevator", "xingfuli-property", Status.OPEN)
    assert world.heard_by(Hearer.group("xingfuli-property")) == [NoticeKind.ASKED]
    assert world.heard_by(Hearer.group("xingfuli-b1-staff")) == [NoticeKind.GONE]
    assert world.notices(NoticeKind.PROGRESS_TRANSFERRED)[0].values["whom"] == "幸福里物业群"


def test_sorting_within_the_same_group_bothers_no_reporter():
    world = World()
    number = world.report(reading=a_reading("other"))
    world.forget_notices()

    sort(world.desk(), number, world.staff("chenjie"), category="noise")

    assert [each.kind for each in world.notices()] == [NoticeKind.ASKED]


def test_sorting_into_an_urgent_category_makes_it_urgent():
    world = World()
    number = world.report(reading=a_reading("other"))

    assert sort(world.desk(), number, world.staff("chenjie"), category="fire_lane").urgent


def test_sorting_keeps_it_urgent():
    world = World()
    number = world.report(reading=a_reading("other", urgent=True))

    assert sort(world.desk(), number, world.staff("chenjie"), category="elevator").urgent


def test_sorting_into_nothing_or_into_what_it_is_already_is_refused():
    world = World()
    number = world.report()

    with pytest.raises(BadValueError) as refused:
        sort(world.desk(), number, world.staff("chenjie"), category="外星人")
    assert refused.value.values["categories"] == "电梯、噪音扰民、消防通道占用、停水漏水、其他"
    with pytest.raises(WrongMomentError, match="sorted_already"):
        sort(world.desk(), number, world.staff("chenjie"), category="噪音扰民")


# --- urgent ---


def test_staff_make_an_open_ticket_urgent_and_the_group_is_asked_anew():
    world = World()
    number = world.report()
    world.wait(minutes=30)

    ticket = make_urgent(world.desk(), number, world.staff("chenjie"), reason="要打起来了")

    assert (ticket.claim_due_at - world.now) == timedelta(minutes=10)
    with pytest.raises(WrongMomentError, match="urgent_already"):
        make_urgent(world.desk(), number, world.staff("chenjie"))


def test_a_claimed_ticket_made_urgent_presses_its_holder():
    world = World()
    number = world.report()
    claim(world.desk(), number, world.staff("chenjie"))

    ticket = make_urgent(world.desk(), number, world.staff("wangfang"))

    assert (ticket.holder, ticket.resolve_due_at) == ("chenjie", world.now + timedelta(hours=2))
    assert world.heard_by(Hearer.staff("chenjie"))[-1] is NoticeKind.HURRIED


def test_hurrying_never_moves_a_limit_away():
    world = World()
    number = world.report()
    claim(world.desk(), number, world.staff("chenjie"))
    world.wait(until=world.now.replace(hour=9))  # one hour is left of the normal limit

    ticket = make_urgent(world.desk(), number, world.staff("chenjie"))

    assert ticket.resolve_due_at == world.now + timedelta(hours=1)


# --- locate ---


def test_a_place_that_is_told_later_moves_the_ticket_there():
    world = World()
    number = world.report(origin="xinhua")
    assert world.ticket(number).group == "xinhua-staff"

    ticket = locate(world.desk(), number, origin="xingfuli-b1", place="3楼")

    assert (ticket.origin, ticket.group, ticket.place) == ("xingfuli-b1", "xingfuli-b1-staff", "3楼")
    assert world.heard_by(Hearer.group("xingfuli-b1-staff")) == [NoticeKind.MOVED_HERE]
    assert world.heard_by(Hearer.group("xinhua-staff")) == [NoticeKind.ASKED, NoticeKind.GONE]


def test_one_that_somebody_took_meanwhile_stays_with_them_and_they_learn_the_place():
    world = World()
    number = world.report(origin="xinhua")
    claim(world.desk(), number, world.staff("zhao"))

    ticket = locate(world.desk(), number, origin="xingfuli-b1", place="")

    assert (ticket.origin, ticket.holder, ticket.group) == ("xingfuli-b1", "zhao", "xinhua-staff")
    assert world.heard_by(Hearer.staff("zhao"))[-1] is NoticeKind.MOVED_HERE


def test_a_place_changes_nothing_where_it_is_known_or_all_is_over():
    world = World()
    number = world.report()

    assert locate(world.desk(), number, origin="xingfuli-b1", place="").version == 1
    claim(world.desk(), number, world.staff("chenjie"))
    resolve(world.desk(), number, world.staff("chenjie"), result="好了")
    assert locate(world.desk(), number, origin="xingfuli-b2", place="").origin == "xingfuli-b1"


# --- merge, part ---


def two_tickets(world: World) -> tuple[int, int]:
    return world.report(who="u1"), world.report("邻居装修", who="u2")


def test_a_merge_keeps_every_reporter_informed():
    world = World()
    first, second = two_tickets(world)
    world.forget_notices()

    lead = merge(world.desk(), second, world.staff("chenjie"), into=first)

    assert (lead.number, lead.reporters) == (first, 2)
    assert (world.ticket(second).status, world.ticket(second).merged_into) == (Status.MERGED, first)
    assert world.notices(NoticeKind.PROGRESS_MERGED, number=second)[0].hearer == Hearer.reporters()
    claim(world.desk(), first, world.staff("chenjie"))
    resolve(world.desk(), first, world.staff("chenjie"), result="好了")
    assert len(world.store.reporters.list_of(first)) == 2


def test_a_merge_into_itself_into_an_ended_one_or_out_of_sight_is_refused():
    world = World()
    first, second = two_tickets(world)
    elsewhere = world.report(who="u3", origin="hepingli-b1")

    with pytest.raises(BadValueError, match="merge_with_itself"):
        merge(world.desk(), first, world.staff("chenjie"), into=first)
    with pytest.raises(UnknownTicketError):
        merge(world.desk(), first, world.staff("chenjie"), into=elsewhere)
    claim(world.desk(), first, world.staff("chenjie"))
    resolve(world.desk(), first, world.staff("chenjie"), result="好了")
    with pytest.raises(WrongMomentError, match="merge_into_ended"):
        merge(world.desk(), second, world.staff("chenjie"), into=first)


def test_who_looks_for_a_merged_ticket_hears_the_number_to_use():
    world = World()
    first, second = two_tickets(world)
    merge(world.desk(), second, world.staff("chenjie"), into=first)

    with pytest.raises(WrongMomentError) as refused:
        urge(world.desk(), second, world.resident("u2"))

    assert (refused.value.key, refused.value.values["into"]) == ("not_while_merged", first)


def test_a_parted_ticket_stands_alone_again_with_its_own_reporters():
    world = World()
    first, second = two_tickets(world)
    merge(world.desk(), second, world.staff("chenjie"), into=first)
    world.wait(minutes=10)

    ticket = part(world.desk(), second, world.staff("chenjie"))

    assert (ticket.status, ticket.merged_into, ticket.dispatched_at) == (Status.OPEN, None, world.now)
    assert world.ticket(first).reporters == 1
    assert NoticeKind.PROGRESS_PARTED in [each.kind for each in world.notices(number=second)]
    with pytest.raises(WrongMomentError, match="not_while_open"):
        part(world.desk(), second, world.staff("chenjie"))


def test_only_those_who_may_handle_it_sort():
    world = World()
    number = world.report()
    world.wait(hours=1)

    with pytest.raises(NotAllowedError):
        sort(world.desk(), number, world.staff("chenjie"), category="elevator")
    with pytest.raises(UnknownTicketError):
        make_urgent(world.desk(), number, world.resident("u1"))


# --- said to be right, and sorted as the reporter told ---


def test_a_category_that_is_right_is_confirmed_and_nobody_is_troubled():
    world = World()
    number = world.report()
    world.forget_notices()

    ticket = confirm(world.desk(), number, world.staff("chenjie"))

    assert (ticket.category, ticket.cycle) == ("noise", 1)
    assert world.notices() == []
    event = world.store.history.list_of(number)[-1]
    assert (event.kind, event.reason, event.by) == ("sorted", "confirmed", "chenjie")


def test_only_staff_confirm_and_only_what_is_under_way():
    world = World()
    number = world.report()

    with pytest.raises(UnknownTicketError):
        confirm(world.desk(), number, world.resident("u1"))
    withdraw(world.desk(), number, world.resident("u1"))
    with pytest.raises(WrongMomentError, match="not_while_withdrawn"):
        confirm(world.desk(), number, world.staff("chenjie"))


def test_the_reporter_s_answer_moves_the_ticket_and_is_not_told_twice():
    world = World()
    number = world.report(address=alone("u1"))
    world.forget_notices()

    ticket = sort_as_told(world.desk(alone("u1")), number, world.resident("u1"), category="elevator")

    assert (ticket.category, ticket.group) == ("elevator", "xingfuli-property")
    assert NoticeKind.ASKED in world.heard_by(Hearer.group("xingfuli-property"))
    assert world.shown_in(alone("u1")) == []


def test_the_reporter_s_answer_may_be_what_it_was_taken_for():
    world = World()
    number = world.report()
    world.forget_notices()

    ticket = sort_as_told(world.desk(), number, world.resident("u1"), category="noise")

    assert (ticket.category, world.notices()) == ("noise", [])
    assert world.store.history.list_of(number)[-1].reason == "told"


def test_what_staff_have_in_hand_or_sorted_is_not_sorted_by_a_reporter():
    world = World()
    first, second = world.report(), world.report(who="u2")
    claim(world.desk(), first, world.staff("chenjie"))
    confirm(world.desk(), second, world.staff("chenjie"))

    for number, who in ((first, "u1"), (second, "u2")):
        with pytest.raises(WrongMomentError, match="sorted_meanwhile"):
            sort_as_told(world.desk(), number, world.resident(who), category="elevator")


def test_only_its_reporter_is_asked_what_it_is():
    world = World()
    number = world.report()

    with pytest.raises(UnknownTicketError):
        sort_as_told(world.desk(), number, world.resident("u9"), category="elevator")


def test_an_urgent_one_may_still_be_sorted_by_its_reporter():
    world = World()
    number = world.report()
    make_urgent(world.desk(), number, world.staff("chenjie"))

    assert sort_as_told(world.desk(), number, world.resident("u1"), category="elevator").urgent
