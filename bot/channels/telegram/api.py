"""The one door to Telegram's API: every call has its time limit, every failure is a `SendError`, nothing is redirected.

What the calls say and what their answers mean for us is not decided here.
"""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, TypeVar

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, ClientDecodeError
from aiogram.methods import Response, TelegramMethod
from aiogram.types import Message
from aiohttp import ClientError, ClientTimeout

from bot.channel import Outcome, SendError
from bot.channels.telegram.api_errors import UnreadableAnswerError, as_send_error
from bot.channels.telegram.settings import TelegramSettings

T = TypeVar("T")

_CONNECT_SECONDS = 5
CALL_WITHIN = timedelta(seconds=12)
CARRY = ClientTimeout(total=60, sock_connect=_CONNECT_SECONDS)
TAP = ClientTimeout(total=5, sock_connect=_CONNECT_SECONDS)

_CHUNK = 64 * 1024
_OK = 200
_SERVER_FAULTS = 500
_FILE_PATH = re.compile(r"(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_./-]*")


class _Session(AiohttpSession):
    def check_response(
        self, bot: Bot, method: TelegramMethod[T], status_code: int, content: str
    ) -> Response[T]:
        try:
            return super().check_response(bot, method, status_code, content)
        except ClientDecodeError as error:
            raise UnreadableAnswerError(status_code, message_id=_find_message_id(error.data)) from None
        except TypeError:
            # aiogram looks into a description that a 5xx need not have.
            raise UnreadableAnswerError(status_code) from None


class Api:
    """Closed by `close`. Errors are raised `from None`, because the client's own texts may show the token."""

    def __init__(self, settings: TelegramSettings, *, call_within: timedelta = CALL_WITHIN) -> None:
        patience = ClientTimeout(total=call_within.total_seconds(), sock_connect=_CONNECT_SECONDS)
        self._session = _Session(api=TelegramAPIServer.from_base(settings.api_base), timeout=patience)
        self._bot = Bot(settings.token, session=self._session)

    async def write(self, method: TelegramMethod[T], *, within: ClientTimeout | None = None) -> T:
        """Raises SendError."""
        try:
            return await self._ask(method, within)
        except AiogramError as error:
            raise as_send_error(error) from None

    async def show(self, method: TelegramMethod[Message], *, within: ClientTimeout | None = None) -> int:
        """The new message's id, also from an answer that is odd in a field we never read. Raises SendError."""
        try:
            return (await self._ask(method, within)).message_id
        except AiogramError as error:
            if isinstance(error, UnreadableAnswerError) and error.message_id is not None:
                return error.message_id
            raise as_send_error(error) from None

    async def read(self, method: TelegramMethod[T], *, within: ClientTimeout | None = None) -> T:
        """As `write`, but asking again does no harm: what is UNKNOWN there is RETRY_LATER here."""
        try:
            return await self.write(method, within=within)
        except SendError as error:
            if error.outcome is not Outcome.UNKNOWN:
                raise
            raise SendError(Outcome.RETRY_LATER, error.detail) from None

    async def _ask(self, method: TelegramMethod[T], within: ClientTimeout | None) -> T:
        # aiogram says int but hands it on to aiohttp as it is; a bare number would drop the limit for connecting.
        patience: Any = within
        return await self._bot(method, request_timeout=patience)

    async def download(self, path: str, *, limit: int) -> bytes:
        """The file behind getFile's path, at most `limit` bytes, from the API's own host. Raises SendError."""
        if not _FILE_PATH.fullmatch(path):
            raise SendError(Outcome.REFUSED, "a file path of no known form")
        url = self._session.api.file_url(self._bot.token, path)
        client = await self._session.create_session()
        try:
            async with client.get(url, timeout=CARRY, allow_redirects=False) as answer:
                _check_status(answer.status)
                return await _read_up_to(limit, answer.content.iter_chunked(_CHUNK))
        except (ClientError, TimeoutError) as error:
            raise SendError(Outcome.RETRY_LATER, f"download: {type(error).__name__}") from None

    async def close(self) -> None:
        await self._session.close()


def _find_message_id(answer: Any) -> int | None:
    match answer:
        case {"ok": True, "result": {"message_id": int(message_id)}}:
            return message_id
        case _:
            return None


def _check_status(status: int) -> None:
    if status == _OK:
        return
    outcome = Outcome.RETRY_LATER if status >= _SERVER_FAULTS else Outcome.REFUSED
    raise SendError(outcome, f"download: status {status}")


async def _read_up_to(limit: int, chunks: AsyncIterator[bytes]) -> bytes:
    taken = bytearray()
    async for chunk in chunks:
        taken += chunk
        if len(taken) > limit:
            raise SendError(Outcome.REFUSED, f"a file of more than {limit} bytes")
    return bytes(taken)
