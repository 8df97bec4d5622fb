"""How much time is left, in words: the first thing that a page on a phone says of a ticket."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from admin_web.words import Words
from routing.escalation import promise_at
from routing.tickets import Status, Ticket

_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60
_NEAR = {-1: "work.yesterday", 0: "work.today", 1: "work.tomorrow"}
SOON_FROM = timedelta(minutes=30)
SOON_SHARE = 0.15
"""Soon is the last part of a limit, at least half an hour."""


@dataclass(frozen=True, slots=True)
class Left:
    """`band` is late, soon, calm, paused or ended; `big` what is read from afar, `small` until when who does what.

    `due` and `soon` are instants for the script that goes on counting, "" where nothing runs.
    """

    band: str
    big: str
    small: str = ""
    due: str = ""
    soon: str = ""


def left_of(ticket: Ticket, now: datetime, t: Words, *, timezone: str) -> Left:
    if ticket.status is Status.WAITING:
        until = say_moment(ticket.paused_until, now, t, timezone=timezone) if ticket.paused_until else ""
        return Left("paused", t("work.paused"), t("work.until", until=until))
    due_at = promise_at(ticket)
    if due_at is None:
        return Left("ended", t(f"work.status.{ticket.status}"))
    verb = "claim" if ticket.status is Status.OPEN else "resolve"
    small = t(f"work.due_{verb}", due=say_moment(due_at, now, t, timezone=timezone))
    soon_at = due_at - max(SOON_FROM, (due_at - ticket.dispatched_at) * SOON_SHARE)
    iso = (due_at.isoformat(), soon_at.isoformat())
    if now >= due_at:
        return Left("late", t("work.late_by", span=say_span(now - due_at, t)), small, *iso)
    band = "soon" if now >= soon_at else "calm"
    return Left(band, t("work.left", span=say_span(due_at - now, t)), small, *iso)


def say_span(span: timedelta, t: Words) -> str:
    """In the two largest units: 2 天 3 小时, 3 小时 20 分, 20 分钟. The script on the page says the same."""
    seconds = int(span.total_seconds())
    if seconds < _MINUTE:
        return t("work.span.moment")
    days, hours, minutes = seconds // _DAY, seconds % _DAY // _HOUR, seconds % _HOUR // _MINUTE
    if days:
        return t("work.span.days", d=days, h=hours) if hours else t("work.span.day", d=days)
    if hours:
        return t("work.span.hours", h=hours, m=minutes) if minutes else t("work.span.hour", h=hours)
    return t("work.span.minutes", m=minutes)


def say_moment(at: datetime, now: datetime, t: Words, *, timezone: str) -> str:
    """今天 15:42, 明天 09:00, 11月26日 18:00; the year only where it is another."""
    zone = ZoneInfo(timezone)
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    near = _NEAR.get((local.date() - today).days)
    if near:
        return f"{t(near)} {local:%H:%M}"
    key = "work.date" if local.year == today.year else "work.date_of_year"
    return t(key, y=local.year, m=local.month, d=local.day, clock=f"{local:%H:%M}")
