"""One job's desk: the store, the tree, the ways to people, the time; and the one way in which a change is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from routing.announcing import announce
from routing.errors import WrongMomentError
from routing.escalation import claim_due, with_next_due
from routing.events import Event, EventKind
from routing.hierarchy import Category, Group, Hierarchy
from routing.messages import Address
from routing.ports import Incidents, Reach, UnitOfWork
from routing.tickets import MOVES, Status, Ticket, Verb


@dataclass(frozen=True, slots=True)
class Desk:
    """`here` is the chat in which the person acts and is answered at once, so that it is not told a second time.

    `incidents` knows the open matters by what was told of them; None where no report is compared with any.
    """

    store: UnitOfWork
    hierarchy: Hierarchy
    reach: Reach
    now: datetime
    here: Address | None = None
    incidents: Incidents | None = None

    def can_hear(self, group: Group) -> bool:
        return self.reach.can_hear(group, self.hierarchy)

    def category_of(self, ticket: Ticket) -> Category:
        return self.hierarchy.get_category(ticket.category)

    def event(
        self,
        kind: EventKind,
        ticket: Ticket,
        *,
        by: str,
        reason: str = "",
        words: str = "",
        values: Mapping[str, str] | None = None,
    ) -> Event:
        """The fact that this has just happened to the ticket, which is already as it is after it."""
        return Event(
            ticket_number=ticket.number,
            kind=kind,
            at=self.now,
            by=by,
            node=ticket.node,
            group=ticket.group,
            reason=reason,
            words=words,
            values=values or {},
        )

    def record(self, before: Ticket, after: Ticket, *events: Event) -> Ticket:
        """Stores the change with its events and what follows for people. Raises WrongMomentError on a lost race."""
        stored = with_next_due(replace(after, version=before.version + 1))
        self.store.tickets.save(stored)
        for event in events:
            self.tell(event, before, stored)
        return stored

    def tell(self, event: Event, before: Ticket, after: Ticket) -> None:
        """Appends one event and queues the notices that follow from it."""
        self.store.history.append(event)
        announce(
            event, before, after, store=self.store, hierarchy=self.hierarchy, reach=self.reach, here=self.here
        )


def require_moment(ticket: Ticket, verb: Verb) -> None:
    """Raises WrongMomentError when the state forbids the verb; the sentence names the state."""
    if ticket.status not in MOVES[verb]:
        raise WrongMomentError(
            f"not_while_{ticket.status}", number=ticket.number, verb=verb.value, into=ticket.merged_into
        )


def dispatched(desk: Desk, ticket: Ticket, *, node_id: str, group: Group) -> Ticket:
    """The ticket as newly asked of a group: both limits start here, nobody holds it, old reminders are void."""
    node = desk.hierarchy.get_node(node_id)
    fresh = replace(
        ticket,
        status=Status.OPEN,
        node=node_id,
        level=node.level,
        group=group.group_id,
        holder=None,
        claimed_at=None,
        cycle=ticket.cycle + 1,
        dispatched_at=desk.now,
        resolve_due_at=None,
        reminded_for=None,
        supervised_at=None,
        pause_request=None,
        paused_at=None,
        paused_until=None,
        asked_groups=(*(each for each in ticket.asked_groups if each != group.group_id), group.group_id),
    )
    return replace(fresh, claim_due_at=claim_due(fresh))


def lead_of(store: UnitOfWork, ticket: Ticket) -> Ticket:
    """The ticket that this one has become part of, at the end of however many merges; itself if it stands alone."""
    while ticket.status is Status.MERGED and ticket.merged_into is not None:
        ticket = store.tickets.get(ticket.merged_into)
    return ticket
