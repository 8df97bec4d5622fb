"""The filters of the board as they stand in its address: read leniently, written canonically. What is no value of
this tree does not narrow; only a place out of sight is refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import parse_qsl, urlencode
from zoneinfo import ZoneInfo

from admin_web.api.body import clean_text
from admin_web.api.scope import Visit, subtree_of
from admin_web.auth.refusals import PageRefused
from admin_web.auth.visitor import Visitor
from admin_web.board_ports import ANY_TIME, BoardWish, Due, Mark, Part
from admin_web.ports import Scope
from admin_web.time_left import SOON
from routing.tickets import ENDED, Status

BOARD = "/admin/tickets"
ME = "me"
RUNNING: Part = frozenset({Status.OPEN, Status.CLAIMED})
# What a state of the address shows, in this order.
PARTS: Mapping[str, tuple[Part, ...]] = {
    "": (RUNNING, frozenset({Status.WAITING}), frozenset({Status.RESOLVED})),
    "late": (RUNNING,),
    "soon": (RUNNING,),
    "open": (frozenset({Status.OPEN}),),
    "claimed": (frozenset({Status.CLAIMED}),),
    "resolved": (frozenset({Status.RESOLVED}),),
    "waiting": (frozenset({Status.WAITING}),),
    "ended": (ENDED,),
}
"""Every state that an address may name; empty is all that has not ended."""

_LONGEST = 100
_NO_FILTERS = frozenset({"state", "q", "after"})


@dataclass(frozen=True, slots=True)
class BoardFilters:
    """Days are inclusive, as people say them. `after` is where a page begins and is no filter of its own."""

    state: str = ""
    node: str = ""
    level: str = ""
    category: str = ""
    holder: str = ""
    urgent: str = ""
    since: str = ""
    until: str = ""
    q: str = ""
    after: str = ""

    @property
    def query(self) -> str:
        return urlencode(
            {each.name: getattr(self, each.name) for each in fields(self) if getattr(self, each.name)}
        )

    @property
    def own_query(self) -> str:
        """Without the page."""
        return replace(self, after="").query

    def address(self, **changes: str) -> str:
        """Of the board with these changes, from its first page on unless `after` is one of them."""
        query = replace(self, **{"after": "", **changes}).query
        return f"{BOARD}?{query}" if query else BOARD

    @property
    def is_narrowed(self) -> bool:
        """By anything beside the state."""
        return bool(replace(self, state="", after="").query)

    @property
    def narrowed_by(self) -> int:
        """How many filters of the form are set."""
        return sum(bool(getattr(self, each.name)) for each in fields(self) if each.name not in _NO_FILTERS)

    @property
    def parts(self) -> tuple[Part, ...]:
        return PARTS[self.state]

    @property
    def statuses(self) -> Part:
        """For a search: all states unless one is named."""
        return frozenset().union(*self.parts) if self.state else frozenset()

    def due(self, now: datetime) -> Due:
        if self.state == "late":
            return Due(before=now)
        return Due(now, now + SOON) if self.state == "soon" else ANY_TIME

    def wish(self, visitor: Visitor) -> BoardWish:
        zone = ZoneInfo(visitor.visit.hierarchy.timezone)
        until = _parse_day(self.until)
        return BoardWish(
            scope=_scope(visitor.visit, self.node),
            level=self.level,
            category=self.category,
            holder=(visitor.staff_id or "") if self.holder == ME else self.holder,
            is_urgent=bool(self.urgent),
            opened_from=_midnight(_parse_day(self.since), zone),
            opened_before=_midnight(until + timedelta(days=1) if until else None, zone),
        )


def read_filters(values: Mapping[str, str], visitor: Visitor) -> BoardFilters:
    """PageRefused with 404 for a place that is not there or out of sight."""
    known = {each.name for each in fields(BoardFilters)}
    said = {name: clean_text(value)[:_LONGEST] for name, value in values.items() if name in known}
    visit = visitor.visit
    tree = visit.hierarchy
    if said.get("node") and not (tree.find_node(said["node"]) and visit.scope.covers(said["node"])):
        raise PageRefused(404, "refused.no_such_place")
    checks: Mapping[str, Callable[[str], bool]] = {
        "state": lambda each: each in PARTS,
        "level": lambda each: each in {level.level_id for level in tree.levels},
        "category": lambda each: tree.find_category(each) is not None,
        "holder": lambda each: visitor.staff_id is not None if each == ME else _is_holder(visit, each),
        "urgent": lambda each: each == "1",
        "since": lambda each: _parse_day(each) is not None,
        "until": lambda each: _parse_day(each) is not None,
        "after": lambda each: parse_mark(each) is not None or each.isdecimal(),
    }
    return BoardFilters(
        **{name: value for name, value in said.items() if name not in checks or checks[name](value)}
    )


def read_back(query: str, visitor: Visitor) -> BoardFilters:
    """From what a form kept of the board that it stood on; the whole board when its place has gone meanwhile."""
    try:
        return read_filters(dict(parse_qsl(query)), visitor)
    except PageRefused:
        return BoardFilters()


def still_means_the_same(query: str, visitor: Visitor) -> bool:
    """Of a saved view: whether all that it names is still there and in sight."""
    named = dict(parse_qsl(query))
    filters = read_back(query, visitor)
    return all(getattr(filters, each.name) == named.get(each.name, "") for each in fields(BoardFilters))


def write_mark(mark: Mark) -> str:
    return f"{mark.rank}~{mark.at.astimezone(UTC):%Y%m%dT%H%M%S.%f}~{mark.number}"


def parse_mark(written: str) -> Mark | None:
    rank, _, rest = written.partition("~")
    at, _, number = rest.partition("~")
    if not (rank.isdecimal() and number.isdecimal() and len(rank) < 3 and len(number) <= 15):
        return None
    try:
        return Mark(int(rank), datetime.strptime(at, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC), int(number))
    except ValueError:
        return None


def _scope(visit: Visit, node_id: str) -> Scope:
    if not node_id or (node_id == visit.hierarchy.root_id and visit.is_over_all):
        return visit.scope
    return Scope(subtree_of(node_id, visit.hierarchy))


def _is_holder(visit: Visit, staff_id: str) -> bool:
    return visit.hierarchy.find_staff(staff_id) is not None


def _parse_day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None


def _midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time(), zone).astimezone(UTC) if day else None
