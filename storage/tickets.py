"""The tickets, as the core's port `Tickets` asks for them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from routing.errors import UnknownTicketError, WrongMomentError
from routing.tickets import ENDED, LIVE, Status, Ticket
from storage.mapping import TICKET_COLUMNS, ticket_of, ticket_values
from storage.plan_shelf import PlanShelf
from storage.prepared import Fields, Prepared, insert, is_any_of, is_one_of
from storage.roots import Roots
from storage.tables.board import TICKET_PAIR
from storage.tables.tickets import REPORTER, TICKET
from storage.ticket_numbers import TicketNumbers
from storage.ticket_pairs import rewrite, row_of, told_of
from storage.writing.foresight import Foresight
from storage.writing.fresh import Fresh
from storage.writing.pending import Pending
from storage.writing.underway import Underway

LIVE_VALUES = frozenset(each.value for each in LIVE)
ENDED_VALUES = frozenset(each.value for each in ENDED)

_T = TICKET.c
_PRESSING = (
    _T.urgent.desc(),
    sa.func.coalesce(_T.resolve_due_at, _T.next_due_at).asc().nulls_last(),
    _T.number,
)
_UNANSWERED = (_T.urgent.desc(), _T.claim_due_at.asc().nulls_last(), _T.number)
_REPORTED_BY = (
    sa.select(REPORTER.c.ticket_number).where(REPORTER.c.person_id == sa.bindparam("person_id"))
).scalar_subquery()

INSERT_TICKET = insert(TICKET)
_FIND = Prepared(sa.select(TICKET).where(_T.number == sa.bindparam("number")))
_FIND_ALL = Prepared(sa.select(TICKET).where(is_any_of(_T.number, "numbers")))
# NO KEY: rows of other transactions may still refer to the ticket meanwhile.
_GET = Prepared(sa.select(TICKET).where(_T.number == sa.bindparam("number")).with_for_update(key_share=True))
_SAVE = Prepared(
    sa.update(TICKET).where(_T.number == sa.bindparam("b_number"), _T.version == sa.bindparam("b_version")),
    *(name for name in TICKET_COLUMNS if name != "number"),
)
_DUE = Prepared(
    sa.select(_T.number)
    .where(_T.next_due_at <= sa.bindparam("now", type_=_T.next_due_at.type))
    .order_by(_T.next_due_at, _T.number)
    .limit(sa.bindparam("limit", type_=sa.Integer))
    .with_for_update(skip_locked=True, key_share=True)
)
_HELD = Prepared(
    sa.select(TICKET)
    .where(
        _T.holder == sa.bindparam("staff_id"),
        is_one_of(_T.status, [Status.CLAIMED.value, Status.WAITING.value]),
    )
    .order_by(*_PRESSING)
)
_REPORTED = Prepared(
    sa.select(TICKET)
    .where(_T.number.in_(_REPORTED_BY), ~is_one_of(_T.status, ENDED_VALUES))
    .order_by(_T.number.desc())
    .limit(sa.bindparam("limit", type_=sa.Integer))
)
_LATEST_REPORTED = Prepared(
    sa.select(TICKET)
    .join(REPORTER, REPORTER.c.ticket_number == _T.number)
    .where(REPORTER.c.person_id == sa.bindparam("person_id"), REPORTER.c.came_from == 0)
    .order_by(REPORTER.c.reported_at.desc(), _T.number.desc())
    .limit(1)
)
_ALIKE = Prepared(
    sa.select(TICKET)
    .where(
        _T.root == sa.bindparam("root"),
        _T.category == sa.bindparam("category"),
        _T.opened_at >= sa.bindparam("since", type_=_T.opened_at.type),
        is_one_of(_T.status, LIVE_VALUES),
    )
    .order_by(_T.opened_at, _T.number)
    .limit(sa.bindparam("limit", type_=sa.Integer))
)
_MERGED = Prepared(sa.select(TICKET).where(_T.merged_into == sa.bindparam("number")).order_by(_T.number))
_LIVE_UNDER = (
    sa.select(TICKET)
    .where(
        _T.node.in_(sa.bindparam("node_ids", expanding=True)),
        is_one_of(_T.status, {*LIVE_VALUES, Status.RESOLVED.value}),
    )
    .order_by(_T.number)
)
_ASKED = (
    sa.select(TICKET)
    .where(_T.group.in_(sa.bindparam("group_ids", expanding=True)), _T.status == Status.OPEN.value)
    .order_by(*_UNANSWERED)
    .limit(sa.bindparam("limit", type_=sa.Integer))
)
# The condition is that of the index, which SQLite would not use for the least value without it.
_NEXT_DUE = Prepared(sa.select(sa.func.min(_T.next_due_at)).where(_T.next_due_at.is_not(None)))
_NEAR = (
    sa.select(TICKET)
    .where(
        sa.or_(
            _T.node.in_(sa.bindparam("node_ids", expanding=True)),
            _T.origin.in_(sa.bindparam("node_ids", expanding=True)),
        )
    )
    .order_by(_T.number.desc())
    .limit(sa.bindparam("limit", type_=sa.Integer))
)
_HOMELESS = (
    sa.select(_T.number)
    .where(
        sa.or_(
            _T.node.in_(sa.bindparam("node_ids", expanding=True)),
            _T.group.in_(sa.bindparam("group_ids", expanding=True)),
            _T.holder.in_(sa.bindparam("staff_ids", expanding=True)),
        ),
        _T.status.not_in([each.value for each in sorted(ENDED)]),
    )
    .order_by(_T.number)
)


class Tickets:
    def __init__(
        self,
        connection: sa.Connection,
        *,
        roots: Roots,
        shelf: PlanShelf,
        new_plans: Pending[str],
        numbers: TicketNumbers,
        fresh: Fresh,
        foresight: Foresight,
        underway: Underway,
    ) -> None:
        self._connection = connection
        self._numbers = numbers
        self._fresh = fresh
        self._foresight = foresight
        self._underway = underway
        self._roots = roots
        self._shelf = shelf
        self._new_plans = new_plans
        self._told: dict[int, tuple[str, str]] = {}

    def next_number(self) -> int:
        return self._numbers.next()

    def add(self, ticket: Ticket) -> None:
        self._roots.note(ticket)
        self._fresh.note_ticket(ticket.number)
        self._foresight.note_ticket(ticket)
        self._told[ticket.number] = (ticket.text, ticket.place)
        self._underway.defer(TICKET.name, self._values(ticket))
        self._underway.defer(TICKET_PAIR.name, row_of(ticket))

    def get(self, number: int) -> Ticket:
        row = self._look(_GET, number)
        if row is None:
            raise UnknownTicketError("unknown_ticket", number=number)
        return self._seen(row)

    def find(self, number: int) -> Ticket | None:
        known = self._foresight.ticket(number)
        if known is not None:
            return known
        row = self._look(_FIND, number)
        return self._seen(row) if row else None

    def look_ahead(self, numbers: Iterable[int]) -> None:
        """Asks at once for what `find` will ask for."""
        is_known = self._foresight.ticket
        wanted = [each for each in set(numbers) if not self._fresh.is_ticket(each) and is_known(each) is None]
        if len(wanted) > 1:
            for row in _FIND_ALL.glance_all(self._connection, numbers=wanted):
                self._seen(row)

    def _seen(self, row: Fields) -> Ticket:
        ticket = self._ticket(row)
        self._foresight.note_ticket(ticket)
        return ticket

    def _look(self, statement: Prepared, number: int) -> Fields | None:
        """Only the tickets of this batch may wait to be written."""
        look = statement.first if self._fresh.is_ticket(number) else statement.glance
        return look(self._connection, number=number)

    def save(self, ticket: Ticket) -> None:
        self._roots.note(ticket)
        values = self._values(ticket)
        values["b_number"] = ticket.number
        values["b_version"] = ticket.version - 1
        if _SAVE.put(self._connection, values) != 1:
            raise WrongMomentError("changed_meanwhile", number=ticket.number)
        told = (ticket.text, ticket.place)
        before = self._told.get(ticket.number, told)
        if before != told:
            rewrite(self._connection, ticket.number, before=told_of(*before), after=told_of(*told))
            self._told[ticket.number] = told

    def list_due(self, now: datetime, *, limit: int) -> Sequence[int]:
        return [row[0] for row in _DUE.all(self._connection, now=now, limit=limit)]

    def list_live_under(self, node_ids: Sequence[str]) -> Sequence[Ticket]:
        return self._list_of(_LIVE_UNDER, node_ids=list(node_ids))

    def list_held_by(self, staff_id: str) -> Sequence[Ticket]:
        return self._tickets(_HELD.all(self._connection, staff_id=staff_id))

    def list_asked_of(self, group_ids: Sequence[str], *, limit: int = 20) -> Sequence[Ticket]:
        return self._list_of(_ASKED, group_ids=list(group_ids), limit=limit)

    def list_live_reported_by(self, person_id: int, *, limit: int = 20) -> Sequence[Ticket]:
        if self._fresh.has_reported(person_id):
            return self._tickets(_REPORTED.all(self._connection, person_id=person_id, limit=limit))
        if self._has_surely_reported_nothing(person_id):
            return []
        return self._tickets(_REPORTED.glance_all(self._connection, person_id=person_id, limit=limit))

    def find_latest_reported_by(self, person_id: int) -> Ticket | None:
        if self._fresh.has_reported(person_id):
            row = _LATEST_REPORTED.first(self._connection, person_id=person_id)
        elif self._has_surely_reported_nothing(person_id):
            return None
        else:
            row = _LATEST_REPORTED.glance(self._connection, person_id=person_id)
        return self._ticket(row) if row else None

    def _has_surely_reported_nothing(self, person_id: int) -> bool:
        """Of somebody who has not reported in this batch."""
        return self._fresh.is_person(person_id) or self._foresight.has_no_report(person_id)

    def list_alike(self, category: str, *, root: str, since: datetime, limit: int = 50) -> Sequence[Ticket]:
        rows = _ALIKE.all(self._connection, category=category, root=root, since=since, limit=limit)
        return self._tickets(rows)

    def list_merged_into(self, number: int) -> Sequence[Ticket]:
        return self._tickets(_MERGED.all(self._connection, number=number))

    def find_next_due(self) -> datetime | None:
        """When the clock owes any ticket something next."""
        due_at: datetime | None = _NEXT_DUE.value(self._connection)
        return due_at

    def list_near(self, node_ids: Sequence[str], *, limit: int) -> Sequence[Ticket]:
        """Tickets reported at, or now asked of, one of these nodes, newest first."""
        return self._list_of(_NEAR, node_ids=list(node_ids), limit=limit)

    def list_homeless(
        self, *, node_ids: Sequence[str], group_ids: Sequence[str], staff_ids: Sequence[str]
    ) -> Sequence[int]:
        """Tickets that are not ended and name one of these places, groups or holders, by number."""
        named = {"node_ids": list(node_ids), "group_ids": list(group_ids), "staff_ids": list(staff_ids)}
        if not any(named.values()):
            return []
        return [row[0] for row in self._connection.execute(_HOMELESS, named)]

    def _values(self, ticket: Ticket) -> dict[str, object]:
        plan_id = self._shelf.put(self._connection, ticket.plan)
        self._new_plans.add(plan_id)
        return ticket_values(ticket, plan_id=plan_id)

    def _list_of(self, statement: sa.Select[tuple[object, ...]], **values: object) -> list[Ticket]:
        return self._tickets([tuple(row) for row in self._connection.execute(statement, values)])

    def _tickets(self, rows: Sequence[Fields]) -> list[Ticket]:
        return [self._ticket(row) for row in rows]

    def _ticket(self, row: Fields) -> Ticket:
        plan = self._shelf.get(self._connection, row[_PLAN_AT])
        ticket = ticket_of(row, plan)
        self._roots.note(ticket)
        self._told[ticket.number] = (ticket.text, ticket.place)
        return ticket


_PLAN_AT = TICKET_COLUMNS.index("plan_id")
