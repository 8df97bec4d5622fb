"""A grid worker's day on a phone, in a real browser: from the message in the chat to the ticket that is done."""

import asyncio
import io
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.accessibility import assert_accessible
from tests.admin_web.auth.live_office import LiveOffice, running_office
from tests.admin_web.work_house import HOME, LANE, WORKERS, WorkHouse, a_photo
from tests.chromium import PHONE, open_page
from tests.stories.conftest import _migrated_file, sqlite_story_url

__all__ = ["_migrated_file", "sqlite_story_url"]


class Day:
    """What happens around the phone, in a thread of its own: the browser's driver occupies this one's event loop."""

    def __init__(self, live: LiveOffice) -> None:
        self.live = live
        self.work = WorkHouse(live.office)

    def run(self, act: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
        found: list[Any] = []
        thread = threading.Thread(target=lambda: found.append(asyncio.run(act())))
        thread.start()
        thread.join(20)
        return found[0]

    def says(self, group: str, sender: str, text: str) -> None:
        self.run(lambda: self.work.says(group, sender, text))

    def link_in_chat(self, staff_id: str) -> str:
        """Out of the newest message that the bot sent them alone."""
        windows = self.live.office.house.windows
        assert windows is not None
        lines = self.run(lambda: windows.list_after(f"private:{staff_id}", after=0, limit=50))
        said = [each.text for each in lines if "/work/sign-in?key=" in each.text][-1]
        return self.live.here(said[said.index("http") :])

    def story(self, number: int) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = self.run(lambda: self.work.story(number))
        return found


@pytest.fixture
def day(sqlite_story_url: str, tmp_path: Path) -> Iterator[Day]:
    with running_office(sqlite_story_url, tmp_path) as live:
        day = Day(live)
        day.says(HOME, "u2", LANE)
        yield day


def a_large_photo() -> bytes:
    photo = io.BytesIO()
    noise = Image.effect_noise((2600, 1900), 90).convert("RGB")
    noise.save(photo, "JPEG", quality=95)
    return photo.getvalue()


def assert_one_hand(page: Page) -> None:
    """Nothing is wider than the screen; what is done is at least 48 pixels high and lies in its lower half."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    places = page.evaluate(
        """[...document.querySelectorAll('.work-foot :is(button, a, summary, textarea, .work-camera)')]
        .filter(each => each.checkVisibility()).map(each => each.getBoundingClientRect())
        .map(box => [box.height, box.top > innerHeight / 2])"""
    )
    assert places
    assert all(height >= 48 and is_low for height, is_low in places), places


def test_a_grid_workers_day(browser: Browser, day: Day):
    with open_page(browser, PHONE) as page:
        link = comes_in_from_the_chat(page, day)
        claims_what_is_waiting(page)
        writes_a_note_in_the_cellar(page, day)
        finds_the_typed_words_again(page, day)
        is_signed_out_while_writing(page, day)
        gets_everything_back_that_could_not_be_done(page, day)
        finishes_with_a_picture(page, day)

    with open_page(browser, PHONE) as other:
        # The link of this morning, on somebody else's phone.
        other.goto(link)
        other.get_by_role("button", name="进入").click()
        expect(other.get_by_role("heading", name="这个链接已经用过")).to_be_visible()


def comes_in_from_the_chat(page: Page, day: Day) -> str:
    """They say 工作台, and get the link."""
    day.says("private:wangfang", "wangfang", "工作台")
    link = day.link_in_chat("wangfang")
    page.goto(link)
    page.get_by_role("button", name="进入").click()
    expect(page.get_by_text("手上没有工单，辛苦了。")).to_be_visible()
    assert_one_hand(page)
    assert_accessible(page)
    return link


def claims_what_is_waiting(page: Page) -> None:
    """The time left is seen first."""
    expect(page.locator(".work-card b").first).to_have_text("还剩 10 分钟")
    page.get_by_role("button", name="认领 1001 号工单").click()
    expect(page.locator(".work-said")).to_contain_text("已认领。")
    expect(page.locator(".work-clock")).to_contain_text("还剩 2 小时")
    assert_one_hand(page)
    assert_accessible(page)


def writes_a_note_in_the_cellar(page: Page, day: Day) -> None:
    """Without network the note waits, and goes out when there is one."""
    page.context.set_offline(True)
    page.get_by_label("记一笔进展").fill("已联系车主，半小时内挪车")
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".work-news")).to_contain_text("有网会自动发出")
    assert ("noted", "已联系车主，半小时内挪车") not in day.story(1001)

    page.context.set_offline(False)
    expect(page.locator(".work-news")).to_contain_text("之前没发出去的已经发出", timeout=25_000)
    page.get_by_role("link", name="去看看").click()
    expect(page.locator(".is-mine .work-bubble")).to_have_text("已联系车主，半小时内挪车")


def finds_the_typed_words_again(page: Page, day: Day) -> None:
    """The page was closed before they were sent."""
    page.get_by_role("link", name="办结").click()
    page.get_by_label("做了什么").fill("车已挪走，地面画了禁停线")
    page.goto(f"{day.live.url}/work")
    page.goto(f"{day.live.url}/work/tickets/1001/resolve")
    expect(page.locator(".work-news")).to_contain_text("上次没发出去的内容还在")
    expect(page.get_by_label("做了什么")).to_have_value("车已挪走，地面画了禁停线")


def is_signed_out_while_writing(page: Page, day: Day) -> None:
    """Words and picture wait on the phone, and go out when they are let in again. The back button finds no old form."""
    page.goto(f"{day.live.url}/work/tickets/1001")
    page.context.clear_cookies()
    page.get_by_label("记一笔进展").fill("车主来了")
    page.locator("input[type=file]").set_input_files(
        {"name": "IMG_0.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    )
    expect(page.get_by_role("button", name="去掉这张照片")).to_be_visible()
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".work-news")).to_contain_text("登录已过期")
    page.locator(".work-news").get_by_role("link", name="登录").click()
    expect(page.get_by_text("网格员不用账号")).to_be_visible()

    page.goto(day.live.here(day.live.office.house.links.make_work_link("wangfang", 1001)))
    page.get_by_role("button", name="进入").click()
    expect(page.locator(".work-news")).to_contain_text("之前没发出去的已经发出")
    page.reload()
    expect(page.get_by_alt_text("王芳拍的照片")).to_be_visible()
    assert day.story(1001).count(("noted", "车主来了")) == 1

    # In another tab they come in once more: what is open here belongs to an older session.
    with page.context.expect_page() as opened:
        page.evaluate("window.open('about:blank')")
    page.context.clear_cookies()
    opened.value.goto(day.live.here(day.live.office.house.links.make_work_link("wangfang", 1001)))
    opened.value.get_by_role("button", name="进入").click()
    expect(opened.value.locator(".work-clock")).to_be_visible()
    opened.value.close()
    page.get_by_label("记一笔进展").fill("他说马上挪")
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".is-mine .work-bubble").last).to_have_text("他说马上挪")
    page.go_back()
    expect(page.get_by_label("记一笔进展")).to_have_value("")
    page.goto(f"{day.live.url}/work/tickets/1001/resolve")


def gets_everything_back_that_could_not_be_done(page: Page, day: Day) -> None:
    """While it waited for the network, the ticket was put back into the group."""
    shots, note = page.get_by_role("button", name="去掉这张照片"), page.get_by_label("记一笔进展")
    page.locator("input[type=file]").set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    )
    expect(shots).to_have_count(1)
    page.context.set_offline(True)
    page.get_by_role("button", name="办结").click()
    expect(page.locator(".work-news")).to_contain_text("有网会自动发出")
    expect(shots).to_have_count(0)
    day.says(WORKERS, "wangfang", "放回 1001")

    page.context.set_offline(False)
    expect(page.locator(".work-news")).to_contain_text("有一条没能办成", timeout=25_000)
    expect(page.get_by_label("做了什么")).to_have_value("车已挪走，地面画了禁停线")
    expect(shots).to_have_count(1)
    page.locator(".work-news").get_by_role("link", name="去看看").click()
    expect(page.locator(".work-news")).to_contain_text("可以作为进展发出")
    expect(note).to_have_value("车已挪走，地面画了禁停线")
    expect(shots).to_have_count(1)

    page.goto(f"{day.live.url}/work")
    expect(page.locator(".work-kept")).to_contain_text("车已挪走，地面画了禁停线")
    assert_accessible(page)
    page.get_by_role("button", name="不要了 #1001").click()
    expect(page.locator(".work-kept")).to_have_count(0)
    page.get_by_role("button", name="认领 1001 号工单").click()
    expect(page.locator(".work-said")).to_contain_text("已认领。")
    page.goto(f"{day.live.url}/work/tickets/1001/resolve")
    expect(shots).to_have_count(0)
    page.get_by_label("做了什么").fill("车已挪走，地面画了禁停线")


def finishes_with_a_picture(page: Page, day: Day) -> None:
    """It is made smaller on the way."""
    page.locator("input[type=file]").set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": a_large_photo()}
    )
    expect(page.get_by_role("button", name="去掉这张照片")).to_be_visible()
    assert_one_hand(page)
    assert_accessible(page)
    page.get_by_role("button", name="办结").click()
    expect(page.locator(".work-said")).to_contain_text("已办结，正在请居民评价。")

    page.get_by_role("link", name="1001 号工单").click()
    expect(page.get_by_alt_text("王芳拍的照片")).to_have_count(2)
    width = page.evaluate(
        "fetch('/work/pictures/2').then(r => r.blob()).then(createImageBitmap).then(p => p.width)"
    )
    assert width == 1600
    assert day.story(1001).count(("resolved", "车已挪走，地面画了禁停线")) == 1
    assert [words for _, words in day.story(1001)].count("已联系车主，半小时内挪车") == 1


def test_without_a_script_the_day_goes_on(browser: Browser, day: Day):
    context = browser.new_context(viewport={"width": 375, "height": 812}, java_script_enabled=False)
    page = context.new_page()
    page.goto(day.live.here(day.live.office.house.links.make_work_link("wangfang", 1001)))
    page.get_by_role("button", name="进入").click()

    page.get_by_role("button", name="认领").click()
    page.get_by_label("记一笔进展").fill("在路上")
    page.get_by_role("button", name="发送").click()
    page.get_by_text("更多", exact=True).click()
    page.get_by_role("link", name="暂缓").click()
    page.get_by_role("radio", name="3 天").check()
    page.get_by_role("button", name="暂缓").click()
    expect(page.get_by_role("alert")).to_contain_text("请写上原因")
    page.get_by_label("为什么要暂缓").fill("等配件")
    page.get_by_role("button", name="暂缓").click()

    expect(page.locator(".work-clock")).to_contain_text("暂缓中")
    assert [kind for kind, _ in day.story(1001)][-3:] == ["claimed", "noted", "paused"]
    context.close()
