"""The list of what has ended, the highest number first, by an index that has few others in it."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from storage.queries.board_ways import OpenedThen
from storage.queries.board_wishes import (
    ENDED_VALUES,
    BoardWish,
    Mark,
    has_ended,
    has_few_places,
    narrow,
    narrow_along,
    narrow_beside_places,
)
from storage.tables.tickets import TICKET

Selected = sa.Select[Any] | sa.CompoundSelect[Any]
_T = TICKET.c
_COLUMNS = (_T.opened_at, _T.number)


def select_ended(
    wish: BoardWish, dialect: str, *, opened_then: OpenedThen | None, after: Mark | None, limit: int
) -> Selected:
    """(opened at, number) of a page."""
    if wish.scope.nodes is not None and not wish.scope.nodes:
        return sa.select(*_COLUMNS).where(sa.false())
    wanted: list[sa.ColumnElement[bool]] = []
    if opened_then is not None:
        wanted.append(_T.number.between(opened_then.first, opened_then.last))
    if after is not None:
        wanted.append(_T.number < after.number)
    if wish.holder:
        # What a holder has is little enough to be sorted; both would rather go through all tickets by their number.
        number = sa.func.coalesce(_T.number, _T.number)
        held = sa.select(*_COLUMNS).where(has_ended(), *narrow(wish, dialect), *wanted)
        return held.order_by(number.desc()).limit(limit)
    if has_few_places(wish):
        return _of_few_places(wish, dialect, wanted, limit)
    whole = sa.select(*_COLUMNS).where(has_ended(), *narrow_along(wish, dialect), *wanted)
    return whole.order_by(_T.number.desc()).limit(limit)


def _of_few_places(
    wish: BoardWish, dialect: str, wanted: Sequence[sa.ColumnElement[bool]], limit: int
) -> Selected:
    """Each part goes along an index of a place until it has a page; then they are put together."""
    narrowed = [*narrow_beside_places(wish, dialect), *wanted]
    parts = [
        sa.select(*_COLUMNS).where(*part, *narrowed).order_by(_T.number.desc()).limit(limit).subquery()
        for part in _list_parts(wish)
    ]
    return sa.union(*(sa.select(each) for each in parts)).order_by(sa.desc("number")).limit(limit)


def _list_parts(wish: BoardWish) -> Iterator[tuple[sa.ColumnElement[bool], ...]]:
    for node in sorted(wish.scope.nodes or ()):
        yield _T.origin == node, has_ended()
        # The index of what is asked somewhere has the states before the numbers.
        for status in ENDED_VALUES:
            yield _T.node == node, _T.status == status
