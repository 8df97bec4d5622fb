"""What goes wrong on a page is told to a person in the frame they know; programs keep their problem documents."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from admin_web.ports import Role, UnavailableError
from tests.admin_web.auth.office_house import OfficeHouse
from tests.stories.conftest import _migrated_file, sqlite_story_url

__all__ = ["_migrated_file", "sqlite_story_url"]


@pytest.fixture
async def office(sqlite_story_url: str, tmp_path: Path) -> AsyncIterator[OfficeHouse]:
    opened = OfficeHouse(sqlite_story_url, tmp_path)
    yield opened
    await opened.close()


async def test_an_address_that_is_no_page_keeps_those_signed_in_in_their_frame(office: OfficeHouse):
    browser = await office.signed_in("wangfang")

    known, stranger = await browser.get("/admin/nothing"), await office.browser().get("/admin/nothing")

    assert (known.status_code, stranger.status_code) == (404, 404)
    assert "office-nav" in known.text
    assert "aria-current" not in known.text
    assert "office-nav" not in stranger.text
    assert "没有这个页面" in stranger.text


async def test_programs_keep_their_problem_documents_and_may_ask_for_heads(office: OfficeHouse):
    office.whole()
    browser = office.browser()

    api = await browser.get("/api/v1/nothing")
    other = await browser.client.get("/nothing-at-all", headers={"Accept": "*/*"})
    page, head = await browser.get("/sandbox"), await browser.client.head("/sandbox")

    assert api.headers["content-type"] == "application/problem+json"
    assert (other.status_code, other.headers["content-type"]) == (404, "application/problem+json")
    assert (head.status_code, head.content, page.status_code) == (200, b"", 200)
    assert head.headers["content-length"] == str(len(page.content))


async def test_who_mistypes_an_address_in_a_browser_sees_a_page(office: OfficeHouse):
    office.whole()

    shown = await office.browser().client.get("/nothing-at-all", headers={"Accept": "text/html"})

    assert shown.status_code == 404
    assert "没有这个页面" in shown.text
    assert 'href="/"' in shown.text


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (UnavailableError(), 503, "暂时存取不了"),
        (ConnectionError("canary"), 503, "暂时存取不了"),
        (RuntimeError("canary"), 500, "系统出错了"),
    ],
)
async def test_a_page_that_fails_says_so_and_no_more(
    office: OfficeHouse, error: Exception, status: int, says: str
):
    @office.app.get("/admin/probe")
    async def fail():
        raise error

    shown = await office.browser().get("/admin/probe")

    assert shown.status_code == status
    assert says in shown.text
    assert "canary" not in shown.text


async def test_a_role_that_is_too_small_reads_why(office: OfficeHouse):
    browser = await office.signed_in("zhaolei", Role.VIEWER)

    shown = await browser.get("/admin/accounts")

    assert shown.status_code == 403
    assert "您的角色不能打开这个页面" in shown.text


@pytest.mark.parametrize(
    ("referer", "onward"),
    [
        ("http://liren.test/admin/accounts?q=wang", "%2Fadmin%2Faccounts%3Fq%3Dwang"),
        ("http://liren.test//evil.test/", "%2Fadmin"),
        ("http://evil.test/admin/accounts", "%2Fadmin"),
        ("", "%2Fadmin"),
    ],
)
async def test_who_was_away_too_long_comes_back_to_the_page_of_the_form(
    office: OfficeHouse, referer: str, onward: str
):
    browser = await office.signed_in("wangfang")
    office.wait(hours=1)

    asked = await browser.post("/account/sessions/end", headers={"referer": referer})

    assert (asked.status_code, asked.headers["location"]) == (303, f"/sign-in?next={onward}")
