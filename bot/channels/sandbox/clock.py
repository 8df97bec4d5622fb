"""The virtual clock as the page sees it, and how far a push goes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from typing_extensions import TypedDict

from bot.channels.sandbox.ports import SandboxTime
from routing.durations import parse_span

_DAYS = "一二三四五六日"
SHORTEST = timedelta(seconds=10)
LONGEST = timedelta(days=30)


class ClockJson(TypedDict):
    """Instants are ISO 8601 in UTC; `local` is the wall clock of the tree's time zone."""

    now: str
    local: str
    timezone: str
    pushed_seconds: int
    next_deadline: str | None


def say_local(at: datetime, zone: ZoneInfo) -> str:
    """ "11月24日 周二 15:42" """
    wall = at.astimezone(zone)
    return f"{wall.month}月{wall.day}日 周{_DAYS[wall.weekday()]} {wall:%H:%M}"


def write_instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


async def render_clock(time: SandboxTime, timezone: str) -> ClockJson:
    now, due = time.now(), await time.next_deadline()
    return {
        "now": write_instant(now),
        "local": say_local(now, ZoneInfo(timezone)),
        "timezone": timezone,
        "pushed_seconds": int(time.pushed().total_seconds()),
        "next_deadline": write_instant(due) if due else None,
    }


def parse_forward(text: str) -> timedelta:
    """ "10s" to "30d"; ValueError otherwise."""
    by = parse_span(text).as_elapsed()
    if not SHORTEST <= by <= LONGEST:
        raise ValueError(f'"{text}" is not between 10s and 30d')
    return by


async def push_clock(time: SandboxTime, forward: str) -> datetime | None:
    """Pushes and waits until what fell due is done. None when there is no deadline to go to. ValueError: no span."""
    if forward == "deadline":
        reached = await time.push_to_next_deadline()
    elif forward == "tomorrow":
        reached = await time.push_to_tomorrow()
    else:
        reached = await time.push(parse_forward(forward))
    await time.rest()
    return reached
