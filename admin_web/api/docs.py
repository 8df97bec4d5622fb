"""The API described: OpenAPI 3.1 as JSON, and the same as a page for people. Nothing is loaded from elsewhere."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from admin_web.api.open311.description import describe_as_open311
from admin_web.api.operations import ProblemJson, describe_refusal
from admin_web.problems import MEDIA_TYPE
from admin_web.rendering import PAGE_HEADERS, Statics

_HERE = Path(__file__).parent
VERSION = "1.0.0"
OPEN311 = "/open311/"
METRICS = "/metrics"
DESCRIBED = ("/api/v1/", OPEN311, "/healthz", "/readyz", METRICS)
INTRODUCTION = """Tickets, hierarchy and figures of 里仁 Liren for other programs.

Send a token with each request: `Authorization: Bearer …`. Tokens are made with `liren token create NAME --role ROLE
--scope NODE` and are shown once. A token sees the tickets that are asked of its node or below it, or were reported
there; everything else answers 404, as if it did not exist.

Errors are problem documents (RFC 9457, `application/problem+json`): `code` is for programs, `detail` is a sentence in
Chinese that may be shown to people, `title` is English. Instants are UTC, ISO 8601."""
_TAGS = [
    {"name": "tickets", "description": "Tickets and the moves on them."},
    {"name": "hierarchy", "description": "The tree of places, groups and people."},
    {"name": "figures", "description": "Rates and counts."},
    {"name": "office", "description": "What could not be told, and who did what."},
    {"name": "open311", "description": "Open311 GeoReport v2, for programs that speak it."},
    {"name": "sandbox", "description": "The groups as chat windows, for trying."},
    {"name": "service", "description": "Whether the service is well."},
]


@dataclass(frozen=True, slots=True)
class Described:
    """One operation as the page shows it. The description is in paragraphs, a table among them as rows of cells."""

    anchor: str
    method: str
    path: str
    summary: str
    description: list[str | list[list[str]]]
    parameters: list[Mapping[str, Any]]
    body: tuple[str, str] | None
    answers: list[tuple[str, str, str]]


def build_docs_router(statics: Statics, *, public_url: str) -> APIRouter:
    """`GET /api/openapi.json`, `GET /api/docs` and its style sheet; open to all, as they hold no data."""
    router = APIRouter(include_in_schema=False)
    schemas: dict[int, dict[str, Any]] = {}
    template = _load_template()

    def schema_of(request: Request) -> dict[str, Any]:
        """Made once for each app, when all routers are in it."""
        app = request.app
        if id(app) not in schemas:
            schemas[id(app)] = make_schema(app.routes, public_url=public_url)
        return schemas[id(app)]

    @router.get("/api/openapi.json")
    async def send_schema(request: Request) -> JSONResponse:
        return JSONResponse(schema_of(request), headers={"X-Content-Type-Options": "nosniff"})

    @router.get("/api/docs")
    async def show_docs(request: Request) -> Response:
        schema = schema_of(request)
        page = template.render(schema=schema, groups=_group(schema), static=statics.url)
        return Response(page, media_type="text/html; charset=utf-8", headers=PAGE_HEADERS)

    @router.get("/api/docs.css")
    async def send_style() -> Response:
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}
        return Response((_HERE / "docs.css").read_text("utf-8"), media_type="text/css", headers=headers)

    return router


def make_schema(routes: Any, *, public_url: str) -> dict[str, Any]:
    """OpenAPI 3.1 of all routes for programs that the app has."""
    schema = get_openapi(
        title="里仁 Liren",
        version=VERSION,
        description=INTRODUCTION,
        routes=routes,
        tags=_TAGS,
        servers=[{"url": public_url}],
    )
    schema["paths"] = {
        path: item for path, item in schema.get("paths", {}).items() if path.startswith(DESCRIBED)
    }
    schemas = schema.setdefault("components", {}).setdefault("schemas", {})
    schemas["ProblemJson"] = ProblemJson.model_json_schema()
    _correct_refusals(schema)
    _open_what_needs_no_token(schema)
    return schema


def _correct_refusals(schema: dict[str, Any]) -> None:
    """FastAPI says of every route with a parameter that it answers 422 in its own shape; ours do not."""
    for path, item in schema["paths"].items():
        for operation in item.values():
            said = operation["responses"].pop("422", None)
            if path.startswith(OPEN311):
                describe_as_open311(operation)
            elif said is not None:
                is_ours = MEDIA_TYPE in said["content"]
                operation["responses"]["422"] = said if is_ours else describe_refusal(422)
    for name in ("HTTPValidationError", "ValidationError"):
        schema["components"]["schemas"].pop(name, None)


def _open_what_needs_no_token(schema: dict[str, Any]) -> None:
    """There a token shows more, or is asked for only where a setting says so."""
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            if path == METRICS or (path.startswith(OPEN311) and method == "get"):
                operation["security"] = [{}, *operation.get("security", [])]


def _load_template() -> Any:
    templates = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return templates.get_template("docs.html")


def _group(schema: Mapping[str, Any]) -> list[tuple[Mapping[str, str], list[Described]]]:
    described = list(_walk(schema))
    groups: list[tuple[Mapping[str, str], list[Described]]] = []
    for tag in _TAGS:
        own = [operation for name, operation in described if name == tag["name"]]
        if own:
            groups.append((tag, own))
    return groups


def _walk(schema: Mapping[str, Any]) -> Iterator[tuple[str, Described]]:
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            tag = next(iter(operation.get("tags", [])), "service")
            yield tag, _describe(path, method, operation, schema)


def _describe(path: str, method: str, operation: Mapping[str, Any], schema: Mapping[str, Any]) -> Described:
    return Described(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        description=_split(operation.get("description", "")),
        parameters=operation.get("parameters", []),
        body=_example(operation.get("requestBody", {}), schema),
        answers=[
            (status, answer["description"], (_example(answer, schema) or ("", ""))[1])
            for status, answer in operation["responses"].items()
        ],
    )


def _split(text: str) -> list[str | list[list[str]]]:
    return [_parse_table(each) if each.startswith("|") else each for each in text.split("\n\n") if each]


def _parse_table(text: str) -> list[list[str]]:
    """The rows of a Markdown table without the line under its head."""
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in text.splitlines()]
    return [row for row in rows if row[0].strip("-")]


def _example(part: Mapping[str, Any], schema: Mapping[str, Any]) -> tuple[str, str] | None:
    """Content type and example of a body or an answer; None where there is none."""
    for kind, content in part.get("content", {}).items():
        example = content.get("example")
        if example is None:
            example = _example_of(content.get("schema", {}), schema)
        if example is not None:
            text = example if isinstance(example, str) else json.dumps(example, ensure_ascii=False, indent=2)
            return kind, text
    return None


def _example_of(wanted: Mapping[str, Any], schema: Mapping[str, Any]) -> Any:
    name = wanted.get("$ref", "").rpartition("/")[2]
    found = schema["components"]["schemas"].get(name, wanted)
    return next(iter(found.get("examples", [])), None)
