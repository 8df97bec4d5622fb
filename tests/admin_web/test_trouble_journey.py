"""A community worker in a real browser: a message did not arrive, is sent again and is gone; the log is checked."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from admin_web.ports import Role
from routing.notice_kinds import Hearer, NoticeKind
from tests.accessibility import assert_accessible
from tests.admin_web.auth.live_office import LiveOffice, running_office
from tests.admin_web.letters_house import OLD_CHAT, lose
from tests.admin_web.test_office_pages import sign_in
from tests.chromium import DESKTOP, PHONE, open_page
from tests.stories.conftest import _migrated_file, sqlite_story_url

__all__ = ["_migrated_file", "sqlite_story_url"]

PAGES = (
    "/admin/troubles",
    "/admin/audit",
    "/admin/hierarchy/coverage",
    "/admin/hierarchy/codes",
    "/admin/staff",
)


@pytest.fixture
def live(sqlite_story_url: str, tmp_path: Path) -> Iterator[LiveOffice]:
    with running_office(sqlite_story_url, tmp_path) as live:
        live.office.add("王芳", Role.ADMIN)
        yield live


def lose_two(live: LiveOffice) -> None:
    said = {
        "group": "xingfuli-b1-residents",
        "sender": "u1",
        "name": "1-201",
        "text": "@里仁 3单元电梯又不动了",
        "message_id": "1",
    }
    httpx.post(f"{live.url}/api/v1/sandbox/messages", json=said).raise_for_status()
    lose(live.office, 1001, "Forbidden: bot was kicked from the group chat", address=OLD_CHAT)
    lose(
        live.office,
        1001,
        "errcode=45015 more than 48 hours since the person wrote",
        hearer=Hearer.reporters(),
        address=OLD_CHAT,
        kind=NoticeKind.ASK_RATING,
    )


def assert_fits(page: Page) -> None:
    """Nothing is wider than the screen, and everything that is tapped is large enough: a box with its label."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    small = page.evaluate(
        """[...document.querySelectorAll('button, .button, main a, nav a, summary, select, label:has(input), '
           + 'input:not([type=hidden], [type=radio], [type=checkbox])')]
        .filter(each => each.checkVisibility() && !each.closest('.only-heard, .skip'))
        .filter(each => each.getBoundingClientRect().height < 44 || each.getBoundingClientRect().width < 44)
        .map(each => each.outerHTML.slice(0, 100))"""
    )
    assert small == []


def test_a_letter_that_did_not_arrive_is_sent_again_and_another_settled(browser: Browser, live: LiveOffice):
    lose_two(live)
    with open_page(browser, PHONE) as page:
        sign_in(page, live, "王芳")
        page.get_by_role("link", name="异常处理").click()
        expect(page.get_by_role("heading", name="2 条消息没有送到")).to_be_visible()
        assert_fits(page)

        page.get_by_role("checkbox", name=re.compile("幸福里物业群")).check()
        page.get_by_role("button", name="再发一次").click()
        expect(page.get_by_role("status")).to_contain_text("1 条正在重发")
        expect(page.get_by_role("heading", name="1 条消息没有送到")).to_be_visible()
        expect(page.get_by_text("幸福里物业群")).to_have_count(0)

        page.get_by_role("checkbox", name=re.compile("反映人")).check()
        page.get_by_role("button", name="不用再发了").click()
        expect(page.get_by_text("没有送到")).to_have_count(0)
        page.get_by_role("button", name="撤销").click()
        expect(page.get_by_role("heading", name="1 条消息没有送到")).to_be_visible()
        assert_fits(page)


def test_the_chain_is_checked_while_one_looks_on(browser: Browser, live: LiveOffice):
    with open_page(browser, DESKTOP) as page:
        sign_in(page, live, "王芳")
        page.goto(f"{live.url}/admin/audit")
        page.get_by_role("button", name="从头检查一遍").click()

        expect(page.get_by_text("都对得上")).to_be_visible()
        expect(page.get_by_role("button", name="从头检查一遍")).to_be_visible()
        expect(page.get_by_role("progressbar")).to_have_count(0)


def test_the_pages_fit_a_phone_and_everybody_can_use_them(browser: Browser, live: LiveOffice):
    lose_two(live)
    with open_page(browser, PHONE) as page:
        sign_in(page, live, "王芳")
        for path in PAGES:
            answer = page.goto(live.url + path)
            assert answer is not None
            assert answer.ok
            assert_fits(page)
            assert_accessible(page)
