"""Which days are holidays and which weekend days are worked (调休), in our own table, year by year.

Where a year is not announced yet the table assumes, says so, and never raises. Who works when is in
`working_time`.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
_LONGEST_BREAK = 60


class DayKind(StrEnum):
    """ORDINARY leaves it to the weekday; HOLIDAY and WORKED overrule it."""

    ORDINARY = "ordinary"
    HOLIDAY = "holiday"
    WORKED = "worked"


@dataclass(frozen=True, slots=True)
class MarkedDay:
    kind: DayKind
    festival: str


@dataclass(frozen=True, slots=True)
class HolidayTable:
    """`marked` holds the days of the known years and the assumed moving feasts; `every_year` the
    (month, day) that are assumed in each year that is not known. `edition_on` is the day somebody last
    compared the table with the announcements."""

    name: str
    edition_on: date
    assumption: str
    known_years: tuple[int, ...]
    marked: Mapping[date, MarkedDay]
    every_year: Mapping[tuple[int, int], MarkedDay]

    def is_assumed(self, on: date) -> bool:
        return on.year not in self.known_years

    def day_kind(self, on: date) -> DayKind:
        marked = self._find_marked(on)
        return marked.kind if marked else DayKind.ORDINARY

    def festival(self, on: date) -> str | None:
        """In Chinese; of a worked weekend day the festival it makes up for; None for an ordinary day."""
        marked = self._find_marked(on)
        return marked.festival if marked else None

    def _find_marked(self, on: date) -> MarkedDay | None:
        marked = self.marked.get(on)
        if marked is None and self.is_assumed(on):
            return self.every_year.get((on.month, on.day))
        return marked


def table(name: str) -> HolidayTable:
    """ValueError with the known names when there is no such table."""
    try:
        return _TABLES[name]
    except KeyError:
        raise ValueError(
            f'There is no holiday table "{name}"; known tables: {", ".join(sorted(_TABLES))}'
        ) from None


def parse_days(text: str) -> tuple[date, ...]:
    """The days of "2027-02-05..2027-02-12", or the single one of "2027-01-01". ValueError when it is neither."""
    first, between, last = text.partition("..")
    on, until = (_day(each) for each in (first, last if between else first))
    if not 0 <= (until - on).days <= _LONGEST_BREAK:
        raise ValueError(f'"{text}" ends before it begins, or is far longer than any holiday')
    return tuple(on + timedelta(days=each) for each in range((until - on).days + 1))


def is_whole_year(days_off: Collection[date], year: int) -> bool:
    """Whether these hold what the notice of a year surely brings: its first and its national day, both fixed by law.
    Who writes down a few days of their own has not written down the year."""
    return date(year, 1, 1) in days_off and date(year, 10, 1) in days_off


def missing_ahead(name: str, today: date, days: int = 60) -> tuple[int, ...]:
    """The years, in order, that today or one of the next `days` falls in and that are not announced."""
    known = table(name).known_years
    last = today + timedelta(days=days)
    return tuple(year for year in range(today.year, last.year + 1) if year not in known)


# To add a year: copy it here from the notice of the State Council's General Office, each November
# (国务院办公厅关于…年部分节假日安排的通知), move the edition date, and say so in the changelog. The assumed
# feasts of that year then no longer count. Rows are (festival, days off, weekend days worked for it),
# month-day.
_CN_EDITION_ON = date(2026, 11, 24)
_CN_ANNOUNCED = {
    # 国办发明电〔2023〕7号, 2023-10-25
    2024: (
        ("元旦", "01-01", ""),
        ("春节", "02-10..02-17", "02-04 02-18"),
        ("清明节", "04-04..04-06", "04-07"),
        ("劳动节", "05-01..05-05", "04-28 05-11"),
        ("端午节", "06-10", ""),
        ("中秋节", "09-15..09-17", "09-14"),
        ("国庆节", "10-01..10-07", "09-29 10-12"),
    ),
    # 国办发明电〔2024〕12号, 2024-11-12
    2025: (
        ("元旦", "01-01", ""),
        ("春节", "01-28..02-04", "01-26 02-08"),
        ("清明节", "04-04..04-06", ""),
        ("劳动节", "05-01..05-05", "04-27"),
        ("端午节", "05-31..06-02", ""),
        ("国庆节、中秋节", "10-01..10-08", "09-28 10-11"),
    ),
    # Notice of 2025-11-04, as printed by Xinhua
    2026: (
        ("元旦", "01-01..01-03", "01-04"),
        ("春节", "02-15..02-23", "02-14 02-28"),
        ("清明节", "04-04..04-06", ""),
        ("劳动节", "05-01..05-05", "05-09"),
        ("端午节", "06-19..06-21", ""),
        ("中秋节", "09-25..09-27", ""),
        ("国庆节", "10-01..10-07", "09-20 10-10"),
    ),
}

# The law (全国年节及纪念日放假办法, as revised with force from 2025-01-01) fixes the days themselves; what
# the notice adds each year are bridges, days in lieu and worked weekends, and those nobody can know.
_CN_EVERY_YEAR = (
    ("元旦", ((1, 1),)),
    ("劳动节", ((5, 1), (5, 2))),
    ("国庆节", ((10, 1), (10, 2), (10, 3))),
)
# The feasts that move are a matter of astronomy (GB/T 33661-2017): Spring Festival from its eve to its
# third day, 清明节, 端午节, 中秋节. Independent calculations agree (holidays 0.109, lunar_python,
# lunardate, zhdate).
_CN_FEASTS = {
    2027: ("02-05..02-08", "04-05", "06-09", "09-15"),
    2028: ("01-25..01-28", "04-04", "05-28", "10-03"),
    2029: ("02-12..02-15", "04-04", "06-16", "09-22"),
    2030: ("02-02..02-05", "04-05", "06-05", "09-12"),
    2031: ("01-22..01-25", "04-05", "06-24", "10-01"),
    2032: ("02-10..02-13", "04-04", "06-12", "09-19"),
    2033: ("01-30..02-02", "04-04", "06-01", "09-08"),
    2034: ("02-18..02-21", "04-05", "06-20", "09-27"),
    2035: ("02-07..02-10", "04-05", "06-10", "09-16"),
    2036: ("01-27..01-30", "04-04", "05-30", "10-04"),
}
_CN_FEAST_NAMES = ("春节", "清明节", "端午节", "中秋节")
_CN_ASSUMPTION = (
    "Monday to Friday are worked, Saturday and Sunday are not; free are the days that the law fixes: "
    "1 January, 1 and 2 May, 1 to 3 October and, until 2036, Spring Festival with its eve, Qingming, "
    "Dragon Boat and Mid-Autumn. No bridge days, no days in lieu, no worked weekends."
)


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError(f'"{text}" is no day: write it like "2027-01-01"')
    return date.fromisoformat(text)


def _days(year: int, text: str) -> Iterator[date]:
    """The days of "10-01..10-07", or the single day of "10-01"."""
    first, _, last = text.partition("..")
    yield from parse_days(f"{year}-{first}..{year}-{last or first}")


def _announced() -> Iterator[tuple[date, MarkedDay]]:
    for year, breaks in _CN_ANNOUNCED.items():
        for festival, off, worked in breaks:
            yield from ((on, MarkedDay(DayKind.HOLIDAY, festival)) for on in _days(year, off))
            for each in worked.split():
                yield from ((on, MarkedDay(DayKind.WORKED, festival)) for on in _days(year, each))


def _assumed_feasts() -> Iterator[tuple[date, MarkedDay]]:
    for year in _CN_FEASTS.keys() - _CN_ANNOUNCED.keys():
        for festival, off in zip(_CN_FEAST_NAMES, _CN_FEASTS[year], strict=True):
            yield from ((on, MarkedDay(DayKind.HOLIDAY, festival)) for on in _days(year, off))


_CN = HolidayTable(
    name="cn",
    edition_on=_CN_EDITION_ON,
    assumption=_CN_ASSUMPTION,
    known_years=tuple(sorted(_CN_ANNOUNCED)),
    marked=MappingProxyType({**dict(_announced()), **dict(_assumed_feasts())}),
    every_year=MappingProxyType(
        {day: MarkedDay(DayKind.HOLIDAY, festival) for festival, days in _CN_EVERY_YEAR for day in days}
    ),
)
_TABLES = MappingProxyType({_CN.name: _CN})
