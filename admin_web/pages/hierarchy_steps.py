"""Takes the last step of a draft back, or does it again, from whichever page on the tree one is on."""

from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin_web.auth.visitor import read_form
from admin_web.draft_steps import AFTER, BEFORE, MOVED_ON, REDONE, UNDONE
from admin_web.hierarchy_workshop import DraftStep
from admin_web.office import go_to
from admin_web.pages.hierarchy_drafting import TREE, Drafting, Editor, read_number

PAGES = {"tree": TREE, **{each: f"{TREE}/{each}" for each in ("code", "limits", "table", "replay")}}


def build_router(drafting: Drafting) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    page = StepsPage(drafting)
    router.add_api_route(f"{TREE}/draft/undo", page.undo, methods=["POST"])
    router.add_api_route(f"{TREE}/draft/redo", page.redo, methods=["POST"])
    return router


class StepsPage:
    def __init__(self, drafting: Drafting) -> None:
        self._drafting = drafting

    async def undo(self, request: Request, visitor: Editor) -> Response:
        form = await read_form(request)
        draft = await self._drafting.undo(visitor, read_number(form.get("number", "")) or 0)
        return _go_back(form, draft.redo if draft else None, said=UNDONE, shown=BEFORE)

    async def redo(self, request: Request, visitor: Editor) -> Response:
        form = await read_form(request)
        draft = await self._drafting.redo(visitor, read_number(form.get("number", "")) or 0)
        return _go_back(form, draft.undo if draft else None, said=REDONE, shown=AFTER)


def _go_back(form: Mapping[str, str], step: DraftStep | None, *, said: str, shown: str) -> Response:
    """To the page it was asked on; on the drawing to where something happened. Without a step, the button named one
    that is not the last any more."""
    page = form.get("page", "")
    asked = {"said": said if step else MOVED_ON}
    if page == "replay" and form.get("day"):
        asked["day"] = form["day"]
    node = step.doing.told.get(shown) if step else form.get("node")
    if page == "tree" and node:
        asked["node"] = node
    return go_to(f"{PAGES.get(page, TREE)}?{urlencode(asked)}")
