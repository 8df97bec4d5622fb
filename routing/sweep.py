"""The clock's own verbs: what is due is done, each ticket in a job of its own. Nothing here waits or sends."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from routing.desk.desk import Desk
from routing.desk.ending import close_unrated
from routing.desk.handling import climb, next_rung
from routing.desk.waiting import go_on
from routing.escalation import Step, next_due, next_step, promise_at
from routing.events import Actor, EventKind
from routing.ports import UnitOfWork
from routing.tickets import Status, Ticket

BATCH = 500


def list_due(store: UnitOfWork, now: datetime) -> Sequence[int]:
    """The numbers to look at now, oldest first, at most `BATCH`."""
    return store.tickets.list_due(now, limit=BATCH)


def take_step(desk: Desk, number: int) -> Step | None:
    """Does the one thing that is due for this ticket, if it still is. Returns it, or None.

    A breach climbs one level, or is supervised at the top. After a long silence of the machine only one level is
    taken at a time, each with its full limit.
    """
    ticket = desk.store.tickets.find(number)
    step = next_step(ticket, desk.now) if ticket else None
    if ticket is None or step is None:
        return None
    if step is Step.REMIND:
        _remind(desk, ticket)
    elif step is Step.BREACH:
        _breach(desk, ticket)
    elif step is Step.SUPERVISE:
        _supervise(desk, ticket)
    elif step is Step.RESUME:
        go_on(desk, ticket, by=Actor.CLOCK)
    else:
        close_unrated(desk, ticket)
    return step


def _remind(desk: Desk, ticket: Ticket) -> None:
    after = replace(ticket, reminded_for=promise_at(ticket))
    desk.record(ticket, after, desk.event(EventKind.REMINDED, after, by=Actor.CLOCK))


def _breach(desk: Desk, ticket: Ticket) -> None:
    rung = next_rung(desk, ticket)
    if rung is None:
        _supervise(desk, ticket)
        return
    reason = "claim_due" if ticket.status is Status.OPEN else "resolve_due"
    climb(desk, ticket, rung, by=Actor.CLOCK, reason=reason, words="")


def _supervise(desk: Desk, ticket: Ticket) -> None:
    """督办: repeated until somebody acts; a disputed end is put before the duty desk again instead."""
    after = replace(ticket, supervised_at=desk.now)
    if ticket.status is Status.RESOLVED:
        desk.record(ticket, after, desk.event(EventKind.DISPUTED, after, by=Actor.CLOCK))
        return
    reason = "claim_due" if ticket.status is Status.OPEN else "resolve_due"
    due = next_due(ticket)
    values = {"late_since": (promise_at(ticket) or (due[0] if due else desk.now)).isoformat()}
    desk.record(
        ticket, after, desk.event(EventKind.SUPERVISED, after, by=Actor.CLOCK, reason=reason, values=values)
    )
