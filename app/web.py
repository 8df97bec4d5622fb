"""The web application: callbacks, pages and API on one house, with the duties running while it lives."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from admin_web.api import build_api, build_door, install_problem_handlers
from admin_web.auth.passwords import Passwords
from admin_web.head_requests import HeadRequests
from admin_web.health import build_health_router
from admin_web.metrics import build_metrics_router
from admin_web.pages import board, sandbox
from admin_web.ports import ApiPorts
from admin_web.rendering import Pages, Statics, build_static_router
from app.api_ports import build_ports
from app.figures.public_board import board_figures
from app.jobs import Jobs
from app.pages.office import add_office_pages
from app.running.duties import add_duties, look_once
from app.running.standing import build_probes, read_standing
from app.shortcut import Shortcut, ways_of
from app.wiring import House
from bot.channels.sandbox import callback as sandbox_callback

log = logging.getLogger(__name__)


def build_web(house: House, *, passwords: Passwords | None = None) -> FastAPI:
    """The application for an opened house. It closes the house when it ends. `passwords` when not of the usual cost."""

    @asynccontextmanager
    async def live(_: FastAPI) -> AsyncIterator[None]:
        jobs = Jobs()
        add_duties(jobs, house)
        jobs.start()
        await look_once(house)
        stop = asyncio.Event()
        arriving = [
            asyncio.create_task(each.arrive(house.receive, stop)) for each in house.doors if each.arrive
        ]
        log.info(
            "service=started hierarchy=%d channels=%s",
            house.office.current().version,
            ",".join(house.channels),
        )
        yield
        stop.set()
        await house.delivery.end()
        await jobs.stop()
        await asyncio.gather(*arriving, return_exceptions=True)
        await house.close()
        log.info("service=stopped")

    app = FastAPI(title="Liren 里仁", lifespan=live, docs_url=None, redoc_url=None, openapi_url=None)
    _add_callbacks(app, house)
    _add_pages(app, house, passwords=passwords)
    return app


def _add_callbacks(app: FastAPI, house: House) -> None:
    routers = [
        door.router(house.receive, house.metrics.refuser_for(door.channel.name))
        for door in house.doors
        if door.router is not None
    ]
    for router in routers:
        app.include_router(router)
    app.add_middleware(HeadRequests)
    app.add_middleware(Shortcut, ways=ways_of(routers))
    if house.windows is not None:
        app.include_router(
            sandbox_callback.build_router(
                house.settings.sandbox,
                house.receive,
                board=house.windows,
                hierarchy=house.office.current,
                time=house.sandbox_clock(),
                tickets=house.list_near,
            )
        )


def _add_pages(app: FastAPI, house: House, *, passwords: Passwords | None) -> None:
    statics = Statics()
    pages = Pages(statics)
    app.include_router(build_static_router(statics))
    shows_sandbox = house.has_sandbox and not house.settings.has_real_channel
    if house.has_sandbox:
        paths = ("/", "/sandbox") if shows_sandbox else ("/sandbox",)
        app.include_router(sandbox.build_router(pages, hierarchy=house.office.current, paths=paths))
    board_path = None if shows_sandbox else "/"
    app.include_router(board.build_router(pages, figures=board_figures(house), board_path=board_path))
    ports = build_ports(house)
    _add_api(app, house, statics=statics, ports=ports)
    add_office_pages(app, house, pages=pages, ports=ports, passwords=passwords)


def _add_api(app: FastAPI, house: House, *, statics: Statics, ports: ApiPorts) -> None:
    door = build_door(ports)
    app.include_router(build_api(ports, statics=statics, door=door))
    app.include_router(build_health_router(build_probes(house)))
    app.include_router(build_metrics_router(house.metrics, lambda: read_standing(house), door=door))
    install_problem_handlers(app)
