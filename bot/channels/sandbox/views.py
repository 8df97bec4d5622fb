"""What the page looks at: the tree, the tickets of a branch, the clock and its pushes, the live stream."""

import json
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict
from typing_extensions import TypedDict

from bot.channels.sandbox.body import read_model
from bot.channels.sandbox.clock import ClockJson, push_clock, render_clock
from bot.channels.sandbox.feed import Happening
from bot.channels.sandbox.ports import Board, SandboxTime, TicketsOf
from bot.channels.sandbox.problems import ProblemError, describe_refusals
from bot.channels.sandbox.settings import SandboxSettings
from bot.channels.sandbox.stream import stream_events
from bot.channels.sandbox.tree import Places, TreeJson, find_lowest, render_tree
from bot.channels.sandbox.watch import SHOWN, TicketJson, render_ticket
from routing.hierarchy import Hierarchy

Node = Annotated[str, Query(max_length=100)]
Words = Annotated[str, Query(max_length=60)]


class Push(BaseModel):
    """ "15m", "1h", any span from "10s" to "30d", "deadline" or "tomorrow"."""

    model_config = ConfigDict(extra="forbid", strict=True)

    forward: str


class TicketsJson(TypedDict):
    items: list[TicketJson]


class SandboxViews:
    def __init__(
        self,
        settings: SandboxSettings,
        *,
        board: Board,
        hierarchy: Callable[[], Hierarchy],
        time: SandboxTime,
        tickets: TicketsOf,
    ) -> None:
        self._settings = settings
        self._board = board
        self._hierarchy = hierarchy
        self._time = time
        self._tickets = tickets
        self._places: Places | None = None

    def add_to(self, router: APIRouter) -> None:
        body = {"content": {"application/json": {"schema": Push.model_json_schema()}}, "required": True}
        unknown, pushed_wrongly = describe_refusals(404), describe_refusals(409, 413, 415, 422)
        events: dict[int | str, dict[str, Any]] = {
            200: {"description": "Server-sent events.", "content": {"text/event-stream": {}}}
        }
        router.add_api_route("/groups", self.show_tree, methods=["GET"], responses=unknown)
        router.add_api_route("/tickets", self.list_tickets, methods=["GET"], responses=unknown)
        router.add_api_route("/clock", self.show_clock, methods=["GET"])
        router.add_api_route(
            "/clock",
            self.push,
            methods=["POST"],
            openapi_extra={"requestBody": body},
            responses=pushed_wrongly,
        )
        router.add_api_route(
            "/events",
            self.stream,
            methods=["GET"],
            response_model=None,
            response_class=StreamingResponse,
            responses=events,
        )

    async def show_tree(self, node: Node = "", q: Words = "") -> TreeJson:
        """One branch (that of `node`, else the first) with its windows, and the branches that fit `q`."""
        places = self._current_places()
        return render_tree(places, branch=self._find_branch(node), words=q)

    async def list_tickets(self, node: Node = "") -> TicketsJson:
        """The tickets of a branch, newest first; those that began at its lowest place come before the others."""
        hierarchy, branch = self._hierarchy(), self._find_branch(node)
        found = await self._tickets([each.node_id for each in hierarchy.climb(branch)])
        ordered = sorted(found, key=lambda ticket: (ticket.origin != branch, -ticket.number))
        now = self._time.now()
        return {"items": [render_ticket(each, hierarchy, now=now) for each in ordered[:SHOWN]]}

    async def show_clock(self) -> ClockJson:
        return await render_clock(self._time, self._hierarchy().timezone)

    async def push(self, request: Request) -> ClockJson:
        """Pushes the clock forward and waits until what fell due on the way is done."""
        wish = await read_model(request, Push, limit=1000)
        try:
            reached = await push_clock(self._time, wish.forward)
        except ValueError:
            detail = "只能往前推 10s 到 30d，或者 deadline、tomorrow。"
            raise ProblemError(422, detail) from None
        if reached is None:
            raise ProblemError(409, "现在没有等着的时限。")
        self._board.feed.tell(Happening("clock"))
        return await self.show_clock()

    async def stream(self) -> StreamingResponse:
        settings, board = self._settings, self._board
        events = stream_events(
            board.feed,
            board.refresh,
            self._clock_text,
            lasts=settings.stream_seconds,
            look_every=settings.look_seconds,
        )
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(events, media_type="text/event-stream", headers=headers)

    async def _clock_text(self) -> str:
        return json.dumps(await self.show_clock(), ensure_ascii=False)

    def _current_places(self) -> Places:
        """Made anew when a new version of the tree was applied."""
        hierarchy = self._hierarchy()
        places = self._places
        if places is None or places.hierarchy is not hierarchy:
            places = self._places = Places(hierarchy)
        return places

    def _find_branch(self, node_id: str) -> str:
        places = self._current_places()
        branch = find_lowest(places.hierarchy, node_id) if node_id else places.first
        if branch is None:
            raise ProblemError(404, "没有这个地方。")
        return branch
