"""The sandbox page: the shell that its script fills with the windows of one branch of the tree."""

from collections.abc import Callable, Sequence

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from admin_web.rendering import Pages
from routing.hierarchy import Hierarchy


def build_router(
    pages: Pages, *, hierarchy: Callable[[], Hierarchy], paths: Sequence[str] = ("/sandbox",)
) -> APIRouter:
    """`paths` also holds "/" while no real channel is configured."""
    router = APIRouter(include_in_schema=False)

    async def show_sandbox() -> HTMLResponse:
        tree = hierarchy()
        return pages.render("sandbox.html", street=tree.name, levels=[each.name for each in tree.levels])

    for path in paths:
        router.add_api_route(path, show_sandbox, methods=["GET"], response_class=HTMLResponse)
    return router
