"""The live stream of the page (server-sent events): lines of any window, and the clock when it was pushed."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable

from bot.channels.sandbox.feed import Feed, Happening
from bot.channels.sandbox.render import render_line

# A comment after so many quiet looks keeps proxies from closing the stream.
_BEATS = 7

ClockText = Callable[[], Awaitable[str]]


async def stream_events(
    feed: Feed, refresh: Callable[[], Awaitable[None]], clock: ClockText, *, lasts: float, look_every: float
) -> AsyncIterator[str]:
    """Begins with the clock; ends after `lasts` (the page resumes), when the page is too slow, or at shutdown.

    Both times in seconds.
    """
    loop = asyncio.get_running_loop()
    until, quiet = loop.time() + lasts, 0
    await refresh()
    with feed.watch() as watcher:
        yield "retry: 1000\n" + _event("clock", await clock())
        while loop.time() < until:
            happening = await _next(watcher, look_every)
            if happening is None:
                await refresh()
                quiet += 1
                if quiet % _BEATS == 0:
                    yield ": quiet\n\n"
            elif happening.what == "end":
                return
            else:
                yield await _render(happening, clock)


async def _next(watcher: asyncio.Queue[Happening], patience: float) -> Happening | None:
    try:
        return await asyncio.wait_for(watcher.get(), patience)
    except TimeoutError:
        return None


async def _render(happening: Happening, clock: ClockText) -> str:
    if happening.what == "cleared":
        return _event("cleared", "{}")
    if happening.line is None:
        return _event("clock", await clock())
    return _event("line", json.dumps(render_line(happening.line), ensure_ascii=False))


def _event(name: str, data: str) -> str:
    return f"event: {name}\ndata: {data}\n\n"
