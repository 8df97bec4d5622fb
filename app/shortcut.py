"""A short way for the vendors' callbacks: past everything that is only there for pages and the API.

They come in bursts and the vendor waits five seconds; the way through all middleware and routers costs as much as
half of what a callback does.
"""

from collections.abc import Iterable, Mapping

from fastapi import APIRouter
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send


class Shortcut:
    """Middleware. `ways`: (method, path) → what answers there."""

    def __init__(self, app: ASGIApp, ways: Mapping[tuple[str, str], ASGIApp]) -> None:
        self._app = app
        self._ways = ways

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        way = self._ways.get((scope["method"], scope["path"])) if scope["type"] == "http" else None
        await (way or self._app)(scope, receive, send)


def ways_of(routers: Iterable[APIRouter]) -> dict[tuple[str, str], ASGIApp]:
    """Those of the plain routes, which need nothing of what FastAPI prepares for its own."""
    plain = (route for router in routers for route in router.routes if type(route) is Route)
    return {(method, route.path): route.app for route in plain for method in route.methods or ()}
