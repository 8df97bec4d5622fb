"""The sheet of QR codes: which buildings it has, what the codes say, and the PDF that comes out."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from admin_web.code_ports import HELP, list_buildings
from admin_web.pages.codes import make_cards, printable
from admin_web.ports import Role
from admin_web.qr_sheet import CodeCard, draw_sheet
from app.tree.code_sheets import Codes
from app.tree.scene_ways import SceneWays
from tests.admin_web.auth.office_house import OfficeHouse
from tests.builders import a_hierarchy
from tests.stories.conftest import _migrated_file, sqlite_story_url

__all__ = ["_migrated_file", "sqlite_story_url"]
CARD = CodeCard(
    "新华街道 · 幸福里社区", "1号楼", "https://t.me/liren_bot?start=b1", "手机扫一扫", ("一", "二")
)
LONG = replace(CARD, place="幸福里家园二期国际公寓12号楼（原纺织厂宿舍）")


def pages_of(sheet: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", sheet))


class Links:
    """A channel's links; `silent` scenes get no answer."""

    def __init__(self, *silent: str) -> None:
        self.silent = silent
        self.asked: list[str] = []

    async def find_lasting(self, channel: str, scene: str) -> str | None:
        self.asked.append(scene)
        return None if scene in self.silent else f"https://t.me/liren_bot?start={scene}"

    async def find_passing(self, channel: str, scene: str, lasts: timedelta) -> str | None:
        return None

    @property
    def channels(self) -> tuple[str, ...]:
        return ("telegram",)


@pytest.fixture
async def office(sqlite_story_url: str, tmp_path: Path) -> AsyncIterator[OfficeHouse]:
    opened = OfficeHouse(sqlite_story_url, tmp_path)
    yield opened
    await opened.close()


@pytest.mark.parametrize(("per_page", "pages"), [(1, 9), (2, 5), (4, 3), (8, 2)])
def test_a_sheet_has_as_many_pages_as_it_takes(per_page: int, pages: int):
    sheet = draw_sheet([CARD] * 8 + [LONG], per_page=per_page, title="新华街道")

    assert sheet.startswith(b"%PDF-")
    assert pages_of(sheet) == pages
    assert b"STSong-Light" in sheet


def test_the_same_cards_make_the_same_sheet():
    assert draw_sheet([CARD], per_page=4, title="x") == draw_sheet([CARD], per_page=4, title="x")


def test_buildings_of_a_place_are_those_with_a_residents_group():
    tree = a_hierarchy()

    found = list_buildings(tree, "xingfuli")

    assert [(each.name, each.above, each.scene) for each in found] == [
        ("1号楼", "新华街道 · 幸福里社区", "xingfuli-b1"),
        ("2号楼", "新华街道 · 幸福里社区", "xingfuli-b2"),
    ]


async def test_a_code_says_the_scene_of_its_building():
    buildings = list_buildings(a_hierarchy(), "xingfuli")
    links = Links()

    found = await Codes(links, "https://liren.test").find(buildings, "telegram")  # type: ignore[arg-type]

    assert found.urls["xingfuli-b2"] == "https://t.me/liren_bot?start=xingfuli-b2"
    assert make_cards(buildings, found, "telegram")[1].place == "2号楼"


async def test_a_vendor_that_does_not_answer_is_named_by_the_building():
    buildings = list_buildings(a_hierarchy(), "xingfuli")

    found = await Codes(Links("xingfuli-b2"), "https://liren.test").find(buildings, "telegram")  # type: ignore[arg-type]

    assert found.silent == ("2号楼",)


async def test_a_building_without_a_scene_only_has_the_help_page():
    buildings = [replace(each, scene=None) for each in list_buildings(a_hierarchy(), "xingfuli")]
    links = Links()
    codes = Codes(links, "https://liren.test")  # type: ignore[arg-type]

    assert printable(buildings, "telegram") == []
    assert (await codes.find(buildings, "telegram")).urls == {}
    assert links.asked == []
    assert (await codes.find(buildings, HELP)).urls["xingfuli-b1"] == "https://liren.test/help"


def test_the_default_address_is_no_address():
    assert Codes(SceneWays(()), "http://127.0.0.1:8000").help_url is None
    assert Codes(SceneWays(()), "https://liren.test").help_url == "https://liren.test/help"


async def test_without_a_channel_the_page_says_so_kindly_and_prints_the_help_page(office: OfficeHouse):
    browser = await office.signed_in("zhaomin")

    page = await browser.get("/admin/hierarchy/codes")
    sheet = await browser.get("/admin/hierarchy/codes.pdf?node=xingfuli&per=8")

    assert "还没有接通微信公众号或 Telegram" in page.text
    assert "下载 PDF（3 栋）" in page.text
    assert "<svg" in page.text
    assert sheet.headers["content-type"] == "application/pdf"
    assert sheet.headers["content-disposition"] == 'attachment; filename="liren-codes-xingfuli.pdf"'
    assert pages_of(sheet.content) == 1


async def test_an_admin_of_a_community_prints_only_its_own(office: OfficeHouse):
    browser = await office.signed_in("sun", Role.NODE_ADMIN, "hepingli")

    page = (await browser.get("/admin/hierarchy/codes")).text

    assert "5号楼" in page
    assert "幸福里" not in page
    for path in (
        "codes?node=xingfuli",
        "codes.pdf?node=xingfuli",
        "codes.pdf?node=xinhua",
        "codes?node=nowhere",
    ):
        assert (await browser.get(f"/admin/hierarchy/{path}")).status_code == 404, path


async def test_wishes_that_there_are_not_are_the_usual_ones(office: OfficeHouse):
    browser = await office.signed_in("zhaomin")

    answer = await browser.get("/admin/hierarchy/codes?per=7&channel=pigeon")

    assert answer.status_code == 200
    assert '<option value="4" selected>' in answer.text
    assert '<option value="help" selected>' in answer.text
