"""What the first pages of the office cost the server with very many tickets: the board, its lists and searches, a
ticket. Measured from the request to the whole answer, in the process, with the account's session and rights."""

import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher
from fastapi import FastAPI

from admin_web.auth import account_changes as changes
from admin_web.auth.account_changes import By, Wanted
from admin_web.auth.passwords import Passwords
from admin_web.auth.ports import OpenBooks
from admin_web.ports import Role
from admin_web.problems import install_problem_handlers
from admin_web.rendering import Pages, Statics
from app.api_ports import build_ports
from app.pages.office import add_office_pages
from app.settings import read_settings
from app.wiring import House, build_house
from benchmarks.board_rows import FIRST, fill
from benchmarks.databases import KINDS, empty_database, stop_postgres
from benchmarks.goals import AT_MOST, Goal, Line, median_of
from benchmarks.trees import repeated
from tests.admin_web.auth.office_house import Browser
from tests.stories.story_clock import StoryClock

MEDIAN = Goal(AT_MOST, 100)
_COMMUNITIES = 10
_URL = "http://liren.test"
_PASSWORD = "一句只在这里用的话"  # noqa: S105 - of an account that lives as long as the measurement
_QUICK_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass(frozen=True, slots=True)
class Size:
    tickets: int
    rounds: int


FULL = Size(tickets=1_000_000, rounds=15)
QUICK = Size(tickets=100_000, rounds=7)

SEEN_BY_ALL = 1200
"""A ticket of the first building."""

PAGES: tuple[tuple[str, str], ...] = (
    ("board", "/admin/tickets"),
    ("board, late", "/admin/tickets?state=late"),
    ("board, unclaimed, one category", "/admin/tickets?state=open&category=elevator"),
    ("board, urgent", "/admin/tickets?urgent=1"),
    ("board, ended", "/admin/tickets?state=ended"),
    ("board, held by one", "/admin/tickets?holder=c1-grid"),
    ("board, a month", "/admin/tickets?state=ended&since=2025-03-01&until=2025-03-31"),
    ("search, a common word", "/admin/tickets?q=电梯"),
    ("search, a rare name", "/admin/tickets?q=姜大爷 单元门"),
    ("search, a sentence", "/admin/tickets?q=电梯又不动了，老人出行不方便"),
    ("search, a number", f"/admin/tickets?q={SEEN_BY_ALL}"),
    ("search, nothing", "/admin/tickets?q=飞碟"),
    ("a ticket", f"/admin/tickets/{SEEN_BY_ALL}"),
    ("news", f"/admin/tickets/news?since={FIRST}"),
)
# The account's name and the place below which it sees.
VISITORS: tuple[tuple[str, str], ...] = (("street", "s"), ("community", "c1"), ("building", "c1-b1"))


def measure(size: Size, *, kinds: Sequence[str] = KINDS) -> Iterator[tuple[str, list[Line]]]:
    with tempfile.TemporaryDirectory(prefix="liren-bench-") as place:
        try:
            for kind in kinds:
                yield from _measure_on(size, kind, Path(place))
        finally:
            stop_postgres()


def _measure_on(size: Size, kind: str, folder: Path) -> Iterator[tuple[str, list[Line]]]:
    with ExitStack() as stack:
        url = stack.enter_context(empty_database(kind, folder))
        house = _open_house(url, folder)
        stack.callback(house.store.close_now)
        fill(url, house.office.current(), size.tickets, communities=_COMMUNITIES, now=house.clock.now())
        for name, scope in VISITORS:
            _add_account(house, name, scope)
            lines = asyncio.run(_visit(_pages_of(house), name, size))
            yield f"Pages among {size.tickets} tickets, seen from a {name}, {kind}", lines


async def _visit(app: FastAPI, name: str, size: Size) -> list[Line]:
    browser = Browser(app, _URL)
    await browser.sign_in(name, _PASSWORD)
    lines: list[Line] = []
    for title, path in PAGES:
        whole, own = await _time(browser, path, size.rounds)
        lines += [Line(title, whole, "ms", MEDIAN), Line("  of this our processor", own, "ms")]
    return lines


async def _time(browser: Browser, path: str, rounds: int) -> tuple[float, float]:
    """Medians in milliseconds, on the clock and of this process's processor; the first round is not counted."""
    whole: list[float] = []
    own: list[float] = []
    for _ in range(rounds + 1):
        began, began_own = time.perf_counter(), time.process_time()
        answer = await browser.get(path)
        own.append((time.process_time() - began_own) * 1000)
        whole.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise AssertionError(f"{path}: {answer.status_code}")
    return median_of(whole[1:]), median_of(own[1:])


def _open_house(url: str, folder: Path) -> House:
    tree = folder / "hierarchy.yaml"
    tree.write_text(repeated(_COMMUNITIES, 20), "utf-8")
    settings = read_settings(
        {"LIREN_DATABASE_URL": url, "LIREN_PUBLIC_URL": _URL, "LIREN_HIERARCHY": str(tree)}, folder=folder
    )
    house = build_house(settings, clock=StoryClock(), wall_clock=StoryClock())
    house.open()
    return house


def _pages_of(house: House) -> FastAPI:
    app = FastAPI(openapi_url=None)
    install_problem_handlers(app)
    add_office_pages(
        app, house, pages=Pages(Statics()), ports=build_ports(house), passwords=Passwords(_QUICK_HASH)
    )
    return app


def _add_account(house: House, name: str, scope: str) -> None:
    tree, by = house.office.current(), By("benchmark", house.links.now())

    def job(books: OpenBooks) -> None:
        wanted = Wanted(Role.NODE_ADMIN, scope, "")
        account_id = changes.add_account(books, name, wanted, hierarchy=tree, by=by)
        books.accounts.set_password(account_id, Passwords(_QUICK_HASH).make_hash_now(_PASSWORD))

    house.store.writer.run_now(job)
