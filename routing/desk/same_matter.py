"""The same incident, told by somebody else: found among the open matters, and looked at once more in the store.

The index behind `Desk.incidents` may be a little behind, and another replica's may know more or less: what counts is
decided here, in the transaction. Joining and offering are done where a report is opened.
"""

from dataclasses import dataclass, field

from routing.desk.desk import Desk, lead_of
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
    """`ticket` is the open one. Sure: the two are one; else staff are asked."""

    ticket: Ticket
    likeness: Likeness
    is_sure: bool

    @property
    def why(self) -> str:
        return "、".join(self.likeness.why)


def find_same(desk: Desk, told: Told, *, besides: int | None = None) -> Same | None:
    """The open matter that this is surely or likely about. None where nobody knows where it is.

    `besides` is its own ticket, if it has one already.
    """
    wish, incidents = desk.hierarchy.manners.same_matter, desk.incidents
    if incidents is None or wish is SameMatter.OFF or told.origin == desk.hierarchy.root_id:
        return None
    offered: Same | None = None
    for likeness in incidents.list_likely(_telling_of(desk, told)):
        is_sure = wish is SameMatter.JOIN and likeness.is_sure
        if offered is not None and not is_sure:
            break  # the likeliest come first, and each look into the store has its price
        ticket = _find_open(desk, incidents, likeness.number)
        if ticket is None or ticket.number == besides or _contradict(desk, told, ticket):
            continue
        joined = _look_once_more(desk, told, ticket) if is_sure else None
        if joined is not None:
            return Same(joined, likeness, is_sure=True)
        offered = offered or Same(ticket, likeness, is_sure=False)
    return offered


def _look_once_more(desk: Desk, told: Told, ticket: Ticket) -> Ticket | None:
    """The ticket, locked, if it may be joined; None where it only may be offered, or somebody has just closed it."""
    if not _may_join(desk, told, ticket):
        return None
    locked = desk.store.tickets.get(ticket.number)
    return locked if locked.status in LIVE else None


def _telling_of(desk: Desk, told: Told) -> Telling:
    return Telling(
        text=told.text,
        at=desk.now,
        category=told.category,
        path=tuple(each.node_id for each in desk.hierarchy.climb(told.origin)),
        place=told.place,
        person_id=told.person_id,
    )


def note_told(desk: Desk, told: Told, number: int) -> None:
    """The report `number` tells of an open matter; nobody looks for one whose place is unknown."""
    if desk.incidents is not None and told.origin != desk.hierarchy.root_id:
        desk.incidents.note(number, _telling_of(desk, told))


def note_joined(desk: Desk, number: int, *, into: int) -> None:
    if desk.incidents is not None:
        desk.incidents.join(number, into=into)


def _find_open(desk: Desk, incidents: Incidents, number: int) -> Ticket | None:
    """None for one that has ended, and for one that was never stored: its transaction failed."""
    known = desk.store.tickets.find(number)
    if known is None:
        incidents.forget(number)
        return None
    ticket = lead_of(desk.store, known)
    return ticket if ticket.status in LIVE else None


def _contradict(desk: Desk, told: Told, ticket: Ticket) -> bool:
    """Another unit of the building, or a place that is not even beside it."""
    here, there = _unit_of(told.spot), _unit_of(ticket.place)
    if here and there and here != there:
        return True
    one, two = desk.hierarchy.find_node(told.origin), desk.hierarchy.find_node(ticket.origin)
    if one is None or two is None:
        return True
    return not _is_one_place(desk, told.origin, ticket.origin) and one.parent_id != two.parent_id


def _may_join(desk: Desk, told: Told, ticket: Ticket) -> bool:
    """The next building is another place, and who has reported it says it again rather than with the neighbours."""
    if not _is_one_place(desk, told.origin, ticket.origin) or ticket.origin == desk.hierarchy.root_id:
        return False
    return not desk.store.reporters.is_reporter(ticket.number, told.person_id)


def _is_one_place(desk: Desk, one: str, two: str) -> bool:
    return desk.hierarchy.is_within(one, two) or desk.hierarchy.is_within(two, one)


def _unit_of(spot: str) -> str:
    """The number of the unit in "3单元5楼"; "" where none is told."""
    return spot.partition(_UNIT)[0] if _UNIT in spot else ""
