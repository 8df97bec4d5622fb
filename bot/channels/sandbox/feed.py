"""Who watches live: each open page has a queue, and everything that happens is put into all of them.

Nothing is stored here: a page that was away, or too slow, loads its windows again.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from bot.channels.sandbox.lines import Line

_BACKLOG = 500


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that pages show at once; `line` belongs to "line", "clock" says that the time was pushed, "cleared"
    that lines were erased, so that every window has to be loaded anew."""

    what: Literal["line", "clock", "cleared", "end"]
    line: Line | None = None


Watcher = asyncio.Queue[Happening]


class Feed:
    def __init__(self) -> None:
        self._watchers: set[Watcher] = set()
        self._is_closed = False

    @contextmanager
    def watch(self) -> Iterator[Watcher]:
        watcher: Watcher = asyncio.Queue(_BACKLOG)
        self._watchers.add(watcher)
        if self._is_closed:
            watcher.put_nowait(Happening("end"))
        try:
            yield watcher
        finally:
            self._watchers.discard(watcher)

    @property
    def watchers(self) -> int:
        return len(self._watchers)

    def tell(self, happening: Happening) -> None:
        for watcher in tuple(self._watchers):
            if watcher.full():
                self._dismiss(watcher)
            else:
                watcher.put_nowait(happening)

    def close(self) -> None:
        """Ends every stream, now and from now on: a server that shuts down waits for them."""
        self._is_closed = True
        for watcher in tuple(self._watchers):
            self._dismiss(watcher)

    def _dismiss(self, watcher: Watcher) -> None:
        self._watchers.discard(watcher)
        while not watcher.empty():
            watcher.get_nowait()
        watcher.put_nowait(Happening("end"))
