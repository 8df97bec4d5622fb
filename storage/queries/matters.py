"""What an index of the open matters follows: every report that is open, and those that something happened to since."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from routing.events import EventKind
from routing.tickets import LIVE, Status
from storage.audit import TICKET_KIND, head
from storage.erasure import ERASED_KIND
from storage.tables.office import AUDIT
from storage.tables.tickets import TICKET

_T, _A = TICKET.c, AUDIT.c
_CHUNK = 500
_TELLING = frozenset(
    TICKET_KIND + each.value
    for each in (
        EventKind.OPENED,
        EventKind.SORTED,
        EventKind.MOVED,
        EventKind.MERGED,
        EventKind.PARTED,
        EventKind.RESOLVED,
        EventKind.REOPENED,
        EventKind.CLOSED,
        EventKind.WITHDRAWN,
        EventKind.DECLINED,
    )
)
"""Events after which a matter is told otherwise, elsewhere, under another number or no more."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report. `lead` is the open ticket that it is or has become part of; None once that has ended."""

    number: int
    lead: int | None
    text: str
    category: str
    origin: str
    place: str
    opened_at: datetime


_COLUMNS = (
    _T.number, _T.text, _T.category, _T.origin, _T.place, _T.opened_at, _T.status, _T.merged_into,
)  # fmt: skip
_LIVE = sorted(each.value for each in LIVE)
_LIVE_NUMBERS = sa.select(_T.number).where(_T.status.in_(_LIVE)).scalar_subquery()


class MatterReads:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def seen(self) -> int:
        """The newest entry of the log: what is read afterwards cannot miss anything that follows it."""
        with self._engine.begin() as connection:
            return head(connection).seq

    def list_open(self, *, after: int) -> Sequence[ReportRow]:
        """By number, those above `after`; at most so many at once, empty at the end. Parts of others come with them."""
        statement = sa.select(*_COLUMNS).where(
            _T.number > after, sa.or_(_T.status.in_(_LIVE), _T.merged_into.in_(_LIVE_NUMBERS))
        )
        with self._engine.begin() as connection:
            return _with_leads(connection, connection.execute(statement.order_by(_T.number).limit(_CHUNK)))

    def list_changed(self, *, after: int) -> tuple[Sequence[ReportRow], int]:
        """Reports that something happened to after that entry of the log, with the parts of each; and the last entry
        that was looked at: the same again at the end."""
        entries = (
            sa.select(_A.seq, _A.kind, _A.subject, _A.content)
            .where(_A.seq > after)
            .order_by(_A.seq)
            .limit(_CHUNK)
        )
        with self._engine.begin() as connection:
            rows = connection.execute(entries).all()
            numbers = {
                number for _, kind, subject, content in rows for number in _named(kind, subject, content)
            }
            changed = sa.select(*_COLUMNS).where(sa.or_(_T.number.in_(numbers), _T.merged_into.in_(numbers)))
            reports = _with_leads(connection, connection.execute(changed)) if numbers else []
        return reports, rows[-1][0] if rows else after


def _named(kind: str, subject: str, content: str) -> Iterable[int]:
    if kind == ERASED_KIND:
        return [int(each) for each in json.loads(content).get("tickets", ())]
    return [int(subject.rpartition(":")[2])] if kind in _TELLING else ()


def _with_leads(connection: sa.Connection, found: Iterable[sa.Row[Any]]) -> list[ReportRow]:
    rows = list(found)
    known: dict[int, tuple[str, int | None]] = {row.number: (row.status, row.merged_into) for row in rows}
    wanted = {row.merged_into for row in rows} - known.keys() - {None}
    while wanted:
        statement = sa.select(_T.number, _T.status, _T.merged_into).where(_T.number.in_(wanted))
        more = {number: (status, into) for number, status, into in connection.execute(statement)}
        known |= more
        wanted = {into for _, into in more.values()} - known.keys() - {None}
    return [
        ReportRow(
            number=row.number,
            lead=_lead_of(row.number, known),
            text=row.text,
            category=row.category,
            origin=row.origin,
            place=row.place,
            opened_at=row.opened_at,
        )
        for row in rows
    ]


def _lead_of(number: int, known: dict[int, tuple[str, int | None]]) -> int | None:
    status, into = known.get(number, ("", None))
    while status == Status.MERGED.value and into is not None:
        number = into
        status, into = known.get(number, ("", None))
    return number if status in LIVE else None
