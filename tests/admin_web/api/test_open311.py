"""Open311 GeoReport v2: services and requests in both forms, what is public, and how refusals look there."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from admin_web.ports import Role
from routing.errors import BadValueError
from tests.admin_web.api.house import ROOT, ApiHouse

FORM = {"content-type": "application/x-www-form-urlencoded"}


async def test_categories_are_services_in_both_forms(house: ApiHouse):
    json = (await house.get("/open311/v2/services.json?jurisdiction_id=xinhua.cn", token="")).json()
    xml = await house.get("/open311/v2/services.xml", token="")

    assert [each["service_code"] for each in json] == ["elevator", "noise", "fire_lane", "water", "other"]
    assert json[0]["service_name"] == "电梯"
    assert (json[0]["metadata"], json[0]["type"]) == (False, "realtime")
    root = ElementTree.fromstring(xml.content)
    assert xml.headers["content-type"] == "text/xml; charset=utf-8"
    assert (root.tag, root[0].tag, root[0].findtext("service_name")) == ("services", "service", "电梯")
    assert root[0].findtext("metadata") == "false"


async def test_a_service_has_a_definition_without_attributes(house: ApiHouse):
    json = await house.get("/open311/v2/services/noise.json", token="")
    xml = await house.get("/open311/v2/services/noise.xml", token="")

    assert json.json() == {"service_code": "noise", "attributes": []}
    assert ElementTree.fromstring(xml.content).findtext("service_code") == "noise"


async def test_without_a_token_neither_words_nor_building_are_told(house: ApiHouse):
    number = house.world.report("楼上3-501半夜一直在敲")

    [request] = (await house.get(f"/open311/v2/requests/{number}.json", token="")).json()
    listed = await house.get("/open311/v2/requests.xml", token="")

    assert request["service_request_id"] == str(number)
    assert (request["status"], request["service_code"]) == ("open", "noise")
    assert (request["description"], request["address_id"], request["address"]) == (
        "",
        "xingfuli",
        "幸福里社区",
    )
    for secret in ("3-501", "b1", "1号楼"):
        assert secret not in str(request)
        assert secret not in listed.text


async def test_with_a_token_they_are(house: ApiHouse):
    number = house.world.report("楼上半夜一直在敲")
    token = house.token(Role.VIEWER, "xingfuli")

    [by_header] = (await house.get(f"/open311/v2/requests/{number}.json", token=token)).json()
    [by_key] = (await house.get(f"/open311/v2/requests/{number}.json?api_key={token}", token="")).json()

    assert by_header == by_key
    assert (by_header["description"], by_header["address_id"]) == ("楼上半夜一直在敲", "xingfuli-b1")


async def test_requests_are_narrowed(house: ApiHouse):
    first = house.world.report()
    second = house.world.report(who="u2", origin="hepingli-b1")
    await house.say(first, "decline", "chenjie", "属于房屋买卖纠纷，请找法院")

    async def listed(query: str) -> list[int]:
        response = await house.get(f"/open311/v2/requests.json?{query}", token="")
        assert response.status_code == 200, response.text
        return [int(each["service_request_id"]) for each in response.json()]

    assert await listed("") == [second, first]
    assert await listed("status=open") == [second]
    assert await listed("status=closed") == [first]
    assert await listed("status=open,closed") == [second, first]
    assert await listed(f"service_request_id={first},99,x,{second}") == [first, second]
    assert await listed("service_code=elevator") == []
    assert await listed("service_code=noise,water") == [second, first]
    assert await listed("start_date=2026-11-25T00:00:00Z") == []
    assert await listed("end_date=2026-11-24T00:00:00Z") == []


async def test_a_holder_of_a_token_opens_a_request(house: ApiHouse):
    said = {
        "api_key": ROOT,
        "service_code": "water",
        "address_id": "xingfuli-b1",
        "address_string": "3单元地下室",
        "description": "水管爆了",
        "first_name": "明",
        "phone": "13800000000",
    }

    response = await house.ask("POST", "/open311/v2/requests.xml", data=said, token="")

    assert response.status_code == 201, response.text
    number = ElementTree.fromstring(response.content)[0].findtext("service_request_id")
    assert house.world.ticket(int(number or 0)).category == "water"
    report = house.reports[0]
    assert (report.node, report.place, report.text) == ("xingfuli-b1", "3单元地下室", "水管爆了")
    assert "13800000000" not in str(report)


async def test_a_place_on_the_map_goes_to_the_tokens_own_desk(house: ApiHouse):
    said = {"service_code": "other", "lat": "31.2", "long": "121.4"}

    response = await house.ask(
        "POST", "/open311/v2/requests.json", data=said, token=house.token(Role.STAFF, "xingfuli")
    )

    assert response.status_code == 201, response.text
    assert (house.reports[0].node, house.reports[0].place) == ("xingfuli", "31.2, 121.4")


BASE = {"api_key": ROOT, "service_code": "noise", "address_id": "xingfuli-b1"}


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (BASE | {"api_key": ""}, 403),
        (BASE | {"api_key": "wrong"}, 403),
        (BASE | {"service_code": ""}, 400),
        (BASE | {"service_code": "nothing"}, 404),
        (BASE | {"address_id": "nowhere"}, 404),
        (BASE | {"address_id": ""}, 400),
    ],
)
async def test_a_request_that_cannot_be_is_refused_as_the_standard_wants(house: ApiHouse, said, status):
    json = await house.ask("POST", "/open311/v2/requests.json", data=said, token="")
    xml = await house.ask("POST", "/open311/v2/requests.xml", data=said, token="")

    assert json.status_code == xml.status_code == status
    assert json.json()[0]["code"] == status
    assert json.json()[0]["description"]
    root = ElementTree.fromstring(xml.content)
    assert (root.tag, root[0].findtext("code")) == ("errors", str(status))
    assert house.reports == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/open311/v2/services/nothing.json", 404),
        ("/open311/v2/requests/99.json", 404),
        ("/open311/v2/requests/abc.xml", 404),
        ("/open311/v2/requests.json?status=half", 400),
        ("/open311/v2/requests.json?start_date=soon", 400),
        ("/open311/v2/requests.json?service_code=nothing", 404),
        ("/open311/v2/requests.yaml", 400),
        ("/open311/v2/requests.json?api_key=wrong", 403),
    ],
)
async def test_what_is_not_there_or_makes_no_sense(house: ApiHouse, path: str, status: int):
    response = await house.get(path, token="")

    assert response.status_code == status, response.text
    assert str(status) in response.text


async def test_what_the_desk_refuses_is_told_in_the_same_shape(house: ApiHouse):
    house.refusal = BadValueError("too_long", limit=600)

    response = await house.ask("POST", "/open311/v2/requests.json", data=BASE, token="")

    assert (response.status_code, response.json()[0]["description"]) == (400, "说不成：too_long。")


async def test_a_place_that_left_the_tree_is_shown_as_the_whole(house: ApiHouse):
    number = house.world.report()
    tickets = house.world.store.state.tickets
    tickets[number] = replace(tickets[number], origin="left-the-tree")

    [request] = (await house.get(f"/open311/v2/requests/{number}.json", token="")).json()

    assert (request["address_id"], request["address"]) == ("xinhua", "新华街道")


async def test_a_viewers_token_opens_nothing(house: ApiHouse):
    response = await house.ask(
        "POST", "/open311/v2/requests.json", data=BASE | {"api_key": house.token(Role.VIEWER)}, token=""
    )

    assert response.status_code == 403


async def test_a_body_of_another_type_is_refused(house: ApiHouse):
    response = await house.ask("POST", "/open311/v2/requests.json", json=BASE)

    assert response.status_code == 400


async def test_a_store_that_is_down_is_503(house: ApiHouse):
    house.reader.is_down = True

    response = await house.get("/open311/v2/requests.xml", token="")

    assert response.status_code == 503
    assert response.headers["retry-after"] == "1"


async def test_signs_without_a_place_in_xml_are_left_out(house: ApiHouse):
    number = house.world.report("灯\x0b坏\ufffe了 <b>&")

    response = await house.get(f"/open311/v2/requests/{number}.xml")

    assert ElementTree.fromstring(response.content)[0].findtext("description") == "灯坏了 <b>&"
