"""Whether a notice is still true when its turn comes: between the decision and the sending a ticket may move on."""

from dataclasses import replace
from datetime import datetime

from routing.escalation import promise_at
from routing.events import SAME_MATTER
from routing.notice_kinds import Notice, NoticeKind
from routing.tickets import LIVE, Rating, Status, Ticket

WHILE_ASKED = frozenset(
    {
        NoticeKind.ASKED,
        NoticeKind.CLIMBED,
        NoticeKind.HANDED_BACK,
        NoticeKind.CAME_BACK,
        NoticeKind.FREE_AGAIN,
        NoticeKind.PROGRESS_CLIMBED,
        NoticeKind.PROGRESS_REOPENED,
    }
)
"""True while the group that was asked then is still asked and nobody has it."""

WHILE_WITH_THEM = frozenset(
    {
        NoticeKind.TAKEN,
        NoticeKind.GIVEN,
        NoticeKind.DETAILS,
        NoticeKind.HURRIED,
        NoticeKind.PAUSE_REFUSED,
        NoticeKind.GOES_ON,
        NoticeKind.PROGRESS_CLAIMED,
        NoticeKind.PROGRESS_TRANSFERRED,
        NoticeKind.PROGRESS_RESUMED,
    }
)
"""True while it is with the same group and holder, and the clock runs for them."""

PAUSED = frozenset({NoticeKind.PAUSED, NoticeKind.PROGRESS_PAUSED})
LATE = frozenset({NoticeKind.REMINDER, NoticeKind.SUPERVISION})
LEFT_BEHIND = frozenset({NoticeKind.GONE, NoticeKind.HANDED_UP})
ENDS = {
    NoticeKind.ASK_RATING: Status.RESOLVED,
    NoticeKind.DONE_HERE: Status.RESOLVED,
    NoticeKind.CLOSED: Status.CLOSED,
    NoticeKind.MERGED_AWAY: Status.MERGED,
    NoticeKind.PROGRESS_MERGED: Status.MERGED,
}


def still_wanted(notice: Notice, ticket: Ticket) -> bool:
    """False when the notice is no longer true: the ticket has moved on since it was decided."""
    kind = notice.kind
    if kind in WHILE_ASKED:
        return ticket.cycle == notice.cycle and ticket.status is Status.OPEN
    if kind in WHILE_WITH_THEM:
        return _is_with_them(notice, ticket)
    if kind in LATE:
        return _is_running_limit(notice, ticket) and _is_latest_round(notice, ticket)
    if kind in PAUSED:
        return ticket.status is Status.WAITING and _is_until(notice, ticket.paused_until)
    if kind in ENDS:
        return ticket.cycle == notice.cycle and ticket.status is ENDS[kind]
    return _is_wanted_otherwise(notice, ticket)


def _is_wanted_otherwise(notice: Notice, ticket: Ticket) -> bool:
    """Of joined neighbours only the last count is told, but the words of each; who has the ticket again need not hear
    that it has left."""
    kind = notice.kind
    if kind is NoticeKind.UNREACHABLE and "call_about" in notice.values:
        return still_wanted(replace(notice, kind=NoticeKind(notice.values["call_about"])), ticket)
    if kind is NoticeKind.RESULT_PICTURE:
        return ticket.cycle == notice.cycle and ticket.status in {Status.RESOLVED, Status.CLOSED}
    if kind is NoticeKind.DECIDE:
        is_disputed = ticket.status is Status.RESOLVED and ticket.rating is Rating.UNSATISFIED
        return is_disputed and _is_latest_round(notice, ticket)
    if kind is NoticeKind.PAUSE_WANTED:
        return ticket.pause_request is not None and _is_until(notice, ticket.pause_request.until_at)
    if kind is NoticeKind.JOINED and notice.values.get("reason") == SAME_MATTER and "from" in notice.values:
        return ticket.status in LIVE
    if kind in {NoticeKind.JOINED, NoticeKind.PARTED_OFF}:
        return ticket.status in LIVE and notice.values.get("reporters") == str(ticket.reporters)
    if kind in LEFT_BEHIND:
        return notice.hearer.name != ticket.group
    return kind not in {NoticeKind.URGED, NoticeKind.QUESTION} or ticket.status in LIVE


def _is_with_them(notice: Notice, ticket: Ticket) -> bool:
    is_same_holder = notice.values.get("holder", "") == (ticket.holder or "")
    return is_same_holder and ticket.cycle == notice.cycle and promise_at(ticket) is not None


def _is_running_limit(notice: Notice, ticket: Ticket) -> bool:
    due_at = promise_at(ticket)
    return due_at is not None and due_at.isoformat() == notice.values.get("due")


def _is_latest_round(notice: Notice, ticket: Ticket) -> bool:
    told = notice.values.get("round")
    return told is None or told == (ticket.supervised_at.isoformat() if ticket.supervised_at else "")


def _is_until(notice: Notice, until_at: datetime | None) -> bool:
    """Instants are compared: the same one may be written in another zone."""
    told = notice.values.get("until")
    return until_at is not None and told is not None and datetime.fromisoformat(told) == until_at
