"""The route that the vendor calls: bounds, signature, decryption, parsing, age; then `receive`, then the answer.

What is wrong is refused with one short body and counted by reason. What a message means is not known here.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from fastapi import APIRouter, Request, Response
from starlette.requests import ClientDisconnect

from bot.channel import Answer, NotKnownError, NotStoredError, Receive
from bot.channels.wechat.boundary import Seal, Stamp, check_signature, is_too_old, open_with, seal_reply
from bot.channels.wechat.inbound import parse_inbound
from bot.channels.wechat.refusals import Reason, RefusedError
from bot.channels.wechat.render import render_passive, render_text
from bot.channels.wechat.settings import WechatSettings
from bot.channels.wechat.xml_fields import parse_fields, without_controls
from routing.messages import Inbound

_log = logging.getLogger(__name__)

PATH = "/callback/wechat"
MAX_BODY_BYTES = 64 * 1024
MAX_ECHO_CHARS = 512
# The vendor hangs up after 5 s, shows the person an error after three tries, and repeats what it did not get.
ANSWER_WITHIN = timedelta(seconds=4.5)
_PLAIN = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


def _count_nothing(_reason: str) -> None:
    """For those who keep no count of refusals."""


def build_router(
    settings: WechatSettings,
    receive: Receive,
    *,
    now: Callable[[], datetime],
    on_refused: Callable[[str], None] = _count_nothing,
    answer_within: timedelta = ANSWER_WITHIN,
) -> APIRouter:
    """`GET` and `POST /callback/wechat`. `on_refused` hears the reason (`Reason`) of each refusal."""
    callback = _Callback(settings, receive, now=now, on_refused=on_refused, answer_within=answer_within)
    router = APIRouter()
    # Plain routes: there is nothing here for FastAPI to inject, and it costs a third of the time of a call.
    router.add_route(PATH, callback.verify, methods=["GET"], include_in_schema=False)
    router.add_route(PATH, callback.take, methods=["POST"], include_in_schema=False)
    return router


class _Callback:
    def __init__(
        self,
        settings: WechatSettings,
        receive: Receive,
        *,
        now: Callable[[], datetime],
        on_refused: Callable[[str], None],
        answer_within: timedelta,
    ) -> None:
        keys = (settings.aes_key, settings.aes_key_previous)
        self._seals = tuple(Seal(key, app_id=settings.app_id) for key in keys if key)
        self._token = settings.token.encode()
        self._account = settings.app_id
        self._receive = receive
        self._now = now
        self._on_refused = on_refused
        self._answer_within = answer_within.total_seconds()

    async def verify(self, request: Request) -> Response:
        """The console's check of the address. In encrypted mode too it sends a plain `echostr` with `signature`."""
        query = request.query_params
        try:
            echo = query.get("echostr", "")
            if not 0 < len(echo) <= MAX_ECHO_CHARS:
                raise RefusedError(Reason.QUERY)
            check_signature(_stamp(query, "signature"), token=self._token)
        except RefusedError as refusal:
            return self._refuse(refusal)
        return _text(echo)

    async def take(self, request: Request) -> Response:
        try:
            async with asyncio.timeout(self._answer_within):
                return await self._take(request)
        except RefusedError as refusal:
            return self._refuse(refusal)
        except (NotStoredError, TimeoutError):
            _log.warning("wechat callback outcome=not_stored")
            return _text("busy", status=503)

    async def _take(self, request: Request) -> Response:
        query = request.query_params
        if query.get("encrypt_type") != "aes" or "msg_signature" not in query:
            raise RefusedError(Reason.NOT_ENCRYPTED)
        stamp = _stamp(query, "msg_signature")
        encrypted = parse_fields(await self._read(request)).get("Encrypt")
        if not encrypted:
            raise RefusedError(Reason.NOT_ENCRYPTED)
        check_signature(stamp, token=self._token, encrypted=encrypted)
        is_stale = is_too_old(stamp, now=self._now())
        xml, seal = open_with(self._seals, encrypted)
        fields = parse_fields(without_controls(xml))
        inbound = parse_inbound(fields, account=self._account)
        answer = await (self._recall(inbound) if is_stale else self._hear(inbound))
        return self._reply(answer, fields=fields, seal=seal)

    async def _hear(self, inbound: Inbound | None) -> Answer:
        return await self._receive(inbound) if inbound else Answer()

    async def _recall(self, inbound: Inbound | None) -> Answer:
        """Signed by the vendor, but long ago: the answer of the first time, if there was a first time."""
        if inbound is None:
            raise RefusedError(Reason.STALE)
        try:
            return await self._receive(replace(inbound, known_only=True))
        except NotKnownError:
            raise RefusedError(Reason.STALE) from None

    async def _read(self, request: Request) -> bytes:
        """Half of the time is for the body, the other for the store."""
        try:
            async with asyncio.timeout(self._answer_within / 2):
                return await _read_body(request)
        except TimeoutError:
            raise RefusedError(Reason.SLOW_BODY) from None

    def _reply(self, answer: Answer, *, fields: Mapping[str, str], seal: Seal) -> Response:
        text = render_text(answer.messages)
        if not text:
            return _text("success")
        now = self._now()
        xml = render_passive(text, to=fields["FromUserName"], sender=fields["ToUserName"], now=now)
        return Response(seal_reply(xml, seal=seal, token=self._token, now=now), media_type="application/xml")

    def _refuse(self, refusal: RefusedError) -> Response:
        self._on_refused(refusal.reason)
        _log.info("wechat callback outcome=refused reason=%s", refusal.reason)
        return _text("refused", status=refusal.status)


def _stamp(query: Mapping[str, str], signature_name: str) -> Stamp:
    stamp = Stamp(query.get(signature_name, ""), query.get("timestamp", ""), query.get("nonce", ""))
    stamp.check_form()
    return stamp


async def _read_body(request: Request) -> bytes:
    """At most 64 KiB, counted as it comes: a declared length may lie."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and (len(declared) > 9 or int(declared) > MAX_BODY_BYTES):
        raise RefusedError(Reason.TOO_LARGE)
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY_BYTES:
                raise RefusedError(Reason.TOO_LARGE)
    except ClientDisconnect:
        raise RefusedError(Reason.SLOW_BODY) from None
    return bytes(body)


def _text(body: str, *, status: int = 200) -> Response:
    return Response(body, status_code=status, media_type="text/plain", headers=_PLAIN)
