"""A stand-in for Telegram's API on loopback, as strict as the real one where we rely on it, and able to misbehave.

async with TelegramVendor() as vendor:
    settings = vendor.settings()
    vendor.will("sendMessage", flood(7), forbidden())
    ...
    assert vendor.shown[0].text == "工单 #1024 已受理"
"""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal, Self

from aiohttp import web

from bot.channels.telegram.settings import TelegramSettings

TOKEN = "123456:AAF-nobodys_token"
SECRET = "nobodys-secret_1"
BOT_ID = 123456
USERNAME = "liren_bot"


@dataclass(frozen=True, slots=True)
class Fault:
    """`shows`: people see the message although the call fails."""

    manner: Literal["answer", "hang", "reset"] = "answer"
    status: int = 200
    body: str = ""
    shows: bool = False


def answers(status: int, description: str, **parameters: int) -> Fault:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Fault(status=status, body=json.dumps(body))


def flood(seconds: int) -> Fault:
    return answers(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def forbidden(why: str = "bot was blocked by the user") -> Fault:
    return answers(403, f"Forbidden: {why}")


def bad_request(why: str) -> Fault:
    return answers(400, f"Bad Request: {why}")


def migrated(to: int) -> Fault:
    return answers(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=to)


def page(status: int) -> Fault:
    """What a proxy in between answers."""
    return Fault(status=status, body=f"<html><h1>{status}</h1></html>")


def hang(*, shows: bool = True) -> Fault:
    """Never answers (until the stand-in is closed)."""
    return Fault("hang", shows=shows)


def reset(*, shows: bool = True) -> Fault:
    return Fault("reset", shows=shows)


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it came in. Fields that hold JSON are left as text."""

    method: str
    fields: Mapping[str, str]
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def chat(self) -> str:
        return self.fields["chat_id"]

    @property
    def text(self) -> str:
        return self.fields.get("text", "")

    def json(self, name: str) -> Any:
        return json.loads(self.fields[name]) if name in self.fields else None

    @property
    def says(self) -> list[list[str]]:
        """What the buttons say, row by row."""
        keyboard = self.json("reply_markup")
        return (
            [[key["callback_data"] for key in row] for row in keyboard["inline_keyboard"]] if keyboard else []
        )


class TelegramVendor:
    """`calls` is everything that came in; `shown` are the messages that people saw, in order."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.shown: list[Call] = []
        self.webhook: Mapping[str, str] = {}
        self.reads_all_group_messages = True
        self.base_url = ""
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._files: dict[str, tuple[str, bytes]] = {}
        self._updates: list[Any] = []
        self._changed = asyncio.Event()
        self._closing = asyncio.Event()
        self._called: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._last_message_id = 1000

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_post("/bot{token}/{method}", self._take)
        app.router.add_get("/file/bot{token}/{path:.+}", self._give_file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.base_url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._changed.set()
        await self._runner.cleanup()

    def settings(self, mode: Literal["webhook", "polling"] = "webhook") -> TelegramSettings:
        return TelegramSettings(TOKEN, SECRET, api_base=self.base_url, mode=mode)

    # --- what a test arranges ---------------------------------------------------------------------------------------

    def will(self, method: str, *faults: Fault) -> None:
        """The next calls of the method end like this, in order; later ones succeed again."""
        self._faults[method].extend(faults)

    def add_file(self, file_id: str, content: bytes, *, path: str = "photos/file_1.jpg") -> None:
        self._files[file_id] = (path, content)

    def push(self, *updates: Any) -> None:
        """What getUpdates hands out, until a later offset confirms it."""
        self._updates.extend(updates)
        self._changed.set()

    @property
    def unconfirmed(self) -> list[Any]:
        return list(self._updates)

    def list_calls(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    async def called(self, method: str) -> None:
        """Waits until the method has been called at least once."""
        async with asyncio.timeout(10):
            await self._called[method].wait()

    # --- what the client meets --------------------------------------------------------------------------------------

    async def _take(self, request: web.Request) -> web.StreamResponse:
        call = await _read(request)
        self.calls.append(call)
        self._called[call.method].set()
        if request.match_info["token"] != TOKEN:
            return _respond(answers(401, "Unauthorized"))
        if self._faults[call.method]:
            return await self._fail(request, call, self._faults[call.method].popleft())
        handler = getattr(self, f"_on_{call.method}", None)
        if handler is None:
            return _respond(answers(404, "Not Found"))
        outcome = await handler(call)
        return _respond(outcome) if isinstance(outcome, Fault) else _succeed(outcome)

    async def _fail(self, request: web.Request, call: Call, fault: Fault) -> web.StreamResponse:
        if fault.shows:
            self.shown.append(call)
        if fault.manner == "reset":
            assert request.transport is not None
            request.transport.abort()
        if fault.manner == "hang":
            await self._closing.wait()
        return _respond(fault)

    async def _on_sendMessage(self, call: Call) -> Any:  # noqa: N802  (Telegram's name)
        return _find_fault(call) or self._show(call, {"text": call.text})

    async def _on_sendPhoto(self, call: Call) -> Any:  # noqa: N802
        size = {"file_id": "AgAC", "file_unique_id": "AQAD", "width": 90, "height": 67}
        return self._show(call, {"photo": [size]})

    def _show(self, call: Call, content: Mapping[str, Any]) -> dict[str, Any]:
        self.shown.append(call)
        self._last_message_id += 1
        chat = int(call.chat)
        kind = {"type": "supergroup", "title": "群"} if chat < 0 else {"type": "private", "first_name": "某"}
        return {
            "message_id": self._last_message_id,
            "from": {"id": BOT_ID, "is_bot": True, "first_name": "里仁", "username": USERNAME},
            "chat": {"id": chat, **kind},
            "date": 1764064316,
            **content,
        }

    async def _on_answerCallbackQuery(self, call: Call) -> Any:  # noqa: N802
        return True

    async def _on_getMe(self, call: Call) -> Any:  # noqa: N802
        return {
            "id": BOT_ID,
            "is_bot": True,
            "first_name": "里仁",
            "username": USERNAME,
            "can_join_groups": True,
            "can_read_all_group_messages": self.reads_all_group_messages,
        }

    async def _on_getFile(self, call: Call) -> Any:  # noqa: N802
        if call.fields["file_id"] not in self._files:
            return bad_request("wrong file_id or the file is temporarily unavailable")
        path, content = self._files[call.fields["file_id"]]
        return {
            "file_id": call.fields["file_id"],
            "file_unique_id": "AQAD",
            "file_size": len(content),
            "file_path": path,
        }

    async def _give_file(self, request: web.Request) -> web.StreamResponse:
        for path, content in self._files.values():
            if path == request.match_info["path"] and request.match_info["token"] == TOKEN:
                return web.Response(body=content)
        return web.Response(status=404)

    async def _on_setWebhook(self, call: Call) -> Any:  # noqa: N802
        self.webhook = call.fields
        return True

    async def _on_deleteWebhook(self, call: Call) -> Any:  # noqa: N802
        self.webhook = {}
        return True

    async def _on_getWebhookInfo(self, call: Call) -> Any:  # noqa: N802
        return {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }

    async def _on_getUpdates(self, call: Call) -> Any:  # noqa: N802
        if self.webhook:
            return answers(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(call.fields.get("offset", 0))
        self._updates = [one for one in self._updates if one.get("update_id", offset) >= offset]
        if not self._updates:
            self._changed.clear()
            await self._changed.wait()
        return [] if self._closing.is_set() else self._updates[:100]


async def _read(request: web.Request) -> Call:
    fields: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = value.file.read()
        else:
            fields[name] = str(value)
    return Call(request.match_info["method"], fields, files)


def _find_fault(call: Call) -> Fault | None:
    if not call.text.strip():
        return bad_request("message text is empty")
    if len(call.text.encode("utf-16-le")) // 2 > 4096:
        return bad_request("message is too long")
    if any(not 1 <= len(say.encode()) <= 64 for row in call.says for say in row):
        return bad_request("BUTTON_DATA_INVALID")
    return None


def _respond(fault: Fault) -> web.Response:
    kind = "application/json" if fault.body.startswith("{") else "text/html"
    return web.Response(status=fault.status, text=fault.body, content_type=kind)


def _succeed(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})
