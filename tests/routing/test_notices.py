"""Who hears what of an event, and what is still true when its turn comes."""

from dataclasses import replace

import pytest

from routing.announcing import find_addresses
from routing.events import Event, EventKind
from routing.notice_kinds import ECHOES, Hearer, Notice, NoticeKind
from routing.notices import TELLERS, notices_for
from routing.tickets import Status
from tests.builders import TUESDAY_NINE, a_hierarchy, a_ticket, alone
from tests.world import World

TREE = a_hierarchy()
SILENT = {EventKind.EXTENDED, EventKind.UNREACHABLE}


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
