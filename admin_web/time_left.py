"""How long there is until a deadline, in the words that people count with: "还剩 40 分钟", "超时 2 小时"."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from routing.tickets import Status, Ticket

SOON = timedelta(hours=1)
_IN_HOURS_FROM = timedelta(minutes=60)
_IN_DAYS_FROM = timedelta(hours=48)


class Tone(StrEnum):
    LATE = "late"
    SOON = "soon"
    CALM = "calm"
    STILL = "still"


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """`word` is a key of words that takes `n`; `at` the deadline; `share` of the time that is gone, 0 to 100."""

    word: str
    n: int
    tone: Tone
    at: datetime
    share: int


def time_left(ticket: Ticket, now: datetime) -> TimeLeft | None:
    """Until the limit that runs, or the end of the pause. None where no clock runs for staff."""
    if ticket.status is Status.OPEN:
        return _until(ticket.claim_due_at, ticket.dispatched_at, now)
    if ticket.status is Status.CLAIMED:
        return _until(ticket.resolve_due_at, ticket.dispatched_at, now)
    if ticket.status is Status.WAITING and ticket.paused_until is not None:
        word, n = count(ticket.paused_until - now)
        share = _share(ticket.paused_at or ticket.dispatched_at, ticket.paused_until, now)
        return TimeLeft(f"left.pause.{word}", n, Tone.STILL, ticket.paused_until, share)
    return None


def count(span: timedelta) -> tuple[str, int]:
    """Minutes below an hour, hours below two days, then days; whole ones, at least one minute."""
    length = abs(span)
    if length < _IN_HOURS_FROM:
        return "minutes", max(1, int(length / timedelta(minutes=1)))
    if length < _IN_DAYS_FROM:
        return "hours", int(length / timedelta(hours=1))
    return "days", length.days


def show_briefly(instant: datetime, now: datetime, timezone: str) -> str:
    """Day and minute where the tree is, with the year only where it is another one: "11-24 15:10"."""
    zone = ZoneInfo(timezone)
    local = instant.astimezone(zone)
    return f"{local:%m-%d %H:%M}" if local.year == now.astimezone(zone).year else f"{local:%Y-%m-%d %H:%M}"


def tone_of(due_at: datetime, now: datetime) -> Tone:
    if due_at <= now:
        return Tone.LATE
    return Tone.SOON if due_at - now <= SOON else Tone.CALM


def _until(due_at: datetime | None, since: datetime, now: datetime) -> TimeLeft | None:
    if due_at is None:
        return None
    unit, n = count(due_at - now)
    tone = tone_of(due_at, now)
    word = f"left.late.{unit}" if tone is Tone.LATE else f"left.still.{unit}"
    return TimeLeft(word, n, tone, due_at, _share(since, due_at, now))


def _share(since: datetime, until: datetime, now: datetime) -> int:
    whole = (until - since).total_seconds()
    if whole <= 0:
        return 100
    return max(0, min(100, round(100 * (now - since).total_seconds() / whole)))
