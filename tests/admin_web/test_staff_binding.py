"""The page of staff: who is bound, the code that is shown once, and that it binds."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from admin_web.auth.links import mark_of
from admin_web.ports import Role
from app.binding_desk import new_code
from bot.binding import About, Said, parse_binding
from tests.admin_web.auth.office_house import Browser, OfficeHouse
from tests.admin_web.work_house import WorkHouse
from tests.stories.conftest import _migrated_file, sqlite_story_url

__all__ = ["_migrated_file", "sqlite_story_url"]


@pytest.fixture
async def work(sqlite_story_url: str, tmp_path: Path) -> AsyncIterator[WorkHouse]:
    house = WorkHouse(OfficeHouse(sqlite_story_url, tmp_path))
    yield house
    await house.office.close()


async def make_code(browser: Browser, staff_id: str) -> str:
    slip = await browser.post(f"/admin/staff/{staff_id}/code")
    assert slip.status_code == 200
    found = re.search(r"<code>(\w{4}) (\w{4})</code>", slip.text)
    assert found
    return found[1] + found[2]


def row_of(page: str, name: str) -> str:
    return next(each for each in page.split("<tr>") if f">{name} <small>" in each)


async def test_a_code_is_shown_once_and_binds(work: WorkHouse):
    browser = await work.office.signed_in("zhaomin")

    code = await make_code(browser, "wangfang")
    page = (await browser.get("/admin/staff")).text
    assert code[:4] not in page
    assert "绑定码 2026-11-25 09:00 前有效" in row_of(page, "王芳")
    await work.says("private:phone", "phone", f"绑定 {code}")

    assert "沙盒 · 2026-11-24 自己绑定" in row_of((await browser.get("/admin/staff")).text, "王芳")
    tree = work.office.house.office.current()
    assert tree.find_staff_by_account("sandbox", "phone") == tree.staff["wangfang"]
    assert work.office.kinds_of_audit()[:2] == ["binding.made", "binding.code_made"]


async def test_a_new_code_ends_the_one_before(work: WorkHouse):
    browser = await work.office.signed_in("zhaomin")
    first = await make_code(browser, "wangfang")
    await make_code(browser, "wangfang")

    await work.says("private:phone", "phone", f"绑定 {first}")

    assert work.office.house.office.current().find_staff_by_account("sandbox", "phone") is None


async def test_an_admin_unbinds(work: WorkHouse):
    browser = await work.office.signed_in("zhaomin")
    await work.says("private:phone", "phone", f"绑定 {await make_code(browser, 'wangfang')}")

    answer = await browser.post("/admin/staff/wangfang/unbind", channel="sandbox")
    page = (await browser.get(answer.headers["location"])).text

    assert "已解绑。" in page
    assert "未绑定" in row_of(page, "王芳")
    assert work.office.house.office.current().find_staff_by_account("sandbox", "phone") is None


async def test_a_lost_phone_shows_no_tickets_once_it_is_unbound(work: WorkHouse):
    admin = await work.office.signed_in("zhaomin")
    await work.says("private:phone", "phone", f"绑定 {await make_code(admin, 'wangfang')}")
    phone, other = await work.staff_in("wangfang"), await work.staff_in("sunli")
    sent_to = mark_of("sandbox", "phone")
    used, kept = (
        work.office.house.links.make_work_link("wangfang", 0, sent_to=sent_to).partition("key=")[2]
        for _ in range(2)
    )

    before = await work.office.browser().post("/work/sign-in", key=used)
    await admin.post("/admin/staff/wangfang/unbind", channel="sandbox")
    after = await work.office.browser().post("/work/sign-in", key=kept)

    assert (before.status_code, after.status_code) == (303, 410)
    assert (await phone.get("/work")).status_code == 303
    assert (await other.get("/work")).status_code == 200


async def test_an_admin_of_a_community_sees_and_codes_only_its_own(work: WorkHouse):
    browser = await work.office.signed_in("sun", Role.NODE_ADMIN, "hepingli")

    page = (await browser.get("/admin/staff")).text

    assert "孙丽" in page
    assert "王芳" not in page
    for verb in ("code", "unbind"):
        assert (await browser.post(f"/admin/staff/wangfang/{verb}", channel="sandbox")).status_code == 404
        assert (await browser.post(f"/admin/staff/nobody/{verb}")).status_code == 404


async def test_searching_and_only_those_not_bound(work: WorkHouse):
    browser = await work.office.signed_in("zhaomin")
    await work.says("private:phone", "phone", f"绑定 {await make_code(browser, 'wangfang')}")

    found = (await browser.get("/admin/staff?q=和平里")).text
    unbound = (await browser.get("/admin/staff?only=unbound")).text

    assert ("孙丽" in found, "王芳" in found) == (True, False)
    assert ("孙丽" in unbound, ">王芳 <small>" in unbound) == (True, False)
    assert "没有找到。" in (await browser.get("/admin/staff?q=谁也不是")).text


async def test_who_leaves_the_file_is_unbound(work: WorkHouse):
    browser = await work.office.signed_in("zhaomin")
    await work.says("private:phone", "phone", f"绑定 {await make_code(browser, 'zhoujun')}")
    house = work.office.house
    text = house.office.text().replace(
        "          - {id: zhoujun, name: 周军, role: 维修工, groups: [xingfuli-property]}\n", ""
    )

    (work.office.folder / "hierarchy.yaml").write_text(text, "utf-8")
    await house.tree_file.look()
    await house.office.refresh()

    assert await house.store.writer.run(lambda unit: unit.bindings.list_all()) == []
    assert "binding.ended" in work.office.kinds_of_audit()


async def test_another_replica_hears_of_a_binding(work: WorkHouse, tmp_path: Path):
    other_folder = tmp_path / "other"
    other_folder.mkdir()
    other = OfficeHouse(work.office.url, other_folder)
    browser = await work.office.signed_in("zhaomin")
    await work.says("private:phone", "phone", f"绑定 {await make_code(browser, 'wangfang')}")
    assert other.house.office.current().find_staff_by_account("sandbox", "phone") is None

    await other.house.office.refresh()

    assert other.house.office.current().accounts_of("wangfang") == {"sandbox": "phone"}
    await other.close()


def test_every_code_that_is_made_is_known_when_it_stands_alone():
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(parse_binding(each) == Said(About.CODE, each, is_alone=True) for each in codes)
