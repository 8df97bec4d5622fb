"""The real route with a desk behind it that remembers: every key is answered once and the same for ever after."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import httpx
from fastapi import FastAPI

from bot.channel import Answer, NotKnownError
from bot.channels.wechat.callback import ANSWER_WITHIN, PATH, build_router
from bot.channels.wechat.settings import WechatSettings
from routing.messages import Inbound, Outbound
from tests.wechat_vendor import WechatVendor

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
OLD_KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"


def a_vendor(**values: str) -> WechatVendor:
    return WechatVendor(clock=NOON.timestamp, **values)  # type: ignore[arg-type]


def settings_for(vendor: WechatVendor, **values: str) -> WechatSettings:
    known = {
        "app_id": vendor.app_id,
        "token": vendor.token,
        "aes_key": vendor.aes_key,
        "app_secret": "s" * 32,
    }
    return WechatSettings(**{**known, **values})  # type: ignore[arg-type]


class Desk:
    """Numbers tickets from 1024 and repeats an answer for a key it knows."""

    def __init__(self) -> None:
        self.inbounds: list[Inbound] = []
        self.answers: dict[str, Answer] = {}

    async def receive(self, inbound: Inbound) -> Answer:
        if inbound.known_only and inbound.key not in self.answers:
            raise NotKnownError("wechat")
        self.inbounds.append(inbound)
        return self.answers.setdefault(inbound.key, self.answer(inbound))

    def answer(self, inbound: Inbound) -> Answer:
        return Answer((Outbound(f"已受理，工单 {1024 + len(self.answers)}：{inbound.text}"),))


class FrontDoor:
    """Posts to the route; `refusals` are the reasons that were counted."""

    def __init__(
        self,
        settings: WechatSettings,
        receive: Callable[[Inbound], Awaitable[Answer]],
        *,
        now: datetime = NOON,
        answer_within: timedelta = ANSWER_WITHIN,
    ) -> None:
        self.refusals: list[str] = []
        self.app = FastAPI()
        self.app.include_router(
            build_router(
                settings,
                receive,
                now=lambda: now,
                on_refused=self.refusals.append,
                answer_within=answer_within,
            )
        )
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, raise_app_exceptions=True), base_url="http://liren.test"
        )

    async def post(self, query: dict[str, str], body: bytes, **headers: str) -> httpx.Response:
        return await self.client.post(f"{PATH}?{urlencode(query)}", content=body, headers=headers)

    async def get(self, query: dict[str, str]) -> httpx.Response:
        return await self.client.get(f"{PATH}?{urlencode(query)}")
