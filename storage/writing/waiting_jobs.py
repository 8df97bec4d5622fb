"""A job between the one who asked for it and the thread that runs it: begun once, answered once."""

import asyncio
import concurrent.futures
import contextlib
import threading
from collections.abc import Callable, Iterable
from typing import Any

from routing.messages import Inbound
from storage.writing.unit_of_work import Unit

Job = Callable[[Unit], Any]


class WaitingJob:
    """`future` belongs to `loop`, or to a thread when there is no loop. `about`: the message that the job takes in."""

    __slots__ = ("_once", "about", "error", "future", "job", "loop", "result")

    def __init__(
        self,
        job: Job,
        future: "asyncio.Future[Any] | concurrent.futures.Future[Any]",
        *,
        loop: asyncio.AbstractEventLoop | None,
        about: Inbound | None = None,
    ) -> None:
        self.job = job
        self.about = about
        self.future = future
        self.loop = loop
        self.result: Any = None
        self.error: BaseException | None = None
        self._once = threading.Lock()

    def begin(self) -> bool:
        """False when the one who asked has given up."""
        return self._once.acquire(blocking=False)

    def give_up(self) -> bool:
        """False when it has begun already and will be answered."""
        return self._once.acquire(blocking=False)

    def expire(self) -> None:
        """In the loop that the future belongs to: one that has begun is waited for."""
        if not self.future.done() and self.give_up():
            self.future.set_exception(TimeoutError("The job had not begun in time"))

    def answer(self) -> None:
        """In the thread or loop that the future belongs to."""
        if self.future.done():
            return
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


def answer_all(jobs: Iterable[WaitingJob]) -> None:
    """From the writer's thread: one call for each loop, because each wakes that loop."""
    by_loop: dict[asyncio.AbstractEventLoop, list[WaitingJob]] = {}
    for each in jobs:
        if each.loop is None:
            each.answer()
        else:
            by_loop.setdefault(each.loop, []).append(each)
    for loop, its_jobs in by_loop.items():
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits there any more
            loop.call_soon_threadsafe(_answer_each, its_jobs)


def _answer_each(jobs: list[WaitingJob]) -> None:
    for each in jobs:
        each.answer()
