"""What a notice is before it has words: its kind, who hears it and the plain values its text needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class NoticeKind(StrEnum):
    """Each is a text key `notice.<kind>` in `bot/texts`."""

    ASKED = "asked"
    CLIMBED = "climbed"
    HANDED_UP = "handed_up"
    HANDED_BACK = "handed_back"
    REMINDER = "reminder"
    SUPERVISION = "supervision"
    TAKEN = "taken"
    FREE_AGAIN = "free_again"
    GIVEN = "given"
    DETAILS = "details"
    JOINED = "joined"
    PARTED_OFF = "parted_off"
    ADDED_WORDS = "added_words"
    NOTED = "noted"
    HURRIED = "hurried"
    URGED = "urged"
    PAUSED = "paused"
    PAUSE_WANTED = "pause_wanted"
    PAUSE_REFUSED = "pause_refused"
    GOES_ON = "goes_on"
    DONE_HERE = "done_here"
    CAME_BACK = "came_back"
    DECIDE = "decide"
    GONE = "gone"
    MERGED_AWAY = "merged_away"
    ENDED_HERE = "ended_here"
    MOVED_HERE = "moved_here"
    WITHDRAWN = "withdrawn"
    RATED = "rated"
    UNREACHABLE = "unreachable"
    PROGRESS_CLAIMED = "progress_claimed"
    PROGRESS_CLIMBED = "progress_climbed"
    PROGRESS_TRANSFERRED = "progress_transferred"
    PROGRESS_PAUSED = "progress_paused"
    PROGRESS_RESUMED = "progress_resumed"
    PROGRESS_MERGED = "progress_merged"
    PROGRESS_PARTED = "progress_parted"
    PROGRESS_REOPENED = "progress_reopened"
    QUESTION = "question"
    ASK_RATING = "ask_rating"
    RESULT_PICTURE = "result_picture"
    DECLINED = "declined"
    CLOSED = "closed"
    ANSWER = "answer"


ECHOES = frozenset(
    {
        NoticeKind.TAKEN,
        NoticeKind.DETAILS,
        NoticeKind.FREE_AGAIN,
        NoticeKind.DONE_HERE,
        NoticeKind.PAUSED,
        NoticeKind.GOES_ON,
        NoticeKind.GONE,
        NoticeKind.HANDED_UP,
        NoticeKind.MERGED_AWAY,
        NoticeKind.PARTED_OFF,
        NoticeKind.ENDED_HERE,
    }
)
"""Kinds that only repeat what the person acting is answered at once: not told again in the same chat."""


@dataclass(frozen=True, slots=True)
class Hearer:
    """Who hears: `kind` is "group", "staff", "reporters" or "person"; `name` is the id, empty for reporters."""

    kind: str
    name: str = ""

    @classmethod
    def group(cls, group_id: str) -> "Hearer":
        return cls("group", group_id)

    @classmethod
    def staff(cls, staff_id: str) -> "Hearer":
        return cls("staff", staff_id)

    @classmethod
    def reporters(cls) -> "Hearer":
        return cls("reporters")

    @classmethod
    def person(cls, person_id: int) -> "Hearer":
        return cls("person", str(person_id))

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True)
class Notice:
    """`cycle` is the ticket's at the time, so that `still_wanted` can tell an old one; `urgent` breaks quiet hours."""

    kind: NoticeKind
    hearer: Hearer
    ticket_number: int
    cycle: int
    urgent: bool
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
