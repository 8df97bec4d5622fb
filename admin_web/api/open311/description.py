"""The operations of Open311 as OpenAPI describes them: every answer in two forms, refusals in the standard's."""

from typing import Any

_TEXT = {"schema": {"type": "string"}}
_ERRORS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["code", "description"],
        "properties": {"code": {"type": "integer"}, "description": {"type": "string"}},
    },
}


def describe_as_open311(operation: dict[str, Any]) -> None:
    """Changes it in place. The form is part of the address, so that a wrong one is a 400 everywhere."""
    answers = operation["responses"]
    answers.setdefault("400", {"description": "Bad request"})
    for status, answer in answers.items():
        is_good = status.startswith("2")
        as_json = answer["content"]["application/json"] if is_good else _refusal(int(status))
        answer["content"] = {"application/json": as_json, "text/xml": _TEXT}
    operation["responses"] = dict(sorted(answers.items()))


def _refusal(status: int) -> dict[str, Any]:
    return {"schema": _ERRORS, "example": [{"code": status, "description": "这个请求不行，这里写着为什么。"}]}
