"""A stand-in for api.weixin.qq.com that grants and forgets tokens, answers every code, and keeps what people saw."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import httpx
from fastapi import FastAPI, Request, Response

from bot.channel import LoadPicture
from bot.channels.wechat.sender import WechatChannel
from routing.messages import Address
from tests.bot.channels.wechat.front_door import NOON, a_vendor, settings_for

SECRET = "canary0secret0of0the0account0001"
TEMPLATE = "Invented-template_1"
RESIDENT = Address("wechat", a_vendor().app_id, "oResident1")
PICTURE = b"\xff\xd8\xff\xe0 a picture"


@dataclass
class StandIn:
    """`codes` are answered one a send before the sends go well; `token_codes` the same for grants."""

    codes: list[int] = field(default_factory=list)
    token_codes: list[int] = field(default_factory=list)
    refuses_all_tokens: bool = False
    expires_in: int = 7200
    granted: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    shown: list[Mapping[str, object]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    replies: dict[str, Response] = field(default_factory=dict)
    dead: set[str] = field(default_factory=set)

    def app(self) -> FastAPI:
        app = FastAPI()
        app.add_route("/cgi-bin/{path:path}", self.answer, methods=["GET", "POST"])
        return app

    async def answer(self, request: Request) -> Response:
        path = request.url.path
        self.calls.append(path)
        self.bodies.append(await request.body())
        if path == "/cgi-bin/stable_token":
            return self.grant(json.loads(self.bodies[-1]))
        token = request.query_params.get("access_token", "")
        if self.refuses_all_tokens or token not in self.granted or token in self.dead:
            return said({"errcode": 40001, "errmsg": "invalid credential, access_token is invalid rid: 1"})
        return self.replies.get(path) or self.serve(path)

    def grant(self, wish: Mapping[str, object]) -> Response:
        if self.token_codes:
            return said({"errcode": self.token_codes.pop(0), "errmsg": "invalid ip 203.0.113.7 rid: 1"})
        if wish != {**wish, "appid": a_vendor().app_id, "secret": SECRET, "grant_type": "client_credential"}:
            return said({"errcode": 40125, "errmsg": "invalid appsecret"})
        self.granted.append(f"canary-token-{len(self.granted)}")
        return said({"access_token": self.granted[-1], "expires_in": self.expires_in})

    def serve(self, path: str) -> Response:
        code = self.codes.pop(0) if self.codes else 0
        if code:
            return said({"errcode": code, "errmsg": f"refused hint: [{SECRET}] oResident1"})
        if path.endswith("/media/get"):
            return Response(PICTURE, media_type="image/jpeg")
        if path.endswith("/media/upload"):
            return said({"type": "image", "media_id": "Invented_media-1", "created_at": 1795500000})
        if path.endswith("/get_all_private_template"):
            content = "{{thing1.DATA}}\n编号：{{character_string2.DATA}}\n时间：{{time3.DATA}}\n状态：{{phrase4.DATA}}"
            return said(
                {"template_list": [{"template_id": TEMPLATE, "title": "工单提醒", "content": content}]}
            )
        self.shown.append(json.loads(self.bodies[-1]))
        return said({"errcode": 0, "errmsg": "ok", **({"msgid": 2000163836} if "template" in path else {})})


def said(answer: Mapping[str, object]) -> Response:
    # The vendor calls its JSON plain text.
    return Response(json.dumps(answer), media_type="text/plain")


class Vault:
    """What replicas share. A lease ends when a token is stored."""

    def __init__(self) -> None:
        self.stored: tuple[str, datetime] | None = None
        self.is_leased = False
        self.asked = 0

    async def read(self, lane: str) -> tuple[str, datetime] | None:
        await asyncio.sleep(0)  # as a real one does, it lets others run
        return self.stored

    async def lease_refresh(self, lane: str) -> bool:
        self.asked += 1
        was_leased, self.is_leased = self.is_leased, True
        return not was_leased

    async def store(self, lane: str, token: str, *, expires_at: datetime) -> None:
        self.stored = (token, expires_at)
        self.is_leased = False


class Ledger:
    """A window with `left` messages in it."""

    def __init__(self, left: int = 5) -> None:
        self.left = left
        self.asked: list[tuple[str, str]] = []

    async def use(self, lane: str, user: str) -> bool:
        self.asked.append((lane, user))
        self.left -= 1
        return self.left >= 0


def a_channel(
    stand_in: StandIn,
    *,
    vault: Vault | None = None,
    ledger: Ledger | None = None,
    now: datetime = NOON,
    transport: httpx.AsyncBaseTransport | None = None,
    load_picture: LoadPicture | None = None,
    **settings: str,
) -> WechatChannel:
    return WechatChannel(
        settings_for(a_vendor(), **{"app_secret": SECRET, "api_base": "http://stand-in", **settings}),
        tokens=vault or Vault(),
        windows=ledger or Ledger(),
        now=lambda: now,
        load_picture=load_picture,
        client=httpx.AsyncClient(transport=transport or httpx.ASGITransport(stand_in.app())),
    )
