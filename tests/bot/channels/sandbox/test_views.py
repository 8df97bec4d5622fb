"""What the page looks at: the tree with its branches, the clock and its pushes, the tickets on their climb."""

import httpx
import pytest

from bot.channels.sandbox.tree import Places
from tests.bot.channels.sandbox.conftest import make_app
from tests.bot.channels.sandbox.toy_house import ToyHouse, a_street

REPORT = {"group": "xingfuli-b1-residents", "sender": "u1", "name": "1-201", "text": "@里仁 电梯不动了"}


async def test_the_first_branch_has_three_tiers_lowest_first(client: httpx.AsyncClient):
    tree = (await client.get("/groups")).json()

    assert tree["path"] == "幸福里社区 · 1号楼"
    assert [tier["level_name"] for tier in tree["tiers"]] == ["楼栋", "社区", "街道"]
    assert [group["id"] for group in tree["tiers"][1]["groups"]] == ["xingfuli-staff", "xingfuli-property"]
    assert tree["tiers"][1]["groups"][1]["kind_name"] == "物业"


async def test_residents_speak_first_where_residents_are_and_members_elsewhere(client: httpx.AsyncClient):
    building, community, _street = (await client.get("/groups")).json()["tiers"]

    residents, head = (group["speakers"] for group in building["groups"])
    assert residents[0] == {"id": "xingfuli-b1-1-201", "name": "1-201", "role": ""}
    assert {"id": "chenjie", "name": "陈杰", "role": "楼栋长"} in residents
    assert [each["id"] for each in head] == ["chenjie"]
    assert [each["id"] for each in community["groups"][1]["speakers"]] == ["liqiang"]


async def test_a_branch_is_chosen_by_any_of_its_nodes(client: httpx.AsyncClient):
    by_leaf = (await client.get("/groups", params={"node": "xingfuli-b12"})).json()
    by_community = (await client.get("/groups", params={"node": "xingfuli"})).json()

    assert by_leaf["tiers"][0]["name"] == "12号楼"
    assert by_community["branch"] == "xingfuli-b1"


async def test_the_place_that_is_called_so_is_found_first(client: httpx.AsyncClient):
    found = (await client.get("/groups", params={"q": "2号楼"})).json()

    assert [place["name"] for place in found["places"]] == ["2号楼", "12号楼", "22号楼", "32号楼"]
    assert found["more"] == 0


async def test_an_unknown_place_is_not_found(client: httpx.AsyncClient):
    response = await client.get("/groups", params={"node": "nowhere"})

    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_a_city_is_searched_without_listing_it():
    places = Places(a_street(20_000))

    found, more = places.search("号楼")
    only, none = places.search("幸福里 19999号楼")

    assert (len(found), more) == (40, 19_960)
    assert [each["node"] for each in only] == ["xingfuli-b19999"]
    assert none == 0


async def test_a_new_version_of_the_tree_is_shown(house: ToyHouse):
    transport = httpx.ASGITransport(make_app(house))
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox/api/v1/sandbox") as client:
        before = (await client.get("/groups", params={"q": "37号楼"})).json()
        house.hierarchy = a_street(40)
        after = (await client.get("/groups", params={"q": "37号楼"})).json()

    assert (len(before["places"]), len(after["places"])) == (0, 1)


async def test_the_clock_says_the_time_on_the_wall(client: httpx.AsyncClient):
    clock = (await client.get("/clock")).json()

    assert clock == {
        "now": "2026-11-24T07:24:00Z",
        "local": "11月24日 周二 15:24",
        "timezone": "Asia/Shanghai",
        "pushed_seconds": 0,
        "next_deadline": None,
    }


@pytest.mark.parametrize(
    ("forward", "local"),
    [
        ("10s", "11月24日 周二 15:24"),
        ("15m", "11月24日 周二 15:39"),
        ("1h", "11月24日 周二 16:24"),
        ("30d", "12月24日 周四 15:24"),
        ("tomorrow", "11月25日 周三 09:00"),
    ],
)
async def test_a_push_moves_the_clock(client: httpx.AsyncClient, forward: str, local: str):
    pushed = (await client.post("/clock", json={"forward": forward})).json()

    assert pushed["local"] == local
    assert pushed["pushed_seconds"] > 0


@pytest.mark.parametrize("forward", ["9s", "31d", "1wh", "-1h", "soon", ""])
async def test_a_push_that_goes_nowhere_is_refused(client: httpx.AsyncClient, forward: str):
    response = await client.post("/clock", json={"forward": forward})

    assert response.status_code == 422
    assert (await client.get("/clock")).json()["pushed_seconds"] == 0


async def test_without_a_deadline_there_is_nothing_to_go_to(client: httpx.AsyncClient):
    response = await client.post("/clock", json={"forward": "deadline"})

    assert response.status_code == 409
    assert response.json()["detail"] == "现在没有等着的时限。"


async def test_a_ticket_is_watched_climbing(client: httpx.AsyncClient):
    await client.post("/messages", json=REPORT)

    (before,) = (await client.get("/tickets")).json()["items"]
    await client.post("/clock", json={"forward": "deadline"})
    (after,) = (await client.get("/tickets")).json()["items"]

    assert (before["level_name"], before["group_name"]) == ("社区", "幸福里物业群")
    assert (before["status_name"], before["category"]) == ("待认领", "电梯")
    assert before["due"] == {"what": "认领", "at": "2026-11-24T07:54:00Z", "seconds": 1800, "remind_at": None}
    assert (after["level_name"], after["escalations"]) == ("街道", 1)


async def test_a_strip_says_nothing_that_residents_wrote(client: httpx.AsyncClient):
    await client.post("/messages", json=REPORT)

    assert "不动了" not in (await client.get("/tickets")).text


async def test_a_claimed_ticket_names_its_holder(client: httpx.AsyncClient):
    await client.post("/messages", json=REPORT)
    claim = {"group": "xingfuli-property", "sender": "liqiang", "name": "李强", "text": "认领 1024"}
    await client.post("/messages", json=claim)

    (ticket,) = (await client.get("/tickets")).json()["items"]

    assert (ticket["status"], ticket["holder_name"]) == ("claimed", "李强")
    assert ticket["due"]["what"] == "办结"


async def test_tickets_of_the_place_itself_come_first(client: httpx.AsyncClient):
    await client.post("/messages", json=REPORT)
    await client.post("/messages", json={**REPORT, "group": "xingfuli-b2-residents"})

    here = (await client.get("/tickets", params={"node": "xingfuli-b1"})).json()["items"]
    there = (await client.get("/tickets", params={"node": "xingfuli-b2"})).json()["items"]

    assert [ticket["number"] for ticket in here] == [1024, 1025]
    assert [ticket["number"] for ticket in there] == [1025, 1024]


async def test_another_building_does_not_see_a_ticket_that_stays_below(client: httpx.AsyncClient):
    await client.post("/messages", json={**REPORT, "text": "@里仁 楼上在敲"})

    here = (await client.get("/tickets", params={"node": "xingfuli-b1"})).json()["items"]
    there = (await client.get("/tickets", params={"node": "xingfuli-b2"})).json()["items"]

    assert (len(here), len(there)) == (1, 0)
