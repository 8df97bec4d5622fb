"""Figures, the outbox and the audit log through the API."""

from dataclasses import replace

import pytest

from admin_web.ports import ChainState, Role
from routing.outgoing import SendState
from tests.admin_web.api.house import ApiHouse, assert_problem
from tests.admin_web.api.test_visibility import a_letter
from tests.builders import TUESDAY_NINE


async def test_figures_say_the_n_behind_them_and_no_rate_below_the_smallest(house: ApiHouse):
    for each in range(5):
        number = house.world.report(who=f"u{each}")
        if each < 4:
            await house.say(number, "claim", "chenjie")

    four = (await house.get("/api/v1/stats")).json()
    house.world.wait(hours=3)
    five = (await house.get("/api/v1/stats")).json()

    assert four["claim_in_time"] == {"count": 4, "n": 4, "value": None}
    assert five["claim_in_time"] == {"count": 4, "n": 6, "value": pytest.approx(4 / 6)}
    assert four["by_status"] == {"claimed": 4, "open": 1}
    assert four["by_category"] == {"noise": 5}
    assert (four["tickets"], four["smallest_n"], four["node"]) == (5, 5, "xinhua")


async def test_a_period_is_days_of_the_tree(house: ApiHouse):
    house.world.report()

    async def count(query: str) -> int:
        response = await house.get(f"/api/v1/stats?{query}")
        return response.json()["tickets"]

    assert await count("from=2026-11-24&to=2026-11-24") == 1
    assert await count("from=2026-11-25") == 0
    assert await count("to=2026-11-23") == 0
    assert await count("from=2026-11-24T09:00:00+08:00") == 1
    assert await count("from=2026-11-24T01:00:01Z") == 0
    assert await count("from=2026-11-24T09:00:00") == 1
    assert await count("to=2026-11-24T01:00:00Z") == 0
    assert await count("node=hepingli") == 0


@pytest.mark.parametrize(
    "query",
    [
        "from=yesterday",
        "to=2026-13-01",
        "from=2026-11-25&to=2026-11-20",
        "from=0001-01-01T00:00:00%2B14:00",
        "colour=red",
    ],
)
async def test_a_period_that_makes_no_sense_is_422(house: ApiHouse, query: str):
    assert_problem(await house.get(f"/api/v1/stats?{query}"), 422, "bad_values")


async def test_the_outbox_shows_what_needs_a_person(house: ApiHouse):
    states = [SendState.DEAD, SendState.SENT, SendState.UNREACHABLE, SendState.UNKNOWN, SendState.WAITING]
    house.letters.items = [
        replace(a_letter(1001), parcel_id=number, state=state) for number, state in enumerate(states, 1)
    ]

    usual = (await house.get("/api/v1/outbox")).json()
    asked = (await house.get("/api/v1/outbox?state=sent,waiting")).json()
    paged = (await house.get("/api/v1/outbox?limit=1&cursor=4")).json()

    assert [each["id"] for each in usual["items"]] == [4, 3, 1]
    assert [each["id"] for each in asked["items"]] == [5, 2]
    assert ([each["id"] for each in paged["items"]], paged["next"]) == ([3], "3")


async def test_a_state_that_is_none_is_422(house: ApiHouse):
    problem = assert_problem(await house.get("/api/v1/outbox?state=lost"), 422, "bad_values")

    assert problem["errors"][0]["at"] == "query.state"


async def test_the_outbox_names_no_resident(house: ApiHouse):
    hearers = ["person:12", "chat:oABC-openid", "reporters", "group:xingfuli-staff", "staff:liqiang"]
    house.letters.items = [
        replace(a_letter(1001), parcel_id=number, hearer=hearer) for number, hearer in enumerate(hearers, 1)
    ]

    shown = (await house.get("/api/v1/outbox")).json()["items"]

    assert [each["hearer"] for each in shown] == [
        "staff:liqiang",
        "group:xingfuli-staff",
        "reporters",
        "chat",
        "person",
    ]


async def test_a_dead_letter_is_sent_again_in_the_tokens_name(house: ApiHouse):
    house.letters.items = [a_letter(1001), replace(a_letter(1001), parcel_id=2, state=SendState.SENT)]

    again = await house.ask("POST", "/api/v1/outbox/1/send_again")
    sent = await house.ask("POST", "/api/v1/outbox/2/send_again")

    assert again.json()["id"] == 1
    assert house.letters.sent_again == [(1, "settings")]
    assert_problem(sent, 409, "not_to_be_sent")


@pytest.mark.parametrize("number", ["7", "x", "9" * 30])
async def test_a_letter_that_is_not_there_is_404(house: ApiHouse, number: str):
    assert_problem(await house.ask("POST", f"/api/v1/outbox/{number}/send_again"), 404, "unknown_parcel")


async def test_an_answer_without_a_ticket_is_shown_to_the_whole_tree_alone(house: ApiHouse):
    house.letters.items = [replace(a_letter(0), node="", origin="")]

    whole = (await house.get("/api/v1/outbox")).json()["items"]
    part = (await house.get("/api/v1/outbox", token=house.token(Role.NODE_ADMIN, "xingfuli"))).json()["items"]

    assert [each["ticket"] for each in whole] == [None]
    assert part == []


async def test_the_log_is_read_page_by_page_with_the_state_of_its_chain(house: ApiHouse):
    first = (await house.get("/api/v1/audit?limit=5")).json()
    second = (await house.get(f"/api/v1/audit?limit=5&cursor={first['next']}")).json()
    one = (await house.get("/api/v1/audit?subject=ticket:3")).json()

    assert [each["seq"] for each in first["items"] + second["items"]] == [7, 6, 5, 4, 3, 2, 1]
    assert second["next"] is None
    assert [each["seq"] for each in one["items"]] == [3]
    assert first["chain"] == {
        "state": "whole", "rows": 7, "checked_at": "2026-11-24T01:00:00Z", "broken_at": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "said"),
    [(ChainState(7, None), "unchecked"), (ChainState(7, TUESDAY_NINE, broken_at=4), "broken")],
)
async def test_a_chain_that_is_broken_or_unchecked_says_so(house: ApiHouse, state: ChainState, said: str):
    house.log.state = state

    assert (await house.get("/api/v1/audit")).json()["chain"]["state"] == said
