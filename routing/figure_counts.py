"""What one ticket adds to the figures, as plain numbers that can be summed over days and places. Pure; no rate yet.

`routing.metrics` reads stories into facts and says what counts as asked, due or in time; here its answers are added up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from operator import attrgetter

from routing.metrics import Dispatch, TicketFacts, claim_is_decided, is_by, is_due
from routing.tickets import Rating, Status

SPANS: tuple[tuple[str, timedelta], ...] = (
    ("1h", timedelta(hours=1)),
    ("4h", timedelta(hours=4)),
    ("1d", timedelta(days=1)),
    ("3d", timedelta(days=3)),
    ("7d", timedelta(days=7)),
)
"""The steps in which times are told: an hour, four, a day, three, a week. What took longer is the rest."""

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Counts:
    """Sums over tickets, and over the times that somebody was asked. Seconds are elapsed time.

    `solved` are tickets with a result, from the first dispatch to it; `held` the times that a group had one and it
    went on or ended. `…_1h` and so on count those up to that span which the shorter ones do not.
    """

    tickets: int = 0
    status_open: int = 0
    status_claimed: int = 0
    status_waiting: int = 0
    status_resolved: int = 0
    status_closed: int = 0
    status_withdrawn: int = 0
    status_declined: int = 0
    status_merged: int = 0
    solved: int = 0
    solved_seconds: int = 0
    solved_1h: int = 0
    solved_4h: int = 0
    solved_1d: int = 0
    solved_3d: int = 0
    solved_7d: int = 0
    resolutions: int = 0
    redos: int = 0
    satisfied: int = 0
    mostly: int = 0
    unsatisfied: int = 0
    dispatches: int = 0
    asked: int = 0
    answered: int = 0
    claimed: int = 0
    due: int = 0
    on_time: int = 0
    extended: int = 0
    handed_back: int = 0
    went_up: int = 0
    timed_out: int = 0
    held: int = 0
    held_seconds: int = 0
    held_1h: int = 0
    held_4h: int = 0
    held_1d: int = 0
    held_3d: int = 0
    held_7d: int = 0

    def values(self) -> tuple[int, ...]:
        """In the order of `COUNT_NAMES`."""
        found: tuple[int, ...] = _values(self)
        return found


COUNT_NAMES = tuple(each.name for each in fields(Counts))
_values = attrgetter(*COUNT_NAMES)
NOTHING = Counts()


def total(parts: Iterable[Counts]) -> Counts:
    rows = [each.values() for each in parts]
    return Counts(*map(sum, zip(*rows, strict=True))) if rows else NOTHING


def difference(new: Counts, old: Counts) -> Counts:
    """What has to be added to a sum in which `old` stands, so that `new` stands in it."""
    return Counts(*(one - other for one, other in zip(new.values(), old.values(), strict=True)))


@dataclass(frozen=True, slots=True)
class Undecided:
    """Limits that still run for whoever has the ticket now, at this level; None where nothing is owed any more."""

    level: str
    claim_due_at: datetime | None
    resolve_due_at: datetime | None
    was_extended: bool


def count_ticket(facts: TicketFacts) -> Mapping[str, Counts]:
    """By level: the dispatches stand at the level that was asked, the ticket itself at the one where it is now.

    Only what time alone will not change; the rest is `find_undecided`.
    """
    levels = dict.fromkeys((facts.level, *(each.level for each in facts.dispatches)))
    return {
        level: total(
            [
                *(_count_dispatch(each) for each in facts.dispatches if each.level == level),
                *([_count_whole(facts)] if level == facts.level else []),
            ]
        )
        for level in levels
    }


def find_undecided(facts: TicketFacts) -> Undecided | None:
    """None when the last word is spoken, until something happens to the ticket."""
    current = facts.dispatches[-1] if facts.dispatches else None
    if current is None or current.left_at is not None:
        return None
    owes_claim = not claim_is_decided(current, _NEVER)
    owes_result = not current.waits
    if not owes_claim and not owes_result:
        return None
    return Undecided(
        level=current.level,
        claim_due_at=current.claim_due_at if owes_claim else None,
        resolve_due_at=current.resolve_due_at if owes_result else None,
        was_extended=current.was_extended,
    )


def count_overdue(undecided: Undecided, now: datetime) -> Counts:
    """What the passing of time alone has added by now: limits that ran out in somebody's hands."""
    claim_at, resolve_at = undecided.claim_due_at, undecided.resolve_due_at
    is_late = resolve_at is not None and resolve_at <= now
    return Counts(
        asked=int(claim_at is not None and claim_at <= now),
        due=int(is_late),
        extended=int(is_late and undecided.was_extended),
    )


def _count_whole(facts: TicketFacts) -> Counts:
    ratings = facts.ratings
    return Counts(
        tickets=1,
        **{f"status_{each.value}": int(facts.status is each) for each in Status},
        **_times("solved", _took(facts)),
        resolutions=facts.resolutions,
        redos=facts.redos,
        satisfied=ratings.count(Rating.SATISFIED),
        mostly=ratings.count(Rating.MOSTLY),
        unsatisfied=ratings.count(Rating.UNSATISFIED),
    )


def _took(facts: TicketFacts) -> timedelta | None:
    """From the first dispatch to the last result, None without one that stands."""
    if facts.status not in {Status.RESOLVED, Status.CLOSED} or not facts.dispatches:
        return None
    resolved_at = facts.dispatches[-1].resolved_at
    return resolved_at - facts.dispatches[0].dispatched_at if resolved_at else None


def _count_dispatch(dispatch: Dispatch) -> Counts:
    due = is_due(dispatch, _NEVER)
    held_for = dispatch.left_at - dispatch.dispatched_at if dispatch.left_at else None
    asked = claim_is_decided(dispatch, _NEVER)
    return Counts(
        dispatches=1,
        asked=int(asked),
        answered=int(asked and is_by(dispatch.answered_at, dispatch.claim_due_at)),
        claimed=int(asked and is_by(dispatch.claimed_at, dispatch.claim_due_at)),
        due=int(due),
        on_time=int(due and is_by(dispatch.resolved_at, dispatch.resolve_due_at)),
        extended=int(due and dispatch.was_extended),
        handed_back=int(dispatch.was_handed_back),
        went_up=int(dispatch.went_up),
        timed_out=int(dispatch.timed_out),
        **_times("held", held_for),
    )


def _times(word: str, took: timedelta | None) -> dict[str, int]:
    """One case of so long, in its step."""
    if took is None:
        return {}
    step = next((name for name, span in SPANS if took <= span), None)
    counted = {word: 1, f"{word}_seconds": int(took.total_seconds())}
    return counted if step is None else {**counted, f"{word}_{step}": 1}
