"""Those for whom an office spoke, by telephone or through another program: no channel leads to them, so whoever has the
ticket rings them about what they must hear.

At most one call waits for a ticket: a later one takes its place, and it goes when there is nothing more to tell.
"""

from collections.abc import Sequence

from routing.events import Actor, Event, EventKind
from routing.hierarchy import Hierarchy
from routing.messages import BY_OFFICE
from routing.notice_kinds import Notice, NoticeKind
from routing.notices import worker_of
from routing.ports import UnitOfWork
from routing.tickets import Ticket

MUST_HEAR = frozenset({NoticeKind.QUESTION, NoticeKind.ASK_RATING, NoticeKind.DECLINED})
"""Nobody rings about each step: that is told to who asks."""

_CHANGES_CALLS = frozenset(
    {
        EventKind.QUESTIONED,
        EventKind.ADDED,
        EventKind.RESOLVED,
        EventKind.REOPENED,
        EventKind.CLOSED,
        EventKind.WITHDRAWN,
        EventKind.DECLINED,
        EventKind.MERGED,
    }
)


def has_callers(store: UnitOfWork, number: int) -> bool:
    return any(each.address.channel == BY_OFFICE for each in store.reporters.list_of(number))


def is_written_to(store: UnitOfWork, number: int) -> bool:
    """Whether a channel leads to any reporter."""
    return any(each.address.channel != BY_OFFICE for each in store.reporters.list_of(number))


def note_call(
    event: Event, after: Ticket, notices: Sequence[Notice], *, store: UnitOfWork, hierarchy: Hierarchy
) -> Notice | None:
    """Keeps the call that follows from this event, for people to see, and returns what whoever has the ticket hears."""
    if event.kind not in _CHANGES_CALLS or not has_callers(store, after.number):
        return None
    if event.kind is EventKind.ADDED and event.by == Actor.RESIDENT:
        return None
    store.outbox.drop_calls(after.number, now=event.at)
    about = next((each for each in notices if each.kind in MUST_HEAR), None)
    if about is None:
        return None
    store.outbox.add(about, (), now=event.at)
    store.history.append(_unreached(event))
    values = {**about.values, "call_about": about.kind.value}
    worker = worker_of(after, hierarchy)
    return Notice(NoticeKind.UNREACHABLE, worker, after.number, after.cycle, after.urgent, values)


def _unreached(event: Event) -> Event:
    return Event(
        event.ticket_number,
        EventKind.UNREACHABLE,
        event.at,
        Actor.SYSTEM,
        event.node,
        event.group,
        reason=f"reporters on {BY_OFFICE}: to be rung",
        values={"hearer": "reporters", "channel": BY_OFFICE, "detail": "to be rung"},
    )
