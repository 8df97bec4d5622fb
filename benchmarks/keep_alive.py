"""A cheap load generator: ready-made requests over keep-alive connections, each sent when the last is answered.

Knows only as much HTTP/1.1 as the measured servers speak: a status line and a Content-Length.
"""

import asyncio
import gc
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import uvloop

_HEAD_END = b"\r\n\r\n"
_LENGTH = b"content-length:"


@dataclass(frozen=True, slots=True)
class Exchange:
    """`request` is its place in the list; `body` the answer's; `seconds` from the first byte out to the last one in."""

    request: int
    status: int
    body: bytes
    seconds: float


@dataclass(frozen=True, slots=True)
class Load:
    """All exchanges of one round, and how long the round took in all."""

    exchanges: tuple[Exchange, ...]
    seconds: float

    @property
    def rate(self) -> float:
        return len(self.exchanges) / self.seconds


def send_all(port: int, requests: Sequence[bytes], *, connections: int) -> Load:
    """Sends every request once; blocks. Raises ConnectionError when the server hangs up."""
    gc.collect()
    gc.disable()
    try:
        return uvloop.run(_send_all(port, requests, connections))
    finally:
        gc.enable()


async def _send_all(port: int, requests: Sequence[bytes], connections: int) -> Load:
    loop = asyncio.get_running_loop()
    waiting = iter(enumerate(requests))
    exchanges: list[Exchange] = []
    count = min(connections, len(requests))
    lines = [_Line(waiting, exchanges, loop.create_future()) for _ in range(count)]
    for each in lines:
        await loop.create_connection(lambda line=each: line, "127.0.0.1", port)  # type: ignore[misc]
    began = time.perf_counter()
    for each in lines:
        each.send_next()
    await asyncio.gather(*(each.done for each in lines))
    seconds = time.perf_counter() - began
    for each in lines:
        each.close()
    return Load(tuple(exchanges), seconds)


class _Line(asyncio.Protocol):
    """One connection: takes the next request as soon as it has its answer."""

    def __init__(
        self,
        waiting: Iterator[tuple[int, bytes]],
        exchanges: list[Exchange],
        done: "asyncio.Future[None]",
    ) -> None:
        self.done = done
        self._waiting = waiting
        self._exchanges = exchanges
        self._transport: asyncio.WriteTransport | None = None
        self._buffer = b""
        self._request = 0
        self._sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.WriteTransport, transport)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(ConnectionError("the server hung up"))

    def send_next(self) -> None:
        following = next(self._waiting, None)
        if following is None:
            self.done.set_result(None)
            return
        self._request, content = following
        self._sent_at = time.perf_counter()
        assert self._transport is not None
        self._transport.write(content)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, end, body = self._buffer.partition(_HEAD_END)
        if not end or len(body) < _length_of(head):
            return
        self._buffer = b""
        seconds = time.perf_counter() - self._sent_at
        self._exchanges.append(Exchange(self._request, int(head[9:12]), body, seconds))
        self.send_next()

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def _length_of(head: bytes) -> int:
    head = head.lower()
    start = head.index(_LENGTH) + len(_LENGTH)
    return int(head[start:].split(b"\r\n", 1)[0])
