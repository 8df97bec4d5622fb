"""Which verbs somebody may say of a ticket just now: the verbs' own rights and states, asked before anything is tried.

What a verb also needs (words, a receiver, a level above) shows only when it is said.
"""

from collections.abc import Callable, Mapping

from routing.callers import Caller, require_above, require_hand, require_holder, require_sight
from routing.desk.handling import HAND_BACK_LIMIT
from routing.errors import DeskError
from routing.hierarchy import Hierarchy
from routing.tickets import MOVES, Ticket, Verb

Right = Callable[[Hierarchy, Ticket, Caller], None]

RIGHTS: Mapping[Verb, Right] = {
    Verb.CLAIM: require_hand,
    Verb.RESOLVE: require_holder,
    Verb.RESUME: require_holder,
    Verb.APPROVE: require_above,
    Verb.REFUSE: require_above,
    Verb.NOTE: require_sight,
    Verb.QUESTION: require_hand,
    Verb.TRANSFER: require_hand,
    Verb.PAUSE: require_holder,
    Verb.ESCALATE: require_hand,
    Verb.HAND_BACK: require_holder,
    Verb.RELEASE: require_holder,
    Verb.SORT: require_hand,
    Verb.MAKE_URGENT: require_hand,
    Verb.MERGE: require_hand,
    Verb.PART: require_hand,
    Verb.DECLINE: require_hand,
    Verb.REOPEN: require_above,
    Verb.CLOSE: require_above,
}
"""The verbs of staff, the most likely first; each verb asks the same itself."""

OF_REPORTERS = (Verb.ADD, Verb.URGE, Verb.RATE, Verb.WITHDRAW)


def list_possible(hierarchy: Hierarchy, ticket: Ticket, caller: Caller) -> tuple[Verb, ...]:
    """What a member of staff may say now, in the order in which it is offered."""
    return tuple(
        verb
        for verb, require in RIGHTS.items()
        if ticket.status in MOVES[verb]
        and _has_right(require, hierarchy, ticket, caller=caller)
        and _fits(verb, hierarchy, ticket)
    )


def list_possible_for_reporter(ticket: Ticket) -> tuple[Verb, ...]:
    """What somebody who reported it may say now."""
    return tuple(verb for verb in OF_REPORTERS if ticket.status in MOVES[verb])


def _has_right(require: Right, hierarchy: Hierarchy, ticket: Ticket, *, caller: Caller) -> bool:
    try:
        require(hierarchy, ticket, caller)
    except DeskError:
        return False
    return True


def _fits(verb: Verb, hierarchy: Hierarchy, ticket: Ticket) -> bool:
    if verb in {Verb.APPROVE, Verb.REFUSE}:
        return ticket.pause_request is not None
    if verb is Verb.MAKE_URGENT:
        return not ticket.urgent
    if verb is Verb.ESCALATE:
        return ticket.node != hierarchy.root_id
    if verb is Verb.HAND_BACK:
        return ticket.hand_backs < HAND_BACK_LIMIT
    return True
