"""The toy street of the sandbox on a real port, for a real browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from fastapi import FastAPI

from admin_web.pages import board, sandbox
from admin_web.rendering import Pages, Statics, build_static_router
from tests.admin_web.test_board import a_board
from tests.bot.channels.sandbox.conftest import make_app
from tests.bot.channels.sandbox.toy_house import ToyHouse


@dataclass(frozen=True, slots=True)
class LiveHouse:
    house: ToyHouse
    url: str


def make_pages(house: ToyHouse) -> FastAPI:
    app, statics = make_app(house), Statics()
    app.include_router(build_static_router(statics))
    app.include_router(sandbox.build_router(Pages(statics), hierarchy=lambda: house.hierarchy))
    app.include_router(board.build_router(Pages(statics), figures=_figures, board_path="/board"))
    return app


async def _figures() -> board.Board:
    return a_board()


@contextmanager
def running(house: ToyHouse) -> Iterator[LiveHouse]:
    started = threading.Event()
    config = uvicorn.Config(make_pages(house), port=0, log_level="error", ws="none", lifespan="off")
    server = _Server(config, started)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert started.wait(20)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield LiveHouse(house, f"http://127.0.0.1:{port}")
    finally:
        server.should_exit = True
        house.windows.close()
        thread.join(20)
    assert not thread.is_alive(), "the live streams held up the shutdown"


class _Server(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config, started: threading.Event) -> None:
        super().__init__(config)
        self._said = started

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(None)
        self._said.set()
