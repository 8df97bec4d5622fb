"""The board over HTTP: what is first, what is in sight, filters that are addresses, many at once, views and news."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from admin_web.ports import Role
from tests.admin_web.auth.office_house import Browser, OfficeHouse
from tests.admin_web.office_tickets import act, report, staff_browser, wait
from tests.stories.conftest import _migrated_file, sqlite_story_url

__all__ = ["_migrated_file", "sqlite_story_url"]


@pytest.fixture
async def office(sqlite_story_url: str, tmp_path: Path) -> AsyncIterator[OfficeHouse]:
    opened = OfficeHouse(sqlite_story_url, tmp_path)
    yield opened
    await opened.close()


async def board(browser: Browser, query: str = "") -> str:
    answer = await browser.get(f"/admin/tickets{query}")
    assert answer.status_code == 200, answer.text
    return answer.text


def numbers(page: str) -> list[int]:
    return [int(each) for each in re.findall(r'class="ticket-what" href="/admin/tickets/(\d+)"', page)]


def counts(page: str) -> dict[str, str]:
    return dict(re.findall(r'counter-(\w+)[^"]*"><a [^>]*><b>([^<]*)</b>', page))


async def test_what_is_late_stands_first_and_says_by_how_much(office: OfficeHouse):
    first = await report(office, "楼上半夜在敲", category="noise")
    wait(office, minutes=40)
    second = await report(office, "电梯不动了")
    await act(office, "claim", second, "liqiang")
    wait(office, minutes=50)
    browser = await office.signed_in("zhao", Role.VIEWER)

    page = await board(browser)

    assert numbers(page) == [first, second]
    assert "超时 30 分钟" in page
    assert counts(page) == {
        "late": "1", "soon": "0", "open": "1", "claimed": "1", "resolved": "0", "waiting": "0", "ended": "0",
    }  # fmt: skip


async def test_nobody_sees_more_than_their_own_places_in_list_search_and_counts(office: OfficeHouse):
    mine = await report(office, "电梯不动了")
    theirs = await report(office, "电梯也不动了", node="hepingli-b5")
    browser = await office.signed_in("viewer", Role.VIEWER, "xingfuli")

    page, found = await board(browser), await board(browser, "?q=电梯")

    assert (numbers(page), numbers(found), counts(page)["open"]) == ([mine], [mine], "1")
    assert numbers(await board(browser, f"?q={theirs}")) == []
    assert (await browser.get("/admin/tickets?node=hepingli")).status_code == 404
    assert (await browser.get(f"/admin/tickets/{theirs}")).status_code == 404
    assert "和平里" not in page


SHOWS = {
    "?state=open": [1001, 1002, 1004],
    "?state=claimed": [1003],
    "?state=ended": [],
    "?category=noise": [1002],
    "?node=xingfuli-b2": [1004],
    "?level=street": [],
    "?holder=liqiang": [1003],
    "?urgent=1": [],
    "?since=2026-11-24&until=2026-11-24": [1001, 1002, 1003, 1004],
    "?until=2026-11-23": [],
    "?q=漏水": [1004],
    "?q=1002": [1002],
    "?q=漏水&state=claimed": [],
    "?state=nonsense&since=nonsense&after=nonsense&holder=nobody&category=x": [1001, 1002, 1003, 1004],
}


async def test_filters_are_addresses(office: OfficeHouse):
    await report(office, "电梯不动了")
    await report(office, "楼上半夜在敲", category="noise")
    third = await report(office, "电梯门关不上")
    await report(office, "厨房漏水", node="xingfuli-b2")
    await act(office, "claim", third, "liqiang")
    browser = await office.signed_in("zhao", Role.VIEWER)

    shown = {query: sorted(numbers(await board(browser, query))) for query in SHOWS}

    assert shown == SHOWS


async def test_an_empty_list_says_why_and_how_to_go_on(office: OfficeHouse):
    browser = await office.signed_in("zhao", Role.VIEWER)

    first, found, narrowed = (
        await board(browser),
        await board(browser, "?q=飞碟&state=late"),
        await board(browser, "?category=noise"),
    )

    assert "还没有工单" in first
    assert "没找到“飞碟”" in found
    assert 'value="飞碟"' in found
    assert "清除筛选" in narrowed


async def test_pages_follow_each_other(office: OfficeHouse, monkeypatch: pytest.MonkeyPatch):
    for place in range(5):
        await report(office, f"第{place}件", node="xingfuli-b1", category="noise")
    monkeypatch.setattr("admin_web.pages.tickets.SHOWN", 2)
    browser = await office.signed_in("zhao", Role.VIEWER)
    seen, path = [], "/admin/tickets"

    while path:
        page = (await browser.get(path)).text
        seen += numbers(page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        path = following[1].replace("&amp;", "&") if following else ""

    assert seen == [1001, 1002, 1003, 1004, 1005]


async def test_many_are_claimed_at_once_with_a_result_for_each(office: OfficeHouse):
    for text in ("电梯不动了", "电梯门关不上", "电梯一直响"):
        await report(office, text)
    await act(office, "claim", 1002, "zhoujun")
    browser = await staff_browser(office, "liqiang")

    answer = await browser.client.post(
        "/admin/tickets/bulk",
        data={
            "csrf": browser.csrf,
            "verb": "claim",
            "number": ["1001", "1002", "1003"],
            "back": "category=elevator",
        },
    )

    assert answer.status_code == 200
    assert "2 件已认领" in answer.text
    assert "#1002 已经由周军认领了" in answer.text
    assert re.findall(r'value="(\d+)" checked', answer.text) == ["1002"]
    assert sorted(numbers(answer.text)) == [1001, 1002, 1003]


async def test_what_was_done_to_many_is_taken_back_at_once(office: OfficeHouse):
    for text in ("电梯不动了", "电梯门关不上", "电梯一直响"):
        await report(office, text)
    browser = await staff_browser(office, "liqiang")

    async def send(**fields: object) -> str:
        sent = {"csrf": browser.csrf, "number": ["1001", "1002"], **fields}
        return (await browser.client.post("/admin/tickets/bulk", data=sent)).text

    assert 'value="release">点错了，放回去' in await send(verb="claim")
    released = await send(verb="release")
    assert "2 件已放回" in released
    assert "点错了" not in released
    assert 'value="part">点错了，拆开' in await send(verb="merge", into="1003")
    assert "2 件已拆开" in await send(verb="part")
    assert "李强把 #1002 拆出去单独办，还有 1 人" in (await browser.get("/admin/tickets/1003")).text
    assert "点错了" not in await send(verb="transfer", whom="zhoujun")


async def test_one_that_went_out_of_sight_meanwhile_stops_no_other(office: OfficeHouse):
    first, gone = await report(office, "电梯不动了"), 4711
    last = await report(office, "电梯门关不上")
    browser = await staff_browser(office, "liqiang")
    sent = {
        "csrf": browser.csrf,
        "verb": "claim",
        "number": [first, gone, last],
        "back": "node=left-the-tree",
    }

    answer = await browser.client.post("/admin/tickets/bulk", data=sent)

    assert answer.status_code == 200
    assert "2 件已认领" in answer.text
    assert f"#{gone}</a> 没有这张工单，或者它不归您看。" in answer.text


async def test_many_are_transferred_and_merged_and_nonsense_changes_nothing(office: OfficeHouse):
    for text in ("电梯不动了", "电梯门关不上", "电梯一直响"):
        await report(office, text)
    browser = await staff_browser(office, "liqiang")

    async def send(**fields: object) -> str:
        sent = {"csrf": browser.csrf, "number": ["1001", "1002"], **fields}
        return (await browser.client.post("/admin/tickets/bulk", data=sent)).text

    assert "请选要做什么" in await send(verb="close")
    assert "请选转派给谁" in await send(verb="transfer")
    assert "请先勾选工单" in await send(verb="claim", number=[])
    assert "2 件已转派" in await send(verb="transfer", whom="zhoujun")
    assert "2 件已并案" in await send(verb="merge", into="1003")
    assert "没有找到工单 #9999" in await send(verb="merge", into="9999", number=["1003"])
    assert "请填工单号" in await send(verb="merge", into="电梯", number=["1003"])


async def test_an_admin_who_is_nobody_of_the_tree_says_in_whose_name(office: OfficeHouse):
    number = await report(office, "电梯不动了")
    browser = await office.signed_in("admin", Role.NODE_ADMIN, "xingfuli")

    without = await browser.post("/admin/tickets/bulk", verb="claim", number=str(number))
    within = await browser.post("/admin/tickets/bulk", verb="claim", number=str(number), by="liqiang")

    assert "请选以谁的名义办理" in without.text
    assert "1 件已认领" in within.text


async def test_views_are_kept_renamed_and_dropped_by_their_owner(office: OfficeHouse):
    browser = await office.signed_in("zhao", Role.VIEWER)
    other = await office.signed_in("wang", Role.VIEWER)

    kept = await browser.post(
        "/admin/tickets/views", name=" 超时的  电梯 ", query="state=late&category=elevator"
    )
    page = await board(browser)

    assert kept.headers["location"] == "/admin/tickets?state=late&category=elevator&said=view.kept"
    assert '<a href="/admin/tickets?state=late&amp;category=elevator">超时的 电梯</a>' in page
    assert "超时的" not in await board(other)
    assert (await other.post("/admin/tickets/views/1", do="drop")).status_code == 404
    assert "view.no_name" in (await browser.post("/admin/tickets/views/1", name=" ")).headers["location"]
    await browser.post("/admin/tickets/views/1", name="电梯", do="rename")
    assert ">电梯</a>" in await board(browser)
    await browser.post("/admin/tickets/views/1", do="drop")
    assert "category=elevator" not in await board(browser)


async def test_a_view_of_a_place_that_is_gone_says_so_instead_of_leading_nowhere(office: OfficeHouse):
    owner = f"account:{office.add('zhao', Role.VIEWER)}"
    browser = office.browser()
    await browser.sign_in("zhao")
    for name, place in (("二号楼", "xingfuli-b2"), ("老楼", "torn-down")):
        query, now = f"state=late&node={place}", office.house.clock.now()
        await office.house.store.writer.run(
            lambda unit, name=name, query=query, now=now: unit.saved_views.keep(
                owner, name, query=query, now=now
            )
        )

    page = await board(browser)

    assert '<a href="/admin/tickets?state=late&amp;node=xingfuli-b2">二号楼</a>' in page
    assert "<b>老楼</b><small>打不开了：里面的地方、类别或人已经不在。" in page
    assert "torn-down" not in page


async def test_what_happened_meanwhile_is_told_and_moves_nothing(office: OfficeHouse):
    await report(office, "电梯不动了")
    browser = await office.signed_in("zhao", Role.VIEWER)
    since = re.search(r"since=(\d+)", await board(browser))[1]
    path = f"/admin/tickets/news?since={since}&category=elevator"
    before = (await browser.get(path, **{"liren-background": "1"})).text
    await report(office, "电梯门关不上")
    await report(office, "楼上半夜在敲", category="noise")

    after = (await browser.get(path, **{"liren-background": "1"})).text

    assert before.strip() == ""
    assert "有 1 条更新" in after
    assert 'href="/admin/tickets?category=elevator"' in after
