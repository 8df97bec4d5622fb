"""What somebody told about a matter, and how surely it is one that is open already. Who compares them is a neighbour
behind `ports.Incidents`.
"""

from dataclasses import dataclass, field
from datetime import datetime

from routing.reading import Place

SURE_ENOUGH_TO_GATHER = 0.83
"""Certainty from which a telling is put to the open matter without asking: of letters nothing was fitted on, 98 of
100 that are so sure are right."""

SURE_ENOUGH_TO_JOIN = 0.95
"""Certainty from which a telling that is surely about one matter brings another, told of once, together with it."""

LIKELY_ENOUGH_TO_OFFER = 0.2
"""Certainty from which staff are asked whether the two are one; below it nothing is said."""


@dataclass(frozen=True, slots=True)
class Telling:
    """The words of one person. `path` goes from the node where it is up to the root, empty where nobody knows.

    `subject` is the headline of a letter; what is said in a chat has none. `person_id` 0 is nobody known.
    """

    text: str
    at: datetime
    category: str = "other"
    path: tuple[str, ...] = ()
    place: Place = field(default_factory=Place)
    person_id: int = 0
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """`number` is the open matter's; `certainty` 0 to 1; `why` holds short reasons for people, in Chinese; `path` is
    that of the telling which is alike."""

    number: int
    certainty: float
    why: tuple[str, ...]
    path: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        return self.certainty >= SURE_ENOUGH_TO_GATHER
