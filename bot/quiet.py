"""Quiet hours: until when a message that is not urgent should wait. Pure."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from routing.local_time import instant_of

DAY = timedelta(days=1)


def quiet_until(now: datetime, quiet: tuple[int, int] | None, *, timezone: str) -> datetime | None:
    """The end of the quiet hours that `now` lies in, else None. `quiet` is minutes of the day, over midnight too."""
    if quiet is None or quiet[0] == quiet[1]:
        return None
    zone = ZoneInfo(timezone)
    local = now.astimezone(zone)
    minute = local.hour * 60 + local.minute
    starts, ends = quiet
    is_quiet = starts <= minute < ends if starts < ends else minute >= starts or minute < ends
    if not is_quiet:
        return None
    day = local.date() if minute < ends else local.date() + DAY
    wall = datetime.combine(day, time(ends // 60 % 24, ends % 60))
    at = instant_of(wall, zone)
    # Where the clock shows the end twice and the first is past, it is still quiet until the second.
    return at if at > now else wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
