"""What a message was understood to say. The reader itself is a neighbour behind `ports.Reader`."""

from dataclasses import dataclass, field
from enum import StrEnum

SURE = 0.6
"""Certainty from which a reading is taken at its word; below it, it is a guess."""


class Intent(StrEnum):
    REPORT = "report"
    QUESTION = "question"
    SUGGESTION = "suggestion"
    THANKS = "thanks"
    PROGRESS = "progress"
    CHATTER = "chatter"


@dataclass(frozen=True, slots=True)
class Place:
    """Numbers as written, without leading zeros or the words around them; None where nothing was said."""

    building: str | None = None
    unit: str | None = None
    floor: str | None = None
    room: str | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.building or self.unit or self.floor or self.room)


@dataclass(frozen=True, slots=True)
class Reading:
    """`certainty` is 0 to 1, of intent and category together. `why` holds short reasons for people, in Chinese.

    `others` are the categories that it may be as well, likeliest first; none where the reader is not in doubt.
    `emergency` names the number to call at once ("110", "119", "120", "122", or two: "110 120"), or is None.
    """

    intent: Intent
    category: str
    certainty: float
    urgent: bool
    place: Place = field(default_factory=Place)
    emergency: str | None = None
    why: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
