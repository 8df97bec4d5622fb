"""Group commit: jobs from everywhere, few transactions. What one transaction does is in `batches`."""

import asyncio
import concurrent.futures
import logging
import queue
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

import sqlalchemy as sa

from routing.messages import Inbound
from storage.plan_shelf import PlanShelf
from storage.writing.batches import Session
from storage.writing.troubles import DATABASE_ERRORS, StoreUnavailable, Trouble, is_contradiction, trouble_of
from storage.writing.unit_of_work import Unit
from storage.writing.waiting_jobs import WaitingJob, answer_all

T = TypeVar("T")

LARGEST_BATCH = 200
# Together at most about two seconds, so that a vendor still gets its answer within the five that it waits.
_ATTEMPTS = 5
_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = 0.8

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WriterFigures:
    """`last_commit` is of the monotonic clock, None before the first; `waiting` is the length of the queue."""

    jobs: int
    batches: int
    failed_jobs: int
    repeated_batches: int
    unavailable: int
    waiting: int
    threads: int
    last_commit: float | None
    is_alive: bool


class Writer:
    """Jobs are plain functions of a `Unit` and may be run more than once before their result is given."""

    def __init__(
        self,
        engine: sa.Engine,
        *,
        threads: int,
        shelf: PlanShelf,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engine = engine
        self._shelf = shelf
        self._monotonic = monotonic
        self._queue: queue.SimpleQueue[WaitingJob | None] = queue.SimpleQueue()
        self._is_closing = threading.Event()
        self._count_lock = threading.Lock()
        self._jobs = self._batches = self._failed = self._repeated = self._unavailable = 0
        self._last_commit: float | None = None
        self._threads = [
            threading.Thread(target=self._serve, name=f"writer-{number}", daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    async def run(
        self, job: Callable[[Unit], T], *, within: timedelta | None = None, about: Inbound | None = None
    ) -> T:
        """The job's result, after the commit. `within`: a job that has not begun by then is not run and TimeoutError
        is raised; one under way is waited for. `about`: the message that the job takes in, so that what many such
        jobs ask for is asked once. An exception of the job undoes that job alone and is raised here.
        Raises StoreUnavailable when the database cannot be written."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        waiting = WaitingJob(job, future, loop=loop, about=about)
        self._put(waiting)
        alarm = loop.call_later(within.total_seconds(), waiting.expire) if within is not None else None
        try:
            return await future
        except asyncio.CancelledError:
            waiting.give_up()
            raise
        finally:
            if alarm is not None:
                alarm.cancel()

    def run_now(self, job: Callable[[Unit], T]) -> T:
        """The same for callers without an event loop; blocks."""
        future: concurrent.futures.Future[T] = concurrent.futures.Future()
        self._put(WaitingJob(job, future, loop=None))
        return future.result()

    async def close(self) -> None:
        """Refuses new jobs, does those that wait, then ends the threads."""
        self._stop_taking()
        await asyncio.to_thread(self._join)

    def close_now(self) -> None:
        self._stop_taking()
        self._join()

    def figures(self) -> WriterFigures:
        return WriterFigures(
            jobs=self._jobs,
            batches=self._batches,
            failed_jobs=self._failed,
            repeated_batches=self._repeated,
            unavailable=self._unavailable,
            waiting=self._queue.qsize(),
            threads=len(self._threads),
            last_commit=self._last_commit,
            is_alive=all(thread.is_alive() for thread in self._threads),
        )

    def _put(self, waiting: WaitingJob) -> None:
        if self._is_closing.is_set():
            raise StoreUnavailable("The writer is closing")
        self._queue.put(waiting)

    def _stop_taking(self) -> None:
        if not self._is_closing.is_set():
            self._is_closing.set()
            for _ in self._threads:
                self._queue.put(None)

    def _join(self) -> None:
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        session = Session(self._engine, shelf=self._shelf)
        is_open = True
        while is_open:
            batch, is_open = self._take()
            if batch:
                self._perform(batch, session)
                answer_all(batch)
        session.close()

    def _take(self) -> tuple[list[WaitingJob], bool]:
        """Waits for one job, then takes what else is there; False when it was the last."""
        batch: list[WaitingJob] = []
        waiting = self._queue.get()
        while waiting is not None:
            if waiting.begin():
                batch.append(waiting)
            if len(batch) >= LARGEST_BATCH:
                return batch, True
            try:
                waiting = self._queue.get_nowait()
            except queue.Empty:
                return batch, True
        return batch, False

    def _perform(self, batch: Sequence[WaitingJob], session: Session) -> None:
        """Leaves a result or an error in each job, whatever happens."""
        try:
            self._store(batch, session)
        except Exception as error:  # noqa: BLE001 - a defect of ours: the thread goes on, the callers hear it
            _log.exception("batch=failed jobs=%d", len(batch))
            _fail(batch, error)

    def _store(self, batch: Sequence[WaitingJob], session: Session) -> None:
        for attempt in range(_ATTEMPTS):
            error = self._try_to_commit(batch, session)
            if error is None:
                return
            trouble = trouble_of(error)
            _log.warning("batch=undone jobs=%d trouble=%s attempt=%d", len(batch), trouble.value, attempt + 1)
            if trouble in {Trouble.OWN, Trouble.CONFLICT} and len(batch) > 1:
                self._store_singly(batch, session)
                return
            if trouble is Trouble.OWN:
                _fail(batch, error)
                return
            if trouble is Trouble.FULL or attempt + 1 == _ATTEMPTS:
                self._give_up(batch, error)
                return
            self._repeated += 1
            self._pause(attempt)

    def _store_singly(self, batch: Sequence[WaitingJob], session: Session) -> None:
        """One by one nobody holds what another waits for, and a bad job fails alone."""
        self._repeated += 1
        for index, each in enumerate(batch):
            self._store([each], session)
            if isinstance(each.error, StoreUnavailable):
                # The others would only wait as long for the same.
                _fail(batch[index + 1 :], each.error)
                return

    def _try_to_commit(self, batch: Sequence[WaitingJob], session: Session) -> Exception | None:
        try:
            session.commit(batch)
        except DATABASE_ERRORS as error:
            return error
        self._note_commit(batch)
        return None

    def _give_up(self, batch: Sequence[WaitingJob], error: Exception) -> None:
        if is_contradiction(error):
            _fail(batch, error)  # nobody's race: the rows contradict each other every time
            return
        self._unavailable += len(batch)
        _log.error("batch=given_up jobs=%d error=%s", len(batch), type(error).__name__)
        _fail(batch, StoreUnavailable("The database could not be written"), cause=error)

    def _pause(self, attempt: int) -> None:
        longest = min(_FIRST_PAUSE * 2**attempt, _LONGEST_PAUSE)
        time.sleep(longest * random.uniform(0.5, 1))  # noqa: S311 - only so that replicas do not move in step

    def _note_commit(self, batch: Sequence[WaitingJob]) -> None:
        with self._count_lock:
            self._jobs += len(batch)
            self._batches += 1
            self._failed += sum(each.error is not None for each in batch)
            self._last_commit = self._monotonic()


def _fail(batch: Sequence[WaitingJob], error: Exception, *, cause: Exception | None = None) -> None:
    for each in batch:
        each.error = error
        each.error.__cause__ = cause or error.__cause__
