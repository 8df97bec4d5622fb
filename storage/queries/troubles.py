"""What went wrong, read for the desk of troubles: tickets that nobody knows of or answers, letters, lanes.

Every list is bounded: a person works through the first ones, and the count says how many there are.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from routing.outgoing import SendState
from routing.tickets import Status
from storage.queries.outbox import OutboxItem, OutboxReads
from storage.queries.scope import Scope, is_among, is_visible
from storage.tables.office import AUDIT
from storage.tables.talk import INBOX, OUTBOX, TROUBLED_ROWS, VENDOR_TOKEN
from storage.tables.tickets import TICKET

COUNTED_UP_TO = 1_000
LOOKED_BACK = 5_000
"""So many rows of inbox and outbox, the newest, tell whether a channel is alive."""

TOLD_WITHIN = timedelta(minutes=10)
LATE_BY = timedelta(minutes=2)
"""Nothing stays due for longer while the sweep does its work."""

_T = TICKET.c
_O = OUTBOX.c
_REACHES_SOMEBODY = sorted(each.value for each in (SendState.SENT, SendState.WAITING, SendState.SENDING))
_WORKING_HEARERS = ("group", "staff")


@dataclass(frozen=True, slots=True)
class TroubledTicket:
    """`since` is when it was given to the group, or came due."""

    number: int
    node: str
    group: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """The first of them, the oldest first; `count` may be counted up to `COUNTED_UP_TO` only."""

    count: int = 0
    first: Sequence[TroubledTicket] = ()


@dataclass(frozen=True, slots=True)
class LaneFigures:
    """One account of one vendor. `waiting` are letters that are due by now or later; `late_since` the oldest that was
    tried and failed; `next_at` when the first of those is tried again; `error` what was said then."""

    last_sent_at: datetime | None = None
    waiting: int = 0
    late_since: datetime | None = None
    next_at: datetime | None = None
    error: str = ""
    last_inbound_at: datetime | None = None
    token_until: datetime | None = None
    has_token: bool = False


class TroubleReads:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self.letters = OutboxReads(engine)

    def list_untold(self, scope: Scope, *, now: datetime, limit: int = 10) -> Found:
        """Open tickets of which no letter to those who should answer arrived, nor is on its way."""
        heard = (
            sa.select(sa.literal(1))
            .where(
                _O.ticket_number == _T.number,
                _O.hearer_kind.in_(_WORKING_HEARERS),
                _O.state.in_(_REACHES_SOMEBODY),
            )
            .exists()
        )
        return self._find(scope, _T.dispatched_at, _T.dispatched_at < now - TOLD_WITHIN, ~heard, limit=limit)

    def list_in_deaf_groups(self, scope: Scope, groups: Collection[str], *, limit: int = 10) -> Found:
        """Open tickets that wait for a group which no channel reaches."""
        if not groups:
            return Found()
        waits = is_among(_T.group, groups, self._engine.dialect.name)
        return self._find(scope, _T.dispatched_at, waits, limit=limit)

    def list_silent_at_top(self, scope: Scope, *, limit: int = 10) -> Found:
        """Open tickets that missed their limit where no level is above: supervised, and still nobody's."""
        return self._find(scope, _T.dispatched_at, _T.supervised_at.is_not(None), limit=limit)

    def list_overdue(self, scope: Scope, *, now: datetime, limit: int = 10) -> Found:
        """Tickets that the sweep should have looked at."""
        wanted = sa.select(_T.number, _T.node, _T.group, _T.next_due_at).where(
            self._visible(scope), _T.next_due_at.is_not(None), _T.next_due_at <= now - LATE_BY
        )
        return self._collect(wanted.order_by(_T.next_due_at, _T.number), limit=limit)

    def list_letters(self, scope: Scope, *, below: int | None, limit: int) -> Sequence[OutboxItem]:
        """Those that did not arrive, newest first."""
        return self.letters.list_page(scope, below=below, limit=limit)

    def list_visible(self, scope: Scope, parcel_ids: Collection[int]) -> list[int]:
        """Of these letters those that may be seen."""
        statement = (
            sa.select(_O.parcel_id)
            .select_from(OUTBOX.outerjoin(TICKET, _T.number == _O.ticket_number))
            .where(self._visible(scope), _O.parcel_id.in_(sorted(parcel_ids)))
            .order_by(_O.parcel_id)
        )
        with self._engine.begin() as connection:
            return list(connection.execute(statement).scalars())

    def count_letters(self, scope: Scope) -> Mapping[SendState, int]:
        """By state, of the newest `COUNTED_UP_TO`."""
        newest = (
            sa.select(_O.state)
            .select_from(OUTBOX.outerjoin(TICKET, _T.number == _O.ticket_number))
            .where(self._visible(scope), sa.text(f"({TROUBLED_ROWS})"))
            .order_by(_O.parcel_id.desc())
            .limit(COUNTED_UP_TO)
            .subquery()
        )
        statement = sa.select(newest.c.state, sa.func.count()).group_by(newest.c.state)
        with self._engine.begin() as connection:
            return {SendState(state): count for state, count in connection.execute(statement)}

    def list_letter_places(self) -> list[tuple[str, str]]:
        """Node and origin of each letter that did not arrive, empty without a ticket: the newest `COUNTED_UP_TO`."""
        statement = (
            sa.select(_T.node, _T.origin)
            .select_from(OUTBOX.outerjoin(TICKET, _T.number == _O.ticket_number))
            .where(sa.text(f"({TROUBLED_ROWS})"))
            .order_by(_O.parcel_id.desc())
            .limit(COUNTED_UP_TO)
        )
        with self._engine.begin() as connection:
            return [(node or "", origin or "") for node, origin in connection.execute(statement)]

    def list_lost_lanes(self, known: Collection[str]) -> Mapping[str, int]:
        """Letters that wait in lanes which no channel serves, up to `COUNTED_UP_TO` of them."""
        due = (
            sa.select(_O.lane)
            .where(_O.due_at.is_not(None), _O.lane.not_in(sorted(known)))
            .limit(COUNTED_UP_TO)
            .subquery()
        )
        statement = sa.select(due.c.lane, sa.func.count()).group_by(due.c.lane).order_by(due.c.lane)
        with self._engine.begin() as connection:
            return {row[0]: row[1] for row in connection.execute(statement)}

    def lane_figures(self, lanes: Mapping[str, tuple[str, str]]) -> Mapping[str, LaneFigures]:
        """For each lane with its channel and account."""
        with self._engine.begin() as connection:
            return {
                lane: _figures_of(connection, lane, channel, account)
                for lane, (channel, account) in lanes.items()
            }

    def born_at(self) -> datetime | None:
        """When the first thing was written into the log; None in a house that never did anything."""
        first = sa.select(AUDIT.c.at).order_by(AUDIT.c.seq).limit(1)
        with self._engine.begin() as connection:
            at: datetime | None = connection.execute(first).scalar()
            return at

    def database_bytes(self) -> int:
        """What the tables take, as the database itself says."""
        asked = "SELECT pg_database_size(current_database())"
        if self._engine.dialect.name == "sqlite":
            asked = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        with self._engine.begin() as connection:
            return int(connection.execute(sa.text(asked)).scalar_one())

    def _find(
        self, scope: Scope, since: sa.ColumnElement[Any], *conditions: sa.ColumnElement[bool], limit: int
    ) -> Found:
        wanted = sa.select(_T.number, _T.node, _T.group, since).where(
            _T.status == Status.OPEN.value, self._visible(scope), *conditions
        )
        return self._collect(wanted.order_by(since, _T.number), limit=limit)

    def _collect(self, wanted: sa.Select[Any], *, limit: int) -> Found:
        with self._engine.begin() as connection:
            rows = connection.execute(wanted.limit(COUNTED_UP_TO)).all()
        return Found(len(rows), [TroubledTicket(*row) for row in rows[:limit]])

    def _visible(self, scope: Scope) -> sa.ColumnElement[bool]:
        return is_visible(scope, self._engine.dialect.name)


def _figures_of(connection: sa.Connection, lane: str, channel: str, account: str) -> LaneFigures:
    sent = (
        sa.select(_O.lane, _O.state, _O.settled_at)
        .order_by(_O.parcel_id.desc())
        .limit(LOOKED_BACK)
        .subquery()
    )
    last_sent = sa.select(sa.func.max(sent.c.settled_at)).where(
        sent.c.lane == lane, sent.c.state == SendState.SENT.value
    )
    heard = (
        sa.select(INBOX.c.channel, INBOX.c.account, INBOX.c.received_at)
        .order_by(INBOX.c.received_at.desc())
        .limit(LOOKED_BACK)
        .subquery()
    )
    last_heard = sa.select(sa.func.max(heard.c.received_at)).where(
        heard.c.channel == channel, heard.c.account == account
    )
    token = connection.execute(
        sa.select(VENDOR_TOKEN.c.token.is_not(None), VENDOR_TOKEN.c.expires_at).where(
            VENDOR_TOKEN.c.lane == lane
        )
    ).first()
    return LaneFigures(
        last_sent_at=connection.execute(last_sent).scalar(),
        last_inbound_at=connection.execute(last_heard).scalar(),
        token_until=token[1] if token else None,
        has_token=bool(token and token[0]),
        **_waiting(connection, lane),
    )


def _waiting(connection: sa.Connection, lane: str) -> dict[str, Any]:
    due = (_O.lane == lane, _O.due_at.is_not(None))
    tried = sa.case((_O.attempts > 0, _O.created_at))
    next_at = sa.case((_O.attempts > 0, _O.due_at))
    count, since, again = connection.execute(
        sa.select(sa.func.count(), sa.func.min(tried), sa.func.min(next_at)).where(*due)
    ).one()
    error = connection.execute(
        sa.select(_O.detail).where(*due, _O.attempts > 0).order_by(_O.due_at.desc()).limit(1)
    ).scalar()
    return {"waiting": count, "late_since": since, "next_at": again, "error": error or ""}
