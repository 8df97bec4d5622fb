"""The Telegram mirror's door: a webhook that is announced, or polling in turns. A vendor that is away stops nothing."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import APIRouter

from app.clock import Clock
from app.doors.door import Door, OnRefused
from app.settings import Settings
from app.stored_pictures import picture_loader
from bot.channel import Receive, SendError
from bot.channels.telegram.callback import build_router
from bot.channels.telegram.polling import back_off, poll
from bot.channels.telegram.sender import TelegramChannel
from storage.store import Store
from storage.writing.writer import Writer

log = logging.getLogger(__name__)

TURN_LASTS = timedelta(seconds=30)
BETWEEN_TURNS = 10.0


def open_door(settings: Settings, store: Store, clock: Clock, *, owner: str) -> Door:
    """Raises ValueError when Telegram is not configured."""
    telegram = settings.telegram
    if telegram is None:
        raise ValueError("Telegram is not configured")

    channel = TelegramChannel(telegram, load_picture=picture_loader(store), now=clock.now)

    def router(receive: Receive, on_refused: OnRefused) -> APIRouter:
        return build_router(
            telegram,
            receive,
            answer=channel.acknowledge_tap,
            me=channel.me,
            now=clock.now,
            on_refused=on_refused,
        )

    async def announce(receive: Receive, stop: asyncio.Event) -> None:
        await announce_webhook(channel, stop)

    if telegram.mode == "webhook":
        return Door(channel, router, announce, DeepLinks(channel))
    turns = _Turns(store.writer, f"{channel.name}:{channel.account}:poll", owner, clock.now)

    async def ask(receive: Receive, stop: asyncio.Event) -> None:
        await poll_in_turn(channel, receive, turns=turns, stop=stop)

    return Door(channel, None, ask, DeepLinks(channel))


@dataclass(frozen=True, slots=True)
class DeepLinks:
    """Fulfils `SceneLinks`: https://core.telegram.org/bots/features#deep-linking, which never end."""

    channel: TelegramChannel

    async def make_lasting(self, scene: str) -> str:
        return f"https://t.me/{(await self.channel.me()).username}?start={scene}"

    async def make_passing(self, scene: str, lasts: timedelta) -> str:
        return await self.make_lasting(scene)


async def announce_webhook(channel: TelegramChannel, stop: asyncio.Event) -> None:
    """Tells Telegram where to send updates, again and again until it has heard."""
    failures = 0
    while not stop.is_set():
        try:
            await channel.set_webhook()
        except SendError as error:
            failures += 1
            log.warning("telegram=webhook_not_set outcome=%s", error.outcome)
            await _pause(stop, back_off(failures))
            continue
        log.info("telegram=webhook_set")
        return


@dataclass(frozen=True, slots=True)
class _Turns:
    """Which replica polls: Telegram allows one poller for each bot."""

    writer: Writer
    lane: str
    owner: str
    now: Callable[[], datetime]

    async def take(self) -> bool:
        try:
            return await self.writer.run(
                lambda unit: unit.parcels.lease_lane(
                    self.lane, owner=self.owner, now=self.now(), lasts=TURN_LASTS
                )
            )
        except (ConnectionError, TimeoutError):
            return False


async def poll_in_turn(
    channel: TelegramChannel, receive: Receive, *, turns: _Turns, stop: asyncio.Event
) -> None:
    """Polls while this replica has the turn."""
    while not stop.is_set():
        if not await turns.take():
            await _pause(stop, BETWEEN_TURNS)
            continue
        ended = asyncio.Event()
        polling = asyncio.create_task(poll(channel, receive, stop=ended))
        while not stop.is_set() and await turns.take():
            await _pause(stop, BETWEEN_TURNS)
        ended.set()
        await asyncio.gather(polling, return_exceptions=True)


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
