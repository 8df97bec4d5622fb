"""Nobody can be told any more where a ticket is asked: it climbs at once instead of waiting for its limit."""

from routing.desk.desk import Desk
from routing.desk.handling import climb, next_rung
from routing.events import Actor
from routing.tickets import Status, Ticket


def pass_on_unheard(desk: Desk, number: int, *, group_id: str) -> Ticket | None:
    """One level up, if the ticket is still open with that group and somebody above can hear; else None.

    A group with a second chat may have heard it there, and stays asked.
    """
    ticket = desk.store.tickets.get(number)
    if ticket.status is not Status.OPEN or ticket.group != group_id:
        return None
    group = desk.hierarchy.find_group(group_id)
    if group is not None and len(desk.reach.addresses_of_group(group, desk.hierarchy)) > 1:
        return None
    rung = next_rung(desk, ticket)
    return climb(desk, ticket, rung, by=Actor.SYSTEM, reason="unreachable") if rung else None
