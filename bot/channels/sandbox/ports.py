"""What the sandbox is handed by `app`: a clock that can be pushed, the tickets to watch, the windows to write in."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.channels.sandbox.feed import Feed
from bot.channels.sandbox.lines import Draft, Line
from bot.channels.sandbox.pictures import PictureBox
from routing.tickets import Ticket


class SandboxTime(Protocol):
    """The virtual clock: the real one plus what was pushed. Never runs backwards. All instants aware, UTC."""

    def now(self) -> datetime: ...

    def pushed(self) -> timedelta:
        """How far ahead of the real clock it is by now."""
        ...

    async def push(self, by: timedelta) -> datetime:
        """The new time. What falls due on the way happens in its order, each at its own time."""
        ...

    async def push_to_next_deadline(self) -> datetime | None:
        """The new time, just after the next deadline of any ticket; None when no ticket has one."""
        ...

    async def push_to_tomorrow(self) -> datetime:
        """The new time: the beginning of the next day's work."""
        ...

    async def next_deadline(self) -> datetime | None: ...

    async def rest(self) -> None:
        """Returns when everything that is due by now was done and its notices were shown."""
        ...


TicketsOf = Callable[[Sequence[str]], Awaitable[Sequence[Ticket]]]
"""The tickets that were reported at, or are now asked of, one of these nodes; newest first, a few dozen at most."""


class Board(Protocol):
    """The chat windows. Fulfilled by `windows.SandboxWindows`."""

    @property
    def feed(self) -> Feed: ...
    @property
    def pictures(self) -> PictureBox: ...

    async def keep(self, *drafts: Draft) -> Sequence[Line]:
        """Stores lines together and shows them. A known key stores and shows nothing and gives the line it had."""
        ...

    async def mutter(self, draft: Draft) -> Line:
        """Shows what people say among themselves, in memory only: the bot does not store chatter."""
        ...

    async def list_after(self, chat: str, *, after: int, limit: int) -> Sequence[Line]:
        """Lines of a window later than `after`, oldest first; `after` 0 gives the newest `limit` lines."""
        ...

    async def find(self, chat: str, line_id: int) -> Line | None: ...

    async def refresh(self) -> None:
        """Tells those who watch what other processes stored meanwhile."""
        ...
