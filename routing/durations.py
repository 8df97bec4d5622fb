"""How long something may take, as the admins write it: "30m", "4wh", "2wd".

What a span means on a calendar is in `working_time`.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Unit(StrEnum):
    SECOND = "s"
    MINUTE = "m"
    HOUR = "h"
    DAY = "d"
    WORKING_HOUR = "wh"
    WORKING_DAY = "wd"


# The length of one unit; for the working units the shortest that it can take.
_LENGTHS = {
    Unit.SECOND: timedelta(seconds=1),
    Unit.MINUTE: timedelta(minutes=1),
    Unit.HOUR: timedelta(hours=1),
    Unit.DAY: timedelta(days=1),
    Unit.WORKING_HOUR: timedelta(hours=1),
    Unit.WORKING_DAY: timedelta(days=1),
}
_WORKING = frozenset({Unit.WORKING_HOUR, Unit.WORKING_DAY})
# Ten years. Longer is a slip of the finger, and would carry a deadline out of the calendar.
_LONGEST = timedelta(days=3650)
_SPAN = re.compile(r"([0-9]{1,12})(s|m|h|d|wh|wd)")


@dataclass(frozen=True, slots=True)
class Span:
    """At least one unit, at most ten years; ValueError otherwise."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f'"{self}" is no duration: it must be at least 1{self.unit}')
        if self.amount > _LONGEST // _LENGTHS[self.unit]:
            raise ValueError(f'"{self}" is too long: a duration is at most ten years')

    @property
    def is_working(self) -> bool:
        return self.unit in _WORKING

    def as_elapsed(self) -> timedelta:
        """ValueError for working hours and working days: only a calendar knows how long those take."""
        if self.is_working:
            raise ValueError(f'"{self}" is working time: how long it takes depends on the calendar')
        return self.amount * _LENGTHS[self.unit]

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"


def parse_span(text: str) -> Span:
    """ "10s" "30m" "2h" "3d" are elapsed time, "4wh" "2wd" working time; ValueError for anything else."""
    match = _SPAN.fullmatch(text)
    if match is None:
        raise ValueError(
            f'"{text}" is no duration: write a whole number and a unit without spaces, '
            'such as "10s", "30m", "2h", "3d", "4wh" (working hours) or "2wd" (working days)'
        )
    return Span(int(match[1]), Unit(match[2]))
