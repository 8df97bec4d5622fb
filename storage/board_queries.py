"""Read models of the board: lists in the order of their deadlines, counts up to a bound, and what is new.

Quick with a million tickets: a list goes through its index until a page is full, a count stops at `COUNTED_UP_TO`.
Search by words is in `board_search`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from routing.tickets import Status, Ticket
from storage.board_wishes import (
    BoardWish,
    Mark,
    has_ended,
    has_few_places,
    is_narrowed_further,
    is_status,
    narrow,
    narrow_along,
)
from storage.mapping import TICKET_COLUMNS, ticket_of
from storage.plan_shelf import PlanShelf
from storage.scope import is_among
from storage.tables import BOARD_ORDER, TICKET, TICKET_EVENT

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
            for rank, part in enumerate(parts):
                if len(marks) < limit and (after is None or rank >= after.rank):
                    start = after if after is not None and after.rank == rank else None
                    rows = self._part(connection, wish, part, after=start, due=due, limit=limit - len(marks))
                    marks += [Mark(rank, at, number) for at, number in rows]
            return self._with_tickets(connection, marks)

    def list_ended(
        self, wish: BoardWish, *, after: Mark | None = None, limit: int = 50
    ) -> Sequence[tuple[Mark, Ticket]]:
        """The newest first, by when they were opened."""
        if wish.holder or has_few_places(wish):
            # Few enough to be sorted; both databases would rather go through all tickets in this order.
            opened_at: sa.ColumnElement[Any] = sa.func.coalesce(_T.opened_at, _T.opened_at)
            narrowed = narrow(wish, self._dialect)
        else:
            opened_at, narrowed = _T.opened_at, narrow_along(wish, self._dialect)
        statement = sa.select(_T.opened_at, _T.number).where(*narrowed, has_ended())
        if after is not None:
            statement = statement.where(sa.tuple_(_T.opened_at, _T.number) < _row(after))
        statement = statement.order_by(opened_at.desc(), _T.number.desc()).limit(limit)
        with self._engine.begin() as connection:
            marks = [Mark(0, row[0], row[1]) for row in connection.execute(statement)]
            return self._with_tickets(connection, marks)

    def count(self, wish: BoardWish, *, now: datetime, soon: datetime) -> BoardCounts:
        """`soon` is the end of what is due next: from `now` until then. Each state is gone through once."""
        with self._engine.begin() as connection:
            opened = self._count(connection, wish, Status.OPEN, now=now, soon=soon)
            claimed = self._count(connection, wish, Status.CLAIMED, now=now, soon=soon)
            return BoardCounts(
                late=min(opened.late + claimed.late, COUNTED_UP_TO),
                soon=min(opened.soon + claimed.soon, COUNTED_UP_TO),
                open=opened.all,
                claimed=claimed.all,
                waiting=self._count(connection, wish, Status.WAITING, now=now, soon=soon).all,
                resolved=self._count(connection, wish, Status.RESOLVED, now=now, soon=soon).all,
                ended=self._count_ended(connection, wish),
            )

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
    ) -> list[Row]:
        rows: list[Row] = []
        for status in sorted(part):
            statement = self._lane(wish, status, due)
            if after is not None:
                at = statement.selected_columns[0]
                statement = statement.where(sa.tuple_(at, _T.number) > _row(after))
            rows += [(row[0], row[1]) for row in connection.execute(statement.limit(limit))]
        return sorted(rows)[:limit]

    def _lane(self, wish: BoardWish, status: Status, due: Due) -> sa.Select[Any]:
        """The tickets of one state with their instant, in its order."""
        at = _T[BOARD_ORDER[status.value]]
        statement = sa.select(at, _T.number).where(is_status(status), *narrow_along(wish, self._dialect))
        if due.from_at is not None:
            statement = statement.where(at >= due.from_at)
        if due.before is not None:
            statement = statement.where(at < due.before)
        return statement.order_by(at, _T.number)

    def _count(
        self, connection: sa.Connection, wish: BoardWish, status: Status, *, now: datetime, soon: datetime
    ) -> _Counted:
        """The earliest come first: of too many the late ones are counted before the others."""
        lane = self._lane(wish, status, ANY_TIME).limit(COUNTED_UP_TO).subquery()
        at = lane.c[BOARD_ORDER[status.value]]
        statement = sa.select(
            sa.func.count(),
            sa.func.count(sa.case((at < now, 1))),
            sa.func.count(sa.case((sa.and_(at >= now, at < soon), 1))),
        ).select_from(lane)
        return _Counted(*connection.execute(statement).one())

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


def _row(mark: Mark) -> sa.ColumnElement[Any]:
    return sa.tuple_(sa.literal(mark.at, _T.opened_at.type), sa.literal(mark.number, _T.number.type))
