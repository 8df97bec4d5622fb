"""A message tried on a tree: where it would go, why, and by when. Plain values; placing it is done in `app`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Milestone:
    """A row of the timetable while nobody claims it; `moment` as in `routing.timetable`. Names for people."""

    at: datetime
    moment: str
    level: str
    place: str
    group: str
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one message. `makes_ticket` is False for what is read as chatter and the like: then the rest says
    where it would go. `place_why` is why another place than the group's own is meant, empty otherwise."""

    text: str
    said_in: str
    at: datetime
    intent: str
    makes_ticket: bool
    certainty: float
    category_id: str
    category: str
    urgent: bool
    emergency: str
    why: tuple[str, ...]
    origin_id: str
    origin: str
    place_why: str
    node_id: str
    level_id: str
    level: str
    group_id: str
    group: str
    rule: str
    rule_why: str
    clock_id: str
    is_outside_hours: bool
    timetable: tuple[Milestone, ...] = ()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A ticket of the past that would have gone elsewhere under the draft."""

    number: int
    text: str
    opened_at: datetime
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Replay:
    """A day tried again. `tried` of `total` messages could be placed in both trees."""

    tried: int
    total: int
    elsewhere: Sequence[Elsewhere] = ()
