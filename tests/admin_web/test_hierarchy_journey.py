"""An admin's edit in a real browser: typed and tried, planned and applied; a colleague came first; and the way back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accessibility import assert_accessible
from tests.admin_web.auth.live_office import LiveOffice, running_office
from tests.admin_web.test_office_pages import assert_fits, sign_in
from tests.chromium import DESKTOP, open_page
from tests.stories.conftest import _migrated_file, sqlite_story_url

__all__ = ["_migrated_file", "sqlite_story_url"]

TREE = "/admin/hierarchy"
HEAVIEST_PAGE = 300_000


@pytest.fixture
def live(sqlite_story_url: str, tmp_path: Path) -> Iterator[LiveOffice]:
    with running_office(sqlite_story_url, tmp_path) as live:
        yield live


def open_tree(page: Page, live: LiveOffice, name: str = "wangfang", path: str = "") -> None:
    sign_in(page, live, name)
    expect(page.get_by_role("heading", name=f"您好，{name}")).to_be_visible()
    page.goto(live.url + TREE + path)


def write_into(page: Page, old: str, new: str) -> None:
    """Finds words in the editor and types others in their place."""
    page.locator(".cm-content").click()
    page.keyboard.press("Control+f")
    page.locator(".cm-search input[name=search]").fill(old)
    page.locator(".cm-search input[name=replace]").fill(new)
    page.locator(".cm-search [name=replaceAll]").click()
    page.keyboard.press("Escape")


def write_and_try(page: Page) -> None:
    """A slip is marked at its line and mended; a message shows at once where it would go."""
    write_into(page, "name: 1号楼居民群", "nam: 1号楼居民群")
    expect(page.locator("#problem-list")).to_contain_text("nam")
    page.get_by_role("link", name=re.compile("nam")).first.click()
    expect(page.locator(".cm-lint-marker-error").first).to_be_visible()
    write_into(page, "nam: 1号楼居民群", "name: 1号楼邻里群")
    expect(page.locator("#problem-list")).not_to_contain_text("nam”")
    page.get_by_label("居民说").fill("楼上半夜一直在敲")
    page.get_by_role("button", name="试一试").click()
    expect(page.locator("#try-result")).to_contain_text("1号楼楼栋长群")
    expect(page.locator("#code-state")).to_contain_text("草稿已保存")


def remove_by_forms(page: Page) -> None:
    page.locator(".act-danger summary").click()
    page.get_by_role("button", name="去掉 2号楼").click()
    page.get_by_role("link", name="看看会怎样").click()
    expect(page.locator(".plan")).to_contain_text("去掉节点：2号楼")
    page.get_by_label("为什么改").fill("2号楼拆了")
    page.get_by_role("button", name="让它生效").click()
    expect(page.get_by_role("row", name=re.compile("2号楼拆了"))).to_contain_text("生效中")


def go_on_from_the_newest(page: Page) -> None:
    """The edit is refused with both differences, nothing of it is lost, and it is put on top of the newest."""
    page.get_by_role("button", name="看看会怎样").click()
    expect(page.get_by_role("heading", name="别人先改了")).to_be_visible()
    expect(page.locator(".conflict")).to_contain_text("2号楼拆了")
    page.get_by_role("button", name="在最新版上接着改").click()
    expect(page.locator(".said")).to_contain_text("最新版上")
    page.get_by_role("button", name="看看会怎样").click()
    expect(page.locator(".plan")).to_contain_text("改名群：1号楼邻里群")
    assert_fits(page)
    assert_accessible(page)
    page.get_by_role("button", name="让它生效").click()
    expect(page.get_by_text("第 3 版", exact=True)).to_be_visible()


def go_back(page: Page) -> None:
    page.get_by_role("row", name=re.compile("^第 1 版")).get_by_role("link", name="恢复到这一版").click()
    expect(page.locator(".plan")).to_contain_text("新增节点：2号楼")
    page.get_by_role("button", name="让它生效").click()
    expect(page.get_by_role("cell", name="恢复到第 1 版")).to_be_visible()


def test_an_edit_with_its_impact_a_conflict_and_the_way_back(browser: Browser, live: LiveOffice):
    live.office.add("wangfang")
    live.office.add("zhaolei")
    tree = live.office.house.office
    with open_page(browser, DESKTOP) as page, open_page(browser, DESKTOP) as other:
        open_tree(page, live, path="/code")
        write_and_try(page)
        open_tree(other, live, "zhaolei", "?node=xingfuli-b2")
        remove_by_forms(other)

        go_on_from_the_newest(page)
        assert "1号楼邻里群" in tree.text()
        assert "xingfuli-b2" not in tree.current().nodes

        go_back(page)
        assert tree.current().version == 4
        assert "xingfuli-b2" in tree.current().nodes


def test_the_editor_is_light_offers_what_fits_and_loses_nothing(desktop_page: Page, live: LiveOffice):
    live.office.add("wangfang")
    sizes: list[int] = []
    open_tree(desktop_page, live)
    desktop_page.on("response", lambda answer: sizes.append(answer.request.sizes()["responseBodySize"]))
    desktop_page.goto(f"{live.url}{TREE}/code")
    desktop_page.wait_for_load_state("networkidle")

    assert 100_000 < sum(sizes) < HEAVIEST_PAGE
    offered = desktop_page.evaluate(COMPLETE)
    assert {"tree", "expect", "clocks"} <= set(offered["top"])
    assert {"level", "groups", "repeat"} <= set(offered["node"])
    assert {"kind", "scene", "listen"} <= set(offered["group"])
    assert {"claim", "resolve", "remind"} == set(offered["limits"])
    assert offered["level"] == ["building", "street"]
    assert {"staff", "residents"} <= set(offered["kind"])
    assert offered["comment"] == []

    write_into(desktop_page, "name: 陈杰", "name: 陈洁")
    expect(desktop_page.locator("#code-state")).to_contain_text("草稿已保存")
    write_into(desktop_page, "name: 陈洁", "name: 陈浩")
    desktop_page.get_by_role("button", name=re.compile("^撤销：改写文件第")).click()
    expect(desktop_page.get_by_role("status").first).to_contain_text("已撤销：改写文件第")
    assert "陈杰" in desktop_page.evaluate("document.querySelector('#code').value")
    desktop_page.get_by_role("button", name=re.compile("^重做：改写文件第")).click()
    expect(desktop_page.get_by_role("status").first).to_contain_text("已重做")
    desktop_page.goto(f"{live.url}{TREE}?node=xingfuli-b1")
    expect(desktop_page.locator("#place")).to_contain_text("陈浩")
    expect(desktop_page.locator(".draft")).to_contain_text("还没生效的草稿")


COMPLETE = """async () => {
  const script = document.querySelector('script[src*="hierarchy/code.js"]').src;
  const { complete } = await import(script.replace('code.js', 'completions.js'));
  const ids = { levels: [['building', '楼栋'], ['street', '街道']], kinds: [['staff', ''], ['residents', '']] };
  const at = text => (complete(text.replace('|', ''), text.indexOf('|'), ids)?.options ?? []).map(each => each.label);
  const tree = 'version: 1\\ntree:\\n  - id: x\\n';
  return {
    top: at('version: 1\\n|'),
    node: at(tree + '    |'),
    group: at(tree + '    groups:\\n      - {id: g, |}'),
    limits: at('clocks:\\n  normal:\\n    building: {|}'),
    level: at(tree + '    level: |'),
    kind: at(tree + '    groups:\\n      - {id: g, kind: |}'),
    comment: at('# a |'),
  };
}"""


def test_a_row_is_dragged_below_another_community_and_back_by_keys(desktop_page: Page, live: LiveOffice):
    live.office.add("wangfang")
    open_tree(desktop_page, live, path="?node=xingfuli")

    desktop_page.locator('[data-node="xingfuli-b2"]').drag_to(desktop_page.locator('[data-node="hepingli"]'))

    expect(desktop_page.locator("#place-name")).to_have_text("2号楼")
    expect(desktop_page.locator(".place-head")).to_contain_text("和平里社区")
    expect(desktop_page.get_by_role("button", name="撤销：把2号楼移到和平里社区")).to_be_visible()

    desktop_page.get_by_role("searchbox").fill("2号楼")
    desktop_page.keyboard.press("Control+z")
    expect(desktop_page.locator(".place-head")).to_contain_text("和平里社区")
    desktop_page.locator("#place-name").click()
    desktop_page.keyboard.press("Control+z")
    expect(desktop_page.get_by_role("status")).to_have_text("已撤销：把2号楼移到和平里社区")
    expect(desktop_page.locator(".place-head")).to_contain_text("幸福里社区")
    assert_accessible(desktop_page)

    desktop_page.keyboard.press("Control+Shift+z")
    expect(desktop_page.locator(".place-head")).to_contain_text("和平里社区")


def test_branches_open_by_keyboard_and_everything_fits(phone_page: Page, live: LiveOffice):
    live.office.add("wangfang")
    open_tree(phone_page, live)
    assert_fits(phone_page)
    expect(phone_page.get_by_role("navigation").get_by_role("link", name="层级与群")).to_be_in_viewport(
        ratio=1
    )

    fold = phone_page.get_by_role("button", name="展开或收起幸福里社区")
    fold.focus()
    phone_page.keyboard.press("Enter")
    expect(phone_page.locator('[data-node="xingfuli-b2"]')).to_be_visible()
    expect(fold).to_have_attribute("aria-expanded", "true")
    phone_page.keyboard.press("Enter")
    expect(phone_page.locator('[data-node="xingfuli-b2"]')).to_have_count(0)
    for path in ("?node=xingfuli-b1", "/code", "/limits", "/table", "/replay", "/versions"):
        phone_page.goto(live.url + TREE + path)
        phone_page.wait_for_load_state("networkidle")
        assert_fits(phone_page)
        assert_accessible(phone_page)
