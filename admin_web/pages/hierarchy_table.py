"""The tree as a spreadsheet: taken away, edited in Excel or WPS, brought back with every problem by its row."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin_web.draft_steps import say_step
from admin_web.hierarchy_workshop import Doing, SheetsTaken
from admin_web.office import go_to, words_of
from admin_web.pages.hierarchy_drafting import TREE, Drafting, Editor, read_long_form, top_of
from admin_web.rendering import PAGE_HEADERS

TABLE = f"{TREE}/table"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST_SHEET = 10 * 1024 * 1024
MOST_SHOWN = 200


def build_router(drafting: Drafting) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    page = TablePage(drafting)
    router.add_api_route(TABLE, page.show, methods=["GET"])
    router.add_api_route(TABLE, page.take, methods=["POST"])
    router.add_api_route(f"{TABLE}.xlsx", page.export, methods=["GET"])
    return router


class TablePage:
    def __init__(self, drafting: Drafting) -> None:
        self._drafting = drafting

    async def show(self, request: Request, visitor: Editor) -> Response:
        return await self._show(request, visitor, None)

    async def export(self, request: Request, visitor: Editor) -> Response:
        """Of the draft where there is one, so that what comes back fits."""
        work = await self._drafting.open(visitor)
        tree, checked = await self._drafting.tree_of(work)
        is_draft = checked is None or checked.hierarchy is not None
        text = work.text if is_draft else await self._drafting.ports.office.text(work.newest)
        content = await self._drafting.ports.workshop.write_sheets(
            tree, text, top=top_of(visitor.visit, tree)
        )
        headers = {
            **PAGE_HEADERS,
            "Content-Disposition": f'attachment; filename="hierarchy-{work.base}.xlsx"',
        }
        return Response(content, media_type=SHEET_TYPE, headers=headers)

    async def take(self, request: Request, visitor: Editor) -> Response:
        _, content = await read_long_form(request)
        if not content:
            return await self._show(request, visitor, None, error="table.no_file")
        work = await self._drafting.open(visitor)
        tree, _ = await self._drafting.tree_of(work)
        taken = await self._drafting.ports.workshop.read_sheets(
            work.text, content[: LARGEST_SHEET + 1], top=top_of(visitor.visit, tree)
        )
        if taken.text is None:
            return await self._show(request, visitor, taken)
        if taken.text != work.text:
            await self._drafting.save(visitor, taken.text, Doing("import"), base=work.base)
        return go_to(f"{TREE}/plan" if taken.text != work.text or work.draft else f"{TABLE}?same=1")

    async def _show(
        self, request: Request, visitor: Editor, taken: SheetsTaken | None, *, error: str = ""
    ) -> Response:
        work = await self._drafting.open(visitor)
        _, checked = await self._drafting.tree_of(work)
        return self._drafting.render(
            request,
            "hierarchy_table.html",
            tab="table",
            status=422 if taken or error else 200,
            work=work,
            bad=len(checked.problems) if checked and checked.hierarchy is None else 0,
            problems=list(taken.problems)[:MOST_SHOWN] if taken else [],
            count=len(taken.problems) if taken else 0,
            error=error,
            is_same="same" in request.query_params,
            said=say_step(request.query_params.get("said", ""), work.draft, words_of(request)),
        )
