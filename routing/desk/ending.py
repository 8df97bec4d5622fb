"""办结, 评价, 重办, 结案, 撤回, 不予受理: how a matter ends, and how it comes back."""

from dataclasses import replace

from routing.callers import Caller, require_above, require_hand, require_holder
from routing.desk.desk import Desk, dispatched, require_moment
from routing.desk.handling import next_rung, require_reporter
from routing.errors import BadValueError
from routing.events import ANOTHER_STAYS, Actor, EventKind
from routing.ladder import root_desk
from routing.tickets import Rating, Status, Ticket, Verb


def resolve(desk: Desk, number: int, caller: Caller, *, result: str) -> Ticket:
    """办结 with what was done; the reporters are asked."""
    ticket = desk.store.tickets.get(number)
    require_holder(desk.hierarchy, ticket, caller)
    require_moment(ticket, Verb.RESOLVE)
    if not result:
        raise BadValueError("result_missing", number=number)
    after = replace(
        ticket,
        status=Status.RESOLVED,
        resolved_at=desk.now,
        resolved_level=ticket.level,
        rating=None,
        pause_request=None,
        supervised_at=None,
        paused_at=None,
        paused_until=None,
    )
    return desk.record(ticket, after, desk.event(EventKind.RESOLVED, after, by=caller.by, words=result))


def rate(desk: Desk, number: int, caller: Caller, *, rating: Rating, words: str = "") -> Ticket:
    """评价 by a reporter. 不满意 says "not solved": it comes back one level up, within the limit of redos.

    What waits for a person's decision goes on waiting, whatever other reporters say meanwhile.
    """
    ticket = desk.store.tickets.get(number)
    require_reporter(desk, ticket, caller)
    require_moment(ticket, Verb.RATE)
    rated = ticket if _is_disputed(ticket) else replace(ticket, rating=rating)
    event = desk.event(
        EventKind.RATED,
        rated,
        by=caller.by,
        words=words,
        values={"rating": rating.value, "person": _person(caller)},
    )
    if rating is Rating.UNSATISFIED:
        return _come_back(desk, desk.record(ticket, rated, event), by=caller.by, words=words)
    after = desk.record(ticket, rated, event)
    if ticket.status is Status.CLOSED or _is_disputed(ticket):
        return after
    return _close_when_all_rated(desk, after)


def reopen(desk: Desk, number: int, caller: Caller, *, reason: str) -> Ticket:
    """重办, decided by somebody above after the limit of redos."""
    ticket = desk.store.tickets.get(number)
    require_above(desk.hierarchy, ticket, caller)
    require_moment(ticket, Verb.REOPEN)
    return _go_again(desk, ticket, by=caller.by, words=reason)


def close(desk: Desk, number: int, caller: Caller, *, reason: str) -> Ticket:
    """结案, decided by somebody above; always with a reason."""
    ticket = desk.store.tickets.get(number)
    require_above(desk.hierarchy, ticket, caller)
    require_moment(ticket, Verb.CLOSE)
    if not reason:
        raise BadValueError("reason_missing", number=number, verb=Verb.CLOSE.value)
    return _end(desk, ticket, EventKind.CLOSED, by=caller.by, reason="by_hand", words=reason)


def close_unrated(desk: Desk, ticket: Ticket) -> Ticket:
    """Nobody answered within `rate_within`."""
    return _end(desk, ticket, EventKind.CLOSED, by=Actor.CLOCK, reason="unrated")


def withdraw(desk: Desk, number: int, caller: Caller) -> Ticket:
    """撤回 by a reporter. While others reported it too, only this person leaves; what they told besides, under a number
    of its own that was merged into this ticket, goes on until they say 撤回 once more."""
    ticket = desk.store.tickets.get(number)
    require_reporter(desk, ticket, caller)
    require_moment(ticket, Verb.WITHDRAW)
    if caller.person_id is not None and _told_more(desk, ticket, caller.person_id):
        return _take_back(desk, ticket, caller.person_id)
    if ticket.reporters > 1 and caller.person_id is not None:
        return _leave(desk, ticket, caller.person_id)
    after = replace(ticket, status=Status.WITHDRAWN, closed_at=desk.now)
    return desk.record(ticket, after, desk.event(EventKind.WITHDRAWN, after, by=caller.by))


def decline(desk: Desk, number: int, caller: Caller, *, reason: str) -> Ticket:
    """不予受理: always with the reason and where to go instead."""
    ticket = desk.store.tickets.get(number)
    require_hand(desk.hierarchy, ticket, caller)
    require_moment(ticket, Verb.DECLINE)
    if not reason:
        raise BadValueError("decline_reason", number=number)
    after = replace(ticket, status=Status.DECLINED, closed_at=desk.now)
    return desk.record(ticket, after, desk.event(EventKind.DECLINED, after, by=caller.by, words=reason))


def _told_more(desk: Desk, ticket: Ticket, person_id: int) -> bool:
    reports = desk.store.reporters.list_reports(ticket.number, person_id)
    return ticket.number in reports and len(reports) > 1


def _take_back(desk: Desk, ticket: Ticket, person_id: int) -> Ticket:
    desk.store.reporters.take_back(ticket.number, person_id)
    return desk.record(
        ticket, ticket, desk.event(EventKind.LEFT, ticket, by=Actor.RESIDENT, reason=ANOTHER_STAYS)
    )


def _leave(desk: Desk, ticket: Ticket, person_id: int) -> Ticket:
    desk.store.reporters.remove(ticket.number, person_id)
    after = replace(ticket, reporters=len(desk.store.reporters.list_of(ticket.number)))
    event = desk.event(EventKind.LEFT, after, by=Actor.RESIDENT, values={"reporters": str(after.reporters)})
    return desk.record(ticket, after, event)


def _come_back(desk: Desk, ticket: Ticket, *, by: str, words: str) -> Ticket:
    if ticket.reopens < ticket.plan.reopen_limit:
        return _go_again(desk, ticket, by=by, words=words)
    waiting = replace(
        ticket, status=Status.RESOLVED, resolved_at=desk.now, closed_at=None, supervised_at=None
    )
    return desk.record(ticket, waiting, desk.event(EventKind.DISPUTED, waiting, by=by, words=words))


def _go_again(desk: Desk, ticket: Ticket, *, by: str, words: str) -> Ticket:
    """Newly dispatched, one level above the one that resolved it, or to the top's desk again."""
    rung = next_rung(desk, ticket) or root_desk(desk.hierarchy, can_hear=desk.can_hear)
    after = dispatched(desk, ticket, node_id=rung.node.node_id, group=rung.group)
    after = replace(after, reopens=ticket.reopens + 1, resolved_at=None, closed_at=None)
    values = {"from_level": ticket.level, "from_group": ticket.group, "skipped": "、".join(rung.skipped)}
    event = desk.event(EventKind.REOPENED, after, by=by, reason="not_solved", words=words, values=values)
    return desk.record(ticket, after, event)


def _close_when_all_rated(desk: Desk, ticket: Ticket) -> Ticket:
    since = ticket.resolved_at or ticket.opened_at
    rated = {
        each.values.get("person", "")
        for each in desk.store.history.list_of(ticket.number)
        if each.kind is EventKind.RATED and each.at >= since
    }
    reporters = {str(each.person_id) for each in desk.store.reporters.list_of(ticket.number)}
    # Who was erased is asked no more, and no longer speaks for anybody; an office does.
    if len([each for each in rated if each in reporters or not each.isdigit()]) < len(reporters):
        return ticket
    return _end(desk, ticket, EventKind.CLOSED, by=Actor.RESIDENT, reason="rated")


def _end(desk: Desk, ticket: Ticket, kind: EventKind, *, by: str, reason: str, words: str = "") -> Ticket:
    after = replace(ticket, status=Status.CLOSED, closed_at=desk.now)
    return desk.record(ticket, after, desk.event(kind, after, by=by, reason=reason, words=words))


def _is_disputed(ticket: Ticket) -> bool:
    return ticket.status is Status.RESOLVED and ticket.rating is Rating.UNSATISFIED


def _person(caller: Caller) -> str:
    """The id alone, by which an erasure finds the words."""
    return str(caller.person_id) if caller.person_id is not None else caller.by
