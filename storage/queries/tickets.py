"""Read models of tickets for pages, API and figures: lists by filters, and one ticket with its story."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import sqlalchemy as sa

from routing.events import Event
from routing.people import Message
from routing.tickets import Status, Ticket
from storage.history import EVENT_COLUMNS
from storage.mapping import TICKET_COLUMNS, event_of, ticket_of
from storage.plan_shelf import PlanShelf
from storage.queries.scope import Scope, is_among, is_visible
from storage.tables.tickets import MESSAGE, PICTURE, TICKET, TICKET_EVENT

_T = TICKET.c
_PLAN_AT = TICKET_COLUMNS.index("plan_id")
_CHUNK = 500
# Longer digits are no number of ours, and would not fit a column.
_MOST_DIGITS = 15


class TicketQuery(Protocol):
    """Each part narrows; an empty one does not. `nodes` are those that are asked, `origins` those reported from.

    `words` are looked for in text and place, as they stand, without regard to case; a number in them finds its ticket.
    """

    @property
    def scope(self) -> Scope: ...
    @property
    def statuses(self) -> frozenset[Status]: ...
    @property
    def nodes(self) -> frozenset[str] | None: ...
    @property
    def origins(self) -> frozenset[str] | None: ...
    @property
    def level(self) -> str: ...
    @property
    def categories(self) -> frozenset[str]: ...
    @property
    def words(self) -> str: ...
    @property
    def opened_from(self) -> datetime | None: ...
    @property
    def opened_before(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class TicketFile:
    """A ticket with its story, oldest first. Messages and pictures only where one ticket was asked for."""

    ticket: Ticket
    events: tuple[Event, ...]
    messages: tuple[Message, ...] = ()
    pictures: tuple[int, ...] = ()


class TicketReads:
    def __init__(self, engine: sa.Engine, *, shelf: PlanShelf) -> None:
        self._engine = engine
        self._shelf = shelf

    def list_page(
        self, query: TicketQuery, *, below: int | None = None, limit: int = 50
    ) -> Sequence[TicketFile]:
        """Newest first by number, only numbers below `below`."""
        statement = self._filtered(query).order_by(_T.number.desc()).limit(limit)
        if below is not None:
            statement = statement.where(_T.number < below)
        with self._engine.begin() as connection:
            return self._files(connection, statement)

    def each(self, query: TicketQuery) -> Iterator[TicketFile]:
        """All that match, oldest first, without holding them all: what figures and exports are made from."""
        statement = self._filtered(query).order_by(_T.number).limit(_CHUNK)
        after = 0
        while True:
            with self._engine.begin() as connection:
                files = self._files(connection, statement.where(_T.number > after))
            yield from files
            if len(files) < _CHUNK:
                return
            after = files[-1].ticket.number

    def list_of(self, numbers: Sequence[int]) -> Sequence[TicketFile]:
        """These tickets, by number, without asking who may see them: for sums that point at none of them."""
        statement = sa.select(TICKET).where(_T.number.in_(numbers)).order_by(_T.number)
        with self._engine.begin() as connection:
            return self._files(connection, statement)

    def find(self, number: int, *, scope: Scope) -> TicketFile | None:
        """None for what is not there and for what may not be seen: nobody can tell the one from the other."""
        statement = sa.select(TICKET).where(_T.number == number, is_visible(scope, self._engine.dialect.name))
        with self._engine.begin() as connection:
            for file in self._files(connection, statement):
                return TicketFile(
                    file.ticket, file.events, _messages(connection, number), _pictures(connection, number)
                )
        return None

    def find_picture(self, picture_id: int, *, scope: Scope) -> tuple[str, bytes] | None:
        """Media type and content of a kept picture, if its ticket may be seen."""
        statement = (
            sa.select(PICTURE.c.media_type, PICTURE.c.content)
            .join(TICKET, _T.number == PICTURE.c.ticket_number)
            .where(
                PICTURE.c.picture_id == picture_id,
                PICTURE.c.content.is_not(None),
                is_visible(scope, self._engine.dialect.name),
            )
        )
        with self._engine.begin() as connection:
            row = connection.execute(statement).first()
        return (row[0], bytes(row[1])) if row else None

    def _filtered(self, query: TicketQuery) -> sa.Select[Any]:
        dialect = self._engine.dialect.name
        wanted = [is_visible(query.scope, dialect)]
        if query.statuses:
            wanted.append(_T.status.in_(sorted(each.value for each in query.statuses)))
        if query.nodes is not None:
            wanted.append(is_among(_T.node, query.nodes, dialect))
        if query.origins is not None:
            wanted.append(is_among(_T.origin, query.origins, dialect))
        return sa.select(TICKET).where(*wanted, *_about(query))

    def _files(self, connection: sa.Connection, statement: sa.Select[Any]) -> list[TicketFile]:
        rows = [tuple(row) for row in connection.execute(statement)]
        tickets = [ticket_of(row, self._shelf.get(connection, row[_PLAN_AT])) for row in rows]
        events = _events(connection, [each.number for each in tickets])
        return [TicketFile(each, tuple(events.get(each.number, ()))) for each in tickets]


def _about(query: TicketQuery) -> Iterator[sa.ColumnElement[bool]]:
    if query.level:
        yield _T.level == query.level
    if query.categories:
        yield _T.category.in_(sorted(query.categories))
    if query.opened_from is not None:
        yield _T.opened_at >= query.opened_from
    if query.opened_before is not None:
        yield _T.opened_at < query.opened_before
    words = query.words.strip()
    if words:
        yield _says(words)


def _says(words: str) -> sa.ColumnElement[bool]:
    said = [_T.text.icontains(words, autoescape=True), _T.place.icontains(words, autoescape=True)]
    number = words.removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS:
        said.append(_T.number == int(number))
    return sa.or_(*said)


def _events(connection: sa.Connection, numbers: Sequence[int]) -> dict[int, list[Event]]:
    statement = (
        sa.select(*EVENT_COLUMNS)
        .where(TICKET_EVENT.c.ticket_number.in_(numbers))
        .order_by(TICKET_EVENT.c.event_id)
    )
    events: dict[int, list[Event]] = {}
    for row in connection.execute(statement):
        event = event_of(tuple(row))
        events.setdefault(event.ticket_number, []).append(event)
    return events


def _messages(connection: sa.Connection, number: int) -> tuple[Message, ...]:
    columns = (MESSAGE.c.ticket_number, MESSAGE.c.author, MESSAGE.c.at, MESSAGE.c.text)
    statement = sa.select(*columns).where(MESSAGE.c.ticket_number == number).order_by(MESSAGE.c.message_id)
    return tuple(Message(*row) for row in connection.execute(statement))


def _pictures(connection: sa.Connection, number: int) -> tuple[int, ...]:
    statement = (
        sa.select(PICTURE.c.picture_id)
        .where(PICTURE.c.ticket_number == number, PICTURE.c.content.is_not(None))
        .order_by(PICTURE.c.picture_id)
    )
    return tuple(connection.execute(statement).scalars())
