"""The Telegram channel: sends, fetches pictures, and tends the account. Reading updates is not done here."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    GetFile,
    GetWebhookInfo,
    SendMessage,
    SetWebhook,
    TelegramMethod,
)
from aiohttp import ClientTimeout
from pydantic import BaseModel

from bot.channel import Abilities, LoadPicture, Outcome, Pace, SendError
from bot.channels.telegram.api import CALL_WITHIN, CARRY, TAP, Api
from bot.channels.telegram.inbound import CHANNEL, message_ref
from bot.channels.telegram.journeys import Journey, Journeys
from bot.channels.telegram.parts import TEXT_LIMIT
from bot.channels.telegram.render import render_picture, render_words
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.telegram.updates import READ_KINDS
from bot.channels.telegram.wording import Me
from routing.messages import Address, Attachment, Outbound

log = logging.getLogger(__name__)

MAX_FILE_BYTES = 10 * 1024 * 1024
LONG_POLL_SECONDS = 25
PICTURES_WITHIN_S = 8.0

# https://core.telegram.org/bots/faq: about 30 a second, 1 a second in one chat, 20 a minute in one group. We stay
# below, because a long text is several messages and the exact limits are not published.
ABILITIES = Abilities(
    has_buttons=True,
    has_pictures=True,
    writes_to_groups=True,
    is_keyed=False,
    max_bytes=TEXT_LIMIT,
    lane_pace=Pace(25, timedelta(seconds=1)),
    chat_pace=Pace(1, timedelta(seconds=1)),
    group_pace=Pace(18, timedelta(minutes=1)),
)

# What a message can do without when Telegram refuses it for that, by words of the refusal; the first match counts.
_SPARE = (
    ("reply_markup", ("button", "keyboard", "markup")),
    ("message_thread_id", ("thread", "topic")),
    ("reply_parameters", ("repl",)),
)


class _Account(BaseModel):
    id: int
    username: str = ""
    can_read_all_group_messages: bool = False


class _GetAccount(TelegramMethod[_Account]):
    __returning__ = _Account
    __api_method__ = "getMe"


class _GetRawUpdates(TelegramMethod[list[Any]]):
    """Not read as a whole, because one update of an unknown shape would take the batch with it."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None
    timeout: int
    allowed_updates: list[str]


class TelegramChannel:
    """Fulfils `bot.channel.Channel`. `now` is the clock that stamps taps, whose time Telegram does not tell."""

    def __init__(
        self,
        settings: TelegramSettings,
        *,
        load_picture: LoadPicture,
        now: Callable[[], datetime],
        call_within: timedelta = CALL_WITHIN,
    ) -> None:
        self.now = now
        self._settings = settings
        self._load_picture = load_picture
        self._api = Api(settings, call_within=call_within)
        self._me: Me | None = None
        self._journeys = Journeys()

    @property
    def name(self) -> str:
        return CHANNEL

    @property
    def account(self) -> str:
        return self._settings.account

    @property
    def abilities(self) -> Abilities:
        return ABILITIES

    async def close(self) -> None:
        await self._api.close()

    # --- sending ----------------------------------------------------------------------------------------------------

    async def send(self, address: Address, message: Outbound, *, key: str) -> str:
        """The reference of the last part, which has the buttons. Raises SendError."""
        calls = render_words(message, to=address)
        journey = self._journeys.resume(key, tuple(call.text for call in calls))
        try:
            for call in calls[len(journey.said) :]:
                journey.said.append(await self._say(call))
            reference = await self._show_all(message.pictures, journey, to=address)
        except SendError as error:
            if error.is_permanent:
                self._journeys.forget(key)
            raise
        self._journeys.forget(key)
        if reference is None:
            raise SendError(Outcome.REFUSED, "nothing that could be shown")
        return message_ref(address.chat, reference)

    async def _show_all(self, pictures: Sequence[int], journey: Journey, *, to: Address) -> int | None:
        """The id of what they stand under, or of the first of them. Those that take too long are left out: the whole
        send has its time, and the words must not be said again for a picture's sake."""
        reference = journey.last
        try:
            async with asyncio.timeout(PICTURES_WITHIN_S):
                for media_id in pictures[journey.pictures_tried :]:
                    shown = await self._show(media_id, to=to, under=reference)
                    journey.pictures_tried += 1
                    reference = reference if reference is not None else shown
        except TimeoutError:
            log.warning("channel=telegram pictures=late")
        return reference

    async def _say(self, call: SendMessage) -> int:
        try:
            return await self._api.show(call)
        except SendError as error:
            spare = _find_spare(call, error)
            if spare is None:
                raise
            log.warning("channel=telegram sent_without=%s", spare)
        return await self._api.show(call.model_copy(update={spare: None}))

    async def _show(self, media_id: int, *, to: Address, under: int | None) -> int | None:
        """None when the picture is missing or refused: the words stand without it."""
        try:
            picture = await self._load_picture(media_id)
            if not picture:
                raise LookupError(media_id)
            return await self._api.show(render_picture(picture, to=to, under=under), within=CARRY)
        except (LookupError, OSError) as error:
            log.warning("channel=telegram picture=%d missing=%s", media_id, type(error).__name__)
        except SendError as error:
            # Of a picture whose end is not known the words must not be said again.
            if error.outcome not in {Outcome.REFUSED, Outcome.UNKNOWN}:
                raise
            log.warning("channel=telegram picture=%d %s=%r", media_id, error.outcome, error.detail)
        return None

    async def acknowledge_tap(self, tap_id: str, text: str = "") -> None:
        """Stops the spinner on a tapped button, with a short notice if there is `text`. Never raises: a tap is
        answered or forgotten within seconds."""
        call = AnswerCallbackQuery(callback_query_id=tap_id, text=text[:200] or None)
        try:
            await self._api.write(call, within=TAP)
        except SendError as error:
            log.warning(
                "channel=telegram tap=unacknowledged outcome=%s detail=%r", error.outcome, error.detail
            )

    # --- fetching ---------------------------------------------------------------------------------------------------

    async def fetch(self, attachment: Attachment) -> bytes:
        file = await self._api.read(GetFile(file_id=attachment.handle))
        if file.file_path is None or (file.file_size or 0) > MAX_FILE_BYTES:
            raise SendError(Outcome.REFUSED, f"a file of more than {MAX_FILE_BYTES} bytes")
        return await self._api.download(file.file_path, limit=MAX_FILE_BYTES)

    async def list_updates(self, offset: int | None) -> list[Any]:
        """Waits up to 25 s for updates from `offset` on, which also tells Telegram to forget all earlier ones."""
        call = _GetRawUpdates(offset=offset, timeout=LONG_POLL_SECONDS, allowed_updates=list(READ_KINDS))
        return await self._api.read(call, within=ClientTimeout(total=LONG_POLL_SECONDS + 10, sock_connect=5))

    # --- the account ------------------------------------------------------------------------------------------------

    async def me(self) -> Me:
        """Asked once. Raises SendError."""
        if self._me is None:
            self._me = self._as_me(await self._api.read(_GetAccount()))
        return self._me

    def _as_me(self, account: _Account) -> Me:
        """The id is the token's, which also names the lane: a stand-in server may call its bot what it likes."""
        return Me(int(self.account), account.username)

    async def check(self) -> str:
        account = await self._api.read(_GetAccount())
        self._me = self._as_me(account)
        return " · ".join((f"@{account.username} ({account.id})", _privacy(account), await self._arrival()))

    async def _arrival(self) -> str:
        if self._settings.mode == "polling":
            return "polling"
        hook = await self._api.read(GetWebhookInfo())
        if hook.url != self._settings.webhook_url:
            return f"webhook is not set to {self._settings.webhook_url}"
        trouble = f", last error: {hook.last_error_message}" if hook.last_error_message else ""
        return f"webhook, {hook.pending_update_count} waiting{trouble}"

    async def set_webhook(self) -> None:
        """What waits at Telegram is kept and comes in. Raises SendError."""
        await self._api.write(
            SetWebhook(
                url=self._settings.webhook_url,
                secret_token=self._settings.webhook_secret,
                allowed_updates=list(READ_KINDS),
                drop_pending_updates=False,
            )
        )

    async def delete_webhook(self) -> None:
        """What waits at Telegram is kept for polling. Raises SendError."""
        await self._api.write(DeleteWebhook(drop_pending_updates=False))


def _find_spare(call: SendMessage, error: SendError) -> str | None:
    if error.outcome is not Outcome.REFUSED:
        return None
    complaint = error.detail.lower()
    for name, words in _SPARE:
        if any(word in complaint for word in words):
            return name if getattr(call, name) is not None else None
    return None


def _privacy(account: _Account) -> str:
    if account.can_read_all_group_messages:
        return "reads everything in its groups"
    return (
        "privacy mode is on: in groups it sees only what is addressed to it, unless it is an admin there "
        "(`listen: keywords` or `all` needs /setprivacy off and the bot added anew)"
    )
