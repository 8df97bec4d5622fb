"""A desk's day with tickets in a real browser: the keyboard, many at once, a claim and its end, and a phone."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from admin_web.ports import Role
from tests.accessibility import assert_accessible
from tests.admin_web.auth.live_office import LiveOffice, running_office
from tests.admin_web.auth.office_house import PASSWORD
from tests.admin_web.test_office_pages import HEAVIEST_PAGE, sign_in
from tests.stories.conftest import _migrated_file, sqlite_story_url

__all__ = ["_migrated_file", "sqlite_story_url"]

TOLD = (
    "3单元电梯又不动了",
    "电梯门关不上，一直响",
    "楼上半夜一直在敲，睡不着",
)
SMALL_TARGETS = """[...document.querySelectorAll('main a, main summary, main button, main input, main select')]
    .filter(each => each.checkVisibility() && !each.closest('.hint, p:not(.back):not(.pages), dialog'))
    .filter(each => Math.max(each.getBoundingClientRect().height,
                             each.closest('label')?.getBoundingClientRect().height ?? 0) < 44)
    .map(each => each.outerHTML.slice(0, 120))"""


@pytest.fixture
def live(sqlite_story_url: str, tmp_path: Path) -> Iterator[LiveOffice]:
    with running_office(sqlite_story_url, tmp_path) as live:
        live.office.add("liqiang", Role.STAFF, "xingfuli", staff="liqiang")
        for place, text in enumerate(TOLD):
            say(live, text, key=f"{place}")
        yield live


def say(live: LiveOffice, text: str, *, key: str) -> None:
    """As a resident of the first building."""
    said = {
        "group": "xingfuli-b1-residents",
        "sender": f"u{key}",
        "name": "1-201",
        "text": f"@里仁 {text}",
        "message_id": key,
    }
    httpx.post(f"{live.url}/api/v1/sandbox/messages", json=said).raise_for_status()


def test_a_desk_claims_two_by_keyboard_and_resolves_one(desktop_page: Page, live: LiveOffice):
    page = desktop_page
    sizes: list[int] = []
    sign_in(page, live, "liqiang")
    expect(page.get_by_role("heading", name="您好，liqiang")).to_be_visible()
    page.on("response", lambda answer: sizes.append(len(answer.body()) if answer.ok else 0))
    page.get_by_role("navigation").get_by_role("link", name="工单").click()
    expect(page.get_by_role("heading", name="工单")).to_be_visible()

    hears_keys(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="关闭").click()
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.get_by_text("已选 2 件")).to_be_visible()
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("2 件已认领")

    hears_keys(page)
    page.keyboard.press("/")
    page.keyboard.type("电梯jx?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("searchbox").fill("电梯门")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“电梯门”的结果")).to_be_visible()
    hears_keys(page)
    page.keyboard.press("j")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name=re.compile("工单 #"))).to_be_visible()
    resolves_it_and_goes_back(page)
    assert 0 < max(sizes) < HEAVIEST_PAGE


def hears_keys(page: Page) -> None:
    """The button is shown by what hears the keys."""
    expect(page.get_by_role("button", name="快捷键")).to_be_visible()


def resolves_it_and_goes_back(page: Page) -> None:
    page.get_by_label("处理结果").fill("已调好门机，试运行正常")
    is_signed_out_while_writing(page)
    expect(page.get_by_label("处理结果")).to_have_value("已调好门机，试运行正常")
    page.get_by_role("button", name="办结").dblclick()
    expect(page.get_by_text("已办结，正在请居民评价。")).to_be_visible()
    expect(page.locator(".story").get_by_text("已调好门机，试运行正常")).to_have_count(1)
    page.reload()
    expect(page.get_by_text("上次没发出去的内容还在")).to_have_count(0)
    page.locator(".back").get_by_role("link", name="工单").click()
    expect(page.get_by_text("“电梯门”的结果")).to_be_visible()
    hears_keys(page)


def is_signed_out_while_writing(page: Page) -> None:
    page.context.clear_cookies()
    page.get_by_role("button", name="办结").click()
    page.get_by_label("账号名").fill("liqiang")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_text("上次没发出去的内容还在")).to_be_visible()


def test_news_are_offered_and_move_nothing(desktop_page: Page, live: LiveOffice):
    page = desktop_page
    sign_in(page, live, "liqiang")
    expect(page.get_by_role("heading", name="您好，liqiang")).to_be_visible()
    page.clock.install()
    page.goto(f"{live.url}/admin/tickets")
    before = page.locator(".ticket").count()
    say(live, "电梯里灯不亮", key="later")

    page.clock.fast_forward(21_000)
    news = page.get_by_role("link", name="有 1 条更新，点此查看")
    expect(news).to_be_visible()
    assert page.locator(".ticket").count() == before
    news.click()

    expect(page.locator(".ticket")).to_have_count(before + 1)


def test_a_phone_shows_cards_that_fit_and_can_be_hit(phone_page: Page, live: LiveOffice):
    page = phone_page
    sign_in(page, live, "liqiang")
    expect(page.get_by_role("heading", name="您好，liqiang")).to_be_visible()

    for path in ("/admin/tickets", "/admin/tickets?category=noise", "/admin/tickets/1001"):
        page.goto(live.url + path)
        for summary in page.locator("main summary:visible").all():
            summary.click()
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert page.evaluate(SMALL_TARGETS) == [], path


def test_everybody_can_use_the_list_and_the_ticket(desktop_page: Page, live: LiveOffice):
    page = desktop_page
    sign_in(page, live, "liqiang")
    expect(page.get_by_role("heading", name="您好，liqiang")).to_be_visible()
    for path in ("/admin/tickets", "/admin/tickets/1001"):
        page.goto(live.url + path)
        for summary in page.locator("main summary:visible").all():
            summary.click()
        for box in page.get_by_role("checkbox", name=re.compile("选中")).all():
            box.check()
        assert_accessible(page)
