"""Reads the sums of the figures for a place and a period, and what is not summed: late limits, voices, hot matters.

A place with children has its sums ready in `figure_day`; the few tickets of one without are summed when asked.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from routing.figure_counts import COUNT_NAMES, Counts, Undecided
from routing.hot_matters import Told
from routing.tickets import LIVE
from routing.voices import Voices
from storage.figure_keeping import SEEN, SHAPE, TREE
from storage.figure_rows import FINE_DAY, FINE_MONTH, WHOLE_DAY, counts_of
from storage.queries.scope import is_among
from storage.settings import Settings
from storage.tables.figures import FIGURE_DAY, FIGURE_ORIGIN, FIGURE_TICKET
from storage.tables.tickets import REPORTER, TICKET, TICKET_EVENT

_D, _T, _R, _E = FIGURE_DAY.c, FIGURE_TICKET.c, REPORTER.c, TICKET_EVENT.c
_UNDER_WAY = sorted(each.value for each in LIVE)


@dataclass(frozen=True, slots=True)
class Days:
    """From `since` up to, and without, `until`."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Upkeep:
    """How far the sums are: the last event in them and the last there is; and what they were made for."""

    seen: int
    newest: int
    shape: str
    tree: str


@dataclass(frozen=True, slots=True)
class LateRow:
    origin: str
    category: str
    opened_on: date
    undecided: Undecided


class FigureReads:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    # --- how far they are -------------------------------------------------------------------------------------------

    def upkeep(self) -> Upkeep:
        newest = sa.select(sa.func.coalesce(sa.func.max(_E.event_id), 0))
        with self._engine.begin() as connection:
            settings = Settings(connection)
            return Upkeep(
                seen=int(settings.find(SEEN) or 0),
                newest=connection.execute(newest).scalar_one(),
                shape=settings.find(SHAPE) or "",
                tree=settings.find(TREE) or "",
            )

    def list_changed(self, seen: int, *, limit: int) -> tuple[Sequence[int], int]:
        """Tickets to which something happened after this event, of at most `limit` events, and the last of those."""
        statement = (
            sa.select(_E.event_id, _E.ticket_number)
            .where(_E.event_id > seen)
            .order_by(_E.event_id)
            .limit(limit)
        )
        with self._engine.begin() as connection:
            rows = connection.execute(statement).all()
        return list(dict.fromkeys(row[1] for row in rows)), rows[-1][0] if rows else seen

    def list_origins(self) -> Mapping[str, str]:
        """Every place that tickets were counted from, with its path as it is written."""
        with self._engine.begin() as connection:
            rows = connection.execute(sa.select(FIGURE_ORIGIN)).all()
        return {row.origin: row.path for row in rows}

    # --- sums -------------------------------------------------------------------------------------------------------

    def by_day(self, place: str, days: Days, *, is_leaf: bool) -> Mapping[date, Counts]:
        where = _of_leaf(place, days) if is_leaf else _of_place(place, days, grain=WHOLE_DAY)
        return {day: counts for (day,), counts in self._sums(where, "opened_on", is_leaf=is_leaf)}

    def by_category_and_level(
        self, place: str, days: Days, *, is_leaf: bool
    ) -> Mapping[tuple[str, str], Counts]:
        parts = (_of_place(place, part, grain=grain) for grain, part in _list_parts(days))
        where = _of_leaf(place, days) if is_leaf else sa.or_(*parts)
        return dict(self._sums(where, "category", "level", is_leaf=is_leaf))

    def by_place(
        self, places: Collection[str], days: Days, *, leaves: Collection[str]
    ) -> Mapping[str, Counts]:
        """For several places; `leaves` are those without children."""
        dialect = self._engine.dialect.name
        found: dict[str, Counts] = {}
        if places:
            summed = sa.and_(is_among(_D.place, places, dialect), _D.grain == WHOLE_DAY, _within(_D, days))
            found |= {place: counts for (place,), counts in self._sums(summed, "place", is_leaf=False)}
        if leaves:
            alone = sa.and_(is_among(_T.origin, leaves, dialect), _within(_T, days))
            found |= {place: counts for (place,), counts in self._sums(alone, "origin", is_leaf=True)}
        return found

    def list_late(self, days: Days, *, now: datetime) -> Sequence[LateRow]:
        """Tickets with a limit that ran out in somebody's hands and that nothing has happened to since."""
        columns = (
            _T.origin,
            _T.category,
            _T.opened_on,
            _T.level,
            _T.claim_due_at,
            _T.resolve_due_at,
            _T.was_extended,
        )
        # The days are looked at here: given them too, the database would go through all tickets of the period.
        statement = sa.select(*columns).where(sa.or_(_T.claim_due_at <= now, _T.resolve_due_at <= now))
        with self._engine.begin() as connection:
            rows = connection.execute(statement).all()
        return [
            LateRow(*row[:3], Undecided(*row[3:6], was_extended=bool(row[6])))
            for row in rows
            if days.since <= row.opened_on < days.until
        ]

    # --- people and matters -----------------------------------------------------------------------------------------

    def count_voices(self, places: Collection[str] | None, days: Days) -> Voices:
        """Who told of the tickets that were opened in the period, from one of these places (None: from anywhere)."""
        with self._engine.begin() as connection:
            numbers = _numbers(connection, days)
            if numbers is None:
                return Voices({}, {})
            told = [_R.ticket_number.between(*numbers), _R.came_from == 0]
            if places is not None:
                told.append(is_among(_R.node_id, places, self._engine.dialect.name))
            rows = [tuple(row) for row in connection.execute(_count_voices(told))]
        return Voices(
            spread={int(reports): people for place, people, reports in rows if place is None},
            by_place={place: (people, int(reports)) for place, people, reports in rows if place is not None},
        )

    def list_told(self, places: Collection[str] | None, days: Days, *, matters: int) -> Sequence[Told]:
        """All tellings of so many matters of the period, those that most people told of."""
        wanted = [_T.reporters > 1, _within(_T, days)]
        if places is not None:
            wanted.append(is_among(_T.origin, places, self._engine.dialect.name))
        numbers = sa.select(_T.number).where(*wanted).order_by(_T.reporters.desc(), _T.number).limit(matters)
        with self._engine.begin() as connection:
            found = list(connection.execute(numbers).scalars())
            told = (
                sa.select(_R.ticket_number, TICKET.c.category, _R.person_id, _R.node_id, _R.reported_at)
                .join(TICKET, TICKET.c.number == _R.ticket_number)
                .where(_R.ticket_number.in_(found))
                .order_by(_R.reported_at)
            )
            return [Told(*row) for row in connection.execute(told)]

    def list_oldest_open(
        self, places: Collection[str] | None, *, limit: int
    ) -> Sequence[tuple[int, str, str, datetime]]:
        """(number, category, origin, opened at) of what nobody has solved yet, the oldest first."""
        columns = (TICKET.c.number, TICKET.c.category, TICKET.c.origin, TICKET.c.opened_at)
        statement = sa.select(*columns).order_by(TICKET.c.number).limit(limit)
        if places is not None:
            # Not by the index of places: the few that are under way are found sooner by their status.
            statement = statement.where(
                is_among(TICKET.c.origin.op("||")(""), places, self._engine.dialect.name)
            )
        found: list[tuple[int, str, str, datetime]] = []
        with self._engine.begin() as connection:
            for status in _UNDER_WAY:
                rows = connection.execute(statement.where(TICKET.c.status == status))
                found += [tuple(row) for row in rows]
        return sorted(found)[:limit]

    def _sums(self, where: sa.ColumnElement[bool], *keys: str, is_leaf: bool) -> Iterator[tuple[Any, Counts]]:
        statement = _SUMS[keys, is_leaf].where(where)
        with self._engine.begin() as connection:
            rows = [tuple(row) for row in connection.execute(statement)]
        return ((row[: len(keys)], counts_of(row[len(keys) :])) for row in rows)


def _count_voices(told: Sequence[sa.ColumnElement[bool]]) -> sa.CompoundSelect[Any]:
    """(place, people, reports) of each place, and (None, people, reports) for people who told of so many: the database
    goes through the reports once."""
    reports = sa.func.count().label("reports")
    each = sa.select(_R.person_id, _R.node_id, reports).where(*told).group_by(_R.person_id, _R.node_id)
    voice = each.cte("voice")
    places = sa.select(voice.c.node_id, sa.func.count(), sa.func.sum(voice.c.reports)).group_by(
        voice.c.node_id
    )
    person = (
        sa.select(sa.func.sum(voice.c.reports).label("reports"))
        .group_by(voice.c.person_id)
        .subquery("person")
    )
    spread = sa.select(sa.null(), sa.func.count(), person.c.reports).group_by(person.c.reports)
    return sa.union_all(places, spread)


def _sums_by(table: sa.Table, keys: tuple[str, ...]) -> sa.Select[Any]:
    columns = [table.c[each] for each in keys]
    sums = [sa.func.sum(table.c[name]) for name in COUNT_NAMES]
    return sa.select(*columns, *sums).group_by(*columns)


# Made once: that takes longer than most of them take the database.
_SUMS: Mapping[tuple[tuple[str, ...], bool], sa.Select[Any]] = {
    (keys, is_leaf): _sums_by(FIGURE_TICKET if is_leaf else FIGURE_DAY, keys)
    for is_leaf, keys in (
        (True, ("opened_on",)),
        (True, ("category", "level")),
        (True, ("origin",)),
        (False, ("opened_on",)),
        (False, ("category", "level")),
        (False, ("place",)),
    )
}


def _list_parts(days: Days) -> Iterator[tuple[int, Days]]:
    """A period as whole months, of which there are few rows, and the days before and after them."""
    first, last = _month_from(days.since), days.until.replace(day=1)
    if first >= last:
        yield FINE_DAY, days
        return
    yield FINE_MONTH, Days(first, last)
    for part in (Days(days.since, first), Days(last, days.until)):
        if part.since < part.until:
            yield FINE_DAY, part


def _month_from(day: date) -> date:
    """The first day of a month that is not before this one."""
    return day if day.day == 1 else (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _of_leaf(place: str, days: Days) -> sa.ColumnElement[bool]:
    return sa.and_(_T.origin == place, _within(_T, days))


def _of_place(place: str, days: Days, *, grain: int) -> sa.ColumnElement[bool]:
    return sa.and_(_D.place == place, _D.grain == grain, _within(_D, days))


def _within(columns: Any, days: Days) -> sa.ColumnElement[bool]:
    return sa.and_(columns.opened_on >= days.since, columns.opened_on < days.until)


def _numbers(connection: sa.Connection, days: Days) -> tuple[int, int] | None:
    """The first and the last ticket opened in the period: numbers are given out in the order of opening."""
    statement = sa.select(_T.number).where(_within(_T, days)).limit(1)
    first = connection.execute(statement.order_by(_T.opened_on, _T.number)).scalar()
    last = connection.execute(statement.order_by(_T.opened_on.desc(), _T.number.desc())).scalar()
    return None if first is None or last is None else (first, last)
