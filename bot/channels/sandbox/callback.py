"""The sandbox's addresses: say a thing, read a window. What the page only looks at is in `views`."""

import secrets
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from typing_extensions import TypedDict

from bot.channel import NotStoredError, Receive
from bot.channels.sandbox.body import read_model
from bot.channels.sandbox.conversation import Said, say
from bot.channels.sandbox.inbound import PRIVATE, Spoken, clean_text, is_private, parse_message
from bot.channels.sandbox.lines import Draft
from bot.channels.sandbox.pictures import find_media_type, read_picture
from bot.channels.sandbox.ports import Board, SandboxTime, TicketsOf
from bot.channels.sandbox.problems import ProblemError, ProblemRoute, describe_refusals
from bot.channels.sandbox.render import ButtonJson, LineJson, render_line, render_reply
from bot.channels.sandbox.settings import BOT_AUTHOR, SandboxSettings
from bot.channels.sandbox.tree import nearest_groups
from bot.channels.sandbox.views import SandboxViews
from routing.hierarchy import Hierarchy
from routing.messages import Attachment, Inbound, Kind

PREFIX = "/api/v1/sandbox"


class AnsweredJson(TypedDict):
    """`id` is the line's in its window."""

    id: int
    text: str
    buttons: list[list[ButtonJson]]


class SaidJson(TypedDict):
    message_id: str
    ticket: int | None
    repeat: bool
    line: LineJson
    replies: list[AnsweredJson]


class LinesJson(TypedDict):
    items: list[LineJson]


def build_router(
    settings: SandboxSettings,
    receive: Receive,
    *,
    board: Board,
    hierarchy: Callable[[], Hierarchy],
    time: SandboxTime,
    tickets: TicketsOf,
) -> APIRouter:
    """Everything under /api/v1/sandbox. The caller decides whether the sandbox is on."""
    router = APIRouter(prefix=PREFIX, route_class=ProblemRoute, tags=["sandbox"])
    talk = _Talk(settings, receive, board=board, hierarchy=hierarchy, time=time)
    body = {"content": {"application/json": {"schema": Spoken.model_json_schema()}}, "required": True}
    said_wrongly = describe_refusals(404, 413, 415, 422, 503)
    router.add_api_route(
        "/messages", talk.say, methods=["POST"], openapi_extra={"requestBody": body}, responses=said_wrongly
    )
    unknown = describe_refusals(404)
    router.add_api_route("/groups/{group_id}/messages", talk.list_lines, methods=["GET"], responses=unknown)
    picture: dict[int | str, dict[str, Any]] = {
        200: {"description": "The picture.", "content": {"image/png": {}, "image/jpeg": {}}}
    }
    router.add_api_route(
        "/pictures/{handle}",
        talk.show_picture,
        methods=["GET"],
        response_class=Response,
        responses=picture | unknown,
    )
    SandboxViews(settings, board=board, hierarchy=hierarchy, time=time, tickets=tickets).add_to(router)
    return router


class _Talk:
    def __init__(
        self,
        settings: SandboxSettings,
        receive: Receive,
        *,
        board: Board,
        hierarchy: Callable[[], Hierarchy],
        time: SandboxTime,
    ) -> None:
        self._settings = settings
        self._receive = receive
        self._board = board
        self._hierarchy = hierarchy
        self._time = time

    async def say(self, request: Request) -> SaidJson:
        """Says a thing as a person; answers with what the bot says at once. A known `message_id` changes nothing."""
        spoken = await read_model(request, Spoken, limit=self._settings.max_body)
        self._check(spoken)
        key = spoken.message_id or secrets.token_urlsafe(12)
        picture = self._take_picture(spoken)
        inbound = parse_message(
            spoken,
            key=key,
            now=self._time.now(),
            picture=picture,
            replies_to_bot=await self._replies_to_bot(spoken),
        )
        draft = _draft_of(spoken, inbound, self._hierarchy())
        try:
            return _render_said(key, await say(draft, inbound, receive=self._receive, board=self._board))
        except NotStoredError:
            raise ProblemError(503, "这句话暂时没有存下，请稍后再发一次。") from None

    async def list_lines(
        self,
        group_id: str,
        after: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=1, le=500)] = 200,
    ) -> LinesJson:
        """What the window shows, oldest first; with `after` what followed that line, else the newest."""
        self._check_window(group_id)
        lines = await self._board.list_after(group_id, after=after, limit=limit)
        return {"items": [render_line(each) for each in lines]}

    async def show_picture(self, handle: str) -> Response:
        content = self._board.pictures.find(handle)
        if content is None:
            raise ProblemError(404, "这张图片已经不在了。")
        headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
        return Response(content, media_type=find_media_type(content), headers=headers)

    def _check(self, spoken: Spoken) -> None:
        if spoken.sender == BOT_AUTHOR:
            raise ProblemError(422, "不能以机器人的身份说话。")
        if is_private(spoken.chat) and spoken.chat != f"{PRIVATE}{spoken.sender}":
            raise ProblemError(422, "私聊只属于发言人自己。")
        if len(spoken.text) > self._settings.max_text:
            raise ProblemError(422, f"太长了，一次最多 {self._settings.max_text} 个字。")
        if not clean_text(spoken.text).strip() and not spoken.picture:
            raise ProblemError(422, "请先写点什么。")
        self._check_window(spoken.chat)

    def _check_window(self, chat: str) -> None:
        hierarchy = self._hierarchy()
        if is_private(chat) or hierarchy.find_group(chat):
            return
        nearest = nearest_groups(hierarchy, chat)
        hint = f"最接近的是：{'、'.join(nearest)}。" if nearest else ""
        raise ProblemError(404, f"没有这个群。{hint}", nearest=nearest)

    def _take_picture(self, spoken: Spoken) -> Attachment | None:
        if not spoken.picture:
            return None
        try:
            content = read_picture(spoken.picture)
        except ValueError:
            raise ProblemError(422, "只能发 PNG 或 JPEG 图片。") from None
        if len(content) > self._settings.max_picture:
            raise ProblemError(413, "图片太大，请小于 1 MB。")
        return Attachment(Kind.IMAGE, self._board.pictures.put(content))

    async def _replies_to_bot(self, spoken: Spoken) -> bool:
        reference = str(spoken.reply_to or "")
        if not (reference.isascii() and reference.isdigit() and len(reference) < 19):
            return False
        line = await self._board.find(spoken.chat, int(reference))
        return line is not None and line.author == BOT_AUTHOR


def _draft_of(spoken: Spoken, inbound: Inbound, tree: Hierarchy) -> Draft:
    """The line as people see it, with its mention."""
    staff = tree.find_staff(spoken.sender)
    return Draft(
        key=f"said:{inbound.key}",
        chat=spoken.chat,
        author=spoken.sender,
        name=inbound.speaker.name or (staff.name if staff else spoken.sender),
        text=clean_text(spoken.text).strip(),
        at=inbound.occurred_at,
        picture=next((each.handle for each in inbound.attachments), None),
    )


def _render_said(key: str, said: Said) -> SaidJson:
    replies = [
        AnsweredJson(id=line.line_id, **render_reply(message))
        for line, message in zip(said.replies, said.answer.messages, strict=True)
    ]
    return {
        "message_id": key,
        "ticket": said.answer.ticket_number,
        "repeat": said.answer.is_repeat,
        "line": render_line(said.line),
        "replies": replies,
    }
