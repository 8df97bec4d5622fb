"""Who hears what of an event, and what is still true when its turn comes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from routing.announcing import find_addresses
from routing.desk import claim, escalate, merge, pause, rate, release, resolve, resume, transfer
from routing.events import Event, EventKind
from routing.notice_kinds import ECHOES, Hearer, Notice, NoticeKind
from routing.notices import TELLERS, notices_for
from routing.still_wanted import still_wanted
from routing.tickets import Rating, Status
from tests.builders import TUESDAY_NINE, a_hierarchy, a_reading, a_ticket, alone
from tests.world import World

TREE = a_hierarchy()
SILENT = {EventKind.EXTENDED, EventKind.UNREACHABLE}


def wanted(world: World, kind: NoticeKind, *, number: int | None = None) -> list[bool]:
    return [
        still_wanted(each, world.ticket(each.ticket_number)) for each in world.notices(kind, number=number)
    ]


def test_every_event_is_told_to_somebody_or_kept_for_the_story_on_purpose():
    assert set(EventKind) - set(TELLERS) == SILENT


def test_an_event_for_the_story_alone_makes_no_notice():
    ticket = a_ticket(TREE)
    event = Event(ticket.number, EventKind.LEFT, TUESDAY_NINE, "resident", ticket.node, ticket.group)

    assert notices_for(event, ticket, ticket, TREE) == ()


def test_echoes_are_told_to_groups_and_holders_only():
    assert not any(each.value.startswith("progress") for each in ECHOES)


def test_a_holder_who_left_the_file_is_heard_of_in_the_group():
    ticket = a_ticket(TREE, status=Status.CLAIMED, holder="left-long-ago")
    event = Event(ticket.number, EventKind.URGED, TUESDAY_NINE, "resident", ticket.node, ticket.group)

    (notice,) = notices_for(event, ticket, ticket, TREE)

    assert notice.hearer == Hearer.group("xingfuli-b1-staff")


def test_a_claim_by_an_office_sends_no_details():
    ticket = a_ticket(TREE, status=Status.CLAIMED, holder="office:street")
    event = Event(ticket.number, EventKind.CLAIMED, TUESDAY_NINE, "office:street", ticket.node, ticket.group)

    kinds = [each.kind for each in notices_for(event, ticket, ticket, TREE)]

    assert kinds == [NoticeKind.TAKEN, NoticeKind.PROGRESS_CLAIMED]


@pytest.mark.parametrize("kind", [EventKind.SUPERVISED, EventKind.DISPUTED])
def test_a_root_without_staff_leaves_supervision_to_the_group_that_is_asked(kind: EventKind):
    root = TREE.nodes["xinhua"]
    bare = replace(TREE, nodes={**TREE.nodes, "xinhua": replace(root, groups=())})
    ticket = a_ticket(TREE)
    event = Event(ticket.number, kind, TUESDAY_NINE, "clock", ticket.node, ticket.group)

    assert {each.hearer for each in notices_for(event, ticket, ticket, bare)} == {Hearer.group(ticket.group)}


def test_sorting_by_a_group_that_left_the_file_still_tells_the_old_one():
    before = a_ticket(TREE)
    after = replace(before, group="gone")
    event = Event(before.number, EventKind.SORTED, TUESDAY_NINE, "zhao", before.node, "gone")

    assert [each.kind for each in notices_for(event, before, after, TREE)] == [
        NoticeKind.ASKED,
        NoticeKind.GONE,
    ]


def test_a_person_who_left_the_account_or_was_never_met_alone_has_no_address():
    world = World()
    notice = Notice(NoticeKind.ANSWER, Hearer.person(world.person("u1").person_id), 0, 0, urgent=False)

    def addresses():
        return find_addresses(notice, "", store=world.store, hierarchy=TREE, reach=world.reach)

    assert addresses() == (alone("u1"),)
    world.store.people.save(replace(world.person("u1"), follows=False))
    assert addresses() == ()


def test_a_group_that_left_the_file_has_no_address():
    world = World()
    notice = Notice(NoticeKind.GONE, Hearer.group("gone"), 1, 1, urgent=False)

    assert find_addresses(notice, "", store=world.store, hierarchy=TREE, reach=world.reach) == ()


# --- still wanted ---


def test_a_question_to_a_group_is_void_once_somebody_has_it_or_it_went_on():
    world = World()
    number = world.report()
    assert wanted(world, NoticeKind.ASKED) == [True]

    claim(world.desk(), number, world.staff("chenjie"))
    assert wanted(world, NoticeKind.ASKED) == [False]
    release(world.desk(), number, world.staff("chenjie"))
    assert wanted(world, NoticeKind.FREE_AGAIN) == [True]
    escalate(world.desk(), number, world.staff("chenjie"), reason="难办")
    assert wanted(world, NoticeKind.FREE_AGAIN) == [False]
    assert wanted(world, NoticeKind.PROGRESS_CLIMBED) == [True]


def test_the_household_is_never_sent_to_somebody_who_no_longer_holds_the_ticket():
    world = World()
    number = world.report("电梯坏了", reading=a_reading("elevator"))
    claim(world.desk(), number, world.staff("liqiang"))
    assert wanted(world, NoticeKind.DETAILS) == [True]

    transfer(world.desk(), number, world.staff("liqiang"), whom="周军")

    assert wanted(world, NoticeKind.DETAILS) == [False]
    assert wanted(world, NoticeKind.PROGRESS_CLAIMED) == [False]
    assert wanted(world, NoticeKind.PROGRESS_TRANSFERRED) == [True]


def test_a_reminder_is_void_once_its_limit_no_longer_runs():
    world = World()
    number = world.report()
    world.wait(minutes=45)
    assert wanted(world, NoticeKind.REMINDER) == [True]

    claim(world.desk(), number, world.staff("chenjie"))

    assert wanted(world, NoticeKind.REMINDER) == [False]


def test_of_several_supervisions_that_waited_the_last_is_told():
    world = World()
    world.report(origin="xinhua")
    world.wait(hours=16)

    assert wanted(world, NoticeKind.SUPERVISION) == [False, False, True]


def test_a_pause_is_told_while_it_lasts_and_its_end_once_it_is_over():
    world = World()
    number = world.report()
    claim(world.desk(), number, world.staff("chenjie"))
    pause(world.desk(), number, world.staff("chenjie"), until_at=world.now + timedelta(days=1), reason="等")
    assert wanted(world, NoticeKind.PROGRESS_PAUSED) == [True]

    resume(world.desk(), number, world.staff("chenjie"))

    assert wanted(world, NoticeKind.PROGRESS_PAUSED) == [False]
    assert wanted(world, NoticeKind.GOES_ON) == [True]
    resolve(world.desk(), number, world.staff("chenjie"), result="好了")
    assert wanted(world, NoticeKind.GOES_ON) == [False]


def test_a_wish_to_pause_is_void_once_it_was_decided():
    world = World()
    number = world.report()
    claim(world.desk(), number, world.staff("chenjie"))
    pause(world.desk(), number, world.staff("chenjie"), until_at=world.now + timedelta(days=20), reason="等")
    assert wanted(world, NoticeKind.PAUSE_WANTED) == [True]

    release(world.desk(), number, world.staff("chenjie"))

    assert wanted(world, NoticeKind.PAUSE_WANTED) == [False]


def test_the_question_how_satisfied_is_void_once_it_was_answered():
    world = World()
    number = world.report()
    claim(world.desk(), number, world.staff("chenjie"))
    resolve(world.desk(), number, world.staff("chenjie"), result="好了")
    assert wanted(world, NoticeKind.ASK_RATING) == [True]

    rate(world.desk(), number, world.resident("u1"), rating=Rating.UNSATISFIED)

    assert wanted(world, NoticeKind.ASK_RATING) == [False]
    assert wanted(world, NoticeKind.DONE_HERE) == [False]
    assert wanted(world, NoticeKind.RATED) == [True]


def test_of_many_neighbours_who_joined_only_the_last_count_is_told():
    world = World()
    first = world.report(who="u1")
    for who in ("u2", "u3"):
        merge(world.desk(), world.report(who=who), world.staff("chenjie"), into=first)

    assert wanted(world, NoticeKind.JOINED) == [False, True]


def test_a_group_that_has_it_again_need_not_hear_that_it_is_gone():
    world = World()
    number = world.report("电梯坏了", reading=a_reading("elevator"))
    transfer(world.desk(), number, world.staff("liqiang"), whom="幸福里网格工作群")
    assert wanted(world, NoticeKind.GONE) == [True]

    transfer(world.desk(), number, world.staff("wangfang"), whom="幸福里物业群")

    assert wanted(world, NoticeKind.GONE)[0] is False


def test_an_urge_is_void_once_the_work_is_done():
    ticket = a_ticket(TREE)
    notice = Notice(NoticeKind.URGED, Hearer.group(ticket.group), ticket.number, 1, urgent=False)

    assert still_wanted(notice, ticket)
    assert not still_wanted(notice, replace(ticket, status=Status.RESOLVED))
