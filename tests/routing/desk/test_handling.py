"""Taking, giving back, passing on and urging, as the people of one street live it."""

import pytest

from routing.callers import Caller
from routing.desk import (
    add_note,
    claim,
    escalate,
    hand_back,
    question,
    resolve,
    urge,
)
from routing.desk.handling import add_for_reporter
from routing.errors import BadValueError, NotAllowedError, UnknownTicketError, WrongMomentError
from routing.hierarchy_index import DEFAULT_MANNERS
from routing.messages import Address
from routing.notice_kinds import Hearer, NoticeKind
from routing.still_wanted import still_wanted
from routing.tickets import Status
from tests.builders import a_hierarchy, a_reading, alone, chat
from tests.world import World

ELEVATOR = a_reading("elevator")


# --- claim ---


def test_exactly_one_claim_wins_and_the_other_hears_who_has_it():
    world = World()
    number = world.report("电梯坏了", reading=ELEVATOR)
    claim(world.desk(), number, world.staff("liqiang"))

    with pytest.raises(WrongMomentError) as refused:
        claim(world.desk(), number, world.staff("zhoujun"))

    assert (refused.value.key, refused.value.values["holder"]) == ("already_claimed", "李强")
    assert world.ticket(number).holder == "liqiang"


def test_the_group_hears_who_took_it_but_not_twice_in_the_chat_where_they_said_so():
    world = World()
    number = world.report()

    claim(world.desk(here=chat("xingfuli-b1-staff")), number, world.staff("chenjie"))

    assert NoticeKind.TAKEN not in world.shown_in(chat("xingfuli-b1-staff"))
    assert NoticeKind.PROGRESS_CLAIMED in world.shown_in(alone("u1"))


def test_the_reporters_hear_of_a_claim_and_the_holder_alone_gets_the_details():
    world = World()
    number = world.report(address=chat("xingfuli-b1-residents"))

    claim(world.desk(), number, world.staff("chenjie"))

    assert world.heard_by(Hearer.reporters()) == [NoticeKind.PROGRESS_CLAIMED]
    assert world.heard_by(Hearer.staff("chenjie")) == [NoticeKind.DETAILS]
    assert world.shown_in(chat("xingfuli-b1-residents")) == [NoticeKind.PROGRESS_CLAIMED]


def test_details_go_to_nobody_when_the_holder_cannot_be_written_to_alone():
    world = World()
    world.reach.only_in_groups = {"chenjie"}
    number = world.report()

    claim(world.desk(), number, world.staff("chenjie"))

    assert world.notices(NoticeKind.DETAILS) == []


def test_a_stranger_does_not_learn_that_the_ticket_exists():
    world = World()
    number = world.report()

    for stranger in (world.staff("sunli"), world.staff("liqiang"), world.resident("somebody"), Caller()):
        with pytest.raises(UnknownTicketError):
            claim(world.desk(), number, stranger)


def test_a_level_below_may_look_but_not_act():
    world = World()
    number = world.report()
    world.wait(hours=1)

    with pytest.raises(NotAllowedError) as refused:
        claim(world.desk(), number, world.staff("chenjie"))

    assert refused.value.values["level"] == "社区"
    add_note(world.desk(), number, world.staff("chenjie"), text="上周也有过")


def test_staff_of_the_levels_above_and_the_office_may_claim():
    for caller in (World().staff("wangfang"), World().staff("zhao"), Caller(office="office:street")):
        world = World()

        ticket = claim(world.desk(), world.report(), caller)

        assert ticket.holder == caller.by


def test_the_resolve_limit_counts_from_dispatch_not_from_the_claim():
    world = World()
    number = world.report()
    world.wait(minutes=50)

    ticket = claim(world.desk(), number, world.staff("chenjie"))

    assert ticket.resolve_due_at == ticket.dispatched_at.replace(hour=10)


# --- hand back ---


def test_a_hand_back_needs_a_listed_reason():
    world = World()
    number = world.report("电梯坏了", reading=ELEVATOR)

    with pytest.raises(BadValueError) as refused:
        hand_back(world.desk(), number, world.staff("liqiang"), reason="太忙")

    assert refused.value.values["reasons"] == "属地不符、权属不清、职能交叉"


def test_the_first_hand_back_goes_to_the_nodes_own_staff_and_reporters_hear_who_has_it():
    world = World()
    number = world.report("电梯坏了", reading=ELEVATOR)
    world.forget_notices()

    ticket = hand_back(world.desk(), number, world.staff("liqiang"), reason="权属不清，是开发商的")

    assert (ticket.group, ticket.level, ticket.hand_backs) == ("xingfuli-b1-staff", "building", 1)
    assert world.heard_by(Hearer.group("xingfuli-property")) == [NoticeKind.GONE]
    assert world.notices(NoticeKind.PROGRESS_TRANSFERRED)[0].values["whom"] == "1号楼楼栋长群"


def test_the_second_hand_back_goes_to_the_level_above_which_decides():
    world = World()
    number = world.report("电梯坏了", reading=ELEVATOR)
    hand_back(world.desk(), number, world.staff("liqiang"), reason="权属不清")

    second = hand_back(world.desk(), number, world.staff("chenjie"), reason="职能交叉")

    assert (second.level, second.group) == ("community", "xingfuli-staff")
    assert world.notices(NoticeKind.HANDED_BACK)[-1].values["final"] == "yes"
    with pytest.raises(WrongMomentError, match="hand_back_final"):
        hand_back(world.desk(), number, world.staff("wangfang"), reason="属地不符")


def test_what_somebody_has_claimed_only_they_or_those_above_hand_back():
    world = World()
    number = world.report("电梯坏了", reading=ELEVATOR)
    claim(world.desk(), number, world.staff("liqiang"))

    with pytest.raises(NotAllowedError):
        hand_back(world.desk(), number, world.staff("zhoujun"), reason="属地不符")

    assert hand_back(world.desk(), number, world.staff("liqiang"), reason="属地不符").holder is None


def test_a_staff_group_hands_back_to_the_level_above():
    world = World()
    number = world.report()

    assert hand_back(world.desk(), number, world.staff("chenjie"), reason="属地不符").level == "community"


def test_at_the_top_nobody_takes_back():
    world = World()
    number = world.report(origin="xinhua")

    with pytest.raises(WrongMomentError, match="nobody_above"):
        hand_back(world.desk(), number, world.staff("zhao"), reason="属地不符")


def test_another_hierarchy_lists_its_own_reasons():
    world = World(hierarchy=a_hierarchy(hand_back_reasons=("不归我管",)))
    number = world.report()

    assert hand_back(world.desk(), number, world.staff("chenjie"), reason="不归我管").hand_backs == 1


# --- escalate ---


def test_a_person_sends_it_up_with_a_reason_and_the_level_below_stays_informed():
    world = World()
    number = world.report()
    world.forget_notices()

    ticket = escalate(world.desk(), number, world.staff("chenjie"), reason="要社区出面")

    assert (ticket.level, ticket.escalations, ticket.status) == ("community", 1, Status.OPEN)
    assert world.heard_by(Hearer.group("xingfuli-b1-staff")) == [NoticeKind.HANDED_UP]
    assert world.heard_by(Hearer.reporters()) == [NoticeKind.PROGRESS_CLIMBED]
    claim(world.desk(), number, world.staff("wangfang"))
    resolve(world.desk(), number, world.staff("wangfang"), result="劝好了")
    assert NoticeKind.DONE_HERE in world.heard_by(Hearer.group("xingfuli-b1-staff"))


def test_sending_up_without_a_reason_or_above_the_top_is_refused():
    world = World()
    number = world.report(origin="xinhua")

    with pytest.raises(BadValueError, match="reason_missing"):
        escalate(world.desk(), number, world.staff("zhao"), reason="")
    with pytest.raises(WrongMomentError, match="nobody_above"):
        escalate(world.desk(), number, world.staff("zhao"), reason="难办")


# --- note, urge ---


def test_the_holder_hears_a_note_of_somebody_else_but_not_their_own():
    world = World()
    number = world.report()
    add_note(world.desk(), number, world.staff("chenjie"), text="先去看看")
    claim(world.desk(), number, world.staff("chenjie"))
    world.forget_notices()

    add_note(world.desk(), number, world.staff("chenjie"), text="看过了")
    assert world.notices() == []

    add_note(world.desk(), number, world.staff("wangfang"), text="注意态度")
    assert world.heard_by(Hearer.staff("chenjie")) == [NoticeKind.NOTED]
    with pytest.raises(BadValueError, match="words_missing"):
        add_note(world.desk(), number, world.staff("chenjie"), text="")


def test_an_urge_is_heard_by_the_holder_and_not_more_often_than_it_helps():
    world = World()
    number = world.report()
    claim(world.desk(), number, world.staff("chenjie"))

    urge(world.desk(), number, world.resident("u1"))

    assert NoticeKind.URGED in world.heard_by(Hearer.staff("chenjie"))
    with pytest.raises(WrongMomentError) as refused:
        urge(world.desk(), number, world.resident("u1"))
    again_at = refused.value.values["again_at"]
    assert again_at == world.now + DEFAULT_MANNERS.urge_every.as_elapsed()
    world.wait(until=again_at)
    assert urge(world.desk(), number, world.resident("u1")).urged_at == again_at


def test_only_a_reporter_or_the_office_urges():
    world = World()
    number = world.report()

    for caller in (world.resident("u2"), world.staff("chenjie")):
        with pytest.raises(UnknownTicketError):
            urge(world.desk(), number, caller)

    assert urge(world.desk(), number, Caller(office="office:street")).urged_at == world.now


# --- ways to people ---


def test_a_holder_who_is_only_in_the_group_hears_there():
    world = World()
    world.reach.only_in_groups = {"chenjie"}
    number = world.report()
    claim(world.desk(), number, world.staff("chenjie"))

    urge(world.desk(), number, world.resident("u1"))

    assert NoticeKind.URGED in world.shown_in(chat("xingfuli-b1-staff"))


def test_a_notice_without_any_way_is_kept_as_undeliverable():
    world = World()
    world.reach.deaf = {"xinhua-staff", "xingfuli-staff", "xingfuli-property", "xingfuli-b1-staff"}

    world.report()

    assert world.shown_in(Address("", "", "")) == [NoticeKind.ASKED]


# --- an office adds what a reporter said by telephone ---


def test_an_office_adds_words_for_a_reporter_and_whoever_has_it_hears_them():
    world = World()
    number = world.report()
    claim(world.desk(), number, world.staff("chenjie"))

    add_for_reporter(world.desk(), number, Caller(office="office:street"), text="来电说又响了")

    assert world.heard_by(Hearer.staff("chenjie"))[-1] is NoticeKind.ADDED_WORDS
    assert world.store.messages.list_of(number)[-1].author == "office:street"


def test_nobody_else_adds_for_a_reporter_and_an_office_not_nothing():
    world = World()
    number = world.report()

    with pytest.raises(UnknownTicketError):
        add_for_reporter(world.desk(), number, world.staff("chenjie"), text="又响了")
    with pytest.raises(BadValueError, match="words_missing"):
        add_for_reporter(world.desk(), number, Caller(office="office:street"), text="")


# --- question ---


def test_a_question_is_heard_by_the_reporters_alone_and_stops_no_limit():
    world = World()
    number = world.report("厨房漏水", reading=ELEVATOR)
    claim(world.desk(), number, world.staff("liqiang"))
    due_at = world.ticket(number).resolve_due_at
    world.forget_notices()

    question(world.desk(), number, world.staff("liqiang"), text="水是从哪里漏下来的？")

    (notice,) = world.notices(number=number)
    assert (notice.kind, notice.hearer) == (NoticeKind.QUESTION, Hearer.reporters())
    assert notice.values["words"] == "水是从哪里漏下来的？"
    assert world.ticket(number).resolve_due_at == due_at
    assert world.story(number)[-1] == "questioned"


def test_a_question_needs_words_and_a_ticket_that_is_under_way():
    world = World()
    number = world.report("厨房漏水", reading=ELEVATOR)
    with pytest.raises(BadValueError, match="words_missing"):
        question(world.desk(), number, world.staff("liqiang"), text="")
    claim(world.desk(), number, world.staff("liqiang"))
    resolve(world.desk(), number, world.staff("liqiang"), result="好了")

    with pytest.raises(WrongMomentError, match="not_while_resolved"):
        question(world.desk(), number, world.staff("liqiang"), text="几楼？")


def test_a_question_that_waited_is_dropped_once_the_matter_is_done():
    world = World()
    number = world.report("厨房漏水", reading=ELEVATOR)
    claim(world.desk(), number, world.staff("liqiang"))
    question(world.desk(), number, world.staff("liqiang"), text="几楼？")
    (notice,) = world.notices(NoticeKind.QUESTION)
    is_wanted = still_wanted(notice, world.ticket(number))
    resolve(world.desk(), number, world.staff("liqiang"), result="好了")

    assert is_wanted
    assert not still_wanted(notice, world.ticket(number))
