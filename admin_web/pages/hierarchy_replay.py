"""A day of past tickets placed again by the draft."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin_web.draft_steps import say_step
from admin_web.office import words_of
from admin_web.pages.hierarchy_drafting import TREE, Drafting, Editor

REPLAY = f"{TREE}/replay"


def build_router(drafting: Drafting) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    page = ReplayPage(drafting)
    router.add_api_route(REPLAY, page.show, methods=["GET"])
    return router


class ReplayPage:
    def __init__(self, drafting: Drafting) -> None:
        self._drafting = drafting

    async def show(self, request: Request, visitor: Editor, day: str = "", said: str = "") -> Response:
        """Tickets of the visitor's own part only."""
        work = await self._drafting.open(visitor)
        tree, checked = await self._drafting.tree_of(work)
        bad = len(checked.problems) if checked and checked.hierarchy is None else 0
        today = self._drafting.ports.now().astimezone(ZoneInfo(tree.timezone)).date()
        on = _read_day(day) or today - timedelta(days=1)
        replay = None
        if day and not bad:
            replay = await self._drafting.ports.workshop.replay(tree, on, scope=visitor.visit.scope)
        return self._drafting.render(
            request,
            "hierarchy_replay.html",
            tab="replay",
            work=work,
            bad=bad,
            day=on.isoformat(),
            today=today.isoformat(),
            replay=replay,
            said=say_step(said, work.draft, words_of(request)),
        )


def _read_day(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None
