"""Search by words on the board: through pairs of letters to few tickets, and then through what these really say."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from routing.tickets import Status, Ticket
from storage.mapping import TICKET_COLUMNS, ticket_of
from storage.plan_shelf import PlanShelf
from storage.queries.board_ways import are_few, numbers_of_places
from storage.queries.board_wishes import BoardWish, narrow_along
from storage.tables.board import TICKET_PAIR
from storage.tables.tickets import TICKET
from storage.ticket_pairs import pairs_of

LOOKED_THROUGH = 20_000
"""Of a word that is in more tickets than these only the newest are looked through."""

_T = TICKET.c
_PLAN_AT = TICKET_COLUMNS.index("plan_id")
_MOST_PAIRS = 4
_MOST_WORDS = 8
_WEIGHED = 2_000
_FIRST_STEP = 100
# Longer digits are no number of ours, and would not fit a column.
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Found:
    """The newest first. `is_cut`: there may be older ones that were not looked through."""

    tickets: Sequence[Ticket]
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
            known = {each.number for each in numbered}
            conditions = [*narrowed, *(_says(each) for each in words)]
            saying: list[Ticket] = []
            among = numbers_of_places(wish, self._dialect) if are_few(connection, wish) else None
            steps, is_cut = self._candidates(connection, words, below, among=among)
            for numbers in steps:
                found = self._among(connection, numbers, conditions, limit=limit - len(saying))
                saying += [each for each in found if each.number not in known]
                if len(saying) >= limit:
                    break
        return Found([*numbered, *saying][:limit], is_cut and len(saying) < limit)

    def _numbered(
        self, connection: sa.Connection, words: list[str], narrowed: list[sa.ColumnElement[bool]]
    ) -> list[Ticket]:
        digits = words[0].lstrip("#＃")
        if len(words) > 1 or not (digits.isascii() and digits.isdigit()) or len(digits) > _MOST_DIGITS:
            return []
        return self._tickets(connection, sa.select(TICKET).where(_T.number == int(digits), *narrowed))

    def _candidates(
        self,
        connection: sa.Connection,
        words: list[str],
        below: int | None,
        *,
        among: sa.CompoundSelect[Any] | None,
    ) -> tuple[Iterator[list[int]], bool]:
        """Numbers of tickets with the rarest pair of the words and with some others of them, the newest first, and
        whether there are more than are looked through. Of a few places all their tickets are, `among`.

        Steps of growing size: of a common word the first hundred nearly fill a page. In one statement with the tickets
        PostgreSQL, which cannot know how common a pair is, would look through all of them.
        """
        pairs = _choose_pairs(connection, words)
        number: sa.ColumnElement[int] = _T.number
        held, has_others = sa.select(number), []
        if pairs:
            first = TICKET_PAIR.alias("rarest")
            number = first.c.number
            held = sa.select(number).where(first.c.pair == pairs[0])
            has_others = [_has(number, each, f"p{place}") for place, each in enumerate(pairs[1:])]
        held = held.order_by(number.desc())
        if below is not None:
            held = held.where(number < below)
        if among is not None:
            return _steps(connection, held.where(number.in_(among), *has_others), number), False
        lowest = connection.execute(held.offset(LOOKED_THROUGH).limit(1)).scalar()
        if lowest is not None:
            held = held.where(number > lowest)
        return _steps(connection, held.where(*has_others), number), lowest is not None

    def _among(
        self,
        connection: sa.Connection,
        numbers: list[int],
        conditions: list[sa.ColumnElement[bool]],
        *,
        limit: int,
    ) -> list[Ticket]:
        """Those of these tickets that fit, the newest first."""
        if self._dialect == "postgresql":
            listed = sa.bindparam(None, numbers, type_=ARRAY(sa.BigInteger))
            is_one_of: sa.ColumnElement[bool] = _T.number == sa.any_(listed)
        else:
            each = sa.func.json_each(json.dumps(numbers)).table_valued("value")
            is_one_of = _T.number.in_(sa.select(each.c.value))
        statement = sa.select(TICKET).where(is_one_of, *conditions)
        return self._tickets(connection, statement.order_by(_T.number.desc()).limit(limit))

    def _tickets(self, connection: sa.Connection, statement: sa.Select[Any]) -> list[Ticket]:
        rows = [tuple(row) for row in connection.execute(statement)]
        return [ticket_of(row, self._shelf.get(connection, row[_PLAN_AT])) for row in rows]


def _choose_pairs(connection: sa.Connection, words: list[str]) -> list[str]:
    """The rarest first; of those that are too common to be counted some from all over what was said."""
    pairs = list(dict.fromkeys(pair for word in words for pair in sorted(pairs_of(word), key=word.index)))
    if not pairs:
        return []
    weights = dict(zip(pairs, _weigh(connection, pairs), strict=True))
    rare = sorted((each for each in pairs if weights[each] < _WEIGHED), key=lambda each: weights[each])
    common = [each for each in pairs if weights[each] >= _WEIGHED]
    wanted = max(1, _MOST_PAIRS - len(rare))
    apart = max(1, len(common) // wanted)
    return [*rare, *common[::apart]][:_MOST_PAIRS]


def _weigh(connection: sa.Connection, pairs: Sequence[str]) -> Sequence[int]:
    """How many tickets have each, up to `_WEIGHED`."""
    found = [
        sa.select(sa.literal(1)).where(TICKET_PAIR.c.pair == pair).limit(_WEIGHED).subquery()
        for pair in pairs
    ]
    counts = [sa.select(sa.func.count()).select_from(each).scalar_subquery() for each in found]
    return [*connection.execute(sa.select(*counts)).one()]


def _steps(
    connection: sa.Connection, statement: sa.Select[Any], number: sa.ColumnElement[int]
) -> Iterator[list[int]]:
    size, step = _FIRST_STEP, statement
    while True:
        numbers = list(connection.execute(step.limit(size)).scalars())
        if numbers:
            yield numbers
        if len(numbers) < size:
            return
        step, size = statement.where(number < numbers[-1]), size * 5


def _has(number: sa.ColumnElement[int], pair: str, name: str) -> sa.ColumnElement[bool]:
    other = TICKET_PAIR.alias(name)
    return sa.exists(sa.select(1).where(other.c.pair == pair, other.c.number == number))


def _says(word: str) -> sa.ColumnElement[bool]:
    return sa.or_(_T.text.icontains(word, autoescape=True), _T.place.icontains(word, autoescape=True))
