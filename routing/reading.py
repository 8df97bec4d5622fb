"""What a message was understood to say. The reader itself is a neighbour behind `ports.Reader`."""

from dataclasses import dataclass, field
from enum import StrEnum

SURE = 0.6
"""Certainty from which a reading is taken at its word; below it, it is a guess."""


QUOTES_THE_FILE = ("管理员", "与例子", "学到的")
"""How reasons begin that quote an admin's words, an example, or words of the learner's own list."""

PLAINLY_TALK = 0.75
"""Certainty from which chatter is surely none of anybody's business."""


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
    """`certainty` is 0 to 1, of intent and category together; `category_certainty` of the category alone, where it was
    learned. `why` holds short reasons for people, in Chinese.

    `is_alike_only`: the category was guessed by words like its own, so what its handlers advise may not fit.
    `others` are the categories that it may be as well, likeliest first; none where the reader is not in doubt.
    `emergency` names the number to call at once ("110", "119", "120", "122"), several where more than one has to
    come ("110 120") or to listen ("110 120 12356"), or is None.
    """

    intent: Intent
    category: str
    certainty: float
    urgent: bool
    place: Place = field(default_factory=Place)
    emergency: str | None = None
    why: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    category_certainty: float | None = None
    is_alike_only: bool = False

    @property
    def is_surely_a_report(self) -> bool:
        return self.intent is Intent.REPORT and self.certainty >= SURE

    @property
    def lasting_why(self) -> tuple[str, ...]:
        """The reasons without those that quote the person: these may stand where an erasure does not look."""
        return tuple(each for each in self.why if "“" not in each or each.startswith(QUOTES_THE_FILE))

    @property
    def sorting_certainty(self) -> float:
        """How likely a person would sort it the same. Of words in which no matter was found, that they are talk says
        nothing about their category, should somebody call them a matter after all."""
        is_unsure_talk = self.intent is Intent.CHATTER and self.certainty <= PLAINLY_TALK
        is_hardly_a_report = self.intent is Intent.REPORT and self.certainty < SURE
        if self.category_certainty is None or not (is_unsure_talk or is_hardly_a_report):
            return self.certainty
        return self.category_certainty
