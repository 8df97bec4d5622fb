"""Who was answered just now in a chat does not hear the same there a second time, and everybody else hears it."""

from routing.desk import claim, merge, rate, reopen, resolve, sort, sort_as_told
from routing.notice_kinds import NoticeKind
from routing.tickets import Rating
from tests.builders import a_reading, alone, chat
from tests.world import World

HEADS = chat("xingfuli-b1-staff")
NEIGHBOURS = chat("xingfuli-b1-residents")


def test_who_claims_in_a_chat_is_answered_there_and_the_reporters_of_that_chat_are_told():
    world = World()
    number = world.report(address=HEADS)
    world.forget_notices()

    claim(world.desk(here=HEADS), number, world.staff("chenjie"))

    assert world.shown_in(HEADS) == [NoticeKind.PROGRESS_CLAIMED]
    assert world.shown_in(alone("chenjie")) == [NoticeKind.DETAILS]


def test_who_claims_elsewhere_lets_the_group_know():
    world = World()
    number = world.report()
    world.forget_notices()

    claim(world.desk(here=alone("chenjie")), number, world.staff("chenjie"))

    assert world.shown_in(HEADS) == [NoticeKind.TAKEN]
    assert world.shown_in(alone("chenjie")) == []


def test_what_is_asked_of_the_chat_in_which_somebody_acts_is_asked_all_the_same():
    world = World()
    number = world.report()
    world.forget_notices()

    sort(world.desk(here=chat("xingfuli-property")), number, world.staff("wangfang"), category="elevator")

    assert world.shown_in(chat("xingfuli-property")) == [NoticeKind.ASKED]


def test_staff_who_merge_know_who_joined_and_staff_who_look_on_hear_of_a_neighbour():
    world = World()
    lead, other = world.report(who="u1"), world.report(who="u2")
    world.forget_notices()

    merge(world.desk(here=HEADS), other, world.staff("chenjie"), into=lead)
    assert NoticeKind.JOINED not in world.shown_in(HEADS)

    merge(world.desk(here=alone("chenjie")), world.report(who="u3"), world.staff("chenjie"), into=lead)
    assert NoticeKind.JOINED in world.shown_in(HEADS)


def test_who_says_not_solved_is_answered_and_the_other_reporters_are_told():
    world = World()
    lead = world.report(who="u1")
    merge(world.desk(), world.report(who="u2", address=NEIGHBOURS), world.staff("chenjie"), into=lead)
    claim(world.desk(), lead, world.staff("chenjie"))
    resolve(world.desk(), lead, world.staff("chenjie"), result="好了")
    world.forget_notices()

    rate(world.desk(here=alone("u1")), lead, world.resident("u1"), rating=Rating.UNSATISFIED)

    assert world.shown_in(alone("u1")) == []
    assert world.shown_in(NEIGHBOURS) == [NoticeKind.PROGRESS_REOPENED]


def test_a_reporter_hears_in_the_chat_where_staff_act_that_it_is_taken_up_again():
    world = World()
    number = world.report(address=HEADS)
    claim(world.desk(), number, world.staff("chenjie"))
    resolve(world.desk(), number, world.staff("chenjie"), result="好了")
    world.forget_notices()

    reopen(world.desk(here=HEADS), number, world.staff("wangfang"), reason="又吵了")

    assert NoticeKind.PROGRESS_REOPENED in world.shown_in(HEADS)


def test_who_says_which_category_is_meant_is_answered_with_who_has_it_now():
    world = World()
    number = world.report(reading=a_reading("other"))
    world.forget_notices()

    sort_as_told(world.desk(here=alone("u1")), number, world.resident("u1"), category="elevator")

    assert world.shown_in(alone("u1")) == []
    assert world.shown_in(chat("xingfuli-property")) == [NoticeKind.ASKED]
