"""The map of coverage as a page: marks with what to do, by kind, below one's own place; and the table."""

import csv
import io
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from admin_web.pages import coverage
from admin_web.ports import Role
from tests.admin_web.auth.office_house import Browser, OfficeHouse
from tests.stories.conftest import _migrated_file, sqlite_story_url

__all__ = ["_migrated_file", "sqlite_story_url"]


@pytest.fixture
async def office(sqlite_story_url: str, tmp_path: Path) -> AsyncIterator[OfficeHouse]:
    opened = OfficeHouse(sqlite_story_url, tmp_path)
    yield opened
    await opened.close()


async def page(browser: Browser, query: str = "") -> str:
    shown = await browser.get(f"/admin/hierarchy/coverage{query}")
    assert shown.status_code == 200, shown.text
    return shown.text


def places(text: str) -> list[str]:
    found = re.findall(r'<summary><b>(.*?)</b>|class="spot-name"><b>(.*?)</b>', text)
    return [one or other for one, other in found]


async def test_only_what_needs_care_is_shown_with_what_to_do(office: OfficeHouse):
    browser = await office.signed_in("王芳")

    care, everything = await page(browser), await page(browser, "?show=all")

    assert "没绑定账号：王芳、李强、周军" in care
    assert "给他一个绑定码" in care
    assert "2号楼" not in places(care)
    assert "2号楼" in places(everything)


async def test_groups_that_never_spoke_are_marked_after_a_week(office: OfficeHouse):
    browser = await office.signed_in("王芳")
    young = await page(browser)
    office.house.clock.push(timedelta(days=8))

    grown = await page(browser)

    assert "还没有居民反映过事" not in young
    assert "还没有居民反映过事" in grown
    assert places(await page(browser, "?mark=silent"))[-1] in {"1号楼", "2号楼", "5号楼"}
    assert "没绑定账号：" not in await page(browser, "?mark=silent")


async def test_everybody_sees_the_map_of_their_own_place(office: OfficeHouse):
    browser = await office.signed_in("赵雷", Role.NODE_ADMIN, "xingfuli")

    shown = await page(browser, "?show=all")

    assert places(shown)[0] == "幸福里社区"
    assert "和平里" not in re.sub(r"<nav.*?</nav>", "", shown, flags=re.DOTALL)
    assert (await browser.get("/admin/hierarchy/coverage?node=hepingli")).status_code == 404
    assert (await browser.get("/admin/hierarchy/coverage?node=nowhere")).status_code == 404
    assert (await browser.get("/admin/hierarchy/coverage.csv?node=xinhua")).status_code == 404


async def test_what_has_no_room_on_the_page_has_an_address(
    office: OfficeHouse, monkeypatch: pytest.MonkeyPatch
):
    browser = await office.signed_in("王芳")
    monkeypatch.setattr(coverage, "LINES_ON_A_PAGE", 3)

    shown = await page(browser, "?show=all")
    link = re.search(r'class="spot-link" href="(.*?)">(.*?)<', shown)
    within = await page(browser, link[1].partition("coverage")[2].replace("&amp;", "&"))  # type: ignore[index]

    assert places(shown) == ["新华街道", "幸福里社区"]
    assert places(within)[0] == link[2] == "和平里社区"  # type: ignore[index]


async def test_the_table_has_a_line_for_each_group_or_person(office: OfficeHouse):
    browser = await office.signed_in("王芳")

    answer = await browser.get("/admin/hierarchy/coverage.csv")
    table = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))

    assert table[0][:4] == ["地方", "级别", "群或人", "问题"]
    assert ["新华街道 / 幸福里社区", "社区", "李强", "没绑定账号"] in [row[:4] for row in table]


async def test_all_is_well_is_said_where_nothing_is_marked(office: OfficeHouse):
    browser = await office.signed_in("赵雷", Role.NODE_ADMIN, "xingfuli-b2")

    assert "这里都好" in await page(browser)


async def test_a_viewer_has_no_map(office: OfficeHouse):
    browser = await office.signed_in("看客", Role.VIEWER)

    assert (await browser.get("/admin/hierarchy/coverage")).status_code == 403
