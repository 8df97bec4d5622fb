"""Past-tense facts about a ticket. Appended to its history, never edited; notices follow from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


class EventKind(StrEnum):
    OPENED = "opened"
    JOINED = "joined"
    LEFT = "left"
    ADDED = "added"
    SORTED = "sorted"
    CLAIMED = "claimed"
    RELEASED = "released"
    HANDED_BACK = "handed_back"
    ESCALATED = "escalated"
    TRANSFERRED = "transferred"
    NOTED = "noted"
    QUESTIONED = "questioned"
    REMINDED = "reminded"
    URGED = "urged"
    PAUSED = "paused"
    PAUSE_ASKED = "pause_asked"
    PAUSE_REFUSED = "pause_refused"
    RESUMED = "resumed"
    EXTENDED = "extended"
    SUPERVISED = "supervised"
    RESOLVED = "resolved"
    RATED = "rated"
    REOPENED = "reopened"
    DISPUTED = "disputed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    MERGED = "merged"
    PARTED = "parted"
    MOVED = "moved"
    UNREACHABLE = "unreachable"


HURRIED = "urgent"
"""The reason of a SORTED event of 加急, which changes the clock and not the category."""

ANOTHER_STAYS = "another_stays"
PARTED_OFF = "parted_off"
"""Reasons of a LEFT event: somebody took back one of several reports and goes on hearing of the ticket; staff parted a
report from it that was merged before."""

SAME_MATTER = "same_matter"
"""The reason of a JOINED event of what surely tells of an open matter, or was told where that is."""

CONFIRMED = "confirmed"
TOLD = "told"
"""Reasons of a SORTED event that changed nothing: staff said that it is right, or the reporter did when asked."""


class Actor(StrEnum):
    """Who made it happen, when it was not a member of staff."""

    RESIDENT = "resident"
    CLOCK = "clock"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Event:
    """One fact. `by` is a staff id or an `Actor`; `node`, `group` and `holder` are those after the event.

    `reason` says why in machine words (`rule …`, `claim_due`, a text key); `words` is what a person wrote, and is
    the only place for it, so that an erasure can find it. `values` holds what the notices need, as plain text.
    """

    ticket_number: int
    kind: EventKind
    at: datetime
    by: str
    node: str
    group: str
    reason: str = ""
    words: str = ""
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_sorting(self) -> bool:
        """Somebody said which category it is."""
        return self.kind is EventKind.SORTED and self.reason != HURRIED

    @property
    def is_hurrying(self) -> bool:
        """The urgent clock runs from here."""
        return self.kind is EventKind.SORTED and self.reason == HURRIED
