"""暂缓: a stopped clock with an end. A long one needs a yes from the level above."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from routing.callers import Caller, is_above, require_above, require_holder
from routing.desk.desk import Desk, require_moment
from routing.errors import BadValueError, WrongMomentError
from routing.events import Event, EventKind
from routing.ladder import own_staff_group, root_desk
from routing.tickets import PauseRequest, Status, Ticket, Verb
from routing.working_time import add, extend

Pause = tuple[datetime, datetime]
ABOVE = "above"
"""Who agreed to a pause, in the values of its event."""

LONGEST_PAUSE = timedelta(days=366)
"""Nothing is parked out of sight: after a year it comes up again."""


def pause(desk: Desk, number: int, caller: Caller, *, until_at: datetime, reason: str) -> Ticket:
    """Stops the clock until then; longer than `approve_over` only asks the level above for it. What the holder's level
    has stopped it for before counts as well, so that many short pauses are one long one."""
    ticket = desk.store.tickets.get(number)
    require_holder(desk.hierarchy, ticket, caller)
    require_moment(ticket, Verb.PAUSE)
    _require_sense(desk, ticket, until_at=until_at, reason=reason)
    values = {"until": until_at.isoformat()}
    if is_above(desk.hierarchy, ticket, caller):
        return _stop(desk, ticket, by=caller.by, until_at=until_at, reason=reason, approved=ABOVE)
    earlier = _list_own_pauses(desk, ticket)
    if _needs_approval(desk, ticket, until_at, earlier):
        if earlier:
            values["earlier"] = str(len(earlier))
        after = replace(ticket, pause_request=PauseRequest(until_at, reason, caller.by))
        values["above"] = _approver(desk, ticket)
        asked = desk.event(EventKind.PAUSE_ASKED, after, by=caller.by, words=reason, values=values)
        return desk.record(ticket, after, asked)
    return _stop(desk, ticket, by=caller.by, until_at=until_at, reason=reason)


def approve_pause(desk: Desk, number: int, caller: Caller) -> Ticket:
    ticket, request = _asked(desk, number, caller)
    if request.until_at <= desk.now:
        raise WrongMomentError("pause_is_past", number=number)
    return _stop(desk, ticket, by=caller.by, until_at=request.until_at, reason=request.reason, approved=ABOVE)


def refuse_pause(desk: Desk, number: int, caller: Caller, *, reason: str) -> Ticket:
    ticket, request = _asked(desk, number, caller)
    after = replace(ticket, pause_request=None)
    event = desk.event(
        EventKind.PAUSE_REFUSED,
        after,
        by=caller.by,
        words=reason,
        values={"until": request.until_at.isoformat()},
    )
    return desk.record(ticket, after, event)


def resume(desk: Desk, number: int, caller: Caller) -> Ticket:
    """恢复 before the end: by the holder or somebody above."""
    ticket = desk.store.tickets.get(number)
    require_holder(desk.hierarchy, ticket, caller)
    require_moment(ticket, Verb.RESUME)
    return go_on(desk, ticket, by=caller.by)


def go_on(desk: Desk, ticket: Ticket, *, by: str) -> Ticket:
    """The clock runs again with exactly what was left of it."""
    after = ticking(ticket, desk.now)
    return desk.record(ticket, after, desk.event(EventKind.RESUMED, after, by=by))


def ticking(ticket: Ticket, now: datetime) -> Ticket:
    """What waited, claimed again, with what was left: from the agreed end, when the ring came a little late."""
    is_working = ticket.plan.limits_at(ticket.level).resolve.is_working
    due_at = ticket.resolve_due_at
    if due_at is not None and ticket.paused_at is not None:
        until_at = min(now, ticket.paused_until or now)
        due_at = extend(due_at, ticket.paused_at, until_at, is_working, ticket.plan.calendar)
    return replace(ticket, status=Status.CLAIMED, paused_at=None, paused_until=None, resolve_due_at=due_at)


def _stop(
    desk: Desk, ticket: Ticket, *, by: str, until_at: datetime, reason: str, approved: str = ""
) -> Ticket:
    after = replace(
        ticket, status=Status.WAITING, paused_at=desk.now, paused_until=until_at, pause_request=None
    )
    values = {"until": until_at.isoformat(), **({"approved": approved} if approved else {})}
    return desk.record(ticket, after, desk.event(EventKind.PAUSED, after, by=by, words=reason, values=values))


def _asked(desk: Desk, number: int, caller: Caller) -> tuple[Ticket, PauseRequest]:
    ticket = desk.store.tickets.get(number)
    require_above(desk.hierarchy, ticket, caller)
    if ticket.pause_request is None or ticket.status is not Status.CLAIMED:
        raise WrongMomentError("no_pause_asked", number=number)
    return ticket, ticket.pause_request


def _approver(desk: Desk, ticket: Ticket) -> str:
    """The staff group of the nearest level above where somebody can hear; at the top its own."""
    above = [each for each in desk.hierarchy.climb(ticket.node) if each.node_id != ticket.node]
    groups = (own_staff_group(desk.hierarchy, each.node_id, can_hear=desk.can_hear) for each in above)
    found = next((each for each in groups if each is not None), None)
    return (found or root_desk(desk.hierarchy, can_hear=desk.can_hear).group).group_id


def _needs_approval(desk: Desk, ticket: Ticket, until_at: datetime, earlier: Sequence[Pause]) -> bool:
    span, calendar = desk.hierarchy.manners.approve_over, ticket.plan.calendar
    stopped_until = until_at
    for from_at, to_at in earlier:
        stopped_until = extend(stopped_until, from_at, to_at, span.is_working, calendar)
    return stopped_until > add(desk.now, span, calendar)


def _list_own_pauses(desk: Desk, ticket: Ticket) -> list[Pause]:
    """Those since the dispatch for which nobody above was asked, each with the time that it really took."""
    pauses: list[Pause] = []
    begun: Event | None = None
    for event in desk.store.history.list_of(ticket.number):
        if event.kind is EventKind.PAUSED:
            begun = event
        elif event.kind is EventKind.RESUMED and begun is not None:
            if begun.at >= ticket.dispatched_at and "approved" not in begun.values:
                pauses.append((begun.at, min(event.at, datetime.fromisoformat(begun.values["until"]))))
            begun = None
    return pauses


def _require_sense(desk: Desk, ticket: Ticket, *, until_at: datetime, reason: str) -> None:
    if not reason:
        raise BadValueError("reason_missing", number=ticket.number, verb=Verb.PAUSE.value)
    if until_at <= desk.now:
        raise BadValueError("until_is_past", number=ticket.number)
    if until_at > desk.now + LONGEST_PAUSE:
        raise BadValueError("until_is_far", number=ticket.number)
