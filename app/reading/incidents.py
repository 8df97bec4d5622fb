"""The open matters as this replica knows them: fed by its own reports at once and by the store's log for all others.

What is found here is only a hint. The desk looks in the store, inside its transaction, before it joins anything; so
replicas that know more or less never disagree about what is right.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from routing.hierarchy import Hierarchy
from routing.likeness import Likeness, Telling
from storage.queries.matters import MatterReads, ReportRow
from understanding.incidents.open_matters import OpenMatters
from understanding.places import find_place
from understanding.text_forms import normalise

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Noted:
    """A report's telling, and the open ticket under which it is found."""

    lead: int
    telling: Telling


@dataclass(slots=True)
class MatterMemory:
    """Fulfils `routing.ports.Incidents` for all writer threads of the process. Numbers noted are those of reports; a
    report that is part of another is found under that one's number."""

    reads: MatterReads
    hierarchy: Callable[[], Hierarchy]
    _matters: OpenMatters = field(default_factory=OpenMatters)
    _noted: dict[int, _Noted] = field(default_factory=dict)
    _parts: dict[int, list[int]] = field(default_factory=dict)
    _seen: int | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _round: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __len__(self) -> int:
        return len(self._matters)

    # --- what the desk asks and tells, inside its transaction ---

    def find(self, telling: Telling) -> Likeness | None:
        return next(iter(self.list_likely(telling)), None)

    def list_likely(self, telling: Telling) -> tuple[Likeness, ...]:
        with self._lock:
            return self._matters.list_likely(telling)

    def note(self, number: int, telling: Telling) -> None:
        """Also when the transaction fails after all: the desk finds no such ticket then, and has it forgotten. Before
        the first round nothing is noted, for that one reads all there is."""
        if self._seen is None:
            return
        with self._lock:
            self._put(number, _Noted(number, telling))

    def join(self, number: int, *, into: int) -> None:
        with self._lock:
            for part in list(self._parts.get(number, ())):
                self._put(part, _Noted(into, self._noted[part].telling))

    def forget(self, number: int) -> None:
        with self._lock:
            for part in list(self._parts.get(number, ())):
                self._drop(part)

    # --- what the store tells ---

    async def refresh(self) -> None:
        """Takes in what happened since the last round, here or at another replica; at first everything that is open."""
        async with self._round:
            await asyncio.to_thread(self._catch_up)

    def _catch_up(self) -> None:
        if self._seen is None:
            seen = self.reads.seen()
            self._read_all()
            self._seen = seen
            log.info("open_matters=%d", len(self._matters))
        while True:
            changed, last = self.reads.list_changed(after=self._seen)
            for each in changed:
                self._take(each)
            if last == self._seen:
                return
            self._seen = last

    def _read_all(self) -> None:
        after = 0
        while page := self.reads.list_open(after=after):
            for each in page:
                self._take(each)
            after = page[-1].number

    def _take(self, report: ReportRow) -> None:
        if self._is_known(report):
            return
        noted = None
        if report.lead is not None and report.text:
            noted = _Noted(report.lead, _telling_of(report, self.hierarchy()))
        with self._lock:
            if noted is None:
                self._drop(report.number)
            else:
                self._put(report.number, noted)

    def _is_known(self, report: ReportRow) -> bool:
        """Most of what the log tells of was this replica's own, and is noted already."""
        with self._lock:
            noted = self._noted.get(report.number)
        if noted is None:
            return False
        told = noted.telling
        is_same_place = told.path[:1] == (report.origin,)
        return is_same_place and (noted.lead, told.text, told.category) == (
            report.lead,
            report.text,
            report.category,
        )

    # --- under the lock ---

    def _put(self, number: int, noted: _Noted) -> None:
        known = self._noted.get(number)
        if known is not None and _is_told_alike(known, noted):
            return
        self._drop(number)
        self._noted[number] = noted
        self._parts.setdefault(noted.lead, []).append(number)
        self._matters.note(noted.lead, noted.telling)

    def _drop(self, number: int) -> None:
        """The matter is told anew by the parts that it still has."""
        known = self._noted.pop(number, None)
        if known is None:
            return
        parts = self._parts[known.lead]
        parts.remove(number)
        self._matters.forget(known.lead)
        for each in parts:
            self._matters.note(known.lead, self._noted[each].telling)
        if not parts:
            del self._parts[known.lead]


def _is_told_alike(one: _Noted, two: _Noted) -> bool:
    """By the same words about the same place and kind of matter; who told it and the second it was are no news."""
    first, second = one.telling, two.telling
    return one.lead == two.lead and (first.text, first.category, first.path) == (
        second.text,
        second.category,
        second.path,
    )


def _telling_of(report: ReportRow, hierarchy: Hierarchy) -> Telling:
    is_known = report.origin != hierarchy.root_id
    return Telling(
        text=report.text,
        at=report.opened_at,
        category=report.category,
        path=tuple(each.node_id for each in hierarchy.climb(report.origin)) if is_known else (),
        place=find_place(normalise(report.text)),
    )
