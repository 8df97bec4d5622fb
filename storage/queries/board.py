"""Read models of the board: lists in the order of their deadlines, counts up to a bound, and what is new.

Quick with a million tickets: a list goes through its index until a page is full, a count stops at `COUNTED_UP_TO`.
Search by words is in `board_search`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from routing.tickets import Status, Ticket
from storage.mapping import TICKET_COLUMNS, ticket_of
from storage.plan_shelf import PlanShelf
from storage.queries.board_ended import select_ended
from storage.queries.board_ways import OpenedThen, are_few, find_opened_then
from storage.queries.board_wishes import (
    ENDED_VALUES,
    BoardWish,
    Mark,
    has_ended,
    is_narrowed_further,
    is_status,
    narrow,
    narrow_along,
)
from storage.queries.scope import is_among
from storage.tables.tickets import BOARD_ORDER, TICKET, TICKET_EVENT

COUNTED_UP_TO = 1000
MOST_NEWS = 200

_T = TICKET.c
_PLAN_AT = TICKET_COLUMNS.index("plan_id")
Part = frozenset[Status]
Row = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Due:
    """Only deadlines in [from_at, before); None for no bound."""

    from_at: datetime | None = None
    before: datetime | None = None


ANY_TIME = Due()


@dataclass(frozen=True, slots=True)
class BoardCounts:
    """Each at most `COUNTED_UP_TO`, which then means "at least"; `ended` is None where nobody counts it."""

    late: int
    soon: int
    open: int
    claimed: int
    waiting: int
    resolved: int
    ended: int | None


@dataclass(frozen=True, slots=True)
class _Counted:
    all: int
    late: int
    soon: int


_NONE = _Counted(0, 0, 0)
_COUNTED = (Status.OPEN, Status.CLAIMED, Status.WAITING, Status.RESOLVED)


class BoardReads:
    def __init__(self, engine: sa.Engine, *, shelf: PlanShelf) -> None:
        self._engine = engine
        self._dialect = engine.dialect.name
        self._shelf = shelf

    def list_live(
        self,
        wish: BoardWish,
        parts: Sequence[Part],
        *,
        after: Mark | None = None,
        due: Due = ANY_TIME,
        limit: int = 50,
    ) -> Sequence[tuple[Mark, Ticket]]:
        """One part after the other, each by the instant of its states (`BOARD_ORDER`), the earliest first."""
        marks: list[Mark] = []
        with self._engine.begin() as connection:
            opened_then = find_opened_then(connection, wish)
            for rank, part in enumerate(parts):
                if len(marks) < limit and (after is None or rank >= after.rank):
                    start = after if after is not None and after.rank == rank else None
                    left = limit - len(marks)
                    rows = self._part(
                        connection, wish, part, after=start, due=due, limit=left, opened_then=opened_then
                    )
                    marks += [Mark(rank, at, number) for at, number in rows]
            return self._with_tickets(connection, marks)

    def list_ended(
        self, wish: BoardWish, *, after: Mark | None = None, limit: int = 50
    ) -> Sequence[tuple[Mark, Ticket]]:
        """The newest first: numbers are given out in the order of opening."""
        with self._engine.begin() as connection:
            opened_then = find_opened_then(connection, wish)
            statement = select_ended(wish, self._dialect, opened_then=opened_then, after=after, limit=limit)
            rows: list[Row] = [tuple(row) for row in connection.execute(statement)]
            return self._with_tickets(connection, [Mark(0, *row) for row in rows])

    def count(self, wish: BoardWish, *, now: datetime, soon: datetime) -> BoardCounts:
        """`soon` is the end of what is due next: from `now` until then. Each state is gone through once."""
        with self._engine.begin() as connection:
            if self._dialect == "postgresql" and are_few(connection, wish):
                # SQLite takes longer to look at a ticket than to pass by twenty in an index.
                return self._count_few(connection, wish, now=now, soon=soon)
            opened_then = find_opened_then(connection, wish)
            lanes = [self._counted(wish, each, opened_then, now=now, soon=soon) for each in _COUNTED]
            rows = [tuple(row) for row in connection.execute(sa.union_all(*lanes))]
            found = {status: _Counted(*counts) for status, *counts in rows}
            return _counts(found, ended=self._count_ended(connection, wish))

    def list_numbered(self, wish: BoardWish, numbers: Sequence[int]) -> Sequence[Ticket]:
        """Those of these tickets that may be seen and fit, by number."""
        statement = sa.select(TICKET).where(_T.number.in_(numbers), *narrow(wish, self._dialect))
        with self._engine.begin() as connection:
            return self._tickets(connection, statement.order_by(_T.number))

    def find_latest_event(self) -> int:
        """The newest event there is; 0 for none. What comes after it is news."""
        with self._engine.begin() as connection:
            latest: int | None = connection.execute(sa.select(sa.func.max(TICKET_EVENT.c.event_id))).scalar()
        return latest or 0

    def count_news(self, wish: BoardWish, *, since: int) -> int:
        """How many of the tickets of the last `MOST_NEWS` events after `since` are of this list, in whatever state."""
        events = TICKET_EVENT.c
        happened = (
            sa.select(events.ticket_number)
            .where(events.event_id > since)
            .order_by(events.event_id.desc())
            .limit(MOST_NEWS)
            .subquery()
        )
        statement = sa.select(sa.func.count()).select_from(TICKET)
        statement = statement.where(
            _T.number.in_(sa.select(happened.c.ticket_number)), *narrow(wish, self._dialect)
        )
        with self._engine.begin() as connection:
            return int(connection.execute(statement).scalar_one())

    def _part(
        self,
        connection: sa.Connection,
        wish: BoardWish,
        part: Part,
        *,
        after: Mark | None,
        due: Due,
        limit: int,
        opened_then: OpenedThen | None,
    ) -> list[Row]:
        rows: list[Row] = []
        for status in sorted(part):
            statement = self._lane(wish, status, due, opened_then)
            if after is not None:
                at = statement.selected_columns[0]
                statement = statement.where(sa.tuple_(at, _T.number) > _row(after))
            rows += [(row[0], row[1]) for row in connection.execute(statement.limit(limit))]
        return sorted(rows)[:limit]

    def _lane(
        self, wish: BoardWish, status: Status, due: Due, opened_then: OpenedThen | None
    ) -> sa.Select[Any]:
        """The tickets of one state with their instant, in its order."""
        at = _T[BOARD_ORDER[status.value]]
        statement = sa.select(at, _T.number).where(is_status(status), *narrow_along(wish, self._dialect))
        if due.from_at is not None:
            statement = statement.where(at >= due.from_at)
        if due.before is not None:
            statement = statement.where(at < due.before)
        if opened_then is not None and status in opened_then.few:
            # Found by their numbers and sorted, not by the index that has them in order.
            few = statement.where(_T.number.between(opened_then.first, opened_then.last))
            return few.order_by(sa.func.coalesce(at, at), _T.number)
        return statement.order_by(at, _T.number)

    def _counted(
        self,
        wish: BoardWish,
        status: Status,
        opened_then: OpenedThen | None,
        *,
        now: datetime,
        soon: datetime,
    ) -> sa.Select[Any]:
        """The earliest come first: of too many the late ones are counted before the others."""
        lane = self._lane(wish, status, ANY_TIME, opened_then).limit(COUNTED_UP_TO).subquery()
        at = lane.c[BOARD_ORDER[status.value]]
        columns: list[sa.ColumnElement[Any]] = [sa.literal(status.value), *_late_and_soon(at, now, soon)]
        return sa.select(*columns).select_from(lane)

    def _count_few(
        self, connection: sa.Connection, wish: BoardWish, *, now: datetime, soon: datetime
    ) -> BoardCounts:
        at = sa.case(
            *(
                (_T.status == each.value, _T[BOARD_ORDER[each.value]])
                for each in (Status.OPEN, Status.CLAIMED)
            )
        )
        statement = sa.select(_T.status, *_late_and_soon(at, now, soon)).group_by(_T.status)
        rows = connection.execute(statement.where(*narrow(wish, self._dialect)))
        found = {row[0]: _Counted(*(min(each, COUNTED_UP_TO) for each in row[1:])) for row in rows}
        ended = min(sum(found[each].all for each in ENDED_VALUES if each in found), COUNTED_UP_TO)
        return _counts(found, ended=None if is_narrowed_further(wish) else ended)

    def _count_ended(self, connection: sa.Connection, wish: BoardWish) -> int | None:
        """Those asked at the places and those reported from them apart, for either has an index and both have none.

        None where the list is narrowed by more than places: most tickets would have to be looked at.
        """
        if is_narrowed_further(wish):
            return None
        if wish.scope.nodes is None:
            statement = sa.select(_T.number).where(has_ended()).limit(COUNTED_UP_TO).subquery()
            found: int = connection.execute(sa.select(sa.func.count()).select_from(statement)).scalar_one()
            return found
        numbers: set[int] = set()
        for place in (_T.node, _T.origin):
            statement_of_place = sa.select(_T.number).where(
                is_among(place, wish.scope.nodes, self._dialect), has_ended()
            )
            numbers.update(connection.execute(statement_of_place.limit(COUNTED_UP_TO)).scalars())
            if len(numbers) >= COUNTED_UP_TO:
                return COUNTED_UP_TO
        return len(numbers)

    def _with_tickets(self, connection: sa.Connection, marks: list[Mark]) -> list[tuple[Mark, Ticket]]:
        statement = sa.select(TICKET).where(_T.number.in_([each.number for each in marks]))
        tickets = {each.number: each for each in self._tickets(connection, statement)}
        return [(each, tickets[each.number]) for each in marks]

    def _tickets(self, connection: sa.Connection, statement: sa.Select[Any]) -> list[Ticket]:
        rows = [tuple(row) for row in connection.execute(statement)]
        return [ticket_of(row, self._shelf.get(connection, row[_PLAN_AT])) for row in rows]


def _late_and_soon(
    at: sa.ColumnElement[Any], now: datetime, soon: datetime
) -> tuple[sa.ColumnElement[int], ...]:
    """How many there are, how many of them are late, and how many are soon."""
    return (
        sa.func.count(),
        sa.func.count(sa.case((at < now, 1))),
        sa.func.count(sa.case((sa.and_(at >= now, at < soon), 1))),
    )


def _counts(found: Mapping[str, _Counted], *, ended: int | None) -> BoardCounts:
    opened, claimed, waiting, resolved = (found.get(each.value, _NONE) for each in _COUNTED)
    return BoardCounts(
        late=min(opened.late + claimed.late, COUNTED_UP_TO),
        soon=min(opened.soon + claimed.soon, COUNTED_UP_TO),
        open=opened.all,
        claimed=claimed.all,
        waiting=waiting.all,
        resolved=resolved.all,
        ended=ended,
    )


def _row(mark: Mark) -> sa.ColumnElement[Any]:
    return sa.tuple_(sa.literal(mark.at, _T.opened_at.type), sa.literal(mark.number, _T.number.type))
