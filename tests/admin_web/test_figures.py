"""The pages of figures: the same numbers as the API's, of one's own place alone, with their n, and as files."""

import csv
import io
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from admin_web.ports import Role
from tests.admin_web.auth.office_house import Browser, OfficeHouse
from tests.admin_web.figures_house import B1, live_through_a_day
from tests.stories.conftest import _migrated_file, sqlite_story_url

__all__ = ["_migrated_file", "sqlite_story_url"]

RATES = {
    "响应率": "response",
    "及时签收率": "claim_in_time",
    "按期办结率": "on_time",
    "解决率": "resolution",
    "满意率": "satisfaction",
    "退单率": "hand_back",
    "重办率": "redo",
    "延期率": "extension",
}

LEVELS = {"楼栋": "building", "社区": "community", "街道": "street"}


@pytest.fixture
async def office(sqlite_story_url: str, tmp_path: Path) -> AsyncIterator[OfficeHouse]:
    opened = OfficeHouse(sqlite_story_url, tmp_path)
    yield opened
    await opened.close()


async def read_csv(browser: Browser, query: str) -> list[list[str]]:
    answer = await browser.get(f"/admin/figures/table.csv?{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def rows_of(rows: list[list[str]], title: str) -> list[dict[str, str]]:
    """The table under this title of a file that has several."""
    start = rows.index([title])
    header, *rest = rows[start + 1 :]
    end = next((at for at, row in enumerate(rest) if not row), len(rest))
    return [dict(zip(header, row, strict=True)) for row in rest[:end]]


async def test_the_page_and_the_api_say_the_same(office: OfficeHouse):
    office.whole()
    live_through_a_day(office)
    browser = await office.signed_in("wangfang")
    token = "a-token-of-this-test-alone"
    office.house.store.writer.run_now(
        lambda unit: unit.api_tokens.add(token, name="t", role="viewer", scope="xinhua", now=office.now)
    )

    for node, query in (("xinhua", ""), ("xingfuli", "origin=xingfuli&"), (B1, f"origin={B1}&")):
        stats = await browser.client.get(
            f"/api/v1/stats?{query}from=2026-11-20&to=2026-11-24",
            headers={"authorization": f"Bearer {token}"},
        )
        rows = await read_csv(browser, f"node={node}&from=2026-11-20&to=2026-11-24")

        assert_same(rows, stats.json())


def assert_same(rows: list[list[str]], said: dict) -> None:
    shown = rows_of(rows, "各项比率")
    for row in shown:
        rate = said[RATES[row["指标"]]]
        assert (int(row["本期·件数"]), int(row["本期·基数"])) == (rate["count"], rate["n"]), row
        assert row["本期"] == ("" if rate["value"] is None else str(round(rate["value"], 4))), row
    assert len(shown) == 8
    assert sum(int(row["反映"]) for row in rows_of(rows, "走势")) == said["tickets"] > 0
    of_levels = rows_of(rows, "各级办得怎样")
    levels = {row["层级"]: int(row["最后到这里"]) for row in of_levels}
    assert {LEVELS[each]: n for each, n in levels.items() if n} == said["by_level"]
    under_way = sum(said["by_status"].get(each, 0) for each in ("open", "claimed", "waiting"))
    assert sum(int(row["还在这里"]) for row in of_levels) == under_way


async def test_every_rate_stands_beside_its_n_and_none_is_told_of_few(office: OfficeHouse):
    live_through_a_day(office)
    browser = await office.signed_in("wangfang")

    shown = (await browser.get("/admin/figures?period=7d")).text
    building = (await browser.get("/admin/figures?period=7d&node=hepingli-b5")).text

    table = re.search(r'id="table-rates">(.*?)</table>', shown, re.S)[1]
    cells = re.findall(r'<td class="is-rate".*?</td>', table, re.S)
    assert len(cells) == 16
    assert all(re.search(r"<small>\d+/\d+</small>", each) for each in cells)
    few = re.search(r'id="table-rates">(.*?)</table>', building, re.S)[1]
    assert "data-value" not in few
    assert "%" not in few


async def test_an_account_sees_the_figures_of_its_own_place_and_below(office: OfficeHouse):
    live_through_a_day(office)
    below = await office.signed_in("below", Role.VIEWER, "xingfuli")

    own = (await below.get("/admin/figures?period=7d")).text
    part = await below.get(f"/admin/figures?node={B1}")

    assert "<h1>幸福里社区</h1>" in own
    assert "新华街道" not in re.search(r"<main.*</main>", own, re.S)[0]
    assert part.status_code == 200
    for path in (
        "",
        "/levels",
        "/places",
        "/voices",
        "/table.csv",
        "/table.xlsx",
        "/bulletin",
        "/bulletin.pdf",
    ):
        for node in ("xinhua", "hepingli", "hepingli-b5", "nowhere"):
            assert (await below.get(f"/admin/figures{path}?node={node}")).status_code == 404, (path, node)


async def test_days_that_make_no_sense_are_told_beside_the_field_and_kept(office: OfficeHouse):
    browser = await office.signed_in("wangfang")

    wrong = (await browser.get("/admin/figures?from=someday&to=2026-11-24")).text
    backwards = (await browser.get("/admin/figures?from=2026-11-24&to=2026-11-01")).text

    assert 'role="alert">日期要写成 2026-10-01 这样' in wrong
    assert 'value="someday" aria-invalid="true"' in wrong
    assert "开始的日期在结束的日期之后" in backwards


async def test_an_empty_place_says_what_to_do(office: OfficeHouse):
    browser = await office.signed_in("wangfang")

    pages = [(await browser.get(f"/admin/figures{path}")).text for path in ("", "/levels", "/voices")]

    assert "换一段更长的时间" in pages[0]
    assert "换一段更长的时间" in pages[1]
    assert "这段时间没有人说话" in pages[2]


async def test_places_are_compared_without_shaming_the_small(office: OfficeHouse):
    live_through_a_day(office)
    browser = await office.signed_in("wangfang")

    rows = rows_of(await read_csv(browser, "period=7d&rate=claim_in_time&table=places"), "各处比较")

    assert [(row["地方"], row["与平均比"]) for row in rows] == [
        ("幸福里社区", "没有明显差别"),
        ("和平里社区", "件数少，不评"),
    ]
    assert rows[1]["可能的范围"] == ""


async def test_what_many_told_of_and_who_is_silent(office: OfficeHouse):
    life = live_through_a_day(office)
    browser = await office.signed_in("wangfang")
    number = life.report("xingfuli-b2", "noise", who="first")
    other = life.report(B1, "noise", who="second")
    life.act(lambda desk, one, caller: _merge(desk, one, caller, other), number, "wangfang")

    rows = await read_csv(browser, "period=7d")

    (hot,) = rows_of(rows, "热点")
    assert (hot["类别"], hot["说话的人"]) == ("噪音扰民", "2")
    assert hot["先后在哪里被提起"] == "幸福里社区 2号楼 → 幸福里社区 1号楼"
    assert rows_of(rows, "各处有多少人说话")[0]["地方"] == "幸福里社区 1号楼"
    assert rows_of(rows, "还没有人说过话的地方") == []


def _merge(desk, number, caller, other):
    from routing import desk as verbs

    return verbs.merge(desk, other, caller, into=number)


async def test_no_cell_of_a_file_becomes_a_formula(office: OfficeHouse):
    tree = (office.folder / "hierarchy.yaml").read_text("utf-8")
    tree = tree.replace("name: 幸福里社区", 'name: "=HYPERLINK(1)"').replace(
        "name: 2号楼\n", 'name: "+2号楼"\n'
    )
    office.house.office.apply(tree.encode(), author="file", note="")
    live_through_a_day(office)
    browser = await office.signed_in("wangfang")

    rows = await read_csv(browser, "period=7d")
    book = load_workbook(io.BytesIO((await browser.get("/admin/figures/table.xlsx?period=7d")).content))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert "'=HYPERLINK(1)" in {cell.value for cell in cells}
    assert [each for row in rows for each in row if each[:1] in set("=+@")] == []
    assert book.sheetnames[:3] == ["说明", "各项比率", "走势"]
    assert {cell.number_format for cell in book["各项比率"]["B"][1:]} == {"0.0%"}


async def test_one_table_alone_is_sent_too_and_an_unknown_one_is_not(office: OfficeHouse):
    live_through_a_day(office)
    browser = await office.signed_in("wangfang")

    rows = await read_csv(browser, "period=7d&table=trend")
    unknown = await browser.get("/admin/figures/table.csv?table=salaries")

    assert ["走势"] in rows
    assert ["各项比率"] not in rows
    assert unknown.status_code == 404


async def test_english_is_whole_and_no_link_leads_nowhere(office: OfficeHouse):
    live_through_a_day(office)
    browser = await office.signed_in("wangfang", Role.VIEWER)
    links: dict[str, str] = {}
    browser.client.cookies.set("liren-language", "en", domain="liren.test", path="/")
    for path in ("", "/levels", "/places", "/voices", "/bulletin"):
        answer = await browser.get(f"/admin/figures{path}?period=7d&month=2026-11")
        shown = re.sub(r"<[^>]+>", " ", re.search(r"<main.*</main>", answer.text, re.S)[0])
        tree = office.house.office.current()
        names = {each.name for each in (*tree.nodes.values(), *tree.levels, *tree.categories)}
        for name in sorted(names, key=len, reverse=True):
            shown = shown.replace(name, "")
        assert not re.search("[\u4e00-\u9fff]", shown), (path, shown)
        # Of links that differ in their values alone one will do.
        for link in re.findall(r'<a [^>]*href="(/[^"#]*)"', answer.text):
            links.setdefault(re.sub(r"=[^&]*", "=", link), link.replace("&amp;", "&"))
    for link in links.values():
        assert (await browser.get(link)).status_code == 200, link
