"""What is due and when, from the ticket and the time alone."""

from dataclasses import replace
from datetime import timedelta

from routing.durations import parse_span
from routing.escalation import Step, next_due, next_step, promise_at, remind_at
from routing.hierarchy import Limits
from routing.tickets import Rating, Status
from tests.builders import TUESDAY_NINE, a_ticket

TEN = TUESDAY_NINE + timedelta(hours=1)


def test_an_open_ticket_promises_to_be_claimed_and_a_claimed_one_to_be_resolved():
    six = TUESDAY_NINE + timedelta(hours=9)

    assert promise_at(a_ticket()) == TEN
    assert promise_at(a_ticket(status=Status.CLAIMED, holder="chenjie", resolve_due_at=six)) == six
    assert promise_at(a_ticket(status=Status.WAITING)) is None


def test_a_reminder_comes_once_for_each_limit():
    assert remind_at(a_ticket()) == TEN - timedelta(minutes=15)
    assert remind_at(a_ticket(reminded_for=TEN)) is None
    assert next_due(a_ticket(reminded_for=TEN)) == (TEN, Step.BREACH)


def test_a_limit_shorter_than_its_reminder_has_none():
    ticket = a_ticket()
    short = Limits(parse_span("10m"), parse_span("2h"), parse_span("15m"))
    ticket = replace(ticket, plan=replace(ticket.plan, limits=(("building", short),)))

    assert remind_at(replace(ticket, claim_due_at=TUESDAY_NINE + timedelta(minutes=10))) is None
    assert remind_at(replace(ticket, claim_due_at=TUESDAY_NINE + timedelta(minutes=15))) is None


def test_no_reminder_where_the_file_gives_none():
    ticket = a_ticket()
    silent = Limits(parse_span("1h"), parse_span("2h"), None)

    assert remind_at(replace(ticket, plan=replace(ticket.plan, limits=(("building", silent),)))) is None


def test_a_reminder_that_came_too_late_gives_way_to_the_breach():
    assert next_step(a_ticket(), TEN - timedelta(minutes=15)) is Step.REMIND
    assert next_step(a_ticket(), TEN) is Step.BREACH
    assert next_step(a_ticket(), TUESDAY_NINE) is None


def test_a_pause_ends_at_its_end():
    assert next_due(a_ticket(status=Status.WAITING, paused_until=TEN)) == (TEN, Step.RESUME)


def test_a_resolved_ticket_is_closed_after_the_time_for_rating_unless_it_is_disputed():
    resolved = a_ticket(status=Status.RESOLVED, resolved_at=TEN)

    assert next_due(resolved) == (TEN + timedelta(days=3), Step.CLOSE)
    disputed = replace(resolved, rating=Rating.UNSATISFIED)
    assert next_due(disputed) == (TEN + timedelta(hours=4), Step.SUPERVISE)
    again = replace(disputed, supervised_at=TEN + timedelta(hours=4))
    assert next_due(again) == (TEN + timedelta(hours=8), Step.SUPERVISE)


def test_nothing_is_due_for_what_has_ended_or_has_no_limit():
    assert next_due(a_ticket(status=Status.CLOSED)) is None
    assert next_due(a_ticket(status=Status.RESOLVED, resolved_at=None)) is None
    assert next_due(a_ticket(claim_due_at=None)) is None


def test_a_supervised_ticket_is_due_again_after_the_interval():
    ticket = a_ticket(supervised_at=TEN)

    assert next_due(ticket) == (TEN + timedelta(hours=4), Step.SUPERVISE)
    assert next_step(ticket, TEN + timedelta(hours=4)) is Step.SUPERVISE
