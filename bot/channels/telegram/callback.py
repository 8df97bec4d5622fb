"""The webhook: Telegram's POST → one `Inbound`, stored before it is answered. What is answered goes by the outbox."""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from http import HTTPStatus

from aiogram.types import Update
from fastapi import APIRouter, Request, Response
from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect

from bot.channel import NotStoredError, Receive, SendError
from bot.channels.telegram.inbound import to_inbound
from bot.channels.telegram.settings import CALLBACK_PATH, TelegramSettings
from bot.channels.telegram.updates import MisshapenUpdateError, needs_username, parse_update
from bot.channels.telegram.wording import Me
from routing.messages import Inbound

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (the header's name)
MAX_BODY_BYTES = 1024 * 1024

# Telegram sends what it has at once; who trickles only holds a connection.
BODY_WITHIN_SECONDS = 10

AcknowledgeTap = Callable[[str, str], Awaitable[None]]
WhoAmI = Callable[[], Awaitable[Me]]


class _RefusedError(Exception):
    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def _count_nothing(_reason: str) -> None:
    """For those who keep no count of refusals."""


def build_router(
    settings: TelegramSettings,
    receive: Receive,
    *,
    answer: AcknowledgeTap,
    me: WhoAmI,
    now: Callable[[], datetime],
    on_refused: Callable[[str], None] = _count_nothing,
) -> APIRouter:
    """`POST /callback/telegram`. `answer` and `me` are the channel's `acknowledge_tap` and `me`. `on_refused` hears
    the reason of each refusal: secret, size, body, update, or misshapen, which is answered all the same."""
    callback = _Callback(settings, receive, answer=answer, me=me, now=now, on_refused=on_refused)
    router = APIRouter()
    router.add_route(CALLBACK_PATH, callback.take, methods=["POST"], include_in_schema=False)
    return router


class _Callback:
    def __init__(
        self,
        settings: TelegramSettings,
        receive: Receive,
        *,
        answer: AcknowledgeTap,
        me: WhoAmI,
        now: Callable[[], datetime],
        on_refused: Callable[[str], None],
    ) -> None:
        self._secret = settings.webhook_secret
        self._nameless = Me(int(settings.account))
        self._receive = receive
        self._answer = answer
        self._me = me
        self._now = now
        self._on_refused = on_refused

    async def take(self, request: Request) -> Response:
        """Telegram repeats, for a while, what is not answered with 2xx."""
        try:
            return await self._take(request)
        except MisshapenUpdateError:
            # It would come again and again, and hold up what follows it.
            self._on_refused("misshapen")
            log.warning("telegram callback outcome=left reason=misshapen")
            return Response()
        except _RefusedError as refusal:
            self._on_refused(refusal.reason)
            log.info("telegram callback outcome=refused reason=%s", refusal.reason)
            return Response("refused", status_code=refusal.status, media_type="text/plain")
        except (NotStoredError, SendError) as error:
            log.warning("telegram callback outcome=not_stored error=%s", type(error).__name__)
            return Response("busy", status_code=HTTPStatus.SERVICE_UNAVAILABLE, media_type="text/plain")

    async def _take(self, request: Request) -> Response:
        _check_secret(request, self._secret)
        update = _parse(await _read_body(request))
        me = await self._me() if needs_username(update) else self._nameless
        inbound = _as_inbound(update, me, now=self._now())
        if inbound is not None:
            await self._receive(inbound)
        return Response(background=_acknowledgement(update, self._answer))


def _check_secret(request: Request, secret: str | None) -> None:
    # As bytes: compare_digest refuses texts that are not ASCII, and headers arrive as Latin-1.
    given = request.headers.get(SECRET_HEADER, "").encode("latin-1")
    if secret is None or not hmac.compare_digest(given, secret.encode()):
        raise _RefusedError(HTTPStatus.UNAUTHORIZED, "secret")


async def _read_body(request: Request) -> bytes:
    """Counted while it comes in: the length that the sender claims is only its word."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_WITHIN_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_BODY_BYTES:
                    raise _RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "size")
    except (ClientDisconnect, TimeoutError):
        raise _RefusedError(HTTPStatus.BAD_REQUEST, "body") from None
    return bytes(body)


def _parse(body: bytes) -> Update:
    try:
        return parse_update(body)
    except MisshapenUpdateError:
        raise
    except ValueError:
        raise _RefusedError(HTTPStatus.BAD_REQUEST, "update") from None


def _as_inbound(update: Update, me: Me, *, now: datetime) -> Inbound | None:
    try:
        return to_inbound(update, me, now=now)
    except ValueError as error:
        raise MisshapenUpdateError(str(error)) from error


def _acknowledgement(update: Update, answer: AcknowledgeTap) -> BackgroundTask | None:
    """After the response, so that a slow answer of Telegram's holds up nothing."""
    tap = update.callback_query
    return BackgroundTask(answer, tap.id, "") if tap is not None else None
