"""The office in a real browser: from the first link to a colleague who comes in, on a desktop and on a phone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from admin_web.auth import totp
from app.accounts import find_first_admin_link
from tests.accessibility import assert_accessible
from tests.admin_web.auth.live_office import LiveOffice, running_office
from tests.admin_web.auth.office_house import PASSWORD
from tests.chromium import DESKTOP
from tests.stories.conftest import _migrated_file, sqlite_story_url

__all__ = ["_migrated_file", "sqlite_story_url"]

HEAVIEST_PAGE = 100_000


@pytest.fixture
def live(sqlite_story_url: str, tmp_path: Path) -> Iterator[LiveOffice]:
    with running_office(sqlite_story_url, tmp_path) as live:
        yield live


def sign_in(page: Page, live: LiveOffice, name: str) -> None:
    page.goto(f"{live.url}/sign-in")
    page.get_by_label("账号名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def assert_fits(page: Page) -> None:
    """Nothing is wider than the screen, and everything that is tapped is large enough to be hit."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    small = page.evaluate(
        """[...document.querySelectorAll('button, .button, nav a, input:not([type=hidden], [type=radio])')]
        .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 44)
        .map(each => each.outerHTML)"""
    )
    assert small == []


def assert_well_made(page: Page) -> None:
    """It fits, and everybody can use it: that is looked at on both screens, so that one of two runs is enough."""
    assert_fits(page)
    if page.viewport_size == {"width": DESKTOP.width, "height": DESKTOP.height}:
        assert_accessible(page)


def test_from_the_first_link_to_a_colleague_who_comes_in(browser_page: Page, live: LiveOffice):
    page = browser_page
    page.goto(live.here(find_first_admin_link(live.office.house) or ""))
    assert_well_made(page)
    page.get_by_label("账号名").fill("王芳")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_label("再输一遍").fill(PASSWORD)
    page.get_by_role("button", name="设立并登录").click()

    expect(page.get_by_role("heading", name="您好，王芳")).to_be_visible()
    expect(page.get_by_text("新华街道：")).to_be_visible()
    assert_well_made(page)

    page.get_by_role("link", name="请一位同事").click()
    page.get_by_label("账号名").fill("zhaolei")
    page.get_by_role("radio", name=re.compile("^节点管理员")).check()
    page.get_by_label("范围").fill("幸福里社区")
    assert_well_made(page)
    page.get_by_role("button", name="生成邀请链接").click()
    link = page.get_by_label("链接", exact=True).input_value()
    assert_well_made(page)

    page.locator(".office-me summary").click()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_text("您已退出")).to_be_visible()

    page.goto(live.here(link))
    page.get_by_label("新密码").fill(PASSWORD)
    page.get_by_label("再输一遍").fill(PASSWORD)
    page.get_by_role("button", name="设置并登录").click()
    expect(page.get_by_role("heading", name="您好，zhaolei")).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name="账号与权限").click()
    expect(page.get_by_role("row", name=re.compile("zhaolei"))).to_be_visible()
    expect(page.get_by_text("王芳")).to_have_count(0)
    assert_well_made(page)


def test_the_second_lock_is_turned_on_and_asked_for(browser_page: Page, live: LiveOffice):
    page, office = browser_page, live.office
    office.add("wangfang")
    sign_in(page, live, "wangfang")
    page.goto(f"{live.url}/account")
    assert_well_made(page)
    page.get_by_role("region", name="两步验证").get_by_label("现在的密码").fill(PASSWORD)
    page.get_by_role("button", name="开启两步验证").click()
    expect(page.get_by_role("img", name=re.compile("二维码"))).to_be_visible()
    secret = page.locator(".secret code").inner_text().replace(" ", "")
    assert_well_made(page)
    page.get_by_label("验证器里的 6 位数字").fill(totp.code_at(secret, totp.step_at(office.now)))
    page.get_by_role("button", name="确认开启").click()
    codes = page.locator(".codes code").all_inner_texts()
    assert_well_made(page)
    page.get_by_role("link", name="我抄好了").click()
    expect(page.get_by_text("还剩 10 个恢复码")).to_be_visible()

    page.locator(".office-me summary").click()
    page.get_by_role("button", name="退出").click()
    sign_in(page, live, "wangfang")
    page.get_by_label("验证码或恢复码").fill("000000")
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("alert")).to_contain_text("验证码不对")
    page.get_by_label("验证码或恢复码").fill(codes[0])
    page.get_by_role("button", name="继续").click()

    expect(page.get_by_role("heading", name="您好，wangfang")).to_be_visible()


def test_a_stranger_gets_nowhere_and_is_led_back(browser_page: Page, live: LiveOffice):
    page = browser_page
    live.office.add("wangfang")
    page.goto(f"{live.url}/admin/accounts")
    expect(page.get_by_role("heading", name="登录")).to_be_visible()

    page.get_by_label("账号名").fill("wangfang")
    page.get_by_label("密码").fill("not the right one")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_have_text("账号名或密码不对。")
    assert_well_made(page)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()

    expect(page.get_by_role("heading", name="账号与权限")).to_be_visible()


def test_the_keyboard_is_enough(desktop_page: Page, live: LiveOffice):
    page = desktop_page
    live.office.add("wangfang")
    page.goto(f"{live.url}/sign-in")
    expect(page.get_by_label("账号名")).to_be_focused()

    page.keyboard.type("wangfang")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="您好，wangfang")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


def test_english_is_there_from_the_door_on(desktop_page: Page, live: LiveOffice):
    page = desktop_page
    live.office.add("wangfang")
    page.goto(f"{live.url}/sign-in")
    page.get_by_role("button", name="English").click()
    page.get_by_label("Account name").fill("wangfang")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", name="Hello, wangfang")).to_be_visible()
    for path in ("/admin", "/account", "/admin/accounts", "/admin/accounts/new", "/admin/accounts/1"):
        page.goto(live.url + path)
        shown = page.locator("main").inner_text().replace("新华街道", "")
        assert not re.search("[\u4e00-\u9fff]", shown), (path, shown)
    assert_accessible(page)


def test_a_page_is_light(desktop_page: Page, live: LiveOffice):
    live.office.add("wangfang")
    sizes: list[int] = []
    desktop_page.on("response", lambda answer: sizes.append(len(answer.body()) if answer.ok else 0))
    sign_in(desktop_page, live, "wangfang")
    expect(desktop_page.get_by_role("heading", name="您好，wangfang")).to_be_visible()

    assert 0 < sum(sizes) < HEAVIEST_PAGE
