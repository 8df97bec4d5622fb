"""Listing and reading tickets, and reporting for a resident."""

import pytest

from admin_web.ports import Role
from routing.errors import BadValueError
from tests.admin_web.api.house import ApiHouse, assert_problem


async def numbers(house: ApiHouse, query: str = "", **more) -> list[int]:
    response = await house.get(f"/api/v1/tickets{query}", **more)
    assert response.status_code == 200, response.text
    return [each["number"] for each in response.json()["items"]]


async def test_a_node_means_its_whole_subtree(house: ApiHouse):
    ours = house.world.report()
    theirs = house.world.report(who="u2", origin="hepingli-b1")

    assert await numbers(house, "?node=xinhua") == [theirs, ours]
    assert await numbers(house, "?node=xingfuli") == [ours]
    assert await numbers(house, "?node=xingfuli-b2") == []


async def test_a_ticket_that_climbed_is_found_where_it_is_and_where_it_came_from(house: ApiHouse):
    number = house.world.report()
    await house.say(number, "escalate", "chenjie", "楼里办不了")

    assert await numbers(house, "?node=xingfuli-b1") == []
    assert await numbers(house, "?node=xingfuli&level=community") == [number]
    assert await numbers(house, "?origin=xingfuli-b1") == [number]


async def test_filters_narrow_together(house: ApiHouse):
    noise = house.world.report()
    other = house.world.report("楼道灯坏了，在3单元", who="u2", origin="hepingli-b1")
    await house.say(noise, "claim", "chenjie")

    assert await numbers(house, "?status=claimed") == [noise]
    assert await numbers(house, "?status=open,claimed") == [other, noise]
    assert await numbers(house, "?status=open&node=xingfuli") == []
    assert await numbers(house, "?category=noise") == [other, noise]
    assert await numbers(house, "?category=water,other") == []
    assert await numbers(house, "?q=楼道灯") == [other]
    assert await numbers(house, f"?q=%23{noise}") == [noise]


async def test_pages_stay_where_they_are_while_tickets_come_in(house: ApiHouse):
    before = [house.world.report(who=f"u{each}") for each in range(5)]
    first = (await house.get("/api/v1/tickets?limit=2")).json()

    house.world.report(who="newcomer")
    second = (await house.get(f"/api/v1/tickets?limit=2&cursor={first['next']}")).json()
    third = (await house.get(f"/api/v1/tickets?limit=2&cursor={second['next']}")).json()

    seen = [each["number"] for page in (first, second, third) for each in page["items"]]
    assert seen == before[::-1]
    assert third["next"] is None


async def test_a_page_that_is_just_full_is_the_last(house: ApiHouse):
    house.world.report()
    house.world.report(who="u2")

    page = (await house.get("/api/v1/tickets?limit=2")).json()

    assert len(page["items"]) == 2
    assert page["next"] is None


HOSTILE = [
    "%",
    "_",
    "'",
    '"',
    "' OR 1=1 --",
    "\\",
    "%00",
    "%ff%fe",
    "%ed%a0%80",
    "(((",
    "*",
    "\u202e",
    "🚰",
    "a" * 100,
]


@pytest.mark.parametrize("words", HOSTILE)
async def test_hostile_words_are_only_words(house: ApiHouse, words: str):
    house.world.report()

    response = await house.ask("GET", "/api/v1/tickets", params=None if "%" in words else {"q": words})
    raw = await house.get(f"/api/v1/tickets?q={words}") if "%" in words and len(words) > 1 else response

    assert (response.status_code, raw.status_code) == (200, 200)
    assert all("\x00" not in each.words for each in house.reader.queries)


@pytest.mark.parametrize(
    ("query", "at"),
    [
        ("?status=opened", "query.status"),
        ("?level=comunity", "query.level"),
        ("?limit=0", "query.limit"),
        ("?limit=201", "query.limit"),
        ("?limit=x", "query.limit"),
        ("?cursor=yesterday", "query.cursor"),
        ("?cursor=99999999999999999999", "query.cursor"),
        ("?colour=red", "query.colour"),
        (f"?q={'a' * 101}", "query.q"),
    ],
)
async def test_a_filter_that_makes_no_sense_is_422_and_says_which(house: ApiHouse, query: str, at: str):
    problem = assert_problem(
        await house.get(f"/api/v1/tickets{query}"), 422, "bad_cursor" if "cursor" in query else "bad_values"
    )

    assert [each["at"] for each in problem["errors"]] == [at]


async def test_a_node_that_is_not_there_and_one_out_of_sight_are_404_alike(house: ApiHouse):
    token = house.token(Role.VIEWER, "hepingli")

    unknown = await house.get("/api/v1/tickets?node=nowhere", token=token)
    foreign = await house.get("/api/v1/tickets?node=xingfuli", token=token)

    assert_problem(unknown, 404, "unknown_node")
    assert foreign.content == unknown.content


async def test_a_ticket_is_read_with_what_was_written_on_it(house: ApiHouse):
    number = house.world.report("楼上半夜一直在敲")

    ticket = (await house.get(f"/api/v1/tickets/{number}")).json()

    assert [(each["by"], each["text"]) for each in ticket["messages"]] == [("resident", "楼上半夜一直在敲")]
    assert ticket["origin_name"] == "幸福里社区1号楼"
    assert ticket["status_name"] == "status.open"


async def test_no_resident_is_named_anywhere(house: ApiHouse):
    number = house.world.report(who="u-secret")

    text = (await house.get(f"/api/v1/tickets/{number}")).text

    assert "u-secret" not in text
    assert "1-201" not in text
    assert "person:" not in text


@pytest.mark.parametrize(
    "number", ["7", "abc", "0", "-1", "1e3", "9" * 40, "%00", "%F0%9F%9A%B0", "１００１"]
)
async def test_what_is_no_ticket_is_404(house: ApiHouse, number: str):
    assert_problem(await house.get(f"/api/v1/tickets/{number}"), 404, "unknown_ticket")


async def test_an_office_reports_for_a_resident(house: ApiHouse):
    body = {"node": "xingfuli-b1", "text": " 楼道灯坏了 ", "category": "其他", "place": "3单元"}

    response = await house.ask("POST", "/api/v1/tickets", json=body, headers={"idempotency-key": "call-17"})

    assert response.status_code == 201
    assert response.headers["location"] == f"/api/v1/tickets/{response.json()['number']}"
    assert response.json()["category"] == "other"
    report = house.reports[0]
    assert (report.text, report.place, report.urgent) == ("楼道灯坏了", "3单元", None)
    assert (report.by, report.key) == ("office:settings", "settings:call-17")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"node": "nowhere", "text": "灯坏了"}, 404, "unknown_node"),
        ({"node": "xingfuli-b1", "text": "灯坏了", "category": "nothing"}, 422, "bad_values"),
        ({"node": "xingfuli-b1", "text": "  \x00 "}, 422, "bad_values"),
        ({"node": "xingfuli-b1", "text": "灯坏了", "urgent": "yes"}, 422, "bad_values"),
        ({"node": "xingfuli-b1", "text": "灯坏了", "urgent": 0}, 422, "bad_values"),
        ({"node": "xingfuli-b1"}, 422, "bad_values"),
        ({"node": "xingfuli-b1", "text": "灯坏了", "status": "closed"}, 422, "bad_values"),
    ],
)
async def test_a_report_that_makes_no_sense_opens_nothing(house: ApiHouse, body, status, code):
    response = await house.ask("POST", "/api/v1/tickets", json=body)

    assert_problem(response, status, code)
    assert house.reports == []


async def test_a_report_that_the_desk_refuses_is_told_with_its_sentence(house: ApiHouse):
    house.refusal = BadValueError("too_long", limit=600)

    response = await house.ask("POST", "/api/v1/tickets", json={"node": "xingfuli-b1", "text": "灯坏了"})

    assert assert_problem(response, 422, "too_long")["detail"] == "说不成：too_long。"


async def test_a_viewer_reports_nothing(house: ApiHouse):
    body = {"node": "xingfuli-b1", "text": "灯坏了"}

    response = await house.ask("POST", "/api/v1/tickets", json=body, token=house.token(Role.VIEWER))

    assert_problem(response, 403, "role_too_small")


async def test_a_store_that_is_down_is_503(house: ApiHouse):
    house.reader.is_down = True

    assert_problem(await house.get("/api/v1/tickets"), 503, "unavailable")
