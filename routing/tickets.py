"""A ticket, its states and the one table of allowed moves. What a move does is in `desk`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from routing.plans import Plan


class Status(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    MERGED = "merged"


LIVE = frozenset({Status.OPEN, Status.CLAIMED, Status.WAITING})
"""States in which somebody still owes an answer."""

ENDED = frozenset({Status.CLOSED, Status.WITHDRAWN, Status.DECLINED, Status.MERGED})
"""States that only a redo (from closed) or a parting (from merged) leaves."""


class Verb(StrEnum):
    """What people say at the desk; the same words in the API."""

    CLAIM = "claim"
    RELEASE = "release"
    HAND_BACK = "hand_back"
    ESCALATE = "escalate"
    TRANSFER = "transfer"
    NOTE = "note"
    QUESTION = "question"
    PAUSE = "pause"
    RESUME = "resume"
    APPROVE = "approve"
    REFUSE = "refuse"
    RESOLVE = "resolve"
    DECLINE = "decline"
    MERGE = "merge"
    PART = "part"
    SORT = "sort"
    MAKE_URGENT = "make_urgent"
    URGE = "urge"
    ADD = "add"
    WITHDRAW = "withdraw"
    RATE = "rate"
    REOPEN = "reopen"
    CLOSE = "close"


MOVES: dict[Verb, frozenset[Status]] = {
    Verb.CLAIM: frozenset({Status.OPEN}),
    Verb.RELEASE: frozenset({Status.CLAIMED}),
    Verb.HAND_BACK: frozenset({Status.OPEN, Status.CLAIMED}),
    Verb.ESCALATE: frozenset({Status.OPEN, Status.CLAIMED}),
    Verb.TRANSFER: frozenset({Status.OPEN, Status.CLAIMED}),
    Verb.NOTE: frozenset(Status),
    Verb.QUESTION: LIVE,
    Verb.PAUSE: frozenset({Status.CLAIMED}),
    Verb.RESUME: frozenset({Status.WAITING}),
    Verb.APPROVE: frozenset({Status.CLAIMED}),
    Verb.REFUSE: frozenset({Status.CLAIMED}),
    Verb.RESOLVE: frozenset({Status.CLAIMED, Status.WAITING}),
    Verb.DECLINE: frozenset({Status.OPEN, Status.CLAIMED}),
    Verb.MERGE: LIVE,
    Verb.PART: frozenset({Status.MERGED}),
    Verb.SORT: frozenset({Status.OPEN, Status.CLAIMED}),
    Verb.MAKE_URGENT: frozenset({Status.OPEN, Status.CLAIMED}),
    Verb.URGE: LIVE,
    Verb.ADD: LIVE | {Status.RESOLVED},
    Verb.WITHDRAW: LIVE,
    Verb.RATE: frozenset({Status.RESOLVED, Status.CLOSED}),
    Verb.REOPEN: frozenset({Status.RESOLVED, Status.CLOSED}),
    Verb.CLOSE: frozenset({Status.RESOLVED}),
}
"""From which states each verb may be said. Anything else is refused with a sentence."""


class Rating(StrEnum):
    """满意, 基本满意, 不满意: the last one says "not solved" and reopens."""

    SATISFIED = "satisfied"
    MOSTLY = "mostly_satisfied"
    UNSATISFIED = "unsatisfied"


@dataclass(frozen=True, slots=True)
class PauseRequest:
    """A pause longer than the file allows a holder, waiting for a yes from the level above."""

    until_at: datetime
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """One matter with one number. All instants are aware UTC; ids are those of the hierarchy.

    `origin` is where it was reported; it changes only when a reporter tells the place later. `node`, `level` and
    `group` say who is asked now; `root` is the street, for partitioning. `plan` is frozen at opening. `cycle` grows
    with each dispatch, so that an old reminder can tell that it is no longer meant. `dispatched_at` starts both
    limits. `claim_due_at` and `resolve_due_at` are the promise of the level, the latter since the first claim there;
    `next_due_at` is when the clock has to look again, None for never. `version` grows by one with each change.
    """

    number: int
    version: int
    status: Status
    urgent: bool
    category: str
    text: str
    origin: str
    root: str
    node: str
    level: str
    group: str
    holder: str | None
    plan: Plan
    cycle: int
    opened_at: datetime
    dispatched_at: datetime
    claim_due_at: datetime | None
    resolve_due_at: datetime | None
    next_due_at: datetime | None
    reminded_for: datetime | None = None
    claimed_at: datetime | None = None
    paused_at: datetime | None = None
    paused_until: datetime | None = None
    pause_request: PauseRequest | None = None
    resolved_at: datetime | None = None
    resolved_level: str | None = None
    closed_at: datetime | None = None
    supervised_at: datetime | None = None
    urged_at: datetime | None = None
    reporters: int = 1
    escalations: int = 0
    hand_backs: int = 0
    reopens: int = 0
    rating: Rating | None = None
    merged_into: int | None = None
    place: str = ""
    asked_groups: tuple[str, ...] = ()
