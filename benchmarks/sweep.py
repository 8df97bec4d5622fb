"""What the sweep costs: a thousand due tickets among few open ones and among very many."""

import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.running.sweeping import Sweeper
from benchmarks.databases import KINDS, empty_database, stop_postgres
from benchmarks.goals import AT_MOST, Goal, Line, median_of
from benchmarks.tickets import insert, rows_due_at
from benchmarks.trees import repeated
from bot.addressbook import Addressbook
from routing.hierarchy import Hierarchy
from storage.hierarchy_file import read_hierarchy
from storage.store import Store, open_store

TIMES_AS_LONG = Goal(AT_MOST, 1.3)
_COMMUNITIES = 10
_NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
_FAR = timedelta(days=30)
_FIRST_DUE = 10_000_000


@dataclass(frozen=True, slots=True)
class Size:
    few: int
    many: int
    due: int
    rounds: int


FULL = Size(few=10_000, many=1_000_000, due=1000, rounds=7)
QUICK = Size(few=2_000, many=100_000, due=500, rounds=3)


def measure(size: Size, *, kinds: Sequence[str] = KINDS) -> Iterator[tuple[str, list[Line]]]:
    with tempfile.TemporaryDirectory(prefix="liren-bench-") as place:
        try:
            for kind in kinds:
                title = f"Sweep of {size.due} due tickets, {kind}"
                yield title, _compare(size, kind, Path(place))
        finally:
            stop_postgres()


def _compare(size: Size, kind: str, folder: Path) -> list[Line]:
    tree = _tree()
    with ExitStack() as stack:
        few, many = (
            _Street(stack.enter_context(empty_database(kind, folder)), tree, open_tickets=count)
            for count in (size.few, size.many)
        )
        stack.callback(few.close)
        stack.callback(many.close)
        for each in (few, many):
            each.sweep(size.due)  # warm
        times = [(few.sweep(size.due), many.sweep(size.due)) for _ in range(size.rounds)]
    return [
        Line(f"among {size.few} open", median_of([each for each, _ in times]) * 1000, "ms"),
        Line(f"among {size.many} open", median_of([each for _, each in times]) * 1000, "ms"),
        Line("times as long, median", median_of([b / a for a, b in times]), "", TIMES_AS_LONG),
        Line("tickets a second among the many", size.due / median_of([each for _, each in times]), "/s"),
    ]


class _Street:
    """A store with so many open tickets; each sweep finds new due ones."""

    def __init__(self, url: str, tree: Hierarchy, *, open_tickets: int) -> None:
        self._url = url
        self._tree = tree
        self._next = _FIRST_DUE
        self._now = _NOW
        self._store: Store = open_store(url, now=lambda: self._now)
        self._store.upgrade()
        numbers = range(1001, 1001 + open_tickets)
        self._add(numbers, due_from=_NOW + _FAR, apart=timedelta(seconds=1))
        self._sweeper = Sweeper(
            self._store.writer,
            lambda: tree,
            Addressbook(accounts={"wechat": "invented"}, grouped=frozenset()),
            lambda: self._now,
        )

    def sweep(self, due: int) -> float:
        """Seconds for so many tickets, each of which climbs to its community."""
        numbers = range(self._next, self._next + due)
        self._next += due
        self._add(numbers, due_from=self._now - timedelta(minutes=10), apart=timedelta(milliseconds=1))
        began = time.perf_counter()
        taken = asyncio.run(self._sweeper.sweep())
        seconds = time.perf_counter() - began
        if taken != due:
            raise AssertionError(f"{taken} steps were taken, not {due}")
        return seconds

    def close(self) -> None:
        self._store.close_now()

    def _add(self, numbers: range, *, due_from: datetime, apart: timedelta) -> None:
        rows = rows_due_at(self._tree, numbers, communities=_COMMUNITIES, due_from=due_from, apart=apart)
        insert(self._url, self._tree, rows)


def _tree() -> Hierarchy:
    checked = read_hierarchy(repeated(_COMMUNITIES, 20))
    if checked.hierarchy is None:
        raise AssertionError(checked.problems)
    return checked.hierarchy
