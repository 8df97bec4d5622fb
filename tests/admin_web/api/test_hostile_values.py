"""Every parameter of every address, with values nobody should send: an answer each time, never a crash."""

import urllib.parse

import pytest

from admin_web.api.docs import make_schema
from tests.admin_web.api.house import ApiHouse, the_app

VALUES = [
    "", " ", "0", "-1", "1e9", "NaN", "null", "true", "[]", "{}", "9" * 40, "0001-01-01", "9999-12-31",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-02-30", "\x00", "\ud800", "\u202e", "％", "١٢",
    "a" * 5000, "../../etc/passwd", "%s%n", "{{7*7}}", "' OR 1=1 --", "xinhua", "1001",
]  # fmt: skip


def addresses() -> list[tuple[str, str]]:
    """Every parameter of a query and every part of a path that is read."""
    schema = make_schema(the_app()[0].routes, public_url="http://liren.test")
    return [
        (path, parameter["name"])
        for path, item in schema["paths"].items()
        if "get" in item
        for parameter in item["get"].get("parameters", [])
        if parameter["in"] in {"query", "path"}
    ]


@pytest.mark.parametrize(("path", "name"), addresses())
async def test_a_hostile_value_is_answered(house: ApiHouse, path: str, name: str):
    house.world.report()
    others = {"number": "1001", "form": "json", "service_code": "noise", "service_request_id": "1001"}
    for value in VALUES:
        sent = urllib.parse.quote(value, errors="surrogatepass", safe="")
        where = path
        for part, usual in others.items():
            where = where.replace("{" + part + "}", sent if part == name else usual)
        query = "" if "{" + name + "}" in path else f"?{name}={sent}"

        response = await house.get(where + query)

        assert response.status_code < 500, (where, query, response.text)


@pytest.mark.parametrize("header", ["if-match", "if-none-match", "idempotency-key"])
async def test_a_hostile_header_is_answered(house: ApiHouse, header: str):
    for value in VALUES:
        sent = {header: value.encode(errors="replace").replace(b"\x00", b"?")}
        yaml = {"content-type": "application/yaml"}
        json = {"node": "xingfuli-b1", "text": "灯坏了"}

        shown = await house.get("/api/v1/hierarchy", headers=sent)
        changed = await house.ask("PUT", "/api/v1/hierarchy", content=b"x", headers=yaml | sent)
        reported = await house.ask("POST", "/api/v1/tickets", json=json, headers=sent)

        assert max(shown.status_code, changed.status_code, reported.status_code) < 500, value
