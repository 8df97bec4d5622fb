"""The whole web application on a real store, with a clock on the wall that stands until it is pushed, and browsers."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, cached_property
from pathlib import Path

import httpx
from argon2 import PasswordHasher
from fastapi import FastAPI

from admin_web.auth import account_changes as changes
from admin_web.auth.account_changes import By, Wanted
from admin_web.auth.passwords import Passwords
from admin_web.auth.seals import digest_of
from admin_web.auth.sessions import SessionKind
from admin_web.ports import Role
from admin_web.problems import install_problem_handlers
from admin_web.rendering import Pages, Statics, build_static_router
from app.api_ports import build_ports
from app.pages.office import add_office_pages
from app.settings import read_settings
from app.web import build_web
from app.wiring import House, build_house
from tests.stories.story_clock import StoryClock
from tests.stories.world import STREET

PASSWORD = "一句很长的话，只有我记得"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Argon2id, made cheap: what it costs in earnest is the library's business."""


class Browser:
    """Keeps cookies and sends what a browser would: its origin, and the token of its own pages."""

    def __init__(self, app, base_url: str, *, address: str = "192.0.2.7") -> None:
        transport = httpx.ASGITransport(app, client=(address, 4711), raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url=base_url)
        self.base_url = base_url
        self.csrf = ""

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return self._look(await self.client.get(path, headers={"accept": "text/html", **headers}))

    async def post(self, path: str, headers: dict[str, str] | None = None, **fields: str) -> httpx.Response:
        """With the token of the last page, unless `csrf` is given."""
        sent = {"csrf": self.csrf, **fields}
        own = {"accept": "text/html", "origin": self.base_url, "sec-fetch-site": "same-origin"}
        return self._look(await self.client.post(path, data=sent, headers=own | (headers or {})))

    async def sign_in(self, name: str, password: str = PASSWORD, **fields: str) -> httpx.Response:
        return await self.post("/sign-in", name=name, password=password, **fields)

    def cookie(self, kind: SessionKind = SessionKind.OFFICE) -> str | None:
        found = [each.value for each in self.client.cookies.jar if each.name.endswith(f"liren-{kind}")]
        return found[0] if found else None

    def keep(self, cookie: str | None, kind: SessionKind = SessionKind.OFFICE) -> None:
        """As if the browser had this cookie and no other."""
        self.client.cookies.clear()
        self.client.cookies.set(f"liren-{kind}", cookie or "", domain="liren.test", path="/")

    def _look(self, response: httpx.Response) -> httpx.Response:
        found = re.search(r'name="csrf" value="([^"]+)"', response.text)
        if found:
            self.csrf = found[1]
        return response


@dataclass
class OfficeHouse:
    """新华街道 with its pages. Accounts are made without a page, people come in by the door."""

    url: str
    folder: Path
    public_url: str = "http://liren.test"
    house: House = field(init=False)

    def __post_init__(self) -> None:
        (self.folder / "hierarchy.yaml").write_text(STREET.read_text("utf-8"), "utf-8")
        settings = read_settings(
            {"LIREN_DATABASE_URL": self.url, "LIREN_PUBLIC_URL": self.public_url}, folder=self.folder
        )
        self.wall = StoryClock()
        self.house = build_house(settings, clock=StoryClock(), wall_clock=self.wall)
        self.house.open()

    def whole(self) -> FastAPI:
        """With callbacks, API and sandbox, which take long to build."""
        self.app = build_web(self.house, passwords=Passwords(QUICK))
        return self.app

    @cached_property
    def app(self) -> FastAPI:
        """Only the pages."""
        app, pages = FastAPI(openapi_url=None), the_pages()
        app.include_router(build_static_router(pages.statics))
        install_problem_handlers(app)
        add_office_pages(
            app, self.house, pages=pages, ports=build_ports(self.house), passwords=Passwords(QUICK)
        )
        return app

    @property
    def now(self) -> datetime:
        return self.wall.now()

    def wait(self, **span: float) -> None:
        self.wall.push(timedelta(**span))

    def browser(self, *, address: str = "192.0.2.7") -> Browser:
        return Browser(self.app, self.public_url, address=address)

    def add(self, name: str, role: Role = Role.ADMIN, scope: str = "xinhua", *, staff: str = "") -> int:
        """An account with the usual password."""
        by, tree = By("test", self.now), self.house.office.current()

        def job(books):
            account_id = changes.add_account(books, name, Wanted(role, scope, staff), hierarchy=tree, by=by)
            books.accounts.set_password(account_id, Passwords(QUICK).make_hash_now(PASSWORD))
            return account_id

        return self.house.store.writer.run_now(job)

    async def signed_in(self, name: str, role: Role = Role.ADMIN, scope: str = "xinhua") -> Browser:
        """A browser of a new account with this name."""
        self.add(name, role, scope)
        browser = self.browser()
        response = await browser.sign_in(name)
        assert response.status_code == 303, response.text
        return await self.with_token(browser)

    async def with_token(self, browser: Browser) -> Browser:
        cookie = browser.cookie()
        assert cookie is not None
        browser.csrf = self.house.links.seals.make_csrf(digest_of(cookie))
        return browser

    def account(self, account_id: int):
        return self.house.store.reads.accounts.read(lambda books: books.accounts.find(account_id))

    def kinds_of_audit(self) -> list[str]:
        """Newest first."""
        return [each.kind for each in self.house.store.reads.list_audit(limit=500)]

    async def close(self) -> None:
        await self.house.close()


@cache
def the_pages() -> Pages:
    """The same templates and files for every house."""
    return Pages(Statics())


def list_routes(app: FastAPI) -> list[tuple[str, set[str]]]:
    """Path and methods of every route, those of included routers with all their prefixes."""
    found = []
    for route in app.routes:
        inner = route.effective_route_contexts() if hasattr(route, "effective_route_contexts") else [route]
        found += [(each.path, set(each.methods or ())) for each in inner if getattr(each, "path", None)]
    return found
