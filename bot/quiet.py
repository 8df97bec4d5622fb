"""Quiet hours: until when a message that is not urgent should wait. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


def quiet_until(now: datetime, quiet: tuple[int, int] | None, *, timezone: str) -> datetime | None:
    """The end of the quiet hours that `now` lies in, else None. `quiet` is minutes of the day, over midnight too."""
    if quiet is None or quiet[0] == quiet[1]:
        return None
    local = now.astimezone(ZoneInfo(timezone))
    minute = local.hour * 60 + local.minute
    starts, ends = quiet
    is_quiet = starts <= minute < ends if starts < ends else minute >= starts or minute < ends
    if not is_quiet:
        return None
    day = local.date() if minute < ends else local.date() + DAY
    return datetime.combine(day, time(ends // 60 % 24, ends % 60), tzinfo=local.tzinfo).astimezone(
        ZoneInfo("UTC")
    )
