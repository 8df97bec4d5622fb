"""How Telegram's updates find us: by a webhook that is announced, or by asking. A vendor that is away stops nothing."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.channel import Receive, SendError
from bot.channels.telegram.polling import back_off, poll
from bot.channels.telegram.sender import TelegramChannel
from storage.writer import Writer

log = logging.getLogger(__name__)

TURN_LASTS = timedelta(seconds=30)
BETWEEN_TURNS = 10.0


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


async def poll_in_turn(
    channel: TelegramChannel,
    receive: Receive,
    *,
    writer: Writer,
    owner: str,
    now: Callable[[], datetime],
    stop: asyncio.Event,
) -> None:
    """Polls while this replica has the turn: Telegram allows one poller for each bot."""
    lane = f"telegram:{channel.account}:poll"
    while not stop.is_set():
        if not await _take_turn(writer, lane, owner=owner, now=now):
            await _pause(stop, BETWEEN_TURNS)
            continue
        ended = asyncio.Event()
        polling = asyncio.create_task(poll(channel, receive, stop=ended))
        while not stop.is_set() and await _take_turn(writer, lane, owner=owner, now=now):
            await _pause(stop, BETWEEN_TURNS)
        ended.set()
        await asyncio.gather(polling, return_exceptions=True)


async def _take_turn(writer: Writer, lane: str, *, owner: str, now: Callable[[], datetime]) -> bool:
    try:
        return await writer.run(
            lambda unit: unit.parcels.lease_lane(lane, owner=owner, now=now(), lasts=TURN_LASTS)
        )
    except (ConnectionError, TimeoutError):
        return False


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
