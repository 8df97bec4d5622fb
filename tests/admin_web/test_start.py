"""The start page: numbers of one's own place, first steps for who sets up, and no link that leads nowhere."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from admin_web.ports import Role
from tests.admin_web.auth.office_house import Browser, OfficeHouse
from tests.storage.hierarchy_file.street import SHIPPED
from tests.stories.conftest import _migrated_file, sqlite_story_url

__all__ = ["_migrated_file", "sqlite_story_url"]


@pytest.fixture
async def office(sqlite_story_url: str, tmp_path: Path) -> AsyncIterator[OfficeHouse]:
    opened = OfficeHouse(sqlite_story_url, tmp_path)
    opened.whole()
    yield opened
    await opened.close()


async def report(office: OfficeHouse, group: str = "xingfuli-b1-residents", key: str = "1") -> None:
    said = {
        "group": group,
        "sender": f"u{key}",
        "name": "1-201",
        "text": "@里仁 3单元电梯又不动了",
        "message_id": key,
    }
    answer = await office.browser().client.post("/api/v1/sandbox/messages", json=said)
    assert answer.status_code == 200, answer.text


async def figures(browser: Browser) -> list[str]:
    return re.findall(r"<dd>(?:<a [^>]*>)?(\d+)", (await browser.get("/admin")).text)


async def test_everybody_sees_the_numbers_of_their_own_place(office: OfficeHouse):
    await report(office)
    await report(office, "hepingli-b5-residents", "2")

    street = await office.signed_in("street", Role.STREET_ADMIN, "xinhua")
    community = await office.signed_in("community", Role.VIEWER, "xingfuli")
    other = await office.signed_in("building", Role.NODE_ADMIN, "xingfuli-b2")

    assert await figures(street) == ["2", "0", "0"]
    assert await figures(community) == ["1", "0"]
    assert await figures(other) == ["0", "0", "0"]


async def test_a_limit_that_was_missed_is_an_alarm(office: OfficeHouse):
    await report(office)
    browser = await office.signed_in("wangfang")
    assert "没有异常" in (await browser.get("/admin")).text
    office.house.clock.push(office.now.replace(month=12) - office.now)

    shown = await browser.get("/admin")

    assert await figures(browser) == ["1", "1", "0"]
    assert 'class="is-alarm"' in shown.text
    assert "没有异常" not in shown.text


async def test_the_first_steps_are_for_who_sets_up(office: OfficeHouse):
    admin = await office.signed_in("wangfang")
    viewer = await office.signed_in("zhaolei", Role.VIEWER)

    shown = (await admin.get("/admin")).text

    assert "开始使用" in shown
    assert "新华街道：6 个节点" in shown
    assert shown.count('class="is-done"') == 2
    assert "开始使用" not in (await viewer.get("/admin")).text


async def test_the_sample_street_is_not_yet_the_admins_own(office: OfficeHouse):
    admin = await office.signed_in("wangfang")
    office.house.office.apply(SHIPPED.encode(), author="file", note="")
    sample = (await admin.get("/admin")).text
    office.house.office.apply(replace_people(SHIPPED).encode(), author="file", note="")
    own = (await admin.get("/admin")).text

    assert "赵敏、王芳、李强、陈杰是虚构的人" in sample
    assert '<a href="/admin/hierarchy">写上自己的社区、群和人</a>' in sample
    assert "虚构" not in own
    assert "层级已生效" in own


def replace_people(text: str) -> str:
    """With accounts of their own, whatever they are called."""
    return re.sub(r'telegram: "([123]00[12])"', r'telegram: "77\1"', text)


async def test_accounts_in_the_file_are_not_bound_while_no_channel_is_on(office: OfficeHouse):
    browser = await office.signed_in("root")

    shown = (await browser.get("/admin")).text

    assert "接通渠道以后，给每位工作人员发一个绑定码" in shown
    assert '<a href="/admin/staff">工作人员绑定聊天账号</a>' in shown


async def test_a_refused_edit_is_shown_to_admins_with_its_line(office: OfficeHouse):
    admin = await office.signed_in("wangfang")
    viewer = await office.signed_in("zhaolei", Role.VIEWER)
    office.house.office.apply(b"version: 1\nname: x\n", author="file", note="")

    assert "没被采纳的层级修改" in (await admin.get("/admin")).text
    assert "没被采纳的层级修改" not in (await viewer.get("/admin")).text


@pytest.mark.parametrize("role", list(Role))
async def test_no_link_of_a_page_leads_nowhere(office: OfficeHouse, role: Role):
    browser = await office.signed_in("wangfang", role)

    for page in ("/admin", "/account"):
        for path in re.findall(r'<a [^>]*href="(/[^"]*)"', (await browser.get(page)).text):
            assert (await browser.get(path)).status_code == 200, path
