"""Long polling: the way in for a bot that Telegram can not reach. An update counts as read once it is stored."""

import asyncio
import json
import logging
import random
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from aiogram.types import Update

from bot.channel import NotStoredError, Receive, SendError
from bot.channels.telegram.inbound import to_inbound
from bot.channels.telegram.sender import TelegramChannel
from bot.channels.telegram.updates import needs_username, parse_update
from bot.channels.telegram.wording import Me
from routing.messages import Inbound

log = logging.getLogger(__name__)

T = TypeVar("T")

_MAX_DOUBLINGS = 6
MAX_BACK_OFF_SECONDS = 60.0
# So often is an update tried that our own code stumbles over; then it is left, or it would block all behind it.
MAX_TRIES = 5

_dice = random.SystemRandom()


def back_off(failures: int) -> float:
    """Seconds to wait after so many failures in a row: doubling up to a minute, with jitter."""
    return min(2.0 ** min(failures, _MAX_DOUBLINGS), MAX_BACK_OFF_SECONDS) * _dice.uniform(0.5, 1)


async def poll(
    channel: TelegramChannel,
    receive: Receive,
    *,
    stop: asyncio.Event,
    pause: Callable[[int], float] = back_off,
) -> None:
    """Until `stop`, which also ends a poll under way. Webhook and polling exclude each other, so the webhook goes."""
    poller = _Poller(channel, receive, stop=stop)
    failures = 0
    while not stop.is_set():
        if await poller.take_turn():
            failures = 0
            continue
        failures += 1
        await _wait(stop, max(pause(failures), poller.asked_to_wait))


class _Poller:
    def __init__(self, channel: TelegramChannel, receive: Receive, *, stop: asyncio.Event) -> None:
        self.asked_to_wait = 0.0
        self._channel = channel
        self._receive = receive
        self._stop = stop
        self._offset: int | None = None
        self._has_deleted_webhook = False
        self._tries = 0

    async def take_turn(self) -> bool:
        """False: something failed, wait before the next turn."""
        self.asked_to_wait = 0.0
        try:
            updates = await self._unless_stopped(self._fetch())
        except SendError as error:
            log.warning("channel=telegram poll=failed outcome=%s detail=%r", error.outcome, error.detail)
            if error.retry_after is not None:
                self.asked_to_wait = error.retry_after.total_seconds()
            return False
        return updates is None or await self._take_all(updates)

    async def _fetch(self) -> list[Any]:
        if not self._has_deleted_webhook:
            await self._delete_webhook()
        return await self._channel.list_updates(self._offset)

    async def _delete_webhook(self) -> None:
        """A server of one's own need not know webhooks; where there is one all the same, getUpdates will say so."""
        try:
            await self._channel.delete_webhook()
        except SendError as error:
            if not error.is_permanent:
                raise
            log.warning("channel=telegram webhook=kept detail=%r", error.detail)
        self._has_deleted_webhook = True

    async def _take_all(self, updates: list[Any]) -> bool:
        is_moving = not updates
        for raw in updates:
            if self._stop.is_set():
                return True
            update_id = _find_id(raw)
            if update_id is None:
                log.warning("channel=telegram update=nameless skipped")
                continue
            if not await self._take(raw, update_id):
                return False
            self._offset = update_id + 1
            self._tries = 0
            is_moving = True
        return is_moving

    async def _take(self, raw: object, update_id: int) -> bool:
        """False: the same update must come again."""
        try:
            update = parse_update(json.dumps(raw).encode())
            inbound = to_inbound(update, await self._who(update), now=self._channel.now())
        except ValueError:
            log.warning("channel=telegram update=%d unreadable", update_id)
            return True
        except SendError as error:
            log.warning("channel=telegram update=%d put_off=%r", update_id, error.detail)
            return False
        if inbound is None:
            return True
        if not await self._store(inbound, update_id):
            return False
        if update.callback_query is not None:
            await self._channel.acknowledge_tap(update.callback_query.id)
        return True

    async def _who(self, update: Update) -> Me:
        return await self._channel.me() if needs_username(update) else Me(int(self._channel.account))

    async def _store(self, inbound: Inbound, update_id: int) -> bool:
        try:
            await self._receive(inbound)
        except NotStoredError:
            log.warning("channel=telegram update=%d not_stored", update_id)
            return False
        except Exception as error:  # noqa: BLE001  (whatever it is, it must not end the polling)
            self._tries += 1
            log.warning(
                "channel=telegram update=%d try=%d bug=%s", update_id, self._tries, type(error).__name__
            )
            return self._tries >= MAX_TRIES
        return True

    async def _unless_stopped(self, work: Coroutine[Any, Any, T]) -> T | None:
        """None: `stop` came first."""
        call = asyncio.ensure_future(work)
        stopped = asyncio.ensure_future(self._stop.wait())
        try:
            await asyncio.wait({call, stopped}, return_when=asyncio.FIRST_COMPLETED)
            return call.result() if call.done() else None
        finally:
            call.cancel()
            stopped.cancel()
            await asyncio.gather(call, stopped, return_exceptions=True)


def _find_id(raw: object) -> int | None:
    update_id = raw.get("update_id") if isinstance(raw, dict) else None
    return update_id if isinstance(update_id, int) else None


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
