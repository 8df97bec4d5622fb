"""Accounts of others on the pages: who sees whom, who changes whom, and that somebody is always left at the top."""

import asyncio
import csv
import io
import itertools

import pytest

from admin_web.auth import account_changes as changes
from admin_web.auth.account_changes import By, Wanted
from admin_web.auth.passwords import Passwords
from admin_web.auth.refusals import AuthRefused, PageRefused
from admin_web.ports import Role
from app.accounts import build_house_auth
from tests.admin_web.auth.office_house import QUICK, OfficeHouse

CAST = (
    ("street", Role.STREET_ADMIN, "xinhua"),
    ("community", Role.NODE_ADMIN, "xingfuli"),
    ("building", Role.NODE_ADMIN, "xingfuli-b1"),
    ("neighbour", Role.VIEWER, "hepingli"),
)
SEES = {
    "street": {"street", "community", "building", "neighbour"},
    "community": {"community", "building"},
    "building": {"building"},
}


async def test_admins_see_the_accounts_of_their_place_in_list_search_and_export(office: OfficeHouse):
    browsers = {name: await office.signed_in(name, role, scope) for name, role, scope in CAST}
    for name, seen in SEES.items():
        listed = await browsers[name].get("/admin/accounts")
        exported = await browsers[name].get("/admin/accounts.csv")
        searched = await browsers[name].get("/admin/accounts?q=neigh")

        rows = list(csv.reader(io.StringIO(exported.text.removeprefix("\ufeff"))))[1:]
        for other, _, _ in CAST:
            assert (f">{other}</a>" in listed.text) is (other in seen), (name, other)
        assert {row[0] for row in rows} == seen
        assert (">neighbour</a>" in searched.text) is ("neighbour" in seen)


async def test_an_account_out_of_sight_is_as_absent_as_one_that_never_was(office: OfficeHouse):
    browser = await office.signed_in("community", Role.NODE_ADMIN, "xingfuli")
    hidden = office.add("neighbour", Role.VIEWER, "hepingli")

    for verb in ("", "/role", "/disable", "/enable", "/link", "/sessions"):
        ask = browser.post if verb else browser.get
        there, nowhere = await ask(f"/admin/accounts/{hidden}{verb}"), await ask(f"/admin/accounts/999{verb}")
        assert (there.status_code, nowhere.status_code) == (404, 404), verb
        assert there.text.replace(f"accounts/{hidden}", "…") == nowhere.text.replace("accounts/999", "…")
        assert (await ask(f"/admin/accounts/{'9' * 20}{verb}")).status_code == 404, verb


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.NODE_ADMIN, "xingfuli"), (Role.STREET_ADMIN, "xingfuli-b1"), (Role.ADMIN, "xinhua"),
        (Role.ADMIN, ""), (Role.AUDITOR, "xingfuli-b1"), (Role.VIEWER, "hepingli"), (Role.VIEWER, "xinhua"),
        (Role.STAFF, "no-such-place"),
    ],
)  # fmt: skip
async def test_a_node_admin_gives_only_what_is_below(office: OfficeHouse, role: Role, scope: str):
    browser = await office.signed_in("community", Role.NODE_ADMIN, "xingfuli")
    below = office.add("below", Role.STAFF, "xingfuli-b1")

    invited = await browser.post("/admin/accounts/new", name="friend", role=role.value, scope=scope)
    raised = await browser.post(f"/admin/accounts/{below}/role", role=role.value, scope=scope)

    assert (invited.status_code, raised.status_code) == (422, 422)
    account = office.account(below)
    assert (account.role, account.scope) == ("staff", "xingfuli-b1")
    assert office.account(below + 1) is None


async def test_nobody_raises_closes_or_renews_their_own_account(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    office.add("second")

    for verb in ("role", "disable", "link", "sessions"):
        answer = await browser.post(f"/admin/accounts/1/{verb}", role="viewer", scope="xinhua")
        assert answer.status_code == 422, verb
    assert office.account(1).role == "admin"
    assert office.account(1).disabled_at is None


async def test_what_was_lost_meanwhile_is_lost(office: OfficeHouse):
    """The page was made while they still had the right."""
    office.add("street", Role.STREET_ADMIN, "xinhua")
    below = office.add("below", Role.STAFF, "xingfuli-b1")
    desk = _desk(office)
    unit = office.house.store.writer.run_now
    unit(lambda books: books.accounts.set_role(1, role="viewer", scope="xinhua", staff_id=None))

    with pytest.raises(PageRefused):
        await desk.disable(1, below)

    assert office.account(below).disabled_at is None


async def test_two_admins_cannot_remove_each_other_at_the_same_time(either_office: OfficeHouse):
    first, second = either_office.add("first"), either_office.add("second")
    desk = _desk(either_office)

    outcomes = await asyncio.gather(
        desk.disable(first, second), desk.disable(second, first), return_exceptions=True
    )

    refused = [each for each in outcomes if isinstance(each, AuthRefused)]
    assert len(refused) == 1
    left = [either_office.account(each).disabled_at is None for each in (first, second)]
    assert sorted(left) == [False, True]


async def test_somebody_invited_is_not_somebody_at_the_top(office: OfficeHouse):
    """The only admin who can sign in stays, whoever else was invited; even the command line keeps to that."""
    office.add("wangfang")
    by, tree = By("command line", office.now), office.house.office.current()
    run = office.house.store.writer.run_now
    run(lambda u: changes.add_account(u, "invited", Wanted(Role.ADMIN, ""), hierarchy=tree, by=by))

    with pytest.raises(AuthRefused, match="last_admin"):
        run(lambda u: changes.disable(u, u.accounts.find(1), by=by))
    with pytest.raises(AuthRefused, match="last_admin"):
        run(
            lambda u: changes.change_role(
                u, u.accounts.find(1), Wanted(Role.VIEWER, "xinhua"), hierarchy=tree, by=by
            )
        )


async def test_a_closed_account_is_opened_again_with_its_password(office: OfficeHouse):
    admin = await office.signed_in("wangfang")
    other = office.add("zhaolei", Role.VIEWER)

    await admin.post(f"/admin/accounts/{other}/disable")
    closed = await office.browser().sign_in("zhaolei")
    await admin.post(f"/admin/accounts/{other}/enable")
    opened = await office.browser().sign_in("zhaolei")

    assert (closed.status_code, opened.status_code) == (403, 303)
    assert {"account.disabled", "account.enabled"} <= set(office.kinds_of_audit())


async def test_every_change_is_in_the_log_without_anybodys_words(office: OfficeHouse):
    admin = await office.signed_in("wangfang")
    await admin.post("/admin/accounts/new", name="王小明", role="viewer", scope="幸福里社区")
    await admin.post("/admin/accounts/2/role", role="staff", scope="xingfuli", staff_id="wangfang")

    rows = office.house.store.reads.list_audit(limit=50)

    assert [each.kind for each in rows][:4] == [
        "account.role_changed",
        "account.link_made",
        "account.added",
        "account.signed_in",
    ]
    assert rows[0].by == rows[1].by == "account:1"
    assert not any("王小明" in f"{each.subject}{each.by}{each.content}" for each in rows)
    assert office.account(2).staff_id == "wangfang"
    assert office.house.store.verify_audit().problems == ()


async def test_a_member_of_staff_is_named_and_shown_by_name(office: OfficeHouse):
    admin = await office.signed_in("zhaolei")

    await admin.post("/admin/accounts/new", name="wf", role="staff", scope="xingfuli", staff_id="王芳")
    page = await admin.get("/admin/accounts/2")

    assert office.account(2).staff_id == "wangfang"
    assert "<dd>王芳</dd>" in page.text


async def test_a_name_with_a_point_signs_in_however_the_point_is_typed(office: OfficeHouse):
    office.add("阿依古丽·买买提", Role.VIEWER, "xingfuli")

    come = await office.browser().sign_in("阿依古丽•买买提")

    assert come.status_code == 303


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": "wangfang"}, "已经有叫"),
        ({"name": "a b"}, "账号名只能用"),
        ({"role": "king"}, "没有这个角色"),
        ({"scope": "nowhere"}, "没有这个节点"),
        ({"role": "admin", "scope": "xingfuli"}, "总管理员管全部"),
        ({"staff_id": "sunli"}, "没有这位工作人员"),
    ],
)
async def test_a_fault_of_an_invitation_is_told_on_the_form(
    office: OfficeHouse, fields: dict[str, str], says: str
):
    admin = await office.signed_in("wangfang")

    answer = await admin.post(
        "/admin/accounts/new", **({"name": "zhaolei", "role": "viewer", "scope": "xingfuli"} | fields)
    )

    assert answer.status_code == 422
    assert says in answer.text
    assert office.account(2) is None


@pytest.mark.parametrize("name", ["=cmd", "+1", "-1+1", "@sum"])
async def test_no_name_becomes_a_formula_in_the_export(office: OfficeHouse, name: str):
    admin = await office.signed_in("wangfang")
    run = office.house.store.writer.run_now
    run(
        lambda u: u.accounts.add(
            name, key=name, role="viewer", scope="xingfuli", staff_id="=1+1", now=office.now
        )
    )

    exported = await admin.get("/admin/accounts.csv")

    cells = list(itertools.chain(*csv.reader(io.StringIO(exported.text.removeprefix("\ufeff")))))
    assert not [each for each in cells if each.startswith(("=", "+", "-", "@"))]
    assert exported.headers["content-disposition"].startswith("attachment")


def _desk(office: OfficeHouse):
    return build_house_auth(office.house, passwords=Passwords(QUICK)).accounts
