"""Saying things over the sandbox's addresses, and what the windows show afterwards."""

import base64

import httpx
import pytest

from bot.channels.sandbox.pictures import draw_picture
from tests.bot.channels.sandbox.conftest import make_app
from tests.bot.channels.sandbox.toy_house import ToyHouse

RESIDENTS = "xingfuli-b1-residents"
REPORT = {
    "group": RESIDENTS,
    "sender": "u1",
    "name": "1-201",
    "text": "@里仁 3单元电梯又不动了",
    "message_id": "m1",
}


async def read(client: httpx.AsyncClient, group: str, **query: int) -> list[dict[str, object]]:
    response = await client.get(f"/groups/{group}/messages", params=query)
    assert response.status_code == 200, response.text
    items: list[dict[str, object]] = response.json()["items"]
    return items


async def test_a_report_is_answered_with_its_ticket(client: httpx.AsyncClient):
    response = await client.post("/messages", json=REPORT)

    said = response.json()
    assert response.status_code == 200
    assert said["message_id"] == "m1"
    assert said["ticket"] == 1024
    assert said["repeat"] is False
    assert "#1024" in said["replies"][0]["text"]
    assert said["replies"][0]["buttons"] == [
        [{"label": "进度", "say": "进度 1024"}, {"label": "催办", "say": "催办 1024"}]
    ]


async def test_the_window_shows_question_then_answer(client: httpx.AsyncClient):
    await client.post("/messages", json=REPORT)

    question, answer = await read(client, RESIDENTS)

    assert (question["author"], question["name"]) == ("u1", "1-201")
    assert question["text"] == "@里仁 3单元电梯又不动了"
    assert (answer["author"], answer["name"]) == ("liren", "里仁")
    assert question["at"] == "2026-11-24T07:24:00Z"


async def test_the_group_that_is_asked_shows_the_notice(client: httpx.AsyncClient):
    await client.post("/messages", json=REPORT)

    (notice,) = await read(client, "xingfuli-property")

    assert notice["author"] == "liren"
    assert notice["buttons"][0][0] == {"label": "认领", "say": "认领 1024"}  # type: ignore[index]


async def test_a_repeated_message_gives_the_same_answer_and_shows_nothing_twice(
    client: httpx.AsyncClient, house: ToyHouse
):
    first = (await client.post("/messages", json=REPORT)).json()

    second = (await client.post("/messages", json=REPORT)).json()

    assert second == {**first, "repeat": True}
    assert len(house.received) == 1
    assert len(await read(client, RESIDENTS)) == 2


async def test_a_message_without_an_id_gets_one(client: httpx.AsyncClient):
    body = {key: value for key, value in REPORT.items() if key != "message_id"}

    one, other = [(await client.post("/messages", json=body)).json()["message_id"] for _ in range(2)]

    assert one
    assert one != other


async def test_chatter_is_shown_but_never_stored(client: httpx.AsyncClient, house: ToyHouse):
    chatter = {
        "group": RESIDENTS,
        "sender": "u2",
        "name": "1-502",
        "text": "晚上谁家有葱？",
        "message_id": "m2",
    }

    said = (await client.post("/messages", json=chatter)).json()
    again = (await client.post("/messages", json=chatter)).json()

    assert said["replies"] == again["replies"] == []
    assert [line["text"] for line in await read(client, RESIDENTS)] == ["晚上谁家有葱？"]
    assert house.unit.sandbox.rows == []


async def test_a_command_without_mention_is_stored_because_the_bot_took_it_up(
    client: httpx.AsyncClient, house: ToyHouse
):
    await client.post("/messages", json=REPORT)
    claim = {"group": "xingfuli-property", "sender": "liqiang", "name": "李强", "text": "认领 1024"}

    said = (await client.post("/messages", json=claim)).json()

    assert said["ticket"] == 1024
    assert house.tickets[1024].holder == "liqiang"
    assert "认领 1024" in [row.text for row in house.unit.sandbox.rows]


async def test_chatter_and_stored_lines_stay_in_the_order_they_were_said(client: httpx.AsyncClient):
    for number, text in enumerate(["葱？", "@里仁 电梯坏了", "没有", "@里仁 楼上在敲", "还在敲"]):
        await client.post("/messages", json={**REPORT, "text": text, "message_id": f"o{number}"})

    lines = await read(client, RESIDENTS)
    mine = [line["text"] for line in lines if line["author"] == "u1"]
    assert mine == ["葱？", "@里仁 电梯坏了", "没有", "@里仁 楼上在敲", "还在敲"]

    later = await read(client, RESIDENTS, after=lines[2]["id"])  # type: ignore[arg-type]
    assert later == lines[3:]


async def test_another_process_shows_what_was_stored(house: ToyHouse, client: httpx.AsyncClient):
    await client.post("/messages", json=REPORT)
    await client.post("/messages", json={**REPORT, "text": "葱？", "message_id": "m2"})
    other = ToyHouse(unit=house.unit)

    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(make_app(other)), base_url="http://sandbox/api/v1/sandbox"
    ) as second:
        texts = [line["text"] for line in await read(second, RESIDENTS)]

    assert texts[0] == "@里仁 3单元电梯又不动了"
    assert len(texts) == 2


async def test_staff_who_give_no_name_are_shown_by_theirs(client: httpx.AsyncClient):
    names = [
        (await client.post("/messages", json={"group": "xingfuli-property", "text": "收到", **who})).json()[
            "line"
        ]
        for who in ({"sender": "liqiang"}, {"sender": "liqiang", "name": "小李"}, {"sender": "u7"})
    ]

    assert [each["name"] for each in names] == ["李强", "小李", "u7"]


async def test_a_private_chat_needs_no_mention(client: httpx.AsyncClient, house: ToyHouse):
    said = (await client.post("/messages", json={"sender": "u1", "name": "1-201", "text": "我的"})).json()

    assert house.received[0].private
    assert said["line"]["group"] == "private:u1"
    assert len(await read(client, "private:u1")) == 2


async def test_a_reply_to_the_bots_line_is_addressed(client: httpx.AsyncClient, house: ToyHouse):
    reply_id = (await client.post("/messages", json=REPORT)).json()["replies"][0]["id"]
    body = {"group": RESIDENTS, "sender": "u1", "name": "1-201", "text": "还没好", "reply_to": reply_id}

    await client.post("/messages", json=body)

    assert house.received[-1].addressed


async def test_a_reply_to_a_neighbour_is_not_addressed(client: httpx.AsyncClient, house: ToyHouse):
    line_id = (await client.post("/messages", json={**REPORT, "text": "葱？"})).json()["line"]["id"]
    body = {"group": RESIDENTS, "sender": "u2", "name": "1-502", "text": "有", "reply_to": line_id}

    await client.post("/messages", json=body)

    assert not house.received[-1].addressed


async def test_a_picture_can_be_fetched_by_page_and_channel(client: httpx.AsyncClient, house: ToyHouse):
    png = draw_picture("电梯")
    body = {**REPORT, "text": "", "picture": "data:image/png;base64," + base64.b64encode(png).decode()}

    line = (await client.post("/messages", json=body)).json()["line"]
    shown = await client.get(line["picture"].removeprefix("/api/v1/sandbox"))

    assert shown.content == png
    assert shown.headers["content-type"] == "image/png"
    described = make_app(house).openapi()["paths"]["/api/v1/sandbox/pictures/{handle}"]["get"]["responses"]
    assert described["200"]["content"].keys() == {"image/png", "image/jpeg"}
    assert await house.channel.fetch(house.received[0].attachments[0]) == png


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"group": "xingfuli-b1-resident"}, 404, "xingfuli-b1-residents"),
        ({"text": ""}, 422, "请先写点什么"),
        ({"text": " \n\x00"}, 422, "请先写点什么"),
        ({"text": "长" * 4001}, 422, "最多 4000 个字"),
        ({"colour": "red"}, 422, "colour"),
        ({"sender": None}, 422, "sender"),
        ({"sender": "liren"}, 422, "机器人"),
        ({"group": "private:u2"}, 422, "私聊"),
        ({"picture": "data:image/png;base64,aGVsbG8="}, 422, "PNG"),
        ({"picture": "data:image/png;base64," + "A" * 2_000_000}, 413, "太大"),
    ],
)
async def test_refusals_are_problem_documents(
    client: httpx.AsyncClient, house: ToyHouse, change: dict[str, object], status: int, words: str
):
    response = await client.post("/messages", json={**REPORT, **change})

    problem = response.json()
    assert response.status_code == problem["status"] == status
    assert response.headers["content-type"] == "application/problem+json"
    assert words in problem["detail"]
    assert problem["type"] == f"/api/docs#{problem['code']}"
    assert problem["instance"].endswith("/messages")
    assert house.received == []
    assert house.unit.sandbox.rows == []


async def test_the_longest_text_is_taken(client: httpx.AsyncClient):
    response = await client.post("/messages", json={**REPORT, "text": "长" * 4000})

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 422),
        (b'{"sender": "u1", "text": "\\ud800"}', "application/json", 422),
        (b"[]", "application/json", 422),
        (b'{"sender": "u1", "text": "x"}', "text/plain", 415),
    ],
)
async def test_bodies_that_are_no_json_are_refused(
    client: httpx.AsyncClient, content: bytes, kind: str, status: int
):
    response = await client.post("/messages", content=content, headers={"content-type": kind})

    assert response.status_code == status


async def test_a_busy_store_asks_to_come_again_and_the_same_message_then_works(
    client: httpx.AsyncClient, house: ToyHouse
):
    house.is_storing = False
    refused = await client.post("/messages", json=REPORT)
    house.is_storing = True
    taken = await client.post("/messages", json=REPORT)

    assert refused.status_code == 503
    assert refused.headers["retry-after"] == "1"
    assert taken.json()["ticket"] == 1024
    assert len(await read(client, RESIDENTS)) == 2


async def test_an_unknown_window_is_not_found(client: httpx.AsyncClient):
    response = await client.get("/groups/nowhere/messages")

    assert response.status_code == 404


@pytest.mark.parametrize("query", [{"after": "-1"}, {"after": "x"}, {"limit": "0"}])
async def test_a_wrong_cursor_is_refused(client: httpx.AsyncClient, query: dict[str, str]):
    response = await client.get(f"/groups/{RESIDENTS}/messages", params=query)

    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
