"""Who reported a ticket, and who came to it by a merge."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as upsert

from routing.people import Reporter
from storage.mapping import reporter_of, reporter_values
from storage.prepared import Prepared, insert_if_new
from storage.roots import Roots
from storage.tables.tickets import REPORTER
from storage.writing.fresh import Fresh
from storage.writing.underway import Underway

_R = REPORTER.c
_OWN = 0
_NUMBER = sa.bindparam("number", type_=_R.ticket_number.type)
_PERSON = sa.bindparam("person_id", type_=_R.person_id.type)

INSERT_REPORTER = insert_if_new(REPORTER)
_COUNT = Prepared(
    sa.select(sa.func.count())
    .select_from(REPORTER)
    .where(_R.ticket_number == _NUMBER, _R.person_id == _PERSON)
)
_LIST = Prepared(
    sa.select(
        _R.ticket_number, _R.person_id, _R.channel, _R.account, _R.chat, _R.thread, _R.message_ref, _R.node_id,
        _R.reported_at,
    )
    .where(_R.ticket_number == _NUMBER)
    .order_by(_R.reported_at, _R.person_id, _R.came_from)
)  # fmt: skip
_REMOVE = Prepared(
    # Also where a merge had brought them: who leaves hears no more of it.
    sa.delete(REPORTER).where(_R.ticket_number == _NUMBER, _R.person_id == _PERSON)
)
_LIST_REPORTS = Prepared(sa.select(_R.came_from).where(_R.ticket_number == _NUMBER, _R.person_id == _PERSON))
_TAKE_BACK = Prepared(
    sa.delete(REPORTER).where(
        _R.ticket_number == _NUMBER,
        _R.person_id == _PERSON,
        _R.came_from == sa.bindparam("own", type_=_R.came_from.type),
    )
)
_COPIED = (
    _R.person_id, _R.root, _R.channel, _R.account, _R.chat, _R.thread, _R.message_ref, _R.node_id, _R.reported_at,
)  # fmt: skip
_TO = sa.bindparam("to_number", type_=_R.ticket_number.type)
_MOVE = Prepared(
    upsert(REPORTER)
    .from_select(
        ["ticket_number", "came_from", *(column.name for column in _COPIED)],
        # Those it had itself taken in come along under its number.
        sa.select(_TO, _NUMBER, *_COPIED).where(_R.ticket_number == _NUMBER),
    )
    .on_conflict_do_nothing()
)
_PART = Prepared(
    sa.delete(REPORTER).where(
        _R.ticket_number == sa.bindparam("out_of", type_=_R.ticket_number.type), _R.came_from == _NUMBER
    )
)


class Reporters:
    def __init__(self, connection: sa.Connection, *, roots: Roots, fresh: Fresh, underway: Underway) -> None:
        self._connection = connection
        self._roots = roots
        self._fresh = fresh
        self._underway = underway

    def add(self, reporter: Reporter) -> bool:
        number = reporter.ticket_number
        was_there = self._is_there(number, reporter.person_id)
        self._fresh.note_reporter(reporter.person_id, number)
        row = reporter_values(reporter, root=self._roots.of(number), came_from=_OWN)
        self._underway.defer(REPORTER.name, row)
        return not was_there

    def _is_there(self, number: int, person_id: int) -> bool:
        if self._fresh.is_ticket(number) and not self._fresh.has_reported(person_id):
            return False
        return self.is_reporter(number, person_id)

    def list_of(self, number: int) -> Sequence[Reporter]:
        """Each person once, in the order of their reports."""
        rows = _LIST.all if self._fresh.is_reported(number) else _LIST.glance_all
        reporters = map(reporter_of, rows(self._connection, number=number))
        return list({each.person_id: each for each in reversed(list(reporters))}.values())[::-1]

    def is_reporter(self, number: int, person_id: int) -> bool:
        look = _COUNT.first if self._fresh.has_reported(person_id) else _COUNT.glance
        row = look(self._connection, number=number, person_id=person_id)
        return row is not None and row[0] > 0

    def remove(self, number: int, person_id: int) -> None:
        _REMOVE.run(self._connection, number=number, person_id=person_id)

    def list_reports(self, number: int, person_id: int) -> Sequence[int]:
        rows = _LIST_REPORTS.all(self._connection, number=number, person_id=person_id)
        return sorted(came_from or number for (came_from,) in rows)

    def take_back(self, number: int, person_id: int) -> None:
        _TAKE_BACK.run(self._connection, number=number, person_id=person_id, own=_OWN)

    def move(self, number: int, *, to: int) -> None:
        _MOVE.run(self._connection, number=number, to_number=to)

    def part(self, number: int, *, out_of: int) -> None:
        _PART.run(self._connection, number=number, out_of=out_of)
