"""How a matter ends, how satisfied people are, and how it comes back."""

import pytest

from routing.callers import Caller
from routing.desk import claim, close, decline, merge, rate, reopen, resolve, withdraw
from routing.errors import BadValueError, NotAllowedError, UnknownTicketError, WrongMomentError
from routing.events import ANOTHER_STAYS
from routing.notice_kinds import Hearer, NoticeKind
from routing.still_wanted import still_wanted
from routing.tickets import Rating, Status
from tests.builders import a_reading, alone
from tests.world import World

WATER = a_reading("water")


def resolved(world: World, *, staff: str = "chenjie") -> int:
    number = world.report()
    claim(world.desk(), number, world.staff(staff))
    resolve(world.desk(), number, world.staff(staff), result="已上门劝阻")
    return number


def disputed(world: World) -> int:
    """Redone as often as it may be, and still not solved: a person has to decide."""
    number = resolved(world)
    for staff in ("wangfang", "zhao"):
        rate(world.desk(), number, world.resident("u1"), rating=Rating.UNSATISFIED)
        claim(world.desk(), number, world.staff(staff))
        resolve(world.desk(), number, world.staff(staff), result="又去了一次")
    rate(world.desk(), number, world.resident("u1"), rating=Rating.UNSATISFIED, words="还是吵")
    return number


def two_reporters(world: World) -> int:
    """One water incident of two people from two buildings, resolved by the property manager."""
    world.report("没水", who="u1", reading=WATER)
    number = world.report("我家也没水", who="u2", reading=WATER, origin="xingfuli-b2")
    claim(world.desk(), number, world.staff("liqiang"))
    resolve(world.desk(), number, world.staff("liqiang"), result="水泵修好了")
    return number


# --- resolve ---


def test_what_nobody_holds_is_refused_for_its_state_and_for_no_holder():
    world = World()
    number = world.report()

    with pytest.raises(WrongMomentError) as refused:
        resolve(world.desk(), number, world.staff("chenjie"), result="已上门劝阻")

    assert refused.value.key == "not_while_open"


def test_resolving_says_what_was_done_and_the_reporters_are_asked():
    world = World()

    number = resolved(world)

    ticket = world.ticket(number)
    assert (ticket.status, ticket.resolved_level, ticket.holder) == (
        Status.RESOLVED,
        "building",
        "chenjie",
    )
    (asked,) = world.notices(NoticeKind.ASK_RATING)
    assert (asked.hearer, asked.values["words"]) == (Hearer.reporters(), "已上门劝阻")


def test_resolving_without_a_word_of_what_was_done_is_refused():
    world = World()
    number = world.report()
    claim(world.desk(), number, world.staff("chenjie"))

    with pytest.raises(BadValueError, match="result_missing"):
        resolve(world.desk(), number, world.staff("chenjie"), result="")


# --- rate ---


def test_a_good_rating_of_the_only_reporter_closes_it():
    world = World()
    number = resolved(world)

    ticket = rate(world.desk(), number, world.resident("u1"), rating=Rating.MOSTLY, words="谢谢")

    assert (ticket.status, ticket.rating) == (Status.CLOSED, Rating.MOSTLY)
    assert NoticeKind.CLOSED not in world.heard_by(Hearer.reporters())
    assert NoticeKind.RATED in world.heard_by(Hearer.staff("chenjie"))


def test_it_stays_open_for_rating_until_every_reporter_has_said_how_it_was():
    world = World()
    number = two_reporters(world)

    first = rate(world.desk(), number, world.resident("u1"), rating=Rating.SATISFIED)
    again = rate(world.desk(), number, world.resident("u1"), rating=Rating.SATISFIED)
    second = rate(world.desk(), number, world.resident("u2"), rating=Rating.SATISFIED)

    assert [each.status for each in (first, again, second)] == [
        Status.RESOLVED,
        Status.RESOLVED,
        Status.CLOSED,
    ]


@pytest.mark.parametrize("erased_rated", [False, True])
def test_who_was_erased_is_not_waited_for_and_does_not_speak_for_the_others(erased_rated: bool):
    world = World()
    number = two_reporters(world)
    if erased_rated:
        rate(world.desk(), number, world.resident("u2"), rating=Rating.SATISFIED)
    world.store.reporters.remove(number, world.person("u2").person_id)
    before = world.ticket(number).status

    after = rate(world.desk(), number, world.resident("u1"), rating=Rating.SATISFIED)

    assert (before, after.status) == (Status.RESOLVED, Status.CLOSED)


def test_where_every_reporter_was_erased_nobody_is_missed():
    world = World()
    number = world.report()
    world.store.reporters.remove(number, world.person("u1").person_id)

    claim(world.desk(), number, world.staff("chenjie"))
    resolve(world.desk(), number, world.staff("chenjie"), result="好了")

    assert world.heard_by(Hearer.reporters()) == []


def test_no_answer_closes_it_unrated():
    world = World()
    number = resolved(world)

    world.wait(days=3)

    ticket = world.ticket(number)
    assert (ticket.status, ticket.rating, ticket.next_due_at) == (Status.CLOSED, None, None)
    assert world.heard_by(Hearer.reporters())[-1] is NoticeKind.CLOSED
    assert world.store.history.list_of(number)[-1].reason == "unrated"


def test_not_solved_reopens_it_one_level_up():
    world = World()
    number = resolved(world)

    ticket = rate(world.desk(), number, world.resident("u1"), rating=Rating.UNSATISFIED, words="还在敲")

    assert (ticket.status, ticket.level, ticket.reopens) == (Status.OPEN, "community", 1)
    (notice,) = world.notices(NoticeKind.CAME_BACK)
    assert (notice.hearer, notice.values["words"]) == (Hearer.group("xingfuli-staff"), "还在敲")
    assert NoticeKind.PROGRESS_REOPENED in world.heard_by(Hearer.reporters())


def test_who_says_not_solved_is_answered_and_not_told_a_second_time_the_others_are():
    world = World()
    number = two_reporters(world)

    rate(world.desk(alone("u1")), number, world.resident("u1"), rating=Rating.UNSATISFIED)

    assert NoticeKind.PROGRESS_REOPENED not in world.shown_in(alone("u1"))
    assert NoticeKind.PROGRESS_REOPENED in world.shown_in(alone("u2"))


def test_not_solved_reopens_a_closed_ticket_too():
    world = World()
    number = resolved(world)
    world.wait(days=4)

    ticket = rate(world.desk(), number, world.resident("u1"), rating=Rating.UNSATISFIED)

    assert (ticket.status, ticket.closed_at) == (Status.OPEN, None)


def test_a_closed_ticket_can_still_be_called_good():
    world = World()
    number = resolved(world)
    world.wait(days=4)

    ticket = rate(world.desk(), number, world.resident("u1"), rating=Rating.SATISFIED)

    assert (ticket.status, ticket.rating) == (Status.CLOSED, Rating.SATISFIED)


def test_at_the_top_it_comes_back_to_the_same_desk():
    world = World()
    number = world.report(origin="xinhua")
    claim(world.desk(), number, world.staff("zhao"))
    resolve(world.desk(), number, world.staff("zhao"), result="答复了")

    ticket = rate(world.desk(), number, world.resident("u1"), rating=Rating.UNSATISFIED)

    assert (ticket.group, ticket.status) == ("xinhua-staff", Status.OPEN)


def test_after_the_limit_of_redos_a_person_decides():
    world = World()

    number = disputed(world)

    ticket = world.ticket(number)
    assert (ticket.status, ticket.reopens, world.story(number)[-1]) == (Status.RESOLVED, 2, "disputed")
    (notice,) = world.notices(NoticeKind.DECIDE)
    assert (notice.hearer, notice.values["words"]) == (Hearer.group("xinhua-staff"), "还是吵")


def test_a_dispute_is_never_closed_by_silence_and_is_put_again():
    world = World()
    number = disputed(world)

    world.wait(days=10)

    assert world.ticket(number).status is Status.RESOLVED
    notices = world.notices(NoticeKind.DECIDE)
    assert len(notices) > 10
    assert [still_wanted(each, world.ticket(number)) for each in notices[-2:]] == [False, True]


def test_a_dispute_is_not_ended_by_another_reporters_praise():
    world = World()
    number = two_reporters(world)
    for staff in ("zhao", "zhao"):
        rate(world.desk(), number, world.resident("u1"), rating=Rating.UNSATISFIED)
        claim(world.desk(), number, world.staff(staff))
        resolve(world.desk(), number, world.staff(staff), result="又修了")
    rate(world.desk(), number, world.resident("u1"), rating=Rating.UNSATISFIED)

    rate(world.desk(), number, world.resident("u2"), rating=Rating.SATISFIED)
    world.wait(days=10)

    assert world.ticket(number).status is Status.RESOLVED
    assert world.ticket(number).rating is Rating.UNSATISFIED


def test_somebody_above_decides_to_redo_it():
    world = World()
    number = disputed(world)

    with pytest.raises(UnknownTicketError):
        reopen(world.desk(), number, world.staff("sunli"), reason="")
    ticket = reopen(world.desk(), number, world.staff("zhao"), reason="再去一次")

    assert (ticket.status, ticket.reopens) == (Status.OPEN, 3)


def test_somebody_above_decides_to_close_it_with_a_reason():
    world = World()
    number = disputed(world)

    with pytest.raises(BadValueError, match="reason_missing"):
        close(world.desk(), number, world.staff("zhao"), reason="")
    ticket = close(world.desk(), number, world.staff("zhao"), reason="已转公安处理")

    assert ticket.status is Status.CLOSED
    assert world.notices(NoticeKind.CLOSED)[-1].values["words"] == "已转公安处理"


def test_the_handler_does_not_decide_about_their_own_work():
    world = World()
    number = resolved(world)

    with pytest.raises(NotAllowedError, match="only_above"):
        close(world.desk(), number, world.staff("chenjie"), reason="办好了")


def test_only_reporters_rate_and_only_what_is_done():
    world = World()
    number = world.report()

    with pytest.raises(WrongMomentError, match="not_while_open"):
        rate(world.desk(), number, world.resident("u1"), rating=Rating.SATISFIED)
    with pytest.raises(UnknownTicketError):
        rate(world.desk(), number, world.resident("u2"), rating=Rating.SATISFIED)


def test_words_with_a_rating_can_be_found_again_by_who_said_them():
    world = World()
    number = resolved(world)

    rate(world.desk(), number, world.resident("u1"), rating=Rating.UNSATISFIED, words="我家502还在吵")

    said = [each for each in world.store.history.list_of(number) if each.kind == "rated"]
    assert said[0].values["person"] == str(world.person("u1").person_id)


def test_the_office_may_rate_for_somebody_who_called():
    world = World()
    number = resolved(world)

    assert (
        rate(world.desk(), number, Caller(office="office:street"), rating=Rating.SATISFIED).status
        is Status.CLOSED
    )


# --- withdraw, decline ---


def test_a_reporter_withdraws_and_whoever_has_it_hears():
    world = World()
    number = world.report()
    claim(world.desk(), number, world.staff("chenjie"))

    ticket = withdraw(world.desk(), number, world.resident("u1"))

    assert (ticket.status, ticket.next_due_at) == (Status.WITHDRAWN, None)
    assert world.heard_by(Hearer.staff("chenjie"))[-1] is NoticeKind.WITHDRAWN


def test_while_others_reported_it_too_only_the_one_leaves():
    world = World()
    world.report("没水", who="u1", reading=WATER)
    number = world.report("我家也没水", who="u2", reading=WATER, origin="xingfuli-b2")

    ticket = withdraw(world.desk(), number, world.resident("u2"))

    assert (ticket.status, ticket.reporters) == (Status.OPEN, 1)
    with pytest.raises(UnknownTicketError):
        withdraw(world.desk(), number, world.resident("u2"))


def test_one_who_came_by_a_merge_leaves_the_ticket_that_goes_on():
    world = World()
    first, second = world.report(who="u1"), world.report(who="u2")
    merge(world.desk(), second, world.staff("chenjie"), into=first)

    ticket = withdraw(world.desk(), first, world.resident("u2"))

    assert (ticket.status, ticket.reporters) == (Status.OPEN, 1)
    assert [each.person_id for each in world.store.reporters.list_of(first)] == [1]


def test_who_takes_back_one_of_their_reports_goes_on_hearing_of_the_other():
    world = World()
    first, other = world.report(who="u1"), world.report("电梯也坏了", who="u1", origin="xingfuli-b2")
    merge(world.desk(), world.report(who="u2"), world.staff("chenjie"), into=first)
    merge(world.desk(), other, world.staff("wangfang"), into=first)

    ticket = withdraw(world.desk(), first, world.resident("u1"))
    heard_after_the_first = world.store.reporters.is_reporter(first, 1)
    left = withdraw(world.desk(), first, world.resident("u1"))

    assert (ticket.status, ticket.reporters, heard_after_the_first) == (Status.OPEN, 2, True)
    assert world.store.history.list_of(first)[-2].reason == ANOTHER_STAYS
    assert [each.person_id for each in world.store.reporters.list_of(first)] == [2]
    assert (left.status, left.reporters) == (Status.OPEN, 1)


def test_their_other_report_keeps_a_ticket_open_that_nobody_else_told_of():
    world = World()
    first, other = world.report(who="u1"), world.report("电梯也坏了", who="u1", origin="xingfuli-b2")
    merge(world.desk(), other, world.staff("wangfang"), into=first)

    ticket = withdraw(world.desk(), first, world.resident("u1"))
    ended = withdraw(world.desk(), first, world.resident("u1"))

    assert (ticket.status, ended.status) == (Status.OPEN, Status.WITHDRAWN)


def test_declining_says_why_to_the_reporters():
    world = World()
    number = world.report()

    with pytest.raises(BadValueError, match="decline_reason"):
        decline(world.desk(), number, world.staff("chenjie"), reason="")
    ticket = decline(world.desk(), number, world.staff("chenjie"), reason="属于合同纠纷，请找法院")

    assert (ticket.status, ticket.next_due_at) == (Status.DECLINED, None)
    (told,) = world.notices(NoticeKind.DECLINED)
    assert (told.hearer, told.values["words"]) == (Hearer.reporters(), "属于合同纠纷，请找法院")
