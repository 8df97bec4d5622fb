"""What the house needs to know of a channel: how it sends, where its callbacks arrive, and how updates find it."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from fastapi import APIRouter

from bot.channel import Channel, Receive

OnRefused = Callable[[str], None]


class SceneLinks(Protocol):
    """What a QR picture says that leads a person into a private chat with our account, with a scene. Both raise
    SendError."""

    async def make_lasting(self, scene: str) -> str:
        """For print: good for ever, and the same each time."""
        ...

    async def make_passing(self, scene: str, lasts: timedelta) -> str: ...


@dataclass(frozen=True, slots=True)
class Door:
    """`router` makes the callback's routes, None for a channel without; `arrive` runs until the event is set."""

    channel: Channel
    router: Callable[[Receive, OnRefused], APIRouter] | None
    arrive: Callable[[Receive, asyncio.Event], Coroutine[None, None, None]] | None
    scene_links: SceneLinks | None = None
