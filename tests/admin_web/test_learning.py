"""Learning in the open: what the page shows of sorting, and one-click sorting by the desk's verbs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from admin_web.ports import Role
from routing.callers import Caller
from routing.desk import Desk, claim, resolve, sort
from tests.admin_web.auth.office_house import Browser, OfficeHouse
from tests.admin_web.letters_house import report
from tests.stories.conftest import _migrated_file, postgres_story_url, sqlite_story_url, story_url

__all__ = ["_migrated_file", "postgres_story_url", "sqlite_story_url", "story_url"]

PAGE = "/admin/learning"


@pytest.fixture
async def office(sqlite_story_url: str, tmp_path: Path) -> AsyncIterator[OfficeHouse]:
    opened = OfficeHouse(sqlite_story_url, tmp_path)
    yield opened
    await opened.close()


@pytest.fixture
async def either_office(story_url: str, tmp_path: Path) -> AsyncIterator[OfficeHouse]:
    opened = OfficeHouse(story_url, tmp_path)
    yield opened
    await opened.close()


async def page(browser: Browser, query: str = "") -> str:
    shown = await browser.get(f"{PAGE}{query}")
    assert shown.status_code == 200, shown.text
    return shown.text


async def does(office: OfficeHouse, verb, number: int, staff_id: str, **what: object) -> None:
    house = office.house
    tree = house.office.current()

    def job(unit):
        desk = Desk(unit, tree, house.reach, house.clock.now())
        return verb(desk, number, Caller(staff=tree.staff[staff_id]), **what)

    await house.store.writer.run(job)


async def ticket(office: OfficeHouse, number: int):
    return await office.house.store.writer.run(lambda unit: unit.tickets.get(number))


async def history(office: OfficeHouse, number: int):
    return await office.house.store.writer.run(lambda unit: unit.history.list_of(number))


async def sort_on_page(browser: Browser, number: int, category: str) -> str:
    """The page after the form."""
    answer = await browser.post(f"{PAGE}/{number}/sort", category=category)
    assert answer.status_code == 303, answer.text
    return await page(browser, f"?{answer.headers['location'].partition('?')[2].partition('#')[0]}")


async def test_a_house_where_nobody_has_said_anything_says_so(office: OfficeHouse):
    browser = await office.signed_in("wangfang")

    shown = await page(browser)

    assert "还没有答案" in shown
    assert "在办的都有人看过了" in shown
    assert "只看关键词和例句" in shown


async def test_it_shows_how_often_it_was_right_and_what_it_confuses(either_office: OfficeHouse):
    office = either_office
    browser = await office.signed_in("wangfang")
    right, wrong = await report(office, text="电梯不动了"), await report(office, text="楼上漏水声太吵了")
    await does(office, claim, right, "liqiang")
    await does(office, resolve, right, "liqiang", result="修好了")
    await does(office, sort, wrong, "zhao", category="water" if await _is_noise(office, wrong) else "noise")

    shown = await page(browser)

    assert "50%" in shown
    assert "近 4 周有答案的 2 件里，对了 1 件" in shown
    assert "其实是" in shown


async def _is_noise(office: OfficeHouse, number: int) -> bool:
    return (await ticket(office, number)).category == "noise"


async def test_one_tap_says_that_it_is_right_and_the_report_leaves_the_list(either_office: OfficeHouse):
    office = either_office
    browser = await office.signed_in("wangfang")
    number = await report(office, text="电梯不动了")
    assert f"工单 #{number}" in await page(browser)

    shown = await sort_on_page(browser, number, "elevator")

    assert f"记下了：#{number} 就是“电梯”" in shown
    assert f"工单 #{number}" not in shown
    assert "100%" in shown
    event = (await history(office, number))[-1]
    assert (event.kind, event.reason, event.by.partition(":")[0]) == ("sorted", "confirmed", "office")


async def test_one_tap_sorts_it_anew_and_another_takes_it_back(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    number = await report(office, text="电梯不动了")
    await page(browser)

    shown = await sort_on_page(browser, number, "noise")
    assert "已分到“噪音扰民”" in shown
    assert "分回“电梯”" in shown
    assert (await ticket(office, number)).category == "noise"
    await sort_on_page(browser, number, "elevator")

    assert (await ticket(office, number)).category == "elevator"


async def test_what_it_is_least_sure_of_comes_first(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    sure, unsure = await report(office, text="电梯坏了不动了"), await report(office, text="水有点黄")

    shown = await page(browser)

    assert shown.index(f"工单 #{unsure}") < shown.index(f"工单 #{sure}")
    assert "它猜：停水漏水，把握 45%" in shown


async def test_keywords_that_never_fired_are_listed(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    await report(office, text="电梯坏了")

    shown = await page(browser)

    silent = shown[shown.index("从来没用上的关键词") :]
    assert '<span class="tag">轿厢<' in silent
    assert '<span class="tag">电梯<' not in silent


async def test_nobody_sorts_or_sees_what_is_out_of_their_sight(office: OfficeHouse):
    browser = await office.signed_in("sunli", Role.NODE_ADMIN, "hepingli")
    number = await report(office, text="电梯不动了")

    assert f"#{number}" not in await page(browser)
    refused = [await browser.post(f"{PAGE}/{each}/sort", category="noise") for each in (number, 9999, "x")]

    assert [each.status_code for each in refused] == [404, 404, 404]
    assert (await ticket(office, number)).category == "elevator"


async def test_the_auditor_looks_and_has_no_buttons(office: OfficeHouse):
    browser = await office.signed_in("auditor", Role.AUDITOR)
    number = await report(office, text="电梯不动了")

    shown = await page(browser)

    assert f"工单 #{number}" in shown
    assert "/sort" not in shown


async def test_a_form_that_comes_too_late_or_chose_nothing_changes_nothing(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    number = await report(office, text="电梯不动了")
    await page(browser)
    assert "还没选类别" in await sort_on_page(browser, number, "")
    await does(office, claim, number, "liqiang")
    await does(office, resolve, number, "liqiang", result="修好了")

    assert "已经不在办了" in await sort_on_page(browser, number, "noise")

    assert (await ticket(office, number)).category == "elevator"


async def test_near_copies_are_one_example(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    for end in ("", "！", "。"):
        await report(office, text=f"小区里的喷泉一直往外冒水没有人管{end}")

    shown = await page(browser)

    assert shown.count("喷泉一直往外冒水") == 1
    assert "还有 2 件说法差不多" in shown
