"""What the pages of figures cost the server with very many tickets: gate, counting, rendering, as a browser asks."""

import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
from fastapi import FastAPI

from admin_web.api import build_api, build_door
from admin_web.api.access import Allowance
from admin_web.auth import account_changes as changes
from admin_web.auth.sessions import SessionKind, begin_session
from admin_web.ports import Role
from admin_web.problems import install_problem_handlers
from admin_web.rendering import Pages, Statics
from app.api_ports import build_ports
from app.clock import Clock
from app.figures.public_board import board_figures
from app.pages.office import add_office_pages
from app.settings import read_settings
from app.wiring import House, build_house
from benchmarks.databases import KINDS, empty_database, stop_postgres
from benchmarks.figures_made import Years, fill
from benchmarks.goals import AT_MOST, Goal, Line, median_of
from benchmarks.trees import repeated
from storage.writing.unit_of_work import Unit

FIRST_SCREEN = Goal(AT_MOST, 100)
"""Milliseconds at the median: an aim of the product."""

ANOTHER_PAGE = Goal(AT_MOST, 250)
_TOKEN = "a token as long as the service asks for"  # noqa: S105 - of a house that lives as long as the measurement

_NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Size:
    tickets: int
    communities: int
    visits: int


FULL = Size(tickets=1_000_000, communities=50, visits=15)
QUICK = Size(tickets=50_000, communities=10, visits=5)

PAGES: tuple[tuple[str, str, Goal | None], ...] = (
    ("overview, street, 30 days", "?", FIRST_SCREEN),
    ("overview, street, 90 days", "?period=90d", FIRST_SCREEN),
    ("overview, community, 90 days", "?period=90d&node=c7", FIRST_SCREEN),
    ("overview, building, 90 days", "?period=90d&node=c7-b3", FIRST_SCREEN),
    ("overview, street, three years", "?from=2023-11-24&to=2026-11-24", ANOTHER_PAGE),
    ("levels, street, 30 days", "/levels?", FIRST_SCREEN),
    ("places, street, 30 days", "/places?", FIRST_SCREEN),
    ("voices, street, 30 days", "/voices?", ANOTHER_PAGE),
    ("bulletin, street", "/bulletin?month=2026-10", ANOTHER_PAGE),
    ("bulletin as PDF, community", "/bulletin.pdf?month=2026-10&node=c7", ANOTHER_PAGE),
    ("API, street, 90 days", "/api/v1/stats", ANOTHER_PAGE),
    ("API, street, three years", "/api/v1/stats?from=2023-11-24", ANOTHER_PAGE),
    ("API, reported from a community, 90 days", "/api/v1/stats?origin=c7", ANOTHER_PAGE),
    ("API, asked at a community, 90 days", "/api/v1/stats?node=c7", ANOTHER_PAGE),
    ("API, asked at a community, three years", "/api/v1/stats?node=c7&from=2023-11-24", ANOTHER_PAGE),
)


class _Clock(Clock):
    """It stands."""

    def now(self) -> datetime:
        return _NOW


def measure(size: Size, *, kinds: Sequence[str] = KINDS) -> Iterator[tuple[str, list[Line]]]:
    with tempfile.TemporaryDirectory(prefix="liren-bench-") as place:
        try:
            for kind in kinds:
                with empty_database(kind, Path(place)) as url:
                    yield (
                        f"Figures of {size.tickets} tickets, {kind}",
                        asyncio.run(_measure(size, url, Path(place))),
                    )
        finally:
            stop_postgres()


async def _measure(size: Size, url: str, folder: Path) -> list[Line]:
    (folder / "hierarchy.yaml").write_text(repeated(size.communities, 20), encoding="utf-8")
    settings = read_settings({"LIREN_DATABASE_URL": url, "LIREN_API_TOKEN": _TOKEN}, folder=folder)
    house = build_house(settings, clock=_Clock(), wall_clock=_Clock())
    house.open()
    await house.figures.catch_up()
    tree = house.office.current()
    years = Years(size.tickets, days=1000, communities=size.communities, open_tickets=2000, now=_NOW)
    began = time.perf_counter()
    fill(url, tree, years)
    print(f"  filled in {time.perf_counter() - began:.0f} s", flush=True)
    async with _client(house) as client:
        lines = [
            line
            for name, path, goal in PAGES
            for line in await _visit(client, name, path, goal=goal, visits=size.visits)
        ]
    lines.append(await _public_board(house, visits=size.visits))
    await house.close()
    return lines


async def _visit(
    client: httpx.AsyncClient, name: str, path: str, *, goal: Goal | None, visits: int
) -> list[Line]:
    """The first visit is not counted."""
    times, own = [], []
    address = path if path.startswith("/api") else f"/admin/figures{path}"
    for _ in range(visits + 1):
        began, began_own = time.perf_counter(), time.process_time()
        answer = await client.get(address)
        own.append((time.process_time() - began_own) * 1000)
        times.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise AssertionError(f"{path}: {answer.status_code}")
    return [
        Line(name, median_of(times[1:]), "ms", goal),
        Line("  of this our processor", median_of(own[1:]), "ms"),
    ]


async def _public_board(house: House, *, visits: int) -> Line:
    """As it is made once a minute."""
    times = []
    for _ in range(visits):
        began = time.perf_counter()
        await board_figures(house)()
        times.append((time.perf_counter() - began) * 1000)
    return Line("public board, when it is made", median_of(times), "ms", FIRST_SCREEN)


def _client(house: House) -> httpx.AsyncClient:
    """A browser of a root admin who is signed in."""
    app = FastAPI(openapi_url=None)
    install_problem_handlers(app)
    statics, ports = Statics(), build_ports(house)
    add_office_pages(app, house, pages=Pages(statics), ports=ports)
    door = build_door(ports, allowance=Allowance(ports.now, burst=1e9))
    app.include_router(build_api(ports, statics=statics, door=door))
    wanted, by = changes.Wanted(Role.ADMIN, house.office.current().root_id), changes.By("bench", _NOW)

    def sign_in(unit: Unit) -> str:
        account_id = changes.add_account(unit, "bench", wanted, hierarchy=house.office.current(), by=by)
        return begin_session(unit, SessionKind.OFFICE, account_id=account_id, device="", now=_NOW)

    token = house.store.writer.run_now(sign_in)
    headers = {
        "cookie": f"liren-office={token}",
        "accept": "text/html",
        "authorization": f"Bearer {_TOKEN}",
    }
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8000", headers=headers
    )
