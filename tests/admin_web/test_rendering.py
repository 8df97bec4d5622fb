"""Pages carry safe headers and escape what they show; static files may be kept for ever."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from jinja2 import UndefinedError

from admin_web.rendering import Pages, Statics, build_static_router, keep_dates_whole
from tests.admin_web.live_house import make_pages
from tests.bot.channels.sandbox.toy_house import ToyHouse

BUDGET = 150_000


@pytest.fixture
def statics() -> Statics:
    return Statics()


@pytest.fixture
async def client(statics: Statics) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.include_router(build_static_router(statics))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://liren") as client:
        yield client


async def test_a_static_file_is_kept_for_ever(client: httpx.AsyncClient, statics: Statics):
    response = await client.get(statics.url("sandbox/main.js"))

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["x-content-type-options"] == "nosniff"


async def test_an_old_address_gives_todays_file_but_is_asked_again(
    client: httpx.AsyncClient, statics: Statics
):
    response = await client.get("/static/old/base.css")
    again = await client.get("/static/old/base.css", headers={"If-None-Match": response.headers["etag"]})

    assert response.content == statics.find("base.css").content  # type: ignore[union-attr]
    assert response.headers["cache-control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")


async def test_a_browser_gets_a_script_packed_and_whoever_cannot_unpack_gets_it_plain(
    client: httpx.AsyncClient, statics: Statics
):
    address = statics.url("vendor/htmx/htmx.min.js")

    packed = await client.get(address, headers={"Accept-Encoding": "gzip"})
    plain = await client.get(address, headers={"Accept-Encoding": "identity"})

    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2


@pytest.mark.parametrize("name", ["nothing.css", "..%2frendering.py", "sandbox/"])
async def test_only_static_files_are_served(client: httpx.AsyncClient, statics: Statics, name: str):
    response = await client.get(f"/static/{statics.version}/{name}")

    assert response.status_code == 404


def test_an_address_changes_with_the_content(tmp_path: Path):
    (tmp_path / "a.css").write_text("a {}")
    before = Statics(tmp_path).url("a.css")
    (tmp_path / "a.css").write_text("b {}")

    assert Statics(tmp_path).url("a.css") != before


def test_a_missing_file_is_noticed_when_the_page_is_made(statics: Statics):
    with pytest.raises(KeyError):
        statics.url("sandbox/nothing.js")


def test_values_are_escaped_and_unknown_ones_are_an_error(statics: Statics):
    page = Pages(statics).render("sandbox.html", street="<b>新华</b>", levels=["<i>"])

    assert b"<b>" not in page.body
    assert "&lt;b&gt;新华".encode() in page.body
    with pytest.raises(UndefinedError):
        Pages(statics).render("sandbox.html")


async def test_the_sandbox_page_allows_nothing_inline_and_nothing_from_elsewhere():
    transport = httpx.ASGITransport(make_pages(ToyHouse()))
    async with httpx.AsyncClient(transport=transport, base_url="http://liren") as client:
        page = await client.get("/sandbox")

    assert page.headers["content-security-policy"].startswith("default-src 'self';")
    assert page.headers["cache-control"] == "no-store"
    assert "http://" not in page.text
    assert "https://" not in page.text


def test_the_sandbox_page_is_light():
    folder = Path(__file__).parents[2] / "admin_web"
    files = [*(folder / "static" / "sandbox").iterdir(), *(folder / "static").glob("*.*")]

    assert sum(each.stat().st_size for each in files) < BUDGET


def test_a_line_never_ends_within_a_day_and_what_was_typed_stays_text():
    text = keep_dates_whole("<b> 截至 2026-11-25 03:42")

    assert text == '&lt;b&gt; 截至 <span class="when">2026-11-25 03:42</span>'
