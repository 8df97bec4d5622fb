"""The sandbox in a real browser: talk, tap, push the clock, on a desktop and on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.channels.sandbox.pictures import draw_picture
from tests.accessibility import assert_accessible
from tests.admin_web.live_house import LiveHouse, running
from tests.bot.channels.sandbox.toy_house import ToyHouse

CANARY = "<img src=x onerror=\"document.title='caught'\"><b>粗</b>"


@pytest.fixture
def live() -> Iterator[LiveHouse]:
    with running(ToyHouse()) as live:
        yield live


def open_sandbox(page: Page, live: LiveHouse, query: str = "") -> None:
    page.goto(f"{live.url}/sandbox{query}")
    expect(page.locator(".try").first).to_be_visible()


def open_tab(page: Page, live: LiveHouse) -> None:
    """A further tab, beside one that speaks as the first resident, speaking as the second."""
    page.goto(f"{live.url}/sandbox")
    column(page, 0).locator(".speaker:visible").select_option(label="1-502")


def column(page: Page, index: int) -> Locator:
    return page.locator(".tier").nth(index)


def write(place: Locator, text: str) -> None:
    place.locator("textarea:visible").fill(text)
    place.locator("textarea:visible").press("Enter")


def test_three_tiers_stand_side_by_side(desktop_page: Page, live: LiveHouse):
    open_sandbox(desktop_page, live)

    expect(desktop_page.locator(".tier-name")).to_have_text(["1号楼", "幸福里社区", "新华街道"])
    boxes = [column(desktop_page, index).bounding_box() for index in range(3)]
    assert len({box["y"] for box in boxes if box}) == 1
    assert boxes[2] is not None
    assert boxes[2]["x"] + boxes[2]["width"] <= 1280


def test_the_page_leads_only_to_pages_that_exist(desktop_page: Page, live: LiveHouse):
    open_sandbox(desktop_page, live)

    links = desktop_page.locator("a[href]").evaluate_all("all => all.map(each => each.getAttribute('href'))")

    assert sorted(links) == ["/help", "/sandbox"]
    for path in ("/help", "/board"):
        desktop_page.goto(live.url + path)
        expect(desktop_page.get_by_role("heading", level=1)).to_be_visible()
        assert_accessible(desktop_page)


def test_a_newcomer_taps_an_example_and_is_answered(browser_page: Page, live: LiveHouse):
    open_sandbox(browser_page, live)

    browser_page.get_by_role("button", name="3单元电梯又不动了").click()
    expect(browser_page.locator("textarea:visible").first).to_have_value("3单元电梯又不动了")
    browser_page.locator(".send:visible").first.click()

    expect(browser_page.locator(".is-bot:visible").first).to_contain_text("#1024")
    expect(browser_page.locator(".is-mine:visible .bubble-text")).to_have_text(["@里仁 3单元电梯又不动了"])


def test_a_ticket_is_watched_up_to_the_street_and_claimed_there(desktop_page: Page, live: LiveHouse):
    open_sandbox(desktop_page, live)
    write(column(desktop_page, 0), "电梯坏了")
    expect(column(desktop_page, 1).locator(".is-bot:visible")).to_contain_text("新工单 #1024")
    card = desktop_page.locator(".card")
    expect(card.locator(".is-here")).to_have_text("社区")
    expect(desktop_page.locator("#next")).to_contain_text("#1024 认领 15:54")

    desktop_page.get_by_role("button", name="下一时限").click()
    expect(column(desktop_page, 2).locator(".is-bot:visible")).to_contain_text("升级到新华街道")
    expect(desktop_page.locator("#clock-time")).to_have_text("15:54")
    expect(card.locator(".is-here")).to_have_text("街道")

    column(desktop_page, 2).get_by_role("button", name="认领").click()
    expect(column(desktop_page, 2).locator(".is-mine:visible")).to_contain_text("认领 1024")
    expect(card).to_contain_text("赵敏在办")
    assert_accessible(desktop_page)
    expect(column(desktop_page, 0).locator(".lines:visible")).to_contain_text("赵敏认领了")


@pytest.mark.parametrize(("button", "time"), [("15 分钟", "15:39"), ("1 小时", "16:24"), ("明天", "09:00")])
def test_each_button_pushes_the_clock(desktop_page: Page, live: LiveHouse, button: str, time: str):
    open_sandbox(desktop_page, live)

    desktop_page.get_by_role("button", name=button).click()

    expect(desktop_page.locator("#clock-time")).to_have_text(time)


def test_another_tab_sees_lines_and_clock_at_once(desktop_page: Page, live: LiveHouse):
    open_sandbox(desktop_page, live)
    other = desktop_page.context.new_page()
    open_sandbox(other, live)

    write(column(desktop_page, 0), "电梯坏了")
    desktop_page.get_by_role("button", name="1 小时").click()

    expect(column(other, 0).locator(".is-bot:visible")).to_contain_text("#1024")
    expect(other.locator("#clock-time")).to_have_text("16:24")


def test_what_is_not_addressed_to_the_bot_says_so(desktop_page: Page, live: LiveHouse):
    open_sandbox(desktop_page, live)

    column(desktop_page, 0).get_by_role("button", name="@里仁").locator("visible=true").click()
    write(column(desktop_page, 0), "晚上谁家有葱？")

    expect(column(desktop_page, 0).locator(".unread")).to_be_visible()
    expect(column(desktop_page, 0).locator(".is-bot")).to_have_count(0)


def test_nothing_people_write_becomes_markup(desktop_page: Page, live: LiveHouse):
    open_sandbox(desktop_page, live)
    column(desktop_page, 0).locator(".speaker:visible").select_option(label="＋ 换个昵称…")
    desktop_page.locator("#nickname-words").fill(CANARY[:32])
    desktop_page.locator("#nickname-words").press("Enter")

    write(column(desktop_page, 0), f"电梯{CANARY}")

    expect(column(desktop_page, 0).locator(".is-bot:visible")).to_contain_text("#1024")
    expect(column(desktop_page, 0).locator(".is-mine .bubble-text")).to_contain_text(CANARY)
    expect(column(desktop_page, 0).locator(".is-mine .bubble-name")).to_have_text(CANARY[:32].strip())
    assert desktop_page.locator(".bubble b, .bubble img").count() == 0
    assert desktop_page.title() != "caught"


def test_choosing_characters_with_enter_does_not_send(desktop_page: Page, live: LiveHouse):
    open_sandbox(desktop_page, live)
    words = column(desktop_page, 0).locator("textarea:visible")
    words.fill("dianti")

    words.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    words.press("Shift+Enter")

    expect(words).to_have_value("dianti\n")
    assert live.house.received == []


def test_a_message_that_did_not_go_out_can_be_sent_again(desktop_page: Page, live: LiveHouse):
    open_sandbox(desktop_page, live)
    live.house.is_storing = False
    write(column(desktop_page, 0), "电梯坏了")
    failed = column(desktop_page, 0).locator(".is-failed")
    expect(failed).to_contain_text("暂时没有存下")

    live.house.is_storing = True
    failed.get_by_role("button", name="重发").click()

    expect(column(desktop_page, 0).locator(".is-bot:visible")).to_contain_text("#1024")
    expect(column(desktop_page, 0).locator(".is-mine")).to_have_count(1)


def test_a_lost_connection_is_said_and_made_up_for(desktop_page: Page, live: LiveHouse):
    desktop_page.route("**/events", lambda route: route.abort())
    open_sandbox(desktop_page, live)
    expect(desktop_page.locator("#offline")).to_be_visible()
    other = desktop_page.context.new_page()
    open_sandbox(other, live)
    write(column(other, 0), "电梯坏了")

    expect(column(desktop_page, 0).locator(".is-bot:visible")).to_contain_text("#1024")


def test_another_building_is_found_and_opened(browser_page: Page, live: LiveHouse):
    open_sandbox(browser_page, live)

    browser_page.locator("#place").click()
    browser_page.locator("#places-words").fill("12号楼")
    browser_page.locator(".place-row", has_text="12号楼").first.click()

    expect(browser_page.locator("#place-name")).to_have_text("幸福里社区 · 12号楼")
    expect(browser_page.locator(".hint:visible").first).to_contain_text("12号楼居民群")
    assert browser_page.url.endswith("?node=xingfuli-b12")


def test_a_private_chat_follows_its_speaker(desktop_page: Page, live: LiveHouse):
    open_sandbox(desktop_page, live)
    desktop_page.get_by_role("tab", name="私聊里仁").click()
    write(column(desktop_page, 0), "我的")
    expect(column(desktop_page, 0).locator(".is-bot:visible")).to_contain_text("您好，我是里仁")

    column(desktop_page, 0).locator(".speaker:visible").select_option(label="1-502")

    expect(column(desktop_page, 0).locator(".bubble:visible")).to_have_count(0)


def test_a_phone_shows_one_tier_at_a_time(phone_page: Page, live: LiveHouse):
    open_sandbox(phone_page, live)
    expect(phone_page.locator(".tier:visible")).to_have_count(1)

    phone_page.locator(".bar-tab", has_text="社区").tap()
    expect(phone_page.locator(".tier:visible .tab").first).to_contain_text("幸福里网格工作群")

    phone_page.locator(".bar-tab", has_text="工单").tap()
    expect(phone_page.locator("#cards")).to_be_visible()
    expect(phone_page.locator(".tier:visible")).to_have_count(0)


def test_a_phone_pushes_the_clock_from_its_face(phone_page: Page, live: LiveHouse):
    open_sandbox(phone_page, live)
    expect(phone_page.locator("[data-forward='1h']")).to_be_hidden()

    phone_page.locator("#clock-face").tap()
    phone_page.locator("[data-forward='1h']").tap()

    expect(phone_page.locator("#clock-time")).to_have_text("16:24")
    expect(phone_page.locator("[data-forward='1h']")).to_be_hidden()


def test_a_phone_marks_the_tier_where_something_came(phone_page: Page, live: LiveHouse):
    open_sandbox(phone_page, live)

    phone_page.locator(".try").first.tap()
    phone_page.locator(".send:visible").tap()

    expect(phone_page.locator(".bar-tab", has_text="社区").locator(".bar-dot")).to_be_visible()
    expect(phone_page.locator(".bar-tab", has_text="工单").locator(".bar-dot")).to_have_text("1")


def test_everything_on_a_phone_is_big_enough_to_touch(phone_page: Page, live: LiveHouse):
    open_sandbox(phone_page, live)
    phone_page.locator(".try").first.tap()
    phone_page.locator(".send:visible").tap()
    expect(phone_page.locator(".key:visible").first).to_be_visible()

    sizes = phone_page.locator("button:visible, select:visible, textarea:visible").evaluate_all(
        "all => all.map(each => [each.className || each.id, Math.round(each.getBoundingClientRect().height)])"
    )

    assert [each for each in sizes if each[1] < 44] == []
    assert phone_page.evaluate("document.documentElement.scrollWidth") == 375


def test_a_keyboard_reaches_the_tabs_and_the_words(desktop_page: Page, live: LiveHouse):
    open_sandbox(desktop_page, live)

    desktop_page.get_by_role("tab", name="幸福里网格工作群").focus()
    desktop_page.keyboard.press("ArrowRight")

    expect(desktop_page.get_by_role("tab", name="幸福里物业群")).to_have_attribute("aria-selected", "true")
    expect(column(desktop_page, 1).locator(".lines:visible")).to_have_attribute("aria-live", "polite")


def test_a_picture_is_sent_and_shown(desktop_page: Page, live: LiveHouse):
    open_sandbox(desktop_page, live)
    picture = {"name": "电梯.png", "mimeType": "image/png", "buffer": draw_picture("电梯")}
    column(desktop_page, 0).locator(".chat:visible input[type=file]").set_input_files(picture)  # type: ignore[arg-type]
    expect(column(desktop_page, 0).locator(".attach-chip:visible")).to_have_text("图片 ✓")

    write(column(desktop_page, 0), "电梯坏了")

    shown = column(desktop_page, 0).locator(".bubble-picture")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.complete && image.naturalWidth") == 96
    assert live.house.received[0].attachments


def test_a_private_line_for_somebody_else_is_marked(desktop_page: Page, live: LiveHouse):
    open_sandbox(desktop_page, live)
    other = desktop_page.context.new_page()
    open_sandbox(other, live)
    other.get_by_role("tab", name="私聊里仁").click()
    column(other, 0).locator(".speaker:visible").select_option(label="王芳（网格员）")
    write(column(other, 0), "待办")

    expect(desktop_page.get_by_role("tab", name="私聊里仁")).to_have_class("tab has-unread")
    desktop_page.get_by_role("tab", name="私聊里仁").click()
    column(desktop_page, 0).locator(".speaker:visible").select_option(label="● 王芳（网格员）")
    expect(column(desktop_page, 0).locator(".is-bot:visible")).to_contain_text("您好，我是里仁")


def test_who_speaks_is_remembered(desktop_page: Page, live: LiveHouse):
    open_sandbox(desktop_page, live)
    column(desktop_page, 0).locator(".speaker:visible").select_option(label="2-301")

    desktop_page.reload()

    expect(column(desktop_page, 0).locator(".speaker:visible")).to_have_value("xingfuli-b1-2-301")


def test_reading_back_is_not_torn_away_by_a_new_line(desktop_page: Page, live: LiveHouse):
    open_sandbox(desktop_page, live)
    for number in range(6):
        write(column(desktop_page, 0), f"电梯坏了，第 {number + 1} 次")
        expect(column(desktop_page, 0).locator(".is-bot:visible")).to_have_count(number + 1)
    lines = column(desktop_page, 0).locator(".lines:visible")
    lines.evaluate("list => { list.scrollTop = 0; }")
    other = desktop_page.context.new_page()
    open_tab(other, live)

    write(column(other, 0), "还没好")

    newer = column(desktop_page, 0).get_by_role("button", name="有新消息")
    expect(newer).to_be_visible()
    assert lines.evaluate("list => list.scrollTop") == 0
    newer.click()
    expect(newer).to_be_hidden()
