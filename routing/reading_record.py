"""How often the reader was right: what it took reports for, and what staff say that they are. Pure counting.

What staff sorted or said to be right is the truth; so is what they worked on to the end without sorting it anew.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from routing.events import Actor, Event, EventKind

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One report. `truth` is None while nobody has said; `certainty` None where it was not kept."""

    number: int
    opened_at: datetime
    read_as: str
    certainty: float | None
    truth: str | None

    @property
    def is_right(self) -> bool:
        return self.read_as == self.truth


@dataclass(frozen=True, slots=True)
class CategoryTally:
    """Of the reports `read` as the category so many were `right`; `meant` are those that truly are of it."""

    category_id: str
    read: int
    right: int
    meant: int


@dataclass(frozen=True, slots=True)
class Confusion:
    read_as: str
    truth: str
    count: int


@dataclass(frozen=True, slots=True)
class WeekTally:
    """The week that begins on `since`."""

    since: date
    judged: int
    right: int


@dataclass(frozen=True, slots=True)
class Tally:
    """`reports` are all of the time; categories and confusions come with the most first, weeks with the oldest."""

    reports: int
    judged: int
    right: int
    categories: tuple[CategoryTally, ...]
    confusions: tuple[Confusion, ...]
    weeks: tuple[WeekTally, ...]


def judge(number: int, category: str, events: Sequence[Event]) -> Judgement | None:
    """From a ticket's present category and its story, oldest first; None where the story does not begin."""
    opened = next((each for each in events if each.kind is EventKind.OPENED), None)
    if opened is None:
        return None
    sortings = [each for each in events if each.is_sorting]
    moved = [each.values["from_category"] for each in sortings if "from_category" in each.values]
    certainty = opened.values.get("certainty")
    return Judgement(
        number=number,
        opened_at=opened.at,
        read_as=opened.values.get("read_as") or next(iter(moved), category),
        certainty=float(certainty) if certainty else None,
        truth=category if any(_is_said(each) for each in events) else None,
    )


def tally(judgements: Iterable[Judgement], *, until: date) -> Tally:
    """`until` is the day after the last; weeks are counted back from it."""
    every = list(judgements)
    judged = [each for each in every if each.truth is not None]
    return Tally(
        reports=len(every),
        judged=len(judged),
        right=sum(each.is_right for each in judged),
        categories=_tally_categories(judged),
        confusions=_count_confusions(judged),
        weeks=_tally_weeks(judged, until),
    )


def _is_said(event: Event) -> bool:
    """Staff sorted it, said that it is right, or worked on it to the end."""
    is_staff = event.by not in set(Actor)
    return is_staff and (event.is_sorting or event.kind is EventKind.RESOLVED)


def _tally_categories(judged: Sequence[Judgement]) -> tuple[CategoryTally, ...]:
    read = Counter(each.read_as for each in judged)
    right = Counter(each.read_as for each in judged if each.is_right)
    meant = Counter(each.truth for each in judged)
    names = {*read, *(each for each in meant if each is not None)}
    found = (CategoryTally(each, read[each], right[each], meant[each]) for each in names)
    return tuple(sorted(found, key=lambda each: (-each.read, -each.meant, each.category_id)))


def _count_confusions(judged: Sequence[Judgement]) -> tuple[Confusion, ...]:
    pairs = Counter((each.read_as, each.truth or "") for each in judged if not each.is_right)
    return tuple(
        Confusion(*pair, count) for pair, count in sorted(pairs.items(), key=lambda each: (-each[1], each[0]))
    )


def _tally_weeks(judged: Sequence[Judgement], until: date) -> tuple[WeekTally, ...]:
    weeks: dict[date, list[bool]] = {}
    for each in judged:
        back = ((until - each.opened_at.date()).days - 1) // WEEK.days
        weeks.setdefault(until - WEEK * (back + 1), []).append(each.is_right)
    return tuple(WeekTally(since, len(rights), sum(rights)) for since, rights in sorted(weeks.items()))
