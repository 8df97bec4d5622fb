"""Coming in and going out, as a browser sees it: who gets in, for how long, and what ends it."""

import pytest

from admin_web.auth.sessions import SessionKind
from admin_web.ports import Role
from app.running.duties import forget_sign_ins
from tests.admin_web.auth.office_house import PASSWORD, OfficeHouse

WRONG = "账号名或密码不对"
TOO_OFTEN = "试得太多了"


async def is_in(browser) -> bool:
    response = await browser.get("/admin")
    assert response.status_code in {200, 303}
    return response.status_code == 200


async def test_a_page_sends_strangers_to_the_door_and_back_again(either_office: OfficeHouse):
    either_office.add("wangfang")
    browser = either_office.browser()

    asked = await browser.get("/admin/accounts?q=wang")
    door = await browser.get(asked.headers["location"])
    come = await browser.sign_in("ＷangFang", next="/admin/accounts?q=wang")

    assert asked.status_code == 303
    assert asked.headers["location"] == "/sign-in?next=%2Fadmin%2Faccounts%3Fq%3Dwang"
    assert 'value="/admin/accounts?q=wang"' in door.text
    assert (come.status_code, come.headers["location"]) == (303, "/admin/accounts?q=wang")
    assert await is_in(browser)


async def test_scripts_get_a_401_instead_of_a_door(office: OfficeHouse):
    browser = office.browser()

    asked = await browser.client.get("/admin", headers={"accept": "application/json"})
    updated = await browser.client.get("/admin", headers={"hx-request": "true"})
    news = await browser.client.get(
        "/admin/tickets/news?since=7",
        headers={"hx-request": "true", "referer": f"{browser.base_url}/admin/tickets?state=late"},
    )

    assert (asked.status_code, asked.headers["content-type"]) == (401, "application/problem+json")
    assert (updated.status_code, updated.headers["hx-redirect"]) == (401, "/sign-in?next=%2Fadmin")
    assert news.headers["hx-redirect"] == "/sign-in?next=%2Fadmin%2Ftickets%3Fstate%3Dlate"


@pytest.mark.parametrize(
    "onward", ["https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)"]
)
async def test_the_door_leads_to_no_other_house(office: OfficeHouse, onward: str):
    office.add("wangfang")

    come = await office.browser().sign_in("wangfang", next=onward)

    assert come.headers["location"] == "/admin"


async def test_nobody_learns_which_names_exist(office: OfficeHouse):
    office.add("wangfang")
    office.add("zhaolei", Role.VIEWER)
    closed = office.house.store.writer.run_now(lambda unit: unit.accounts.find_named("zhaolei"))
    office.house.store.writer.run_now(lambda unit: unit.accounts.set_disabled(closed.account_id, office.now))

    tries = [("wangfang", "not the right one"), ("nobody-here", PASSWORD), ("zhaolei", PASSWORD)]
    answers = [await office.browser().sign_in(name, password) for name, password in tries]

    texts = {each.text.replace(name, "…") for each, (name, _) in zip(answers, tries, strict=True)}
    assert {each.status_code for each in answers} == {403}
    assert len(texts) == 1
    assert WRONG in texts.pop()


@pytest.mark.parametrize("name", ["wangfang", "nobody-here"])
async def test_five_tries_and_then_a_quarter_of_an_hour(either_office: OfficeHouse, name: str):
    either_office.add("wangfang")
    browser = either_office.browser()

    wrong = [await browser.sign_in(name, "not the right one") for _ in range(5)]
    sixth = await browser.sign_in(name, PASSWORD)
    either_office.wait(minutes=15, seconds=1)
    later = await browser.sign_in(name, PASSWORD)

    assert all(WRONG in each.text for each in wrong)
    assert TOO_OFTEN in sixth.text
    assert (later.status_code == 303) is (name == "wangfang")
    assert "sign_in.throttled" in either_office.kinds_of_audit()


async def test_who_got_in_may_mistype_again(office: OfficeHouse):
    office.add("wangfang")
    browser = office.browser()

    for _ in range(2):
        for _ in range(4):
            await browser.sign_in("wangfang", "not the right one")
        come = await browser.sign_in("wangfang")

        assert come.status_code == 303
        browser.client.cookies.clear()


async def test_who_has_many_addresses_of_one_network_has_five_tries_all_the_same(office: OfficeHouse):
    office.add("wangfang")
    for number in range(5):
        await office.browser(address=f"2001:db8::{number}").sign_in("wangfang", "not the right one")

    same, other = office.browser(address="2001:db8::9"), office.browser(address="2001:db8:0:1::9")

    assert TOO_OFTEN in (await same.sign_in("wangfang")).text
    assert (await other.sign_in("wangfang")).status_code == 303


async def test_a_stranger_elsewhere_does_not_lock_somebody_out_at_once(office: OfficeHouse):
    office.add("wangfang")
    stranger = office.browser(address="198.51.100.1")
    for _ in range(8):
        await stranger.sign_in("wangfang", "not the right one")

    come = await office.browser().sign_in("wangfang")

    assert come.status_code == 303


async def test_a_whole_network_guesses_thirty_times_at_most(office: OfficeHouse):
    office.add("wangfang")
    for number in range(30):
        await office.browser(address=f"198.51.100.{number}").sign_in("wangfang", "not the right one")

    come = await office.browser(address="203.0.113.1").sign_in("wangfang")

    assert TOO_OFTEN in come.text


@pytest.mark.parametrize(("peer", "is_believed"), [("127.0.0.1", True), ("192.0.2.7", False)])
async def test_only_a_proxy_of_this_machine_says_where_one_comes_from(
    office: OfficeHouse, peer: str, is_believed: bool
):
    office.add("wangfang")
    browser = office.browser(address=peer)
    for number in range(6):
        forwarded = {"x-forwarded-for": f"203.0.113.9, 198.51.100.{number}"}
        last = await browser.post(
            "/sign-in", headers=forwarded, name="wangfang", password="not the right one"
        )

    assert (TOO_OFTEN in last.text) is not is_believed


async def test_every_sign_in_is_a_new_session_and_ends_the_one_before(office: OfficeHouse):
    office.add("wangfang")
    browser = office.browser()
    browser.keep("planted-by-somebody-else")

    await browser.sign_in("wangfang")
    first = browser.cookie()
    await browser.sign_in("wangfang")

    assert first != "planted-by-somebody-else"
    assert browser.cookie() != first
    browser.keep(first)
    assert not await is_in(browser)


async def old_cookie_after(office: OfficeHouse, browser, end) -> bool:
    """Whether the cookie of before still opens the door."""
    cookie = browser.cookie()
    await end()
    again = office.browser()
    again.keep(cookie)
    return await is_in(again)


async def test_signing_out_ends_the_session_itself(office: OfficeHouse):
    browser = await office.signed_in("wangfang")

    assert not await old_cookie_after(office, browser, lambda: browser.post("/sign-out"))


async def test_a_new_password_ends_every_session_and_this_browser_goes_on(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    elsewhere = office.browser()
    await elsewhere.sign_in("wangfang")
    new = "另一句更长的话，也只有我记得"

    async def change():
        answer = await browser.post("/account/password", old=PASSWORD, password=new, repeat=new)
        assert answer.headers["location"] == "/account?said=account.password_changed", answer.text

    assert not await old_cookie_after(office, browser, change)
    assert not await is_in(elsewhere)
    assert await is_in(browser)
    assert (await office.browser().sign_in("wangfang")).status_code == 403
    assert (await office.browser().sign_in("wangfang", new)).status_code == 303


@pytest.mark.parametrize("verb", ["role", "disable", "sessions"])
async def test_a_change_by_an_admin_ends_the_sessions_of_the_other(office: OfficeHouse, verb: str):
    admin = await office.signed_in("zhaolei")
    browser = await office.signed_in("wangfang", Role.NODE_ADMIN, "xingfuli")
    account = office.house.store.writer.run_now(lambda unit: unit.accounts.find_named("wangfang"))

    async def end():
        answer = await admin.post(
            f"/admin/accounts/{account.account_id}/{verb}", role="viewer", scope="xingfuli"
        )
        assert answer.status_code == 303, answer.text

    assert not await old_cookie_after(office, browser, end)


async def test_a_session_that_was_left_over_is_worth_nothing_without_its_account(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    office.house.store.writer.run_now(lambda unit: unit.accounts.set_disabled(1, office.now))

    assert not await is_in(browser)


async def test_a_session_ends_a_quarter_of_an_hour_after_the_last_click(office: OfficeHouse):
    browser = await office.signed_in("wangfang")

    office.wait(minutes=14)
    assert await is_in(browser)
    office.wait(minutes=14)
    assert await is_in(browser)
    office.wait(minutes=15)
    assert not await is_in(browser)


async def test_looking_for_news_by_itself_keeps_no_session_alive(office: OfficeHouse):
    browser = await office.signed_in("wangfang")

    office.wait(minutes=10)
    assert (await browser.get("/admin", **{"liren-background": "1"})).status_code == 200
    office.wait(minutes=5)

    assert not await is_in(browser)


async def test_a_session_ends_after_twelve_hours_however_busy(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    for _ in range(71):
        office.wait(minutes=10)
        assert await is_in(browser)

    office.wait(minutes=10)

    assert not await is_in(browser)


async def test_the_clock_of_the_sandbox_ends_no_session(office: OfficeHouse):
    browser = await office.signed_in("wangfang")

    office.house.clock.push(office.now - office.now.replace(year=2025))

    assert await is_in(browser)


async def test_with_https_the_cookie_belongs_to_this_host_alone(secure_office: OfficeHouse):
    secure_office.add("wangfang")
    come = await secure_office.browser().sign_in("wangfang")

    cookie = come.headers["set-cookie"]
    assert cookie.startswith("__Host-liren-office=")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


async def test_without_https_the_cookie_is_still_out_of_reach_of_scripts(office: OfficeHouse):
    office.add("wangfang")
    come = await office.browser().sign_in("wangfang")

    parts = set(come.headers["set-cookie"].split("; "))
    assert {"HttpOnly", "SameSite=lax"} <= parts
    assert "Secure" not in parts


async def test_only_digests_of_cookies_are_stored(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    cookie = browser.cookie(SessionKind.OFFICE)

    rows = office.house.store.reads.accounts.read(lambda books: books.web_sessions.list_of(1))

    assert cookie
    assert all(cookie not in (each.digest, each.device) for each in rows)


async def test_the_language_is_chosen_without_an_account(office: OfficeHouse):
    browser = office.browser()

    chosen = await browser.post("/language", language="en", next="/sign-in?next=%2Fadmin")
    shown = await browser.get(chosen.headers["location"])
    ignored = await browser.post("/language", language="xx", next="//evil.test")

    assert '<html lang="en">' in shown.text
    assert "Sign in" in shown.text
    assert ignored.headers["location"] == "/sign-in"
    assert "set-cookie" not in ignored.headers


async def test_what_has_ended_is_forgotten(office: OfficeHouse):
    await office.signed_in("wangfang")
    await office.browser().sign_in("nobody-here")
    office.wait(hours=13)

    assert await forget_sign_ins(office.house) >= 4
    assert await forget_sign_ins(office.house) == 0
