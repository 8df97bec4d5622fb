"""Who speaks to the desk, and what the tree lets them do. The only place where rights on a ticket are decided."""

from dataclasses import dataclass

from routing.errors import NotAllowedError, UnknownTicketError
from routing.events import Actor
from routing.hierarchy import RESIDENTS, STAFF, Group, Hierarchy, Staff
from routing.tickets import Ticket


@dataclass(frozen=True, slots=True)
class Caller:
    """A member of staff, a resident (`person_id`), or an office acting with the rights of the root (`office`)."""

    staff: Staff | None = None
    person_id: int | None = None
    office: str = ""

    @property
    def by(self) -> str:
        """The name that the history keeps: never a resident's."""
        if self.staff:
            return self.staff.staff_id
        return Actor.RESIDENT if self.person_id is not None else self.office or Actor.SYSTEM


def may_handle(hierarchy: Hierarchy, ticket: Ticket, caller: Caller) -> bool:
    """Staff of the group that is asked, and those of the levels above: own staff, or the kind that handles it."""
    if caller.office:
        return True
    if caller.staff is None:
        return False
    return any(reaches(hierarchy, ticket, each) for each in _groups(hierarchy, caller.staff))


def may_see(hierarchy: Hierarchy, ticket: Ticket, caller: Caller) -> bool:
    """Who may handle it, and the groups below that were asked before and stay informed. Reporters are asked apart."""
    if may_handle(hierarchy, ticket, caller):
        return True
    return caller.staff is not None and bool(set(caller.staff.groups) & set(ticket.asked_groups))


def is_above(hierarchy: Hierarchy, ticket: Ticket, caller: Caller) -> bool:
    """Staff of a level above the node that is asked now; at the top, the root's own."""
    if caller.office:
        return True
    if caller.staff is None:
        return False
    above = {each.node_id for each in hierarchy.climb(ticket.node)} - {ticket.node} or {hierarchy.root_id}
    return any(each.kind == STAFF and each.node_id in above for each in _groups(hierarchy, caller.staff))


def require_sight(hierarchy: Hierarchy, ticket: Ticket, caller: Caller) -> None:
    """Raises UnknownTicketError, so that nobody else learns that the ticket exists."""
    if not may_see(hierarchy, ticket, caller):
        raise UnknownTicketError("unknown_ticket", number=ticket.number)


def require_hand(hierarchy: Hierarchy, ticket: Ticket, caller: Caller) -> None:
    """Raises UnknownTicketError for a stranger and NotAllowedError for one who may only look."""
    require_sight(hierarchy, ticket, caller)
    if not may_handle(hierarchy, ticket, caller):
        raise NotAllowedError(
            "not_your_level", number=ticket.number, level=hierarchy.level_name(ticket.level)
        )


def require_holder(hierarchy: Hierarchy, ticket: Ticket, caller: Caller) -> None:
    """The holder, or somebody of a level above; nobody is in the way of a ticket that nobody holds, whose state then
    says what may be done. Raises as `require_hand` does."""
    require_hand(hierarchy, ticket, caller)
    if ticket.holder is None:
        return
    is_holder = caller.staff is not None and caller.staff.staff_id == ticket.holder
    if not is_holder and not is_above(hierarchy, ticket, caller):
        raise NotAllowedError(
            "not_the_holder", number=ticket.number, holder=staff_name(hierarchy, ticket.holder)
        )


def require_above(hierarchy: Hierarchy, ticket: Ticket, caller: Caller) -> None:
    require_sight(hierarchy, ticket, caller)
    if not is_above(hierarchy, ticket, caller):
        raise NotAllowedError("only_above", number=ticket.number)


def staff_name(hierarchy: Hierarchy, staff_id: str | None) -> str:
    """The name as the file has it; the id when the person has left the file; "" for nobody."""
    if staff_id is None:
        return ""
    staff = hierarchy.find_staff(staff_id)
    return staff.name if staff else staff_id


def reaches(hierarchy: Hierarchy, ticket: Ticket, group: Group) -> bool:
    """The group that is asked, and own staff, or the kind that handles it, of the levels above."""
    if group.group_id == ticket.group:
        return True
    kinds = {STAFF, hierarchy.get_category(ticket.category).handled_by}
    return group.kind in kinds and hierarchy.is_within(ticket.node, group.node_id)


def _groups(hierarchy: Hierarchy, staff: Staff) -> list[Group]:
    found = (hierarchy.find_group(each) for each in staff.groups)
    return [each for each in found if each is not None and each.kind != RESIDENTS]
