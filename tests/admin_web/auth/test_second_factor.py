"""Two-step sign-in: the app, recovery codes, and what one password alone is worth."""

import re

import pytest

from admin_web.auth import totp
from admin_web.auth.sessions import SessionKind
from admin_web.ports import Role
from tests.admin_web.auth.office_house import PASSWORD, Browser, OfficeHouse


async def turn_on(office: OfficeHouse, browser: Browser) -> tuple[str, list[str]]:
    """The app's secret and the recovery codes."""
    secret, sealed = await propose(browser)
    return secret, await confirm(office, browser, secret, sealed=sealed)


async def propose(browser: Browser) -> tuple[str, str]:
    """A secret for the app, and as the form carries it."""
    shown = await browser.post("/account/app", old=PASSWORD)
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", shown.text)[1].replace(" ", "")
    return secret, re.search(r'name="sealed" value="([^"]+)"', shown.text)[1]


async def confirm(office: OfficeHouse, browser: Browser, secret: str, *, sealed: str) -> list[str]:
    done = await browser.post("/account/app/confirm", sealed=sealed, code=code_now(office, secret))
    codes = re.findall(r"<code>([a-z2-9-]{19})</code>", done.text)
    assert len(codes) == 10
    return codes


def code_now(office: OfficeHouse, secret: str) -> str:
    return totp.code_at(secret, totp.step_at(office.now))


async def half_in(office: OfficeHouse) -> Browser:
    browser = office.browser()
    come = await browser.sign_in("wangfang")
    assert come.headers["location"].startswith("/sign-in/code")
    return browser


async def test_with_an_app_a_password_is_only_half_the_way(either_office: OfficeHouse):
    office = either_office
    secret, _ = await turn_on(office, await office.signed_in("wangfang"))
    office.wait(seconds=30)

    browser = await half_in(office)
    before = await browser.get("/admin")
    come = await browser.post("/sign-in/code", code=code_now(office, secret), next="/account")

    assert before.status_code == 303
    assert (come.status_code, come.headers["location"]) == (303, "/account")
    assert (await browser.get("/admin")).status_code == 200
    assert browser.cookie(SessionKind.HALF) is None


async def test_half_a_session_is_none_under_whatever_name_it_comes(office: OfficeHouse):
    await turn_on(office, await office.signed_in("wangfang"))
    browser = await half_in(office)

    browser.keep(browser.cookie(SessionKind.HALF), SessionKind.OFFICE)

    assert (await browser.get("/admin")).status_code == 303


async def test_a_code_is_good_once_and_no_earlier_one_after_it(office: OfficeHouse):
    secret, _ = await turn_on(office, await office.signed_in("wangfang"))
    office.wait(seconds=30)
    code, before = code_now(office, secret), totp.code_at(secret, totp.step_at(office.now) - 1)
    await (await half_in(office)).post("/sign-in/code", code=code)

    again = await half_in(office)

    assert (await again.post("/sign-in/code", code=code)).status_code == 403
    assert (await again.post("/sign-in/code", code=before)).status_code == 403


async def test_the_code_that_turned_it_on_signs_nobody_in(office: OfficeHouse):
    secret, _ = await turn_on(office, await office.signed_in("wangfang"))

    answer = await (await half_in(office)).post("/sign-in/code", code=code_now(office, secret))

    assert answer.status_code == 403


async def test_five_codes_and_then_a_quarter_of_an_hour(office: OfficeHouse):
    secret, _ = await turn_on(office, await office.signed_in("wangfang"))
    office.wait(minutes=1)
    browser = await half_in(office)

    for _ in range(5):
        await browser.post("/sign-in/code", code="000000")
    sixth = await browser.post("/sign-in/code", code=code_now(office, secret))

    assert "试得太多了" in sixth.text


async def test_the_half_way_ends_after_five_minutes(office: OfficeHouse):
    secret, _ = await turn_on(office, await office.signed_in("wangfang"))
    browser = await half_in(office)
    office.wait(minutes=5)

    late = await browser.post("/sign-in/code", code=code_now(office, secret))

    assert late.status_code == 403
    assert "等得太久了" in late.text


async def test_a_recovery_code_lets_in_once(office: OfficeHouse):
    _, codes = await turn_on(office, await office.signed_in("wangfang"))

    first = await (await half_in(office)).post("/sign-in/code", code=codes[3].upper())
    second = await (await half_in(office)).post("/sign-in/code", code=codes[3])

    assert (first.status_code, second.status_code) == (303, 403)
    assert "account.recovery_code_used" in office.kinds_of_audit()


async def test_who_taps_twice_sees_the_codes_that_are_good(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    secret, sealed = await propose(browser)

    first = await confirm(office, browser, secret, sealed=sealed)
    seen = await confirm(office, browser, secret, sealed=sealed)

    half = await half_in(office)
    assert (await half.post("/sign-in/code", code=first[0])).status_code == 403
    assert (await half.post("/sign-in/code", code=seen[0])).status_code == 303


async def test_turning_it_on_ends_the_sessions_that_came_in_without(office: OfficeHouse):
    elsewhere = await office.signed_in("wangfang")
    browser = office.browser()
    await browser.sign_in("wangfang")
    await turn_on(office, await office.with_token(browser))

    assert (await elsewhere.get("/admin")).status_code == 303
    assert (await browser.get("/admin")).status_code == 200


async def test_a_secret_that_was_proposed_to_another_turns_nothing_on(office: OfficeHouse):
    other = await office.signed_in("zhaolei")
    shown = await other.post("/account/app", old=PASSWORD)
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", shown.text)[1].replace(" ", "")
    sealed = re.search(r'name="sealed" value="([^"]+)"', shown.text)[1]
    browser = await office.signed_in("wangfang")

    answer = await browser.post("/account/app/confirm", sealed=sealed, code=code_now(office, secret))

    assert answer.headers["location"] == "/account"
    assert office.account(2).totp_secret is None


async def test_an_app_is_not_replaced_by_whoever_sits_at_an_open_page(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    shown = await browser.post("/account/app", old=PASSWORD)
    another = re.search(r"<code>([A-Z2-7 ]+)</code>", shown.text)[1].replace(" ", "")
    sealed = re.search(r'name="sealed" value="([^"]+)"', shown.text)[1]
    await turn_on(office, browser)
    kept = office.account(1).totp_secret

    again = await browser.post("/account/app")
    answer = await browser.post("/account/app/confirm", sealed=sealed, code=code_now(office, another))

    assert again.status_code == 422
    assert "两步验证已经开启" in again.text
    assert answer.headers["location"] == "/account"
    assert office.account(1).totp_secret == kept


async def test_whoever_finds_an_open_page_cannot_lock_its_owner_out_with_an_app(office: OfficeHouse):
    browser = await office.signed_in("wangfang")

    nothing = await browser.post("/account/app")
    wrong = await browser.post("/account/app", old="not the right one")

    assert (nothing.status_code, wrong.status_code) == (422, 422)
    assert "现在的密码不对" in wrong.text
    assert 'name="sealed"' not in nothing.text + wrong.text


@pytest.mark.parametrize("path", ["/account/app/end", "/account/recovery-codes"])
async def test_only_the_password_changes_the_second_lock(office: OfficeHouse, path: str):
    browser = await office.signed_in("wangfang")
    _, codes = await turn_on(office, browser)

    wrong = await browser.post(path, old="not the right one")
    right = await browser.post(path, old=PASSWORD)

    assert wrong.status_code == 422
    assert right.status_code in {200, 303}
    assert (office.account(1).totp_secret is None) is path.endswith("end")
    assert (await (await _half_or_in(office)).post("/sign-in/code", code=codes[0])).status_code == 403


async def _half_or_in(office: OfficeHouse) -> Browser:
    browser = office.browser()
    await browser.sign_in("wangfang")
    return browser


async def test_a_new_link_lets_in_who_lost_the_phone(office: OfficeHouse):
    admin = await office.signed_in("zhaolei")
    browser = await office.signed_in("wangfang", Role.NODE_ADMIN, "xingfuli")
    await turn_on(office, browser)

    shown = await admin.post("/admin/accounts/2/link")
    link = re.search(r'value="http://liren.test(/invitation\?key=[^"]+)"', shown.text)[1]
    new = office.browser()
    await new.get(link)
    come = await new.post("/invitation", key=link.split("key=")[1], password=PASSWORD, repeat=PASSWORD)

    assert come.headers["location"] == "/admin"
    assert office.account(2).totp_secret is None
    assert (await browser.get("/admin")).status_code == 303


async def test_the_secret_of_the_app_is_stored_sealed(office: OfficeHouse):
    secret, _ = await turn_on(office, await office.signed_in("wangfang"))

    stored = office.account(1).totp_secret

    assert secret not in stored
    assert office.house.links.seals.unseal(stored) == secret
