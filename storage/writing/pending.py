"""Rows that may wait for the end of a batch, where many of them cost little more than one. What they hold is elsewhere.

They live as long as one batch does.
"""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

K = TypeVar("K")
T = TypeVar("T")


class Pending(Generic[T]):
    """Rows of the jobs that went well, and those of the job under way, which leave with it if it fails."""

    def __init__(self) -> None:
        self._settled: list[T] = []
        self._fresh: list[T] = []
        self._before_job = self._settled

    def add(self, row: T) -> None:
        self._fresh.append(row)

    def __iter__(self) -> Iterator[T]:
        yield from self._settled
        yield from self._fresh

    def settle(self) -> None:
        """The job under way went well."""
        self._settled += self._fresh
        self._fresh = []
        self._before_job = self._settled

    def discard(self) -> None:
        """The job under way was undone, and with it all that it did to the rows of others."""
        self._settled = self._before_job
        self._fresh = []

    def take(self) -> list[T]:
        """Everything, to be written now; should the job under way be undone, what was there before it comes back."""
        rows = [*self._settled, *self._fresh]
        self._settled, self._fresh = [], []
        return rows

    def rewrite(self, change: Callable[[T], T]) -> None:
        self._settled = [change(row) for row in self._settled]
        self._fresh = [change(row) for row in self._fresh]


class PendingByKey(Generic[K, T]):
    """The same for rows that are looked up by a key before they are written."""

    def __init__(self) -> None:
        self._settled: dict[K, T] = {}
        self._fresh: dict[K, T] = {}

    def add(self, key: K, row: T) -> None:
        self._fresh[key] = row

    def find(self, key: K) -> T | None:
        found = self._fresh.get(key)
        return self._settled.get(key) if found is None else found

    def settle(self) -> None:
        self._settled.update(self._fresh)
        self._fresh = {}

    def discard(self) -> None:
        self._fresh = {}

    def all(self) -> dict[K, T]:
        return self._settled | self._fresh
