"""The same incident, told by somebody else: found among the open matters, and looked at once more in the store.

The index behind `Desk.incidents` may be a little behind, and another replica's may know more or less: what counts is
decided here, in the transaction. Joining and offering are done where a report is opened.
"""

from dataclasses import dataclass, field

from routing.desk.desk import Desk, lead_of
from routing.errors import UnknownTicketError
from routing.hierarchy import SameMatter
from routing.likeness import Likeness, Telling
from routing.ports import Incidents
from routing.reading import Place
from routing.tickets import LIVE, Ticket

_UNIT = "单元"


@dataclass(frozen=True, slots=True)
class Told:
    """What is compared: `origin` is the node it is about, `spot` the place in words, `person_id` who told it."""

    text: str
    category: str
    origin: str
    person_id: int
    spot: str = ""
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Same:
    """`lead` is the open ticket, locked, where the two are surely one; None where staff are asked about `number`."""

    number: int
    why: str
    lead: Ticket | None = None


def find_same(desk: Desk, told: Told, *, besides: int | None = None) -> Same | None:
    """The open matter that this is surely or likely about. None where nobody knows where it is.

    `besides` is its own ticket, if it has one already. What is only offered is not looked up in the store: if it has
    just ended, the desk says so to whoever wants to merge.
    """
    wish, incidents = desk.hierarchy.manners.same_matter, desk.incidents
    if incidents is None or wish is SameMatter.OFF or told.origin == desk.hierarchy.root_id:
        return None
    offered: Same | None = None
    for likeness in incidents.list_likely(_telling_of(desk, told)):
        if likeness.number == besides or not _is_near(told, likeness, desk):
            continue
        is_sure = wish is SameMatter.JOIN and likeness.is_sure
        if is_sure and _is_one_place(desk, told.origin, likeness.path[0]):
            lead = _find_open(desk, incidents, told, likeness.number)
            if lead is None:
                continue
            # Who has reported it already says it again, rather than with the neighbours.
            if not desk.store.reporters.is_reporter(lead.number, told.person_id):
                return Same(lead.number, _say_why(likeness), lead)
        offered = offered or Same(likeness.number, _say_why(likeness))
    return offered


def note_told(desk: Desk, told: Told, number: int) -> None:
    """The report `number` tells of an open matter; nobody looks for one whose place is unknown."""
    if desk.incidents is not None and told.origin != desk.hierarchy.root_id:
        desk.incidents.note(number, _telling_of(desk, told))


def note_joined(desk: Desk, number: int, *, into: int) -> None:
    if desk.incidents is not None:
        desk.incidents.join(number, into=into)


def _telling_of(desk: Desk, told: Told) -> Telling:
    return Telling(
        text=told.text,
        at=desk.now,
        category=told.category,
        path=tuple(each.node_id for each in desk.hierarchy.climb(told.origin)),
        place=told.place,
        person_id=told.person_id,
    )


def _say_why(likeness: Likeness) -> str:
    """Without what both have written: it is kept with the story, where an erasure looks for whole messages only."""
    return "、".join(each for each in likeness.why if "“" not in each)


def _is_near(told: Told, likeness: Likeness, desk: Desk) -> bool:
    """The same place, one above or below it, or one beside it."""
    if not likeness.path:
        return False
    here, there = desk.hierarchy.find_node(told.origin), desk.hierarchy.find_node(likeness.path[0])
    if here is None or there is None:
        return False
    return here.parent_id == there.parent_id or _is_one_place(desk, here.node_id, there.node_id)


def _is_one_place(desk: Desk, one: str, two: str) -> bool:
    return desk.hierarchy.is_within(one, two) or desk.hierarchy.is_within(two, one)


def _find_open(desk: Desk, incidents: Incidents, told: Told, number: int) -> Ticket | None:
    """The ticket as it is in the store now, locked; None where it has ended or is in another place."""
    try:
        ticket = lead_of(desk.store, desk.store.tickets.get(number))
    except UnknownTicketError:
        incidents.forget(number)  # it was never stored: its transaction failed
        return None
    is_open = ticket.status in LIVE and ticket.origin != desk.hierarchy.root_id
    return ticket if is_open and not _contradict(desk, told, ticket) else None


def _contradict(desk: Desk, told: Told, ticket: Ticket) -> bool:
    """Another building, or another unit of the same."""
    units = {_unit_of(told.spot), _unit_of(ticket.place)} - {""}
    return len(units) > 1 or not _is_one_place(desk, told.origin, ticket.origin)


def _unit_of(spot: str) -> str:
    """The number of the unit in "3单元5楼"; "" where none is told."""
    return spot.partition(_UNIT)[0] if _UNIT in spot else ""
