"""Every form of every page: refused from elsewhere, without its token, in another shape; every page is framed."""

import pytest

from admin_web.ports import Role
from tests.admin_web.auth.office_house import OfficeHouse, list_routes
from tests.admin_web.auth.relations import FORMS_AT_THE_DOOR, OPEN, filled_in

ELSEWHERE = (
    ("another site", {"sec-fetch-site": "cross-site"}),
    ("another house of the site", {"sec-fetch-site": "same-site"}),
    ("another origin", {"origin": "https://evil.test"}),
    ("an origin that begins like ours", {"origin": "http://liren.test.evil.test"}),
    ("no origin at all", {"origin": "null"}),
)
SHAPES = (
    ("plain text", {"content-type": "text/plain"}, 415),
    ("a kind of its own", {"content-type": "application/csrf"}, 415),
    ("too large", {"content-length": "999999999"}, 413),
    ("as large as an upload", {"content-length": "262145"}, 413),
    ("no length", {"content-length": "many"}, 411),
)


def paths_of_forms(office: OfficeHouse) -> list[str]:
    return [path for path, methods in list_routes(office.app) if "POST" in methods and path not in OPEN]


async def test_no_form_is_taken_from_elsewhere(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    office.add("zhaolei", Role.VIEWER)
    before = office.kinds_of_audit()

    for path in (*paths_of_forms(office), *FORMS_AT_THE_DOOR):
        for name, headers in ELSEWHERE:
            answer = await browser.post(filled_in(path, account_id=2), headers=headers)
            assert answer.status_code == 403, (path, name)
    assert office.kinds_of_audit() == before


@pytest.mark.parametrize("token", ["", "x", "\u0660", "of another session"])
async def test_no_form_is_taken_without_its_own_token(office: OfficeHouse, token: str):
    browser, other = await office.signed_in("wangfang"), await office.signed_in("zhaolei")
    before = office.kinds_of_audit()

    for path in paths_of_forms(office):
        csrf = other.csrf if token.startswith("of") else token
        answer = await browser.post(filled_in(path, account_id=2), csrf=csrf)
        assert answer.status_code == 403, path
    assert office.kinds_of_audit() == before


async def test_no_form_is_taken_in_another_shape(office: OfficeHouse):
    browser = await office.signed_in("wangfang")

    for path in (*paths_of_forms(office), *FORMS_AT_THE_DOOR):
        for name, headers, status in SHAPES:
            answer = await browser.client.post(
                filled_in(path, account_id=2),
                content=b"csrf=" + browser.csrf.encode(),
                headers={"content-type": "application/x-www-form-urlencoded"} | headers,
            )
            assert answer.status_code == status, (path, name)


async def test_an_upload_may_be_larger_than_a_form(office: OfficeHouse):
    browser = await office.signed_in("wangfang")

    answer = await browser.client.post(
        "/account/sessions/end",
        headers={
            "content-type": "multipart/form-data; boundary=x",
            "content-length": "262145",
            "x-csrf-token": browser.csrf,
        },
        content=b"--x--",
    )

    assert answer.status_code == 303


async def test_a_token_may_come_in_a_header(office: OfficeHouse):
    browser = await office.signed_in("wangfang")

    answer = await browser.post("/account/sessions/end", headers={"x-csrf-token": browser.csrf}, csrf="")

    assert answer.status_code == 303


async def test_every_answer_of_a_page_is_framed_and_kept_by_nobody(office: OfficeHouse):
    browser, stranger = await office.signed_in("wangfang"), office.browser()

    for path, methods in list_routes(office.app):
        if "GET" not in methods or path.startswith("/static"):
            continue
        for each in (browser, stranger):
            answer = await each.get(path.replace("{account_id:int}", "1"))
            policy = answer.headers["content-security-policy"]
            assert "frame-ancestors 'none'" in policy, path
            assert "unsafe" not in policy
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["x-content-type-options"] == "nosniff"


async def test_what_people_wrote_is_never_markup(office: OfficeHouse):
    admin = await office.signed_in("wangfang")
    wild = "<img src=x onerror=alert(1)>"

    pages = [
        await admin.get(f"/admin/accounts?q={wild}"),
        await admin.post("/admin/accounts/new", name=wild, role="viewer", scope=wild, staff_id=wild),
        await office.browser().sign_in(wild, "x" * 12, next=wild),
        await admin.get(f"/account?said={wild}"),
        await admin.get(f"/sign-in?next={wild}"),
    ]

    assert [wild in each.text for each in pages] == [False] * 5
    assert ["&lt;img src=x" in each.text for each in pages] == [True, True, True, False, False]
