"""What the page about reading is told and by whom: how often the reader was right, and what to sort next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from admin_web.ports import Scope
from routing.callers import Caller
from routing.reading_record import Tally


@dataclass(frozen=True, slots=True)
class Example:
    """A report that nobody has sorted: `guess` and `others` are categories, the likeliest first; `alike` counts those
    of nearly the same words, this one among them. `why` is for people, in Chinese."""

    number: int
    text: str
    guess: str
    certainty: float
    others: Sequence[str] = ()
    why: Sequence[str] = ()
    alike: int = 1


@dataclass(frozen=True, slots=True)
class ModelShown:
    """`accuracy` was measured when it was made, on lessons that it had not seen."""

    lessons: int
    made_at: datetime
    accuracy: float


@dataclass(frozen=True, slots=True)
class LearningReport:
    """`silent` are keywords that stood in no report of the time, by category; `examples` come with the most useful
    first, of `waiting` in all; `lessons` is how many there are to learn from by now. `model` None: keywords alone."""

    since: datetime
    until: datetime
    tally: Tally
    silent: Mapping[str, Sequence[str]]
    examples: Sequence[Example]
    waiting: int
    lessons: int
    model: ModelShown | None


@dataclass(frozen=True, slots=True)
class Sorted:
    """`before` is the category until now: the same where it was only confirmed."""

    number: int
    before: str
    category: str


class LearningDesk(Protocol):
    async def report(self, scope: Scope) -> LearningReport: ...

    async def sort(self, number: int, category: str, *, caller: Caller, scope: Scope) -> Sorted:
        """Sorts by the desk's verb, or confirms. Raises DeskError; UnknownTicketError for one out of sight."""
        ...
