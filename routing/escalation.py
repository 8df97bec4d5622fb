"""What the clock wants of a ticket: pure functions of the ticket and `now`. They decide and touch nothing.

The tree is not asked here: whether a breach climbs or is supervised is for `ladder` to say.
"""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from routing.durations import Span
from routing.tickets import Rating, Status, Ticket
from routing.working_time import add, subtract


class Step(StrEnum):
    REMIND = "remind"
    BREACH = "breach"
    SUPERVISE = "supervise"
    RESUME = "resume"
    CLOSE = "close"


def promise_at(ticket: Ticket) -> datetime | None:
    """The limit that runs now: to be claimed while open, to be resolved while claimed."""
    if ticket.status is Status.OPEN:
        return ticket.claim_due_at
    if ticket.status is Status.CLAIMED:
        return ticket.resolve_due_at
    return None


def remind_at(ticket: Ticket) -> datetime | None:
    """When the reminder before the running limit is due; None when there is none or it was given."""
    due_at = promise_at(ticket)
    span = ticket.plan.limits_at(ticket.level).remind
    if due_at is None or span is None or ticket.reminded_for == due_at:
        return None
    at = subtract(due_at, span, ticket.plan.calendar)
    return at if at > ticket.dispatched_at else None


def next_due(ticket: Ticket) -> tuple[datetime, Step] | None:
    """The next thing that the clock owes this ticket and when; None when it owes nothing."""
    if ticket.status is Status.WAITING and ticket.paused_until:
        return ticket.paused_until, Step.RESUME
    if ticket.status is Status.RESOLVED:
        return _after_resolving(ticket)
    due_at = promise_at(ticket)
    if due_at is None:
        return None
    if ticket.supervised_at is not None:
        return _after(ticket, ticket.supervised_at, ticket.plan.supervise_every), Step.SUPERVISE
    reminder_at = remind_at(ticket)
    return (reminder_at, Step.REMIND) if reminder_at else (due_at, Step.BREACH)


def next_step(ticket: Ticket, now: datetime) -> Step | None:
    """What is due at `now`. A reminder that came too late gives way to the breach itself."""
    due = next_due(ticket)
    if due is None or due[0] > now:
        return None
    promised_at = promise_at(ticket)
    if due[1] is Step.REMIND and promised_at is not None and promised_at <= now:
        return Step.BREACH
    return due[1]


def with_next_due(ticket: Ticket) -> Ticket:
    """The ticket with its `next_due_at` column brought up to date. Every change of a ticket ends here."""
    due = next_due(ticket)
    return replace(ticket, next_due_at=due[0] if due else None)


def claim_due(ticket: Ticket) -> datetime:
    """When the level now asked must have claimed it: counted from dispatch (DOMAIN: 签收)."""
    return _after(ticket, ticket.dispatched_at, ticket.plan.limits_at(ticket.level).claim)


def resolve_due(ticket: Ticket) -> datetime:
    """When the level now asked must have resolved it: counted from dispatch, not from the claim."""
    return _after(ticket, ticket.dispatched_at, ticket.plan.limits_at(ticket.level).resolve)


def claim_due_again(ticket: Ticket, now: datetime) -> datetime:
    """Where somebody has to claim once more what was claimed before: the limit anew from now, as the one from the
    dispatch was kept, but never past the limit to resolve."""
    anew = _after(ticket, now, ticket.plan.limits_at(ticket.level).claim)
    return min(anew, ticket.resolve_due_at or resolve_due(ticket))


def _after_resolving(ticket: Ticket) -> tuple[datetime, Step] | None:
    if ticket.resolved_at is None:
        return None
    if ticket.rating is Rating.UNSATISFIED:
        since = ticket.supervised_at or ticket.resolved_at
        return _after(ticket, since, ticket.plan.supervise_every), Step.SUPERVISE
    return _after(ticket, ticket.resolved_at, ticket.plan.rate_within), Step.CLOSE


def _after(ticket: Ticket, start: datetime, span: Span) -> datetime:
    return add(start, span, ticket.plan.calendar)
