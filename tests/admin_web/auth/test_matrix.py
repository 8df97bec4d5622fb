"""Every page, every role, every relation of a place to the account's own: generated from the routes themselves.

The scope is that of the API (`admin_web.api.scope`), whose own matrix tries every list, count and search of tickets.
"""

import itertools

import pytest
from fastapi import Request

from admin_web.api.scope import make_visit
from admin_web.auth.account_changes import By, Wanted, add_account
from admin_web.auth.sessions import SessionKind, begin_session
from admin_web.ports import Grant, Role
from routing.messages import Attachment, Kind
from tests.admin_web.auth.office_house import OfficeHouse, list_routes
from tests.admin_web.auth.relations import ALLOWED, OPEN, filled_in
from tests.storage.rows import PRIVATE_CHAT, open_ticket

FOR_SIGNED_IN = ("/admin", "/account", "/work", "/sign-out")
RELATIONS = {"own": "xingfuli", "child": "xingfuli-b1", "parent": "xinhua", "sibling": "hepingli"}
SEES = {
    # the account's place → the places of accounts that it may see, for admins
    "xinhua": {"own", "child", "parent", "sibling"},
    "xingfuli": {"own", "child"},
    "xingfuli-b1": {"child"},
}
REFUSED = {303, 401, 403, 404}


def pairs(office: OfficeHouse) -> list[tuple[str, str]]:
    return [
        (method, path)
        for path, methods in list_routes(office.app)
        for method in sorted(methods - {"HEAD"})
        if path.startswith(FOR_SIGNED_IN) and path not in OPEN
    ]


def furnish(office: OfficeHouse, *, owner: int) -> None:
    """A ticket, a picture of it and a saved view, so that the addresses of such things lead somewhere."""

    def job(unit):
        number = open_ticket(unit)
        person = unit.people.find("telegram", "bot", "501")
        sent = Attachment(Kind.IMAGE, "file-1")
        picture_id = unit.pictures.want(
            sent, address=PRIVATE_CHAT, ticket_number=number, person_id=person.person_id, now=office.now
        )
        unit.pictures.keep(picture_id, b"a picture", media_type="image/jpeg")
        unit.saved_views.keep(f"account:{owner}", "电梯", query="category=elevator", now=office.now)

    office.house.store.writer.run_now(job)


async def ask(browser, method: str, path: str, number: int):
    real = filled_in(path, account_id=number)
    return await (browser.post(real) if method == "POST" else browser.get(real))


async def test_every_page_of_the_house_says_for_whom_it_is(office: OfficeHouse):
    office.whole()

    assert set(pairs(office)) == set(ALLOWED)


async def test_strangers_get_nowhere(office: OfficeHouse):
    office.whole()
    target = office.add("target", Role.VIEWER, "xingfuli-b1")
    browser = office.browser()

    for method, path in pairs(office):
        answer = await ask(browser, method, path, target)
        assert answer.status_code == 303, (method, path)
        assert answer.headers["location"].startswith("/sign-in?next="), (method, path)
    assert office.account(target).disabled_at is None


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_opens_its_own_pages_and_no_other(office: OfficeHouse, role: Role):
    browser = await office.signed_in("actor", role)
    target = office.add("target", Role.VIEWER, "xingfuli-b1")
    furnish(office, owner=target - 1)

    for (method, path), roles in ALLOWED.items():
        if path in {"/sign-out", "/admin/accounts/{account_id:int}/disable"}:
            continue
        answer = await ask(browser, method, path, target)
        if role in roles:
            assert answer.status_code in {200, 303, 422}, (method, path, answer.text)
            assert not answer.headers.get("location", "").startswith("/sign-in"), (method, path)
        else:
            assert answer.status_code == 403, (method, path)


@pytest.mark.parametrize("place", SEES)
@pytest.mark.parametrize("role", [Role.NODE_ADMIN, Role.STREET_ADMIN])
async def test_an_account_is_reached_only_from_above(office: OfficeHouse, role: Role, place: str):
    browser = await office.signed_in("actor", role, place)
    reached = {}
    for relation, scope in RELATIONS.items():
        target = office.add(relation, Role.VIEWER, scope)
        for method, path in ALLOWED:
            if "account_id" not in path:
                continue
            answer = await ask(browser, method, path, target)
            reached.setdefault(relation, set()).add(answer.status_code != 404)

    assert reached == {each: {each in SEES[place]} for each in RELATIONS}


async def test_a_page_sees_what_a_token_of_the_same_role_and_place_sees(office: OfficeHouse):
    tree = office.house.office.current()
    by = By("test", office.now)
    run = office.house.store.writer.run_now
    wanted = Wanted(Role.VIEWER, "xinhua")
    account_id = run(lambda unit: add_account(unit, "actor", wanted, hierarchy=tree, by=by))

    def come_in(unit, role: Role, scope: str) -> str:
        unit.accounts.set_role(account_id, role=role.value, scope=scope, staff_id=None)
        return begin_session(unit, SessionKind.OFFICE, account_id=account_id, device="", now=office.now)

    for role, scope in itertools.product(set(Role) - {Role.ADMIN}, [*RELATIONS.values(), "gone"]):
        token = run(lambda unit, role=role, scope=scope: come_in(unit, role, scope))
        visitor = await office.app.state.gate.admit(
            request_with(f"liren-office={token}"), kinds=(SessionKind.OFFICE,)
        )

        assert visitor.visit.scope == make_visit(Grant("actor", role, scope), tree).scope, (role, scope)


def request_with(cookie: str) -> Request:
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": "/admin",
            "query_string": b"",
            "headers": [(b"cookie", cookie.encode())],
        }
    )
