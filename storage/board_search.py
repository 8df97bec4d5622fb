"""Search by words on the board: through pairs of letters to few tickets, and then through what these really say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from routing.tickets import Status, Ticket
from storage.board_wishes import BoardWish, narrow_along
from storage.mapping import TICKET_COLUMNS, ticket_of
from storage.plan_shelf import PlanShelf
from storage.tables import TICKET
from storage.tables_board import TICKET_PAIR
from storage.ticket_pairs import pairs_of

LOOKED_THROUGH = 20_000
"""Of a word that is in more tickets than these only the newest are looked through."""

_T = TICKET.c
_PLAN_AT = TICKET_COLUMNS.index("plan_id")
_MOST_PAIRS = 4
_MOST_WORDS = 8
_WEIGHED = 2_000
# Longer digits are no number of ours, and would not fit a column.
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Found:
    """The newest first. `is_cut`: there may be older ones that were not looked through."""

    tickets: Sequence[Ticket]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Tickets to look through, the newest first; `is_cut` when there are more."""

    statement: sa.Select[Any]
    is_cut: bool


class BoardSearch:
    def __init__(self, engine: sa.Engine, *, shelf: PlanShelf) -> None:
        self._engine = engine
        self._dialect = engine.dialect.name
        self._shelf = shelf

    def find(
        self,
        wish: BoardWish,
        said: str,
        *,
        statuses: frozenset[Status] = frozenset(),
        below: int | None = None,
        limit: int = 50,
    ) -> Found:
        """Tickets whose text or place has every word of `said`, and the one of that number; below a number."""
        words = said.lower().split()[:_MOST_WORDS]
        if not words:
            return Found((), is_cut=False)
        narrowed = narrow_along(wish, self._dialect)
        if statuses:
            narrowed.append(_T.status.in_(sorted(each.value for each in statuses)))
        with self._engine.begin() as connection:
            numbered = self._numbered(connection, words, narrowed) if below is None else []
            candidates = self._candidates(connection, words, below)
            statement = candidates.statement.where(*narrowed, *(_says(each) for each in words)).limit(limit)
            known = {each.number for each in numbered}
            saying = [each for each in self._tickets(connection, statement) if each.number not in known]
        return Found([*numbered, *saying][:limit], candidates.is_cut and len(saying) < limit)

    def _numbered(
        self, connection: sa.Connection, words: list[str], narrowed: list[sa.ColumnElement[bool]]
    ) -> list[Ticket]:
        digits = words[0].lstrip("#＃")
        if len(words) > 1 or not (digits.isascii() and digits.isdigit()) or len(digits) > _MOST_DIGITS:
            return []
        return self._tickets(connection, sa.select(TICKET).where(_T.number == int(digits), *narrowed))

    def _candidates(self, connection: sa.Connection, words: list[str], below: int | None) -> _Candidates:
        """The newest tickets with the rarest pair of the words and with some others of them."""
        pairs = sorted({pair for word in words for pair in pairs_of(word)})
        if not pairs:
            return _among(connection, sa.select(TICKET), _T.number, below=below)
        weights = {pair: _weigh(connection, pair) for pair in pairs}
        rarest, *others = sorted(pairs, key=lambda each: (weights[each], each))[:_MOST_PAIRS]
        first = TICKET_PAIR.alias("rarest")
        with_rarest = sa.select(TICKET).join(first, first.c.number == _T.number).where(first.c.pair == rarest)
        held = sa.select(first.c.number).where(first.c.pair == rarest)
        candidates = _among(connection, with_rarest, first.c.number, held=held, below=below)
        has_others = [_has(first.c.number, each, f"p{place}") for place, each in enumerate(others)]
        return replace(candidates, statement=candidates.statement.where(*has_others))

    def _tickets(self, connection: sa.Connection, statement: sa.Select[Any]) -> list[Ticket]:
        rows = [tuple(row) for row in connection.execute(statement)]
        return [ticket_of(row, self._shelf.get(connection, row[_PLAN_AT])) for row in rows]


def _weigh(connection: sa.Connection, pair: str) -> int:
    rows = sa.select(sa.literal(1)).where(TICKET_PAIR.c.pair == pair).limit(_WEIGHED).subquery()
    weight: int = connection.execute(sa.select(sa.func.count()).select_from(rows)).scalar_one()
    return weight


def _among(
    connection: sa.Connection,
    tickets: sa.Select[Any],
    number: sa.ColumnElement[int],
    *,
    below: int | None,
    held: sa.Select[Any] | None = None,
) -> _Candidates:
    """The newest `LOOKED_THROUGH` of them, in that order; `held` finds only their numbers, where that is quicker."""
    numbers = sa.select(number) if held is None else held
    if below is not None:
        tickets, numbers = tickets.where(number < below), numbers.where(number < below)
    tickets = tickets.order_by(number.desc())
    last = numbers.order_by(number.desc()).offset(LOOKED_THROUGH).limit(1)
    lowest = connection.execute(last).scalar()
    if lowest is None:
        return _Candidates(tickets, is_cut=False)
    return _Candidates(tickets.where(number > lowest), is_cut=True)


def _has(number: sa.ColumnElement[int], pair: str, name: str) -> sa.ColumnElement[bool]:
    other = TICKET_PAIR.alias(name)
    return sa.exists(sa.select(1).where(other.c.pair == pair, other.c.number == number))


def _says(word: str) -> sa.ColumnElement[bool]:
    return sa.or_(_T.text.icontains(word, autoescape=True), _T.place.icontains(word, autoescape=True))
