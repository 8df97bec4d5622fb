"""Whether a notice is still true when its turn comes: what moved on meanwhile is not told."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from routing.desk import claim, escalate, merge, pause, rate, release, resolve, resume, transfer
from routing.notice_kinds import Hearer, Notice, NoticeKind
from routing.still_wanted import still_wanted
from routing.tickets import Rating, Status
from tests.builders import a_hierarchy, a_reading, a_ticket
from tests.world import World

TREE = a_hierarchy()
OPEN = a_ticket(TREE)
CLAIMED = a_ticket(TREE, status=Status.CLAIMED, holder="chenjie", resolve_due_at=OPEN.claim_due_at)
AGAIN = {"cycle": OPEN.cycle + 1}


def wanted(world: World, kind: NoticeKind, *, number: int | None = None) -> list[bool]:
    return [
        still_wanted(each, world.ticket(each.ticket_number)) for each in world.notices(kind, number=number)
    ]


def a_notice(kind: NoticeKind, **values: str) -> Notice:
    return Notice(
        kind, Hearer.group("xingfuli-b1-staff"), OPEN.number, OPEN.cycle, urgent=False, values=values
    )


@pytest.mark.parametrize(
    "kind",
    [
        NoticeKind.ASKED,
        NoticeKind.CLIMBED,
        NoticeKind.HANDED_BACK,
        NoticeKind.CAME_BACK,
        NoticeKind.FREE_AGAIN,
        NoticeKind.PROGRESS_CLIMBED,
        NoticeKind.PROGRESS_REOPENED,
    ],
)
def test_that_somebody_is_asked_is_news_until_one_has_it_or_others_are_asked(kind: NoticeKind):
    assert still_wanted(a_notice(kind), OPEN)
    assert not still_wanted(a_notice(kind), CLAIMED)
    assert not still_wanted(a_notice(kind), replace(OPEN, **AGAIN))


@pytest.mark.parametrize(
    "kind",
    [
        NoticeKind.TAKEN,
        NoticeKind.GIVEN,
        NoticeKind.DETAILS,
        NoticeKind.HURRIED,
        NoticeKind.PAUSE_REFUSED,
        NoticeKind.GOES_ON,
        NoticeKind.PROGRESS_CLAIMED,
        NoticeKind.PROGRESS_TRANSFERRED,
        NoticeKind.PROGRESS_RESUMED,
    ],
)
def test_that_somebody_has_it_is_news_while_they_do(kind: NoticeKind):
    notice = a_notice(kind, holder="chenjie")

    assert still_wanted(notice, CLAIMED)
    assert not still_wanted(notice, replace(CLAIMED, holder="wangfang"))
    assert not still_wanted(notice, replace(CLAIMED, **AGAIN))
    assert not still_wanted(notice, replace(CLAIMED, status=Status.RESOLVED))


@pytest.mark.parametrize(
    ("kind", "end"),
    [
        (NoticeKind.ASK_RATING, Status.RESOLVED),
        (NoticeKind.DONE_HERE, Status.RESOLVED),
        (NoticeKind.CLOSED, Status.CLOSED),
        (NoticeKind.MERGED_AWAY, Status.MERGED),
        (NoticeKind.PROGRESS_MERGED, Status.MERGED),
    ],
)
def test_an_end_is_news_until_it_is_undone(kind: NoticeKind, end: Status):
    ended = replace(CLAIMED, status=end)

    assert still_wanted(a_notice(kind), ended)
    assert not still_wanted(a_notice(kind), CLAIMED)
    assert not still_wanted(a_notice(kind), replace(ended, **AGAIN))


@pytest.mark.parametrize("kind", [NoticeKind.REMINDER, NoticeKind.SUPERVISION])
def test_a_warning_is_news_while_the_limit_it_is_about_runs(kind: NoticeKind):
    notice = a_notice(kind, due=OPEN.claim_due_at.isoformat())

    assert still_wanted(notice, OPEN)
    assert not still_wanted(notice, replace(OPEN, claim_due_at=OPEN.claim_due_at + timedelta(minutes=1)))
    assert not still_wanted(notice, replace(OPEN, status=Status.WAITING))


@pytest.mark.parametrize("kind", [NoticeKind.PAUSED, NoticeKind.PROGRESS_PAUSED])
def test_a_pause_is_news_until_it_ends_or_ends_at_another_time(kind: NoticeKind):
    until_at = OPEN.claim_due_at
    waiting = replace(CLAIMED, status=Status.WAITING, paused_until=until_at)
    notice = a_notice(kind, until=until_at.isoformat())

    assert still_wanted(notice, waiting)
    assert not still_wanted(notice, replace(waiting, status=Status.CLAIMED))
    assert not still_wanted(notice, replace(waiting, paused_until=until_at + timedelta(days=1)))
    elsewhere = a_notice(kind, until=until_at.astimezone(timezone(timedelta(hours=8))).isoformat())
    assert still_wanted(elsewhere, waiting)


@pytest.mark.parametrize("kind", [NoticeKind.GONE, NoticeKind.HANDED_UP])
def test_that_it_left_is_no_news_where_it_came_back(kind: NoticeKind):
    assert still_wanted(a_notice(kind), replace(OPEN, group="xingfuli-staff"))
    assert not still_wanted(a_notice(kind), OPEN)


@pytest.mark.parametrize("kind", [NoticeKind.URGED, NoticeKind.QUESTION])
def test_what_asks_for_work_is_void_once_the_work_is_done(kind: NoticeKind):
    assert still_wanted(a_notice(kind), replace(CLAIMED, status=Status.WAITING))
    assert not still_wanted(a_notice(kind), replace(CLAIMED, status=Status.RESOLVED))


@pytest.mark.parametrize(
    "kind",
    [
        NoticeKind.DECLINED,
        NoticeKind.ENDED_HERE,
        NoticeKind.WITHDRAWN,
        NoticeKind.RATED,
        NoticeKind.NOTED,
        NoticeKind.ADDED_WORDS,
        NoticeKind.MOVED_HERE,
        NoticeKind.PROGRESS_PARTED,
    ],
)
def test_what_somebody_said_or_decided_is_told_whatever_came_after(kind: NoticeKind):
    assert still_wanted(a_notice(kind), replace(OPEN, status=Status.CLOSED, **AGAIN))


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

    resume(world.desk(), number, world.staff("zhao"))

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
