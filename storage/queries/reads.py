"""Everything that pages, API, health and metrics read, on connections of its own that cannot write.

The calls block: from an event loop they belong in a thread. Tickets and outbox have their files beside this one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from routing.outgoing import SendState
from routing.tickets import LIVE, Status
from storage.ailments import DAMAGED, tell_ailment
from storage.api_tokens import ApiToken, ApiTokens
from storage.audit import Head, head
from storage.hierarchy_versions.versions import HierarchyVersion
from storage.plan_shelf import PlanShelf
from storage.queries.accounts import AccountReads
from storage.queries.edits import EditReads
from storage.queries.matters import MatterReads
from storage.queries.outbox import OutboxReads
from storage.queries.standing import StandingReads
from storage.queries.tickets import TicketReads
from storage.settings import Settings
from storage.tables.office import AUDIT, HIERARCHY_VERSION
from storage.tables.talk import OUTBOX, TROUBLED_ROWS
from storage.tables.tickets import TICKET
from storage.writing.troubles import StoreUnavailable

LATE_BY = timedelta(minutes=2)
"""Nothing stays due for longer while the sweep does its work."""

_LIVE_VALUES = sorted(each.value for each in LIVE)
_H = HIERARCHY_VERSION.c
_A = AUDIT.c


@dataclass(frozen=True, slots=True)
class AuditItem:
    seq: int
    at: datetime
    kind: str
    subject: str
    by: str
    content: str
    hash: str


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """`live` counts by (status, level); `oldest_due_at` is the next instant the clock has to look, None for never.

    `outbox` counts what is not settled well; what was sent is too much to be counted each time.
    """

    live: Mapping[tuple[Status, str], int]
    oldest_due_at: datetime | None
    outbox: Mapping[SendState, int]


class Reads:
    def __init__(self, engine: sa.Engine, *, shelf: PlanShelf) -> None:
        self._engine = engine
        self.tickets = TicketReads(engine, shelf=shelf)
        self.outbox = OutboxReads(engine)
        self.matters = MatterReads(engine)
        self.accounts = AccountReads(engine)
        self.standing = StandingReads(engine)
        self.edits = EditReads(engine, shelf=shelf)

    def is_answering(self) -> bool:
        """False when the database does not answer."""
        return not self.why_silent()

    def why_silent(self) -> str:
        """Why the database does not answer and what to do; "" when it does. Blocks."""
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.select(1))
        except (StoreUnavailable, sa.exc.SQLAlchemyError) as error:
            return tell_ailment(error)
        return ""

    def damage(self) -> str:
        """What is broken in a file of SQLite, "" for nothing; reads all of it and blocks for long."""
        if self._engine.dialect.name != "sqlite":
            return ""
        try:
            with self._engine.begin() as connection:
                said = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one())
        except (StoreUnavailable, sa.exc.SQLAlchemyError) as error:
            return tell_ailment(error)
        return "" if said == "ok" else f"{' '.join(said.split())}; {DAMAGED}"

    def clock(self) -> datetime | None:
        """What time it is for all who share the database; None where it has no clock of its own. Blocks.

        Raises StoreUnavailable."""
        if self._engine.dialect.name == "sqlite":
            return None
        with self._engine.begin() as connection:
            told: datetime = connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
        return told.astimezone(UTC)

    def figures(self) -> StoreFigures:
        live = (
            sa.select(TICKET.c.status, TICKET.c.level, sa.func.count())
            .where(TICKET.c.status.in_(_LIVE_VALUES))
            .group_by(TICKET.c.status, TICKET.c.level)
        )
        with self._engine.begin() as connection:
            return StoreFigures(
                live={(Status(row[0]), row[1]): row[2] for row in connection.execute(live)},
                oldest_due_at=_next_due(connection),
                outbox=_count_unsent(connection),
            )

    def next_due_at(self) -> datetime | None:
        """The next instant at which the clock has to look at a ticket: where the sandbox may push its clock to."""
        with self._engine.begin() as connection:
            return _next_due(connection)

    def list_overdue(self, now: datetime, *, limit: int = 20) -> Sequence[int]:
        """Tickets that the sweep should have looked at long ago, the oldest first: a second eye on the first."""
        latest = now - LATE_BY
        statement = (
            sa.select(TICKET.c.number)
            .where(TICKET.c.next_due_at <= latest)
            .order_by(TICKET.c.next_due_at, TICKET.c.number)
            .limit(limit)
        )
        with self._engine.begin() as connection:
            return list(connection.execute(statement).scalars())

    def list_hierarchy_versions(self, *, limit: int = 50) -> Sequence[HierarchyVersion]:
        """Newest first, without their texts."""
        columns = (_H.version, _H.digest, sa.literal(""), _H.author, _H.note, _H.applied_at)
        statement = sa.select(*columns).order_by(_H.version.desc()).limit(limit)
        with self._engine.begin() as connection:
            return [HierarchyVersion(*row) for row in connection.execute(statement)]

    def find_hierarchy_version(self, version: int) -> HierarchyVersion | None:
        columns = (_H.version, _H.digest, _H.text, _H.author, _H.note, _H.applied_at)
        with self._engine.begin() as connection:
            row = connection.execute(sa.select(*columns).where(_H.version == version)).first()
        return HierarchyVersion(*row) if row else None

    def list_audit(
        self, *, subject: str = "", below: int | None = None, limit: int = 50
    ) -> Sequence[AuditItem]:
        """Newest first, only rows below `below`; an empty subject means all."""
        statement = sa.select(_A.seq, _A.at, _A.kind, _A.subject, _A.by, _A.content, _A.hash)
        if subject:
            statement = statement.where(_A.subject == subject)
        if below is not None:
            statement = statement.where(_A.seq < below)
        with self._engine.begin() as connection:
            rows = connection.execute(statement.order_by(_A.seq.desc()).limit(limit))
            return [AuditItem(*row) for row in rows]

    def audit_head(self) -> Head:
        """To be noted where nobody who can change the database can change it too."""
        with self._engine.begin() as connection:
            return head(connection)

    def find_api_token(self, secret: str) -> ApiToken | None:
        with self._engine.begin() as connection:
            return ApiTokens(connection).find(secret)

    def list_api_tokens(self) -> Sequence[ApiToken]:
        with self._engine.begin() as connection:
            return ApiTokens(connection).list_all()

    def settings(self) -> Mapping[str, str]:
        with self._engine.begin() as connection:
            return Settings(connection).list_all()


def _count_unsent(connection: sa.Connection) -> dict[SendState, int]:
    counts: dict[SendState, int] = {}
    for rows in (OUTBOX.c.due_at.is_not(None), sa.text(TROUBLED_ROWS)):
        statement = sa.select(OUTBOX.c.state, sa.func.count()).where(rows).group_by(OUTBOX.c.state)
        counts |= {SendState(row[0]): row[1] for row in connection.execute(statement)}
    return counts


def _next_due(connection: sa.Connection) -> datetime | None:
    # The condition is that of the index, which SQLite would not use for the least value without it.
    statement = sa.select(sa.func.min(TICKET.c.next_due_at)).where(TICKET.c.next_due_at.is_not(None))
    due_at: datetime | None = connection.execute(statement).scalar()
    return due_at
