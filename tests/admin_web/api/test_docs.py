"""The description of the API: whole, with examples everywhere, and a page that loads nothing from elsewhere."""

import re
from collections.abc import Iterator
from types import ModuleType

import pytest
from pydantic import BaseModel

from admin_web.api import audit, hierarchy_models, outbox, stats, ticket_models
from admin_web.api.operations import example_of
from tests.admin_web.api.house import ApiHouse


@pytest.fixture
async def schema(house: ApiHouse) -> dict:
    response = await house.get("/api/openapi.json", token="")
    assert response.status_code == 200
    return response.json()


def operations(schema: dict) -> Iterator[tuple[str, str, dict]]:
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            yield method, path, operation


def resolved(schema: dict, part: dict) -> dict:
    name = part.get("$ref", "").rpartition("/")[2]
    return schema["components"]["schemas"][name] if name else part


async def test_it_is_openapi_3_1_with_all_addresses(schema: dict):
    assert schema["openapi"].startswith("3.1")
    assert {(method, path) for method, path, _ in operations(schema)} == {
        ("get", "/api/v1/tickets"),
        ("post", "/api/v1/tickets"),
        ("get", "/api/v1/tickets/{number}"),
        ("post", "/api/v1/tickets/{number}/{verb}"),
        ("get", "/api/v1/hierarchy"),
        ("put", "/api/v1/hierarchy"),
        ("post", "/api/v1/hierarchy/check"),
        ("get", "/api/v1/hierarchy/versions"),
        ("get", "/api/v1/hierarchy/refused"),
        ("get", "/api/v1/stats"),
        ("get", "/api/v1/outbox"),
        ("post", "/api/v1/outbox/{parcel_id}/send_again"),
        ("get", "/api/v1/audit"),
        ("get", "/open311/v2/services.{form}"),
        ("get", "/open311/v2/services/{service_code}.{form}"),
        ("get", "/open311/v2/requests.{form}"),
        ("post", "/open311/v2/requests.{form}"),
        ("get", "/open311/v2/requests/{service_request_id}.{form}"),
    }


async def test_every_operation_is_described_with_examples_and_refusals(schema: dict):
    for method, path, operation in operations(schema):
        name = f"{method} {path}"
        assert operation["summary"], name
        assert len(operation["description"]) > 40, name
        good = [each for status, each in operation["responses"].items() if status.startswith("2")]
        content = next(iter(good[0]["content"].values()))
        assert "example" in content or resolved(schema, content["schema"])["examples"], name
        refusals = {status: each for status, each in operation["responses"].items() if status >= "4"}
        assert refusals, name
        if path.startswith("/api/v1/"):
            assert {"401", "429", "503"} <= refusals.keys(), name
        for status, each in refusals.items():
            assert said_status(each["content"]) == int(status), name


async def test_an_answer_without_content_is_described_too(schema: dict):
    answers = schema["paths"]["/api/v1/hierarchy"]["get"]["responses"]

    assert answers["304"].keys() == {"description"}


def said_status(content: dict) -> int:
    """In the example of a refusal, which Open311 writes in its own way and in two forms."""
    if "application/problem+json" in content:
        return content["application/problem+json"]["example"]["status"]
    assert content.keys() == {"application/json", "text/xml"}
    return content["application/json"]["example"][0]["code"]


async def test_every_body_and_every_query_parameter_has_an_example(schema: dict):
    for method, path, operation in operations(schema):
        name = f"{method} {path}"
        for content in operation.get("requestBody", {}).get("content", {}).values():
            assert content["example"], name
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query" and parameter["name"] != "api_key":
                assert parameter["schema"]["examples"], f"{name} {parameter['name']}"
        if method in {"put"} or path.endswith("{verb}"):
            assert operation["requestBody"], name


@pytest.mark.parametrize("module", [audit, hierarchy_models, outbox, stats, ticket_models])
def test_examples_are_whole_and_what_their_models_take(module: ModuleType):
    models = [each for name, each in vars(module).items() if name.endswith("Json")]
    assert models

    for model in models:
        example = example_of(model)
        filled = model.model_validate(example).model_dump(by_alias=True)
        assert filled.keys() == example.keys() | _optional(model)


def _optional(model: type[BaseModel]) -> set[str]:
    return {name for name, each in model.model_fields.items() if not each.is_required()}


async def test_every_reference_leads_somewhere_and_tokens_are_declared(schema: dict):
    references = set(re.findall(r'"\$ref": ?"#/components/schemas/(\w+)"', str(schema).replace("'", '"')))

    assert references <= schema["components"]["schemas"].keys()
    assert "HTTPValidationError" not in schema["components"]["schemas"]
    assert schema["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    secured = [operation.get("security") for _, path, operation in operations(schema) if "/api/" in path]
    assert secured == [[{"token": []}]] * 13
    public = [
        each["security"] for method, path, each in operations(schema) if "get /open311" in f"{method} {path}"
    ]
    assert public == [[{}, {"token": []}]] * 4


async def test_the_page_lists_every_operation_and_loads_nothing_from_elsewhere(house: ApiHouse, schema: dict):
    page = await house.get("/api/docs", token="")

    assert page.status_code == 200
    assert "default-src 'self'" in page.headers["content-security-policy"]
    for _, path, operation in operations(schema):
        assert path in page.text
        assert f'id="{operation["operationId"]}"' in page.text
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page.text)
    assert "<script" not in page.text
    assert "<td>hand_back</td><td>退回</td>" in page.text


async def test_the_style_sheet_of_the_page_is_there(house: ApiHouse):
    style = await house.get("/api/docs.css", token="")

    assert style.status_code == 200
    assert style.headers["content-type"].startswith("text/css")
