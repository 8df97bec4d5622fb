"""How an operation is written down: summary, description, an example and every refusal, in one literal each."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from admin_web.problems import MEDIA_TYPE, TITLES

_SENTENCES: Mapping[int, tuple[str, str]] = {
    400: ("bad_request", "这个请求读不懂，请检查一下再发。"),
    401: ("token_needed", "请带上有效的令牌：Authorization: Bearer …"),
    403: ("not_your_level", "#1024 现在归社区办，您这一级可以看、可以备注。"),
    404: ("unknown_ticket", "没有找到工单 #1024，请看看号码对不对。"),
    409: ("already_claimed", "#1024 已经由李强认领了。"),
    413: ("too_large", "内容太大，最多 64 KiB。"),
    415: ("wrong_content_type", "请用 application/json 提交。"),
    422: ("bad_values", "这些内容不对：text。"),
    428: ("condition_needed", "请带上 If-Match。"),
    429: ("too_many_requests", "请求太密了，请稍后再试。"),
    503: ("unavailable", "暂时存取不了，请稍后再试一次。"),
}


class ProblemJson(BaseModel):
    """RFC 9457. `title` is English, `detail` a Chinese sentence for a person, `code` is for programs."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str


@dataclass(frozen=True, slots=True)
class Operation:
    """`path` is relative to the router. `body` maps content types to a model or to an example text; `sample` is
    the JSON of an answer that has no model. `refusals` are the statuses that it may answer with, `bare` those of
    answers without content, with what they say."""

    method: str
    path: str
    summary: str
    description: str
    refusals: tuple[int, ...]
    answer: type[BaseModel] | None = None
    status: int = 200
    body: Mapping[str, type[BaseModel] | str] = field(default_factory=dict)
    sample: str = ""
    says: str = "As asked."
    bare: Mapping[int, str] = field(default_factory=dict)


def add(router: APIRouter, operation: Operation, endpoint: Callable[..., Any]) -> None:
    """Puts the endpoint at its address, described."""
    router.add_api_route(
        operation.path,
        endpoint,
        methods=[operation.method],
        summary=operation.summary,
        description=operation.description,
        response_model=operation.answer,
        status_code=operation.status,
        response_description=operation.says,
        responses=_describe_answers(operation),
        openapi_extra=_describe_body(operation.body),
        name=endpoint.__name__,
    )


def example_of(model: type[BaseModel]) -> Any:
    """The first example of a model. Every model of the API has one."""
    extra = model.model_config.get("json_schema_extra")
    assert isinstance(extra, dict)
    examples = extra["examples"]
    assert isinstance(examples, list)
    return examples[0]


def _describe_answers(operation: Operation) -> dict[int | str, dict[str, Any]]:
    answers: dict[int | str, dict[str, Any]] = {each: describe_refusal(each) for each in operation.refusals}
    answers |= {status: {"description": says} for status, says in operation.bare.items()}
    if operation.sample:
        content = {"application/json": {"example": json.loads(operation.sample)}}
        answers[operation.status] = {"description": operation.says, "content": content}
    return answers


def describe_refusal(status: int) -> dict[str, Any]:
    """A problem document of this status, with an example."""
    code, detail = _SENTENCES[status]
    example = {
        "type": f"/api/docs#{code}",
        "title": TITLES[status],
        "status": status,
        "detail": detail,
        "instance": "/api/v1/tickets/1024",
        "code": code,
    }
    schema = {"$ref": "#/components/schemas/ProblemJson"}
    content = {MEDIA_TYPE: {"schema": schema, "example": example}}
    return {"description": TITLES[status], "content": content}


def _describe_body(body: Mapping[str, type[BaseModel] | str]) -> dict[str, Any] | None:
    if not body:
        return None
    content = {kind: _describe_content(each) for kind, each in body.items()}
    return {"requestBody": {"required": True, "content": content}}


def _describe_content(wanted: type[BaseModel] | str) -> dict[str, Any]:
    if isinstance(wanted, str):
        return {"schema": {"type": "string"}, "example": wanted}
    return {"schema": wanted.model_json_schema(), "example": example_of(wanted)}
