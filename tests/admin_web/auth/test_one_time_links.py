"""The first admin's link, invitations, and links that sign staff in for one ticket: each opens a door once."""

import asyncio
import re

import pytest

from admin_web.auth.sessions import SessionKind
from admin_web.ports import Role
from app.accounts import find_first_admin_link
from tests.admin_web.auth.office_house import PASSWORD, Browser, OfficeHouse


def path_of(link: str | None) -> str:
    assert link is not None
    return link.removeprefix("http://liren.test")


async def become(browser: Browser, path: str, **changes: str):
    fields = {"name": "王芳", "password": PASSWORD, "repeat": PASSWORD, "key": path.partition("key=")[2]}
    return await browser.post("/first-admin", **(fields | changes))


# --- the first admin ---


async def test_the_first_link_makes_an_admin_of_everything_and_signs_in(either_office: OfficeHouse):
    path = path_of(find_first_admin_link(either_office.house))
    browser = either_office.browser()

    shown = await browser.get(path)
    come = await become(browser, path)

    assert "设立第一位管理员" in shown.text
    assert (come.status_code, come.headers["location"]) == (303, "/admin")
    assert (await browser.get("/admin")).status_code == 200
    account = either_office.account(1)
    assert (account.name, account.role, account.scope) == ("王芳", "admin", "")
    assert find_first_admin_link(either_office.house) is None


async def test_the_first_link_works_once(office: OfficeHouse):
    path = path_of(find_first_admin_link(office.house))
    before = await office.browser().get("/sign-in")
    await become(office.browser(), path)

    again = await become(office.browser(), path, name="zhaolei")
    shown = await office.browser().get(path)

    assert (again.status_code, shown.status_code) == (410, 410)
    assert office.account(2) is None
    assert "请打开服务启动时打印的链接" in before.text
    assert "请打开服务启动时打印的链接" not in (await office.browser().get("/sign-in")).text


async def test_two_who_hold_first_links_at_once_make_one_admin(either_office: OfficeHouse):
    paths = [path_of(find_first_admin_link(either_office.house)) for _ in range(4)]

    answers = await asyncio.gather(
        *(become(either_office.browser(), path, name=f"admin{n}") for n, path in enumerate(paths))
    )

    assert sorted(each.status_code for each in answers) == [303, 410, 410, 410]


async def test_the_first_link_ends_after_a_quarter_of_an_hour(office: OfficeHouse):
    path = path_of(find_first_admin_link(office.house))
    office.wait(minutes=15)

    assert (await office.browser().get(path)).status_code == 410
    assert (await become(office.browser(), path)).status_code == 410
    assert office.account(1) is None


async def test_no_first_link_is_good_beside_an_account(office: OfficeHouse):
    path = path_of(find_first_admin_link(office.house))
    office.add("zhaolei", Role.VIEWER)

    assert (await become(office.browser(), path)).status_code == 410


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"password": "短", "repeat": "短"}, "密码太短"),
        ({"repeat": "something else"}, "两次输入的密码不一样"),
        ({"name": "<script>"}, "账号名只能用"),
        ({"name": ""}, "账号名只能用"),
    ],
)
async def test_a_fault_in_the_form_is_told_and_the_link_stays_good(
    office: OfficeHouse, changes: dict[str, str], says: str
):
    path = path_of(find_first_admin_link(office.house))

    faulty = await become(office.browser(), path, **changes)
    mended = await become(office.browser(), path)

    assert faulty.status_code == 422
    assert says in faulty.text
    assert "<script>" not in faulty.text
    assert mended.status_code == 303


# --- invitations ---


async def invite(admin: Browser, name: str = "zhaolei", **fields: str) -> str:
    shown = await admin.post(
        "/admin/accounts/new", **({"name": name, "role": "viewer", "scope": "xingfuli"} | fields)
    )
    return re.search(r'value="http://liren.test(/invitation\?key=[^"]+)"', shown.text)[1]


async def accept(office: OfficeHouse, path: str, password: str = PASSWORD):
    browser = office.browser()
    return await browser.post(
        "/invitation", key=path.partition("key=")[2], password=password, repeat=password
    )


async def test_an_invitation_is_opened_as_often_as_one_likes_and_used_once(either_office: OfficeHouse):
    path = await invite(await either_office.signed_in("wangfang"))

    shown = [await either_office.browser().get(path) for _ in range(3)]
    first, second = await accept(either_office, path), await accept(either_office, path)

    assert {each.status_code for each in shown} == {200}
    assert "zhaolei" in shown[0].text
    assert (first.status_code, second.status_code) == (303, 410)


async def test_an_invitation_ends_after_three_days_and_when_a_newer_one_is_made(office: OfficeHouse):
    admin = await office.signed_in("wangfang")
    older = await invite(admin)
    shown = await admin.post("/admin/accounts/2/link")
    newer = re.search(r'value="http://liren.test(/invitation\?key=[^"]+)"', shown.text)[1]

    assert (await accept(office, older)).status_code == 410
    office.wait(hours=72)
    assert (await accept(office, newer)).status_code == 410


async def test_nobody_comes_in_with_an_account_that_was_never_accepted(office: OfficeHouse):
    await invite(await office.signed_in("wangfang"))

    assert (await office.browser().sign_in("zhaolei", "")).status_code == 403
    assert (await office.browser().sign_in("zhaolei")).status_code == 403


async def test_only_the_digest_of_an_invitation_is_stored(office: OfficeHouse):
    path = await invite(await office.signed_in("wangfang"))

    database = (office.folder / "liren.db").read_bytes() + (office.folder / "liren.db-wal").read_bytes()

    assert path.partition("key=")[2].encode() not in database


# --- staff on the way to a ticket ---


def work_path(office: OfficeHouse, staff_id: str = "liqiang", ticket: int = 1024) -> str:
    return path_of(office.house.links.make_work_link(staff_id, ticket))


async def use(browser: Browser, path: str):
    return await browser.post("/work/sign-in", key=path.partition("key=")[2])


async def test_a_work_link_signs_staff_in_for_work_and_leads_to_the_ticket(either_office: OfficeHouse):
    browser, path = either_office.browser(), work_path(either_office)

    shown = await browser.get(path)
    come = await use(browser, path)

    assert "李强" in shown.text
    assert "1024" in shown.text
    assert shown.cookies == {}
    assert (come.status_code, come.headers["location"]) == (303, "/work/tickets/1024")
    assert browser.cookie(SessionKind.WORK)
    assert "staff.signed_in" in either_office.kinds_of_audit()


async def test_a_work_link_works_once_but_leads_its_owner_on(either_office: OfficeHouse):
    browser, path = either_office.browser(), work_path(either_office)
    await use(browser, path)

    again = await browser.get(path)
    stranger = await use(either_office.browser(), path)

    assert (again.status_code, again.headers["location"]) == (303, "/work/tickets/1024")
    assert stranger.status_code == 410


async def test_a_work_link_opens_nothing_of_the_office(office: OfficeHouse):
    browser, path = office.browser(), work_path(office)
    await use(browser, path)
    cookie = browser.cookie(SessionKind.WORK)
    browser.client.cookies.set("liren-office", cookie or "", domain="liren.test", path="/")

    for page in ("/admin", "/account", "/admin/accounts"):
        assert (await browser.get(page)).headers["location"].startswith("/sign-in")


async def test_a_work_link_ends_after_a_day_and_for_who_left_the_tree(office: OfficeHouse):
    path, gone = work_path(office), work_path(office, "nobody")
    office.wait(hours=24)

    assert (await use(office.browser(), path)).status_code == 410
    assert (await use(office.browser(), gone)).status_code == 410
    assert (await use(office.browser(), "?key=" + "x" * 5000)).status_code == 410
