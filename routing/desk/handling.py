"""Taking a ticket, giving it back, passing it on: the verbs of those who work on it, and the resident's urging."""

from dataclasses import replace
from datetime import datetime

from routing.callers import Caller, require_hand, require_holder, require_sight, staff_name
from routing.desk.desk import Desk, dispatched, require_moment
from routing.errors import BadValueError, UnknownTicketError, WrongMomentError
from routing.escalation import claim_due_again, resolve_due
from routing.events import EventKind
from routing.hierarchy import RESIDENTS, STAFF, Group, Staff
from routing.ladder import Rung, own_staff_group, rung_above
from routing.people import Message
from routing.tickets import Status, Ticket, Verb

HAND_BACK_LIMIT = 2
"""The second hand-back goes to the level above, which decides; there is no third (DOMAIN: 退单, 终审)."""


def claim(desk: Desk, number: int, caller: Caller) -> Ticket:
    """First come: exactly one wins. Raises WrongMomentError naming who has it."""
    ticket = desk.store.tickets.get(number)
    require_hand(desk.hierarchy, ticket, caller)
    if ticket.status is Status.CLAIMED:
        raise WrongMomentError(
            "already_claimed", number=number, holder=staff_name(desk.hierarchy, ticket.holder)
        )
    require_moment(ticket, Verb.CLAIM)
    after = replace(
        ticket,
        status=Status.CLAIMED,
        holder=caller.by,
        claimed_at=desk.now,
        resolve_due_at=ticket.resolve_due_at or resolve_due(ticket),
        supervised_at=None,
    )
    return desk.record(ticket, after, desk.event(EventKind.CLAIMED, after, by=caller.by))


def release(desk: Desk, number: int, caller: Caller, *, reason: str = "") -> Ticket:
    """放回: free for others again, who get the time to claim anew; the limit to resolve goes on from the dispatch, with
    the time that was waited."""
    ticket = desk.store.tickets.get(number)
    require_holder(desk.hierarchy, ticket, caller)
    require_moment(ticket, Verb.RELEASE)
    after = replace(
        ticket,
        status=Status.OPEN,
        holder=None,
        claimed_at=None,
        claim_due_at=claim_due_again(ticket, desk.now),
        pause_request=None,
    )
    return desk.record(ticket, after, desk.event(EventKind.RELEASED, after, by=caller.by, words=reason))


def hand_back(desk: Desk, number: int, caller: Caller, *, reason: str) -> Ticket:
    """退回 with a listed reason: first to the node's own staff, the second time to the level above, which decides."""
    ticket = desk.store.tickets.get(number)
    require_hand(desk.hierarchy, ticket, caller)
    require_moment(ticket, Verb.HAND_BACK)
    require_holder(desk.hierarchy, ticket, caller)
    reasons = desk.hierarchy.manners.hand_back_reasons
    listed = next((each for each in reasons if reason.startswith(each)), None)
    if listed is None:
        raise BadValueError("hand_back_reason", number=number, reasons="、".join(reasons))
    if ticket.hand_backs >= HAND_BACK_LIMIT:
        raise WrongMomentError("hand_back_final", number=number)
    rung = _takes_back(desk, ticket)
    if rung is None:
        raise WrongMomentError("nobody_above", number=number)
    after = dispatched(desk, ticket, node_id=rung.node.node_id, group=rung.group)
    after = replace(after, hand_backs=ticket.hand_backs + 1)
    values = {"from_group": ticket.group, "final": "yes" if after.hand_backs >= HAND_BACK_LIMIT else ""}
    event = desk.event(EventKind.HANDED_BACK, after, by=caller.by, reason=listed, words=reason, values=values)
    return desk.record(ticket, after, event)


def escalate(desk: Desk, number: int, caller: Caller, *, reason: str) -> Ticket:
    """上报: to the level above, by a person."""
    ticket = desk.store.tickets.get(number)
    require_hand(desk.hierarchy, ticket, caller)
    require_moment(ticket, Verb.ESCALATE)
    if not reason:
        raise BadValueError("reason_missing", number=number, verb=Verb.ESCALATE.value)
    rung = next_rung(desk, ticket)
    if rung is None:
        raise WrongMomentError("nobody_above", number=number)
    return climb(desk, ticket, rung, by=caller.by, reason="by_hand", words=reason)


def next_rung(desk: Desk, ticket: Ticket) -> Rung | None:
    """Who is asked above; None at the top."""
    return rung_above(
        desk.hierarchy,
        ticket.node,
        desk.category_of(ticket),
        asked=(*ticket.asked_groups, ticket.group),
        can_hear=desk.can_hear,
    )


def climb(desk: Desk, ticket: Ticket, rung: Rung, *, by: str, reason: str, words: str = "") -> Ticket:
    """One level up. The level below stays informed."""
    after = dispatched(desk, ticket, node_id=rung.node.node_id, group=rung.group)
    after = replace(after, escalations=ticket.escalations + 1)
    values = {
        "from_level": ticket.level,
        "from_group": ticket.group,
        "from_holder": ticket.holder or "",
        "skipped": "、".join(rung.skipped),
    }
    event = desk.event(EventKind.ESCALATED, after, by=by, reason=reason, words=words, values=values)
    return desk.record(ticket, after, event)


def transfer(desk: Desk, number: int, caller: Caller, *, whom: str) -> Ticket:
    """转派 to a member of staff or a group, named by id or by name. Raises BadValueError when nobody is meant.

    The promise is the level's: passed on inside it, the ticket keeps the limits that it has.
    """
    ticket = desk.store.tickets.get(number)
    require_hand(desk.hierarchy, ticket, caller)
    require_moment(ticket, Verb.TRANSFER)
    staff, group = _find_receiver(desk, ticket, whom)
    _require_other(ticket, staff, group)
    after = replace(ticket, pause_request=None)
    if group.group_id != ticket.group:
        fresh = dispatched(desk, ticket, node_id=_place_of_receiver(desk, ticket, group), group=group)
        after = replace(
            _with_same_limits(ticket, fresh, now=desk.now) if fresh.level == ticket.level else fresh,
            asked_groups=(group.group_id,),
        )
    if staff is not None:
        after = replace(after, status=Status.CLAIMED, holder=staff.staff_id, claimed_at=desk.now)
        after = replace(after, resolve_due_at=after.resolve_due_at or resolve_due(after))
    values = {
        "from_group": ticket.group,
        "from_holder": ticket.holder or "",
        "whom": staff.name if staff else group.name,
        **_limits_of(after),
    }
    return desk.record(ticket, after, desk.event(EventKind.TRANSFERRED, after, by=caller.by, values=values))


def _place_of_receiver(desk: Desk, ticket: Ticket, group: Group) -> str:
    """Staff answer for their own node (ADR 0005): passed to those of a higher place, the ticket is there, and climbs on
    from there. Whoever serves the place, or sits beside those who do, has it where it is."""
    if not desk.hierarchy.is_within(ticket.node, group.node_id):
        return group.node_id
    before = desk.hierarchy.find_group(ticket.group)
    is_beside = before is None or before.node_id in {
        each.node_id for each in desk.hierarchy.climb(group.node_id)
    }
    return ticket.node if is_beside or group.kind != STAFF else group.node_id


def _with_same_limits(before: Ticket, fresh: Ticket, *, now: datetime) -> Ticket:
    """Who was never asked gets the limit to claim anew where it was kept already."""
    due_at = before.resolve_due_at or resolve_due(before)
    was_claimed = before.status is Status.CLAIMED
    claim_due_at = claim_due_again(before, now) if was_claimed else before.claim_due_at
    return replace(
        fresh,
        dispatched_at=before.dispatched_at,
        claim_due_at=claim_due_at,
        resolve_due_at=due_at if was_claimed else before.resolve_due_at,
        reminded_for=before.reminded_for,
        supervised_at=before.supervised_at,
    )


def _limits_of(ticket: Ticket) -> dict[str, str]:
    """For the figures, which do not know what was left when it came."""
    due_at = ticket.resolve_due_at or resolve_due(ticket)
    claim_due_at = ticket.claim_due_at or due_at
    return {"claim_due": claim_due_at.isoformat(), "resolve_due": due_at.isoformat()}


def add_note(desk: Desk, number: int, caller: Caller, *, text: str) -> Ticket:
    """备注: for colleagues; the holder hears it when somebody else wrote it."""
    ticket = desk.store.tickets.get(number)
    require_sight(desk.hierarchy, ticket, caller)
    if not text:
        raise BadValueError("words_missing", number=number, verb=Verb.NOTE.value)
    return desk.record(ticket, ticket, desk.event(EventKind.NOTED, ticket, by=caller.by, words=text))


def question(desk: Desk, number: int, caller: Caller, *, text: str) -> Ticket:
    """询问 what the reporters have to say: they hear it with how to answer, and the limits go on meanwhile."""
    ticket = desk.store.tickets.get(number)
    require_hand(desk.hierarchy, ticket, caller)
    require_moment(ticket, Verb.QUESTION)
    if not text:
        raise BadValueError("words_missing", number=number, verb=Verb.QUESTION.value)
    return desk.record(ticket, ticket, desk.event(EventKind.QUESTIONED, ticket, by=caller.by, words=text))


def urge(desk: Desk, number: int, caller: Caller) -> Ticket:
    """催办 by a reporter: heard by the holder, not more often than `urge_every`. WrongMomentError says when again."""
    ticket = desk.store.tickets.get(number)
    require_reporter(desk, ticket, caller)
    require_moment(ticket, Verb.URGE)
    every = desk.hierarchy.manners.urge_every.as_elapsed()
    if ticket.urged_at is not None and desk.now - ticket.urged_at < every:
        raise WrongMomentError("urged_lately", number=number, again_at=ticket.urged_at + every)
    after = replace(ticket, urged_at=desk.now)
    return desk.record(ticket, after, desk.event(EventKind.URGED, after, by=caller.by))


def add_for_reporter(desk: Desk, number: int, caller: Caller, *, text: str) -> Ticket:
    """补充 that an office takes for a reporter, by telephone or at the counter."""
    ticket = desk.store.tickets.get(number)
    require_reporter(desk, ticket, caller)
    require_moment(ticket, Verb.ADD)
    if not text:
        raise BadValueError("words_missing", number=number, verb=Verb.ADD.value)
    desk.store.messages.add(Message(number, caller.by, desk.now, text))
    return desk.record(ticket, ticket, desk.event(EventKind.ADDED, ticket, by=caller.by, words=text))


def require_reporter(desk: Desk, ticket: Ticket, caller: Caller) -> None:
    """A reporter of the ticket, or an office. Raises UnknownTicketError for anybody else."""
    is_theirs = caller.person_id is not None and desk.store.reporters.is_reporter(
        ticket.number, caller.person_id
    )
    if not is_theirs and not caller.office:
        raise UnknownTicketError("unknown_ticket", number=ticket.number)


def _takes_back(desk: Desk, ticket: Ticket) -> Rung | None:
    own = own_staff_group(desk.hierarchy, ticket.node, can_hear=desk.can_hear)
    if ticket.hand_backs == 0 and own is not None and own.group_id != ticket.group:
        return Rung(desk.hierarchy.get_node(ticket.node), own)
    return next_rung(desk, ticket)


def _find_receiver(desk: Desk, ticket: Ticket, whom: str) -> tuple[Staff | None, Group]:
    """Staff or group inside the branch that the ticket's root covers: never a residents' group."""
    name = whom.strip().lstrip("@")
    for staff in desk.hierarchy.staff.values():
        if name in {staff.staff_id, staff.name} and _is_near(desk, ticket, staff.node_id):
            group = _group_to_answer_in(desk, ticket, staff)
            if group is not None:
                return staff, group
    for group in desk.hierarchy.groups.values():
        is_meant = name in {group.group_id, group.name} and group.kind != RESIDENTS
        if is_meant and _is_near(desk, ticket, group.node_id):
            return None, group
    raise BadValueError("unknown_receiver", number=ticket.number, whom=name)


def _group_to_answer_in(desk: Desk, ticket: Ticket, staff: Staff) -> Group | None:
    """The group that is asked already, if they are in it; else the first of theirs that is not the residents'."""
    found = (desk.hierarchy.find_group(each) for each in staff.groups)
    groups = [each for each in found if each is not None and each.kind != RESIDENTS]
    return next((each for each in groups if each.group_id == ticket.group), groups[0] if groups else None)


def _require_other(ticket: Ticket, staff: Staff | None, group: Group) -> None:
    """A transfer to where it is already would only start the limits anew."""
    holder = staff.staff_id if staff else None
    if group.group_id == ticket.group and holder in {None, ticket.holder}:
        name = staff.name if staff else group.name
        raise WrongMomentError("already_there", number=ticket.number, whom=name)


def _is_near(desk: Desk, ticket: Ticket, node_id: str) -> bool:
    """On the path from where it was reported to the root, or below the node that is asked now."""
    hierarchy = desk.hierarchy
    return hierarchy.is_within(ticket.origin, node_id) or hierarchy.is_within(node_id, ticket.node)
