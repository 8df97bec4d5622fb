"""Between instants and the clock on a wall, also where the clock jumps. Working hours are in `working_time`.

A wall time that does not exist means the next instant that does; one that comes twice means the first.
The two functions are each other's inverse as far as that can be, and both never run backwards.
"""

from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def instant_of(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) at which the clock of the zone shows this naive time or, if skipped, a later
    one."""
    at = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) == wall:
        return at
    # Of a skipped time zoneinfo makes two instants, one on each side of the jump (PEP 495).
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return _jump_between(before, at, zone)


def wall_at(at: datetime, zone: ZoneInfo) -> datetime:
    """The latest time (naive) that the clock of the zone has shown up to this instant: while it shows an hour
    for the second time, the last moment of the first, so that later instants never have earlier times."""
    local = at.astimezone(zone)
    if not local.fold:
        return local.replace(tzinfo=None)
    first_pass = local.replace(fold=0).astimezone(UTC)
    jump = _jump_between(first_pass, at, zone)
    return (jump - timedelta.resolution).astimezone(zone).replace(tzinfo=None)


def _jump_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first second with another offset than `before`; there is exactly one change up to `after`."""
    start = before.astimezone(UTC).replace(microsecond=0)
    offset = start.astimezone(zone).utcoffset()
    seconds = range(int((after - start).total_seconds()) + 1)

    def has_jumped(second: int) -> bool:
        return (start + timedelta(seconds=second)).astimezone(zone).utcoffset() != offset

    return start + timedelta(seconds=bisect_left(seconds, True, key=has_jumped))
