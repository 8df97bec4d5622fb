"""Reading days and instants out of an address, into a period."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from admin_web.problems import bad_values

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEARS = range(1970, 2200)
"""Outside these a slip of the finger is meant, and sums with spans of time could leave the calendar."""


def parse_period(
    since: str, until: str, *, now: datetime, timezone: str, usual: timedelta
) -> tuple[datetime, datetime | None]:
    """[from, to) in UTC. A day stands for all of it, in the tree's time zone. Without `from` it begins the usual time
    before its end; without `to` it has none. 422 for what is neither a day nor an instant, and for running backwards.
    """
    zone = ZoneInfo(timezone)
    end = _parse_at(until, zone, name="to", days=1) if until else None
    start = _parse_at(since, zone, name="from", days=0) if since else (end or now) - usual
    if end is not None and start > end:
        raise bad_values([{"loc": ["query", "from"], "msg": "The period ends before it begins"}])
    return start, end


def _parse_at(said: str, zone: ZoneInfo, *, name: str, days: int) -> datetime:
    try:
        at = _read_at(said, zone)
    except ValueError:
        at = None
    if at is None or at.year not in _YEARS:
        raise bad_values([{"loc": ["query", name], "msg": "Neither a day nor an instant (ISO 8601)"}])
    if _DAY.fullmatch(said):
        at = datetime.combine(at.date() + timedelta(days=days), time(), tzinfo=zone)
    return at.astimezone(UTC)


def _read_at(said: str, zone: ZoneInfo) -> datetime:
    """Raises ValueError."""
    if _DAY.fullmatch(said):
        return datetime.combine(date.fromisoformat(said), time(), tzinfo=zone)
    # In an address a plus sign that was not escaped has become a space.
    at = datetime.fromisoformat(re.sub(r" (?=\d{2}:?\d{2}$)", "+", said))
    return at if at.tzinfo else at.replace(tzinfo=zone)
