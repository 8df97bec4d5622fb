"""Which tickets hold which two neighbouring letters: how words are found in a million tickets, on both databases.

Chinese has no blanks between words, and most of its words have two letters; no index of either database finds those.
So each pair of a ticket's text and place is a row. Looking things up is in `board_search`.
"""

from collections.abc import Iterable
from itertools import pairwise

import sqlalchemy as sa

from routing.tickets import Ticket
from storage.column_types import BigKey, PlainList, clean
from storage.prepared import Prepared, Values
from storage.tables.board import TICKET_PAIR

INDEXED_LETTERS = 500
"""Of a longer text only the beginning is found by its words."""

_P = TICKET_PAIR.c
_PAIRS = sa.bindparam("pairs", type_=PlainList(sa.Text))
_NUMBER = sa.bindparam("number", type_=BigKey())
_DELETE = Prepared(sa.delete(TICKET_PAIR).where(_P.number == _NUMBER, _P.pair == sa.bindparam("pair")))


def _from(each: sa.TableValuedAlias) -> Prepared:
    rows = sa.select(each.c.value, _NUMBER)
    return Prepared(sa.insert(TICKET_PAIR).from_select(["pair", "number"], rows, include_defaults=False))


_INSERT = {
    "sqlite": _from(sa.func.json_each(_PAIRS).table_valued("value")),
    "postgresql": _from(sa.func.unnest(_PAIRS).table_valued("value").render_derived()),
}


class PairInsert:
    """All pairs of a ticket in one statement, for rows made by `row_of`."""

    def catch_up(self, connection: sa.Connection, rows: Iterable[Values]) -> None:
        _INSERT[connection.dialect.name].catch_up(connection, rows)


def row_of(ticket: Ticket) -> Values:
    return {"number": ticket.number, "pairs": sorted(pairs_of(told_of(ticket.text, ticket.place)))}


def told_of(text: str, place: str) -> str:
    """What is looked through: place and text, as they are compared."""
    return clean(f"{place} {text}"[:INDEXED_LETTERS]).lower()


def pairs_of(told: str) -> set[str]:
    """Without those that have a blank in them."""
    return {a + b for a, b in pairwise(told) if not (a.isspace() or b.isspace())}


def rewrite(connection: sa.Connection, number: int, *, before: str, after: str) -> None:
    """The pairs of a ticket that is told in other words now; both as `told_of` says."""
    old, new = pairs_of(before), pairs_of(after)
    _DELETE.put_many(connection, [{"number": number, "pair": each} for each in sorted(old - new)])
    if new - old:
        row = {"number": number, "pairs": sorted(new - old)}
        _INSERT[connection.dialect.name].put(connection, row)
