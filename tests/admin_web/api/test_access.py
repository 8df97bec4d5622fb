"""Tokens: none, bad ones, the one of the settings, and how much one may ask at once."""

from datetime import UTC, datetime, timedelta

import pytest

from admin_web.api.access import Allowance
from admin_web.ports import Role
from admin_web.problems import ProblemError
from tests.admin_web.api.house import ROOT, ApiHouse, Slot, assert_problem, ports_over

ROUTES = [
    ("GET", "/api/v1/tickets"),
    ("POST", "/api/v1/tickets"),
    ("GET", "/api/v1/tickets/1001"),
    ("POST", "/api/v1/tickets/1001/claim"),
    ("GET", "/api/v1/hierarchy"),
    ("PUT", "/api/v1/hierarchy"),
    ("POST", "/api/v1/hierarchy/check"),
    ("GET", "/api/v1/hierarchy/versions"),
    ("GET", "/api/v1/hierarchy/refused"),
    ("GET", "/api/v1/stats"),
    ("GET", "/api/v1/outbox"),
    ("POST", "/api/v1/outbox/1/send_again"),
    ("GET", "/api/v1/audit"),
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_nothing_is_told_without_a_token(house: ApiHouse, method: str, path: str):
    house.world.report()

    response = await house.ask(method, path, token="")

    assert_problem(response, 401, "token_needed")
    assert response.headers["www-authenticate"] == 'Bearer realm="liren"'


@pytest.mark.parametrize("token", ["wrong", ROOT[:-1], ROOT + "x", "x" * 513])
async def test_a_bad_token_opens_nothing_and_is_not_repeated(house: ApiHouse, token: str):
    response = await house.get("/api/v1/tickets", token=token)

    assert_problem(response, 401, "token_needed")
    assert response.headers["www-authenticate"] == 'Bearer realm="liren", error="invalid_token"'
    assert token not in response.text


@pytest.mark.parametrize("header", [f"Basic {ROOT}", ROOT, "Bearer", "Bearer ", f"Bearer  {ROOT} x"])
async def test_other_ways_to_say_it_are_no_token(house: ApiHouse, header: str):
    response = await house.get("/api/v1/tickets", token="", headers={"authorization": header})

    assert_problem(response, 401, "token_needed")


async def test_a_cookie_and_a_parameter_are_no_token(house: ApiHouse):
    response = await house.get(f"/api/v1/stats?token={ROOT}", token="", headers={"cookie": f"token={ROOT}"})

    assert response.status_code == 401


async def test_the_token_of_the_settings_sees_everything(house: ApiHouse):
    house.world.report(origin="hepingli-b1")

    assert len((await house.get("/api/v1/tickets")).json()["items"]) == 1


async def test_a_revoked_token_is_closed_at_once(house: ApiHouse):
    token = house.token(Role.VIEWER)
    assert (await house.get("/api/v1/tickets", token=token)).status_code == 200

    house.grants.clear()

    assert (await house.get("/api/v1/tickets", token=token)).status_code == 401


async def test_no_secret_is_shown_by_the_ports(house: ApiHouse):
    assert ROOT not in repr(ports_over(Slot()))


class Clock:
    now = datetime(2026, 11, 24, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_a_token_that_asks_too_much_is_told_when_to_come_again():
    clock = Clock()
    allowance = Allowance(clock, per_second=0.5, burst=3)
    for _ in range(3):
        allowance.take("one")

    with pytest.raises(ProblemError) as refusal:
        allowance.take("one")
    allowance.take("another")
    clock.now += timedelta(seconds=2)
    allowance.take("one")

    assert (refusal.value.status, refusal.value.headers) == (429, {"Retry-After": "2"})


def test_a_clock_that_jumps_back_takes_nothing_away():
    clock = Clock()
    allowance = Allowance(clock, per_second=1, burst=2)
    allowance.take("one")

    clock.now -= timedelta(hours=1)

    allowance.take("one")
