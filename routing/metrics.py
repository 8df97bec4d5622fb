"""The figures of DOMAIN.md, from facts about tickets: pure formulas, each with the n behind it. No storage, no names.

A fact is taken once for each dispatch, because the limits run anew for everybody who is asked.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from routing.events import Actor, Event, EventKind
from routing.tickets import Rating, Status, Ticket
from routing.working_time import add, extend

SMALLEST_N = 5
"""Below this many cases no rate is shown: it would say more about chance, or about one person, than about the work."""

SOLVED = frozenset({Rating.SATISFIED, Rating.MOSTLY})
"""Which steps say "solved"; 不满意 is said of what is not (DOMAIN: 好差评). 满意率 counts the same two by default."""

_STARTS = frozenset({EventKind.HANDED_BACK, EventKind.ESCALATED, EventKind.REOPENED})
_PLACED = "rule "
"""The reason of every event by which the rules placed a ticket, at first or anew."""
_ENDS = frozenset(
    {EventKind.RESOLVED, EventKind.WITHDRAWN, EventKind.DECLINED, EventKind.MERGED, EventKind.CLOSED}
)
_HELD = frozenset({EventKind.RESOLVED, EventKind.PAUSED, EventKind.RELEASED, EventKind.PAUSE_ASKED})
"""Only what is held can be resolved, paused or released."""

_OF_RESIDENTS = frozenset({EventKind.URGED, EventKind.RATED, EventKind.WITHDRAWN, EventKind.DISPUTED})
"""Done for a resident even where an office writes it down: nobody has answered them by that."""

_CLOCK_GOES_ON = frozenset({EventKind.RESUMED, EventKind.RESOLVED})


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One group asked once. `claim_due_at` and `resolve_due_at` are its limits, the latter with pauses added.

    `answered_at` is the first thing that a member of staff did; `left_at` is when it was resolved, ended or went on to
    somebody else, None while it is still theirs. `waits` says that its clock stands still now. `went_up` to the level
    above, by a person or because the time was over (`timed_out`).
    """

    dispatched_at: datetime
    claim_due_at: datetime
    resolve_due_at: datetime
    answered_at: datetime | None = None
    claimed_at: datetime | None = None
    resolved_at: datetime | None = None
    left_at: datetime | None = None
    was_handed_back: bool = False
    was_extended: bool = False
    waits: bool = False
    level: str = ""
    went_up: bool = False
    timed_out: bool = False


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """All that the figures need of one ticket: no words, no person, no place."""

    status: Status
    category: str
    level: str
    dispatches: tuple[Dispatch, ...]
    ratings: tuple[Rating, ...] = ()
    resolutions: int = 0
    redos: int = 0


@dataclass(frozen=True, slots=True)
class Rate:
    """`count` of `n`; `value` is their ratio from 0 to 1, None below the smallest n."""

    count: int
    n: int
    value: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The rates, and how many tickets there are by status, category and level."""

    tickets: int
    response: Rate
    claim_in_time: Rate
    on_time: Rate
    resolution: Rate
    satisfaction: Rate
    hand_back: Rate
    redo: Rate
    extension: Rate
    by_status: dict[str, int] = field(default_factory=dict)
    by_category: dict[str, int] = field(default_factory=dict)
    by_level: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Places:
    """The level of each node; a node that left the tree has the level of the ticket itself."""

    levels: dict[str, str]

    def level_of(self, node_id: str, ticket: Ticket) -> str:
        return self.levels.get(node_id, ticket.level)


def facts_of(ticket: Ticket, events: Iterable[Event], places: Places) -> TicketFacts:
    """Reads a ticket's story, oldest first, into facts. Limits are those of the ticket's plan as it is now: what an
    earlier category or clock promised is not kept."""
    story = tuple(events)
    kinds = [each.kind for each in story]
    ratings = (each.values.get("rating") for each in story if each.kind is EventKind.RATED)
    return TicketFacts(
        status=ticket.status,
        category=ticket.category,
        level=ticket.level,
        dispatches=_dispatches_of(ticket, story, places),
        ratings=tuple(Rating(each) for each in ratings if each),
        resolutions=kinds.count(EventKind.RESOLVED),
        redos=kinds.count(EventKind.REOPENED),
    )


def figures_of(
    facts: Sequence[TicketFacts],
    now: datetime,
    *,
    smallest_n: int = SMALLEST_N,
    satisfied: Collection[Rating] = SOLVED,
) -> Figures:
    """The rates over these tickets. What waits, or is still within its limit, stands in no denominator."""
    dispatches = [each for ticket in facts for each in ticket.dispatches]
    ratings = [each for ticket in facts for each in ticket.ratings]
    asked = [each for each in dispatches if claim_is_decided(each, now)]
    due = [each for each in dispatches if is_due(each, now)]

    def rate(count: int, n: int) -> Rate:
        return Rate(count, n, count / n if n >= max(smallest_n, 1) else None)

    return Figures(
        tickets=len(facts),
        response=rate(sum(is_by(each.answered_at, each.claim_due_at) for each in asked), len(asked)),
        claim_in_time=rate(sum(is_by(each.claimed_at, each.claim_due_at) for each in asked), len(asked)),
        on_time=rate(sum(is_by(each.resolved_at, each.resolve_due_at) for each in due), len(due)),
        resolution=rate(sum(each in SOLVED for each in ratings), len(ratings)),
        satisfaction=rate(sum(each in satisfied for each in ratings), len(ratings)),
        hand_back=rate(sum(each.was_handed_back for each in dispatches), len(dispatches)),
        redo=rate(sum(each.redos for each in facts), sum(each.resolutions for each in facts)),
        extension=rate(sum(each.was_extended for each in due), len(due)),
        by_status=_count(each.status.value for each in facts),
        by_category=_count(each.category for each in facts),
        by_level=_count(each.level for each in facts),
    )


def _dispatches_of(ticket: Ticket, story: Sequence[Event], places: Places) -> tuple[Dispatch, ...]:
    dispatches: list[Dispatch] = []
    paused_at: datetime | None = None
    for event in story:
        if not dispatches or _is_start(event, dispatches[-1]):
            dispatches = [*dispatches[:-1], *(_leave(each, event) for each in dispatches[-1:])]
            dispatches.append(_start(ticket, event, places))
            continue
        current = _go_on(dispatches[-1], event)
        if event.kind is EventKind.PAUSED:
            paused_at = event.at
        elif event.kind in _CLOCK_GOES_ON and paused_at is not None:
            current = _extended(current, ticket, paused_at=paused_at, event=event, places=places)
            paused_at = None
        if event.is_hurrying:
            current = _pressed(current, _start(ticket, event, places))
        dispatches[-1] = current
    return tuple(dispatches)


def _is_start(event: Event, current: Dispatch) -> bool:
    """Whether another group, or the same one anew, is asked from here on."""
    if event.kind is EventKind.TRANSFERRED:
        return event.values.get("from_group") != event.group
    if event.is_hurrying:
        return current.claimed_at is None
    return event.kind in _STARTS or event.reason.startswith(_PLACED)


def _start(ticket: Ticket, event: Event, places: Places) -> Dispatch:
    level = places.level_of(event.node, ticket)
    limits = ticket.plan.limits_at(level)
    calendar = ticket.plan.calendar
    return Dispatch(
        dispatched_at=event.at,
        claim_due_at=_told(event, "claim_due") or add(event.at, limits.claim, calendar),
        resolve_due_at=_told(event, "resolve_due") or add(event.at, limits.resolve, calendar),
        level=level,
    )


def _told(event: Event, name: str) -> datetime | None:
    """A limit that did not begin with the event: a ticket passed on inside its level keeps those it has."""
    told = event.values.get(name)
    return datetime.fromisoformat(told) if told else None


def _leave(dispatch: Dispatch, event: Event) -> Dispatch:
    """Goes on to somebody else. Whoever passes it on has looked at it."""
    answered_at = dispatch.answered_at or (event.at if _is_human(event) else None)
    went_up = event.kind is EventKind.ESCALATED
    return replace(
        dispatch,
        answered_at=answered_at,
        left_at=dispatch.left_at or event.at,
        was_handed_back=event.kind is EventKind.HANDED_BACK,
        went_up=went_up,
        timed_out=went_up and event.by == Actor.CLOCK,
    )


def _go_on(dispatch: Dispatch, event: Event) -> Dispatch:
    answered_at = dispatch.answered_at or (event.at if _is_human(event) else None)
    after = replace(dispatch, answered_at=answered_at, claimed_at=_claimed_at(dispatch, event))
    if event.kind in {EventKind.PAUSED, EventKind.EXTENDED}:
        after = replace(after, was_extended=True, waits=event.kind is EventKind.PAUSED)
    if event.kind is EventKind.RESOLVED:
        after = replace(after, resolved_at=event.at)
    return replace(after, left_at=after.left_at or event.at) if event.kind in _ENDS else after


def _claimed_at(dispatch: Dispatch, event: Event) -> datetime | None:
    """Whoever was given it by name holds it, and never says that they claim it."""
    if dispatch.claimed_at is not None:
        return dispatch.claimed_at
    if event.kind in {EventKind.CLAIMED, EventKind.TRANSFERRED}:
        return event.at
    return dispatch.dispatched_at if event.kind in _HELD else None


def _extended(
    dispatch: Dispatch, ticket: Ticket, *, paused_at: datetime, event: Event, places: Places
) -> Dispatch:
    is_working = ticket.plan.limits_at(places.level_of(event.node, ticket)).resolve.is_working
    due_at = extend(dispatch.resolve_due_at, paused_at, event.at, is_working, ticket.plan.calendar)
    return replace(dispatch, resolve_due_at=due_at, waits=False)


def _pressed(dispatch: Dispatch, urgent: Dispatch) -> Dispatch:
    """Made urgent in somebody's hands: the limit to resolve runs from there, and the claim before it is not judged by
    a clock that did not run yet."""
    claim_due_at = max(dispatch.claim_due_at, dispatch.claimed_at or dispatch.claim_due_at)
    return replace(dispatch, claim_due_at=claim_due_at, resolve_due_at=urgent.resolve_due_at)


def _is_human(event: Event) -> bool:
    return event.by not in set(Actor) and event.kind not in _OF_RESIDENTS


def claim_is_decided(dispatch: Dispatch, now: datetime) -> bool:
    """Somebody looked at it, or the limit to claim came while it was theirs."""
    if dispatch.claimed_at is not None or dispatch.answered_at is not None:
        return True
    return dispatch.claim_due_at <= (dispatch.left_at or now)


def is_due(dispatch: Dispatch, now: datetime) -> bool:
    """Resolved, or in somebody's hands when its limit came."""
    if dispatch.waits:
        return False
    return dispatch.resolved_at is not None or dispatch.resolve_due_at <= (dispatch.left_at or now)


def is_by(at: datetime | None, limit: datetime) -> bool:
    return at is not None and at <= limit


def _count(names: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return counts
