"""Checks the chain of the log piece by piece beside everything else, and keeps what was found in the store.

A whole check goes from the first row; in between, each hour, what is new is checked from where the last one ended.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from admin_web.audit_ports import ChainProgress, ChainRecord
from storage.audit import Head
from storage.audit_check import BEGINNING, Anchor, AuditReport, ChainCheck, Flaw
from storage.settings import CHAIN_CHECK
from storage.store import Store

log = logging.getLogger(__name__)

FEW = 20_000
"""So many rows are checked while somebody waits."""


@dataclass(frozen=True, slots=True)
class Kept:
    """`record` for people, `anchor` for the next check."""

    record: ChainRecord
    anchor: Anchor


NOTHING_KEPT = Kept(ChainRecord(), BEGINNING)


@dataclass(slots=True)
class ChainWatch:
    """One check at a time in this process; another replica's result is read from the store."""

    store: Store
    now: Callable[[], datetime]
    _progress: ChainProgress | None = None
    _task: "asyncio.Task[None] | None" = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def progress(self) -> ChainProgress | None:
        """How far the check is that runs now; None when none does."""
        return self._progress

    async def record(self) -> ChainRecord:
        """What the last check found."""
        return (await self._load()).record

    def begin_whole(self, by: str) -> bool:
        """Starts from the first row and returns at once; False when a check runs already."""
        if self._progress is not None:
            return False
        self._progress = ChainProgress(0, 0)
        self._task = asyncio.create_task(self._check(BEGINNING, by=by))
        return True

    async def finish(self) -> None:
        """Waits for the check that runs, if one does."""
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    async def catch_up(self, by: str = "clock") -> ChainRecord:
        """Checks what is new since the last check; whoever waits has the result."""
        await self._check((await self._load()).anchor, by=by)
        return await self.record()

    async def look(self) -> ChainRecord:
        """The record, after a look at what is new where that takes only a moment."""
        kept = await self._load()
        newest = await asyncio.to_thread(self.store.reads.audit_head)
        if self._progress is not None or newest.seq - kept.anchor.head.seq > FEW:
            return kept.record
        return await self.catch_up()

    async def _check(self, begin: Anchor, *, by: str) -> None:
        try:
            async with self._turn:
                await self._check_in_turn(begin, by=by)
        except (ConnectionError, TimeoutError) as error:
            log.warning("chain=not_checked error=%s", type(error).__name__)
        finally:
            self._progress = None

    async def _check_in_turn(self, begin: Anchor, *, by: str) -> None:
        newest = await asyncio.to_thread(self.store.reads.audit_head)
        check = ChainCheck(begin)
        while await asyncio.to_thread(self._step, check):
            self._progress = ChainProgress(check.at_seq, max(newest.seq, check.at_seq))
        report = await asyncio.to_thread(self._finish, check)
        found = tuple((each.seq, each.flaw.value) for each in report.problems)
        before = (await self._load()).record
        is_whole = begin == BEGINNING
        problems = found if is_whole else tuple(dict.fromkeys((*before.problems, *found)))
        now = self.now()
        record = ChainRecord(
            report.rows, report.head.seq, report.head.hash, now, before.whole_at, by, problems
        )
        await self._keep(Kept(replace(record, whole_at=now) if is_whole else record, check.anchor()))
        log.info("chain=checked rows=%d problems=%d", report.rows, len(found))

    def _step(self, check: ChainCheck) -> bool:
        with self.store.reading_engine.begin() as connection:
            return check.step(connection)

    def _finish(self, check: ChainCheck) -> AuditReport:
        with self.store.reading_engine.begin() as connection:
            return check.finish(connection)

    async def _load(self) -> Kept:
        settings = await asyncio.to_thread(self.store.reads.settings)
        return read_kept(settings.get(CHAIN_CHECK, ""))

    async def _keep(self, kept: Kept) -> None:
        text = write_kept(kept)
        await self.store.writer.run(lambda unit: unit.settings.put(CHAIN_CHECK, text))


def read_kept(text: str) -> Kept:
    if not text:
        return NOTHING_KEPT
    found = json.loads(text)
    record = ChainRecord(
        rows=found["rows"],
        head_seq=found["head"][0],
        head_hash=found["head"][1],
        checked_at=_instant(found["checked_at"]),
        whole_at=_instant(found["whole_at"]),
        by=found["by"],
        problems=tuple((seq, Flaw(flaw).value) for seq, flaw in found["problems"]),
    )
    anchor = Anchor(Head(record.head_seq, record.head_hash), record.rows, tuple(found["without_words"]))
    return Kept(record, anchor)


def write_kept(kept: Kept) -> str:
    record = kept.record
    return json.dumps(
        {
            "rows": record.rows,
            "head": [record.head_seq, record.head_hash],
            "checked_at": record.checked_at.isoformat() if record.checked_at else None,
            "whole_at": record.whole_at.isoformat() if record.whole_at else None,
            "by": record.by,
            "problems": record.problems,
            "without_words": kept.anchor.without_words,
        }
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
