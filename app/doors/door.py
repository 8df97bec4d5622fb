"""What the house needs to know of a channel: how it sends, where its callbacks arrive, and how updates find it."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass

from fastapi import APIRouter

from bot.channel import Channel, Receive

OnRefused = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Door:
    """`router` makes the callback's routes, None for a channel without; `arrive` runs until the event is set."""

    channel: Channel
    router: Callable[[Receive, OnRefused], APIRouter] | None
    arrive: Callable[[Receive, asyncio.Event], Coroutine[None, None, None]] | None
