"""The grid worker's pages: what is shown first, what is theirs to see, and that nothing is lost or done twice."""

import io
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from admin_web.ports import Role
from routing.events import Actor, Event, EventKind
from routing.tickets import Status
from tests.admin_web.auth.office_house import OfficeHouse
from tests.admin_web.work_house import HOME, LANE, NOISE, WORKERS, WorkHouse, a_photo, send
from tests.stories.conftest import _migrated_file, sqlite_story_url

__all__ = ["_migrated_file", "sqlite_story_url"]


@pytest.fixture
async def work(sqlite_story_url: str, tmp_path: Path) -> AsyncIterator[WorkHouse]:
    """#1001 is noise and asked of 1号楼, #1002 a blocked fire lane and asked of the community's grid workers."""
    office = OfficeHouse(sqlite_story_url, tmp_path)
    house = WorkHouse(office)
    await house.says(HOME, "u1", NOISE)
    await house.says(HOME, "u2", LANE, name="1-1203")
    yield house
    await office.close()


async def claimed(work: WorkHouse):
    browser = await work.staff_in("wangfang", ticket=1002)
    assert (await send(browser, "/work/tickets/1002/claim", once="c1")).status_code == 303
    return browser


def before(text: str, first: str, second: str) -> bool:
    assert first in text, first
    assert second in text, second
    return text.index(first) < text.index(second)


async def test_the_list_says_what_is_mine_and_what_is_free_with_the_time_first(work: WorkHouse):
    browser = await claimed(work)
    await work.says("xingfuli-b2-residents", "u3", NOISE)

    page = (await browser.get("/work")).text

    assert before(page, "我手上的", "可以认领")
    mine = page[page.index("我手上的") : page.index("可以认领")]
    assert before(mine, "还剩 2 小时", "消防通道占用")
    assert "今天 11:00 前办结" in mine
    assert "#1003" in page[page.index("可以认领") :]
    assert "/work/tickets/1003/claim" in page
    idle = (await (await work.staff_in("sunli")).get("/work")).text
    assert "手上没有工单，辛苦了。" in idle
    assert "现在没有等人认领的工单。" in idle


async def test_late_and_soon_are_told_apart(work: WorkHouse):
    browser = await claimed(work)

    work.office.house.clock.push(timedelta(minutes=95))
    assert "work-soon" in (await browser.get("/work/tickets/1002")).text
    work.office.house.clock.push(timedelta(minutes=60))
    page = (await browser.get("/work/tickets/1002")).text

    assert "work-late" in page
    assert "超时 35 分钟" in page


async def test_a_ticket_shows_the_household_and_what_residents_said(work: WorkHouse):
    browser = await claimed(work)

    page = (await browser.get("/work/tickets/1002")).text

    assert "1-1203" in page
    assert "消防通道又被堵死了" in page
    assert "王芳认领" in page
    assert "/work/tickets/1002/resolve" in page


async def test_only_who_may_see_it_in_the_chat_sees_it_here(work: WorkHouse):
    browser = await claimed(work)
    await send(browser, "/work/tickets/1002/note", a_photo(), text="拍了", once="n1")
    stranger, above = await work.staff_in("sunli"), await work.staff_in("zhao")

    for path in (
        "/work/tickets/1002",
        "/work/tickets/1002/resolve",
        "/work/pictures/1",
        "/work/tickets/9999",
    ):
        assert (await stranger.get(path)).status_code == 404, path
    assert (await send(stranger, "/work/tickets/1002/note", text="x")).status_code == 404
    assert (await above.get("/work/tickets/1002")).status_code == 200
    assert (await above.get("/work/pictures/1")).status_code == 200
    assert not any(words == "x" for _, words in await work.story(1002))


async def test_a_stranger_is_led_to_the_door_and_a_script_hears_401(work: WorkHouse):
    browser = work.office.browser()

    assert (await browser.get("/work")).headers["location"] == "/sign-in?next=%2Fwork"
    answer = await send(browser, "/work/tickets/1002/note", accept="application/json", text="x")

    assert answer.status_code == 401


async def test_one_tap_claims_and_can_be_taken_back(work: WorkHouse):
    browser = await work.staff_in("wangfang")

    answer = await send(browser, "/work/tickets/1002/claim", once="c1")
    page = (await browser.get(answer.headers["location"])).text

    assert (await work.ticket(1002)).holder == "wangfang"
    assert "点错了，放回去" in page
    await send(browser, "/work/tickets/1002/release", once="r1")
    assert (await work.ticket(1002)).status is Status.OPEN


async def test_resolved_with_words_and_a_picture(work: WorkHouse):
    browser = await claimed(work)

    answer = await send(browser, "/work/tickets/1002/resolve", a_photo(), text="车已挪走", once="k1")

    assert answer.headers["location"] == "/work?said=resolve&number=1002"
    assert (EventKind.RESOLVED.value, "车已挪走") in await work.story(1002)
    ticket = (await browser.get("/work/tickets/1002")).text
    assert before(ticket, "车已挪走", "/work/pictures/1?small=1")
    assert "王芳拍的照片" in ticket


async def test_a_picture_of_the_result_goes_to_the_reporter_who_wrote_alone(work: WorkHouse):
    await work.says("private:u5", "u5", "消防通道被堵了", name="2-101")
    browser = await work.staff_in("wangfang", ticket=1003)
    await send(browser, "/work/tickets/1003/claim", once="c3")

    await send(browser, "/work/tickets/1003/resolve", a_photo(300), text="车已挪走", once="r3")
    await work.office.house.postman.finish()

    windows = work.office.house.windows
    assert windows is not None
    *_, words, picture = await windows.list_after("private:u5", after=0, limit=50)
    assert "已办结：车已挪走" in words.text
    assert Image.open(io.BytesIO(windows.pictures.find(picture.picture) or b"")).size == (300, 150)


async def test_a_picture_is_our_own_copy_and_small_where_the_line_is_slow(work: WorkHouse):
    browser = await claimed(work)
    await send(browser, "/work/tickets/1002/note", a_photo(900, kind="PNG"), once="n1")

    whole, small = await browser.get("/work/pictures/1"), await browser.get("/work/pictures/1?small=1")

    assert whole.headers["content-type"] == small.headers["content-type"] == "image/jpeg"
    assert whole.headers["content-security-policy"] == "default-src 'none'"
    assert Image.open(io.BytesIO(whole.content)).size == (900, 450)
    assert Image.open(io.BytesIO(small.content)).size == (480, 240)
    assert (EventKind.NOTED.value, "（见照片）") in await work.story(1002)


async def test_what_is_no_picture_is_told_kindly_and_the_words_stay(work: WorkHouse):
    browser = await claimed(work)

    answer = await send(browser, "/work/tickets/1002/resolve", b"not a picture", text="车已挪走", once="k1")
    many = await send(browser, "/work/tickets/1002/note", *[a_photo(20)] * 5, text="x", once="k2")

    assert (answer.status_code, many.status_code) == (422, 422)
    assert "一次最多发 4 张照片" in many.text
    assert "这张照片打不开" in answer.text
    assert ">车已挪走</textarea>" in answer.text
    assert (await work.ticket(1002)).status is Status.CLAIMED


async def test_the_same_form_twice_is_done_once(work: WorkHouse):
    browser = await claimed(work)

    answers = [
        await send(browser, "/work/tickets/1002/note", a_photo(20), text="已联系车主", once="n1")
        for _ in range(2)
    ]

    assert [each.status_code for each in answers] == [303, 303]
    assert [words for _, words in await work.story(1002)].count("已联系车主") == 1
    assert (await browser.get("/work/pictures/2")).status_code == 404


async def test_a_form_that_comes_again_after_the_ticket_went_elsewhere_is_no_error(work: WorkHouse):
    browser = await claimed(work)
    again = {"text": "需要城管", "once": "e1"}

    first = await send(browser, "/work/tickets/1002/escalate", accept="application/json", **again)
    second = await send(browser, "/work/tickets/1002/escalate", accept="application/json", **again)

    assert first.json() == second.json() == {"next": "/work?said=escalate&number=1002"}


async def test_a_refused_form_may_be_sent_again_with_the_same_key(work: WorkHouse):
    browser = await claimed(work)

    refused = await send(browser, "/work/tickets/1002/resolve", accept="application/json", text="", once="k1")
    answer = await send(
        browser, "/work/tickets/1002/resolve", accept="application/json", text="好了", once="k1"
    )

    assert (refused.status_code, refused.json()) == (422, {"error": "请写一句处理结果。"})
    assert answer.json() == {"next": "/work?said=resolve&number=1002"}


async def test_who_comes_second_hears_who_has_it(work: WorkHouse):
    browser = await work.staff_in("wangfang")
    await work.says(WORKERS, "zhao", "认领 1002", name="赵敏")

    answer = await send(browser, "/work/tickets/1002/claim", once="c1")
    late = await browser.get("/work/tickets/1002/claim")

    assert answer.status_code == 422
    assert "赵敏" in answer.text
    assert late.headers["location"] == "/work/tickets/1002"


async def test_pausing_for_some_days_or_until_a_day(work: WorkHouse):
    browser = await claimed(work)

    await send(browser, "/work/tickets/1002/pause", choice="3天", text="等配件", once="p1")
    page = (await browser.get("/work/tickets/1002?said=pause")).text
    assert "暂缓中" in page
    assert "不用暂缓，继续办" in page
    await send(browser, "/work/tickets/1002/resume", once="p2")
    await send(
        browser, "/work/tickets/1002/pause", choice="1天", until="2026-11-27", text="等配件", once="p3"
    )

    paused_until = (await work.ticket(1002)).paused_until
    assert paused_until is not None
    assert f"{paused_until:%Y-%m-%d}" in {"2026-11-26", "2026-11-27"}


async def test_what_residents_do_is_not_done_here_and_a_form_needs_its_token(work: WorkHouse):
    browser = await claimed(work)

    for verb in ("urge", "rate", "withdraw", "add", "nothing"):
        answer = await send(browser, f"/work/tickets/1002/{verb}", text="满意")
        assert answer.status_code == 404, verb
    answer = await browser.post("/work/tickets/1002/note", csrf="forged", text="x")
    assert answer.status_code == 403


async def test_every_page_also_speaks_english(work: WorkHouse):
    browser = await claimed(work)
    browser.client.cookies.set("liren-language", "en", domain="liren.test", path="/")

    for path in ("/work", "/work/tickets/1002", "/work/tickets/1002/pause"):
        page = (await browser.get(path)).text
        assert 'lang="en"' in page
        assert re.search(r"\d+ h left", page)


async def test_an_account_that_is_somebody_of_the_tree_works_here_too(work: WorkHouse):
    work.office.add("wang", Role.STAFF, "xingfuli", staff="wangfang")
    work.office.add("looks", Role.STAFF, "xingfuli")
    browser, nobody = work.office.browser(), work.office.browser()
    await browser.sign_in("wang")
    await nobody.sign_in("looks")

    page = (await browser.get("/work")).text

    assert "王芳" in page or "wang" in page
    assert "回到后台" in page
    assert (await nobody.get("/work")).status_code == 403


async def test_signing_out_ends_it_on_this_phone(work: WorkHouse):
    browser = await claimed(work)

    answer = await browser.post("/work/sign-out")

    assert answer.headers["location"] == "/sign-in?out=1"
    assert (await browser.get("/work")).headers["location"] == "/sign-in?next=%2Fwork"


async def test_only_who_is_somebody_of_the_tree_is_shown_the_way_here(work: WorkHouse):
    work.office.add("wang", Role.NODE_ADMIN, "xingfuli", staff="wangfang")
    work.office.add("looks", Role.STAFF, "xingfuli")
    shown = {}
    for name in ("wang", "looks"):
        browser = work.office.browser()
        await browser.sign_in(name)
        shown[name] = 'href="/work"' in (await browser.get("/admin")).text

    assert shown == {"wang": True, "looks": False}


async def test_what_was_joined_leads_to_where_it_is_dealt_with(work: WorkHouse):
    browser = await claimed(work)
    await work.says("xingfuli-b2-residents", "u3", NOISE)
    await send(browser, "/work/tickets/1003/merge", once="m1", text="1002")

    page = (await browser.get("/work/tickets/1003")).text

    assert '并入了 #1002，在那里一起办。 <a href="/work/tickets/1002">' in page
    assert "work-button-main" not in page
    assert "/work/tickets/1003/part" in page
    work.office.house.clock.push(timedelta(minutes=5))
    await send(browser, "/work/tickets/1003/part", once="m2")
    assert "#1003 拆出去单独办了" in (await browser.get("/work/tickets/1002")).text


async def test_what_neighbours_said_of_the_same_matter_is_read_with_it(work: WorkHouse):
    browser = await claimed(work)
    ticket = await work.ticket(1002)
    work.office.house.clock.push(timedelta(minutes=5))
    words, at = "救护车也进不来", work.office.house.clock.now()
    joined = Event(1002, EventKind.JOINED, at, Actor.RESIDENT, ticket.node, ticket.group, words=words)
    await work.office.house.store.writer.run(lambda unit: unit.history.append(joined))

    page = (await browser.get("/work/tickets/1002")).text

    assert before(page[page.index("work-story") :], "<em>也反映</em>", words)
