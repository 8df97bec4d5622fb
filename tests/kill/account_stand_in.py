"""The vendor's API on a real port: grants tokens, takes its time, remembers what people were shown."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from starlette.requests import ClientDisconnect

from tests.kill.service import TEMPLATE, free_port

FIELDS = "{{thing1.DATA}}\n编号：{{character_string2.DATA}}\n时间：{{time3.DATA}}\n状态：{{phrase4.DATA}}"


@dataclass(frozen=True)
class Shown:
    """`words` is all that the person sees; `key` the vendor's own once-only key, where the message has one."""

    at: float
    user: str
    words: str
    key: str | None


@dataclass
class Account:
    """`slow` is how long each send takes, in seconds. A known key is answered and not shown again."""

    slow: float = 0.08
    port: int = field(default_factory=free_port)
    shown: list[Shown] = field(default_factory=list)
    repeats_dropped: int = 0
    _keys: set[str] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def answer(self, request: Request) -> Response:
        path = request.url.path
        try:
            body = await request.body()
        except ClientDisconnect:
            return Response(status_code=400)  # killed before it had said all
        if path.endswith("/stable_token"):
            return _say(access_token="canary-access-token", expires_in=7200)
        if path.endswith("/get_all_private_template"):
            return _say(template_list=[{"template_id": TEMPLATE, "title": "工单提醒", "content": FIELDS}])
        self._show(json.loads(body))
        await asyncio.sleep(self.slow)
        return _say(errcode=0, errmsg="ok", msgid=len(self.shown))

    def _show(self, message: dict[str, Any]) -> None:
        """Shown before it is answered: who dies in between does not know."""
        key = message.get("client_msg_id")
        if key and key in self._keys:
            self.repeats_dropped += 1
            return
        if key:
            self._keys.add(key)
        words = json.dumps(message, ensure_ascii=False)
        self.shown.append(Shown(time.monotonic(), message["touser"], words, key))

    @contextmanager
    def open(self) -> Iterator["Account"]:
        app = FastAPI()
        app.add_route("/cgi-bin/{path:path}", self.answer, methods=["GET", "POST"])
        server = uvicorn.Server(
            uvicorn.Config(app, port=self.port, log_level="error", lifespan="off", ws="none")
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield self
        finally:
            server.should_exit = True
            thread.join(10)


def _say(**answer: object) -> Response:
    return Response(json.dumps(answer, ensure_ascii=False), media_type="text/plain")
