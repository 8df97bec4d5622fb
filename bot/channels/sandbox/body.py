"""Reads a request's body, bounded, and checks it against a model; everything wrong is a problem document."""

from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from bot.channels.sandbox.problems import ProblemError

_Model = TypeVar("_Model", bound=BaseModel)


async def read_model(request: Request, model: type[_Model], *, limit: int) -> _Model:
    """Raises ProblemError: 415 (a form of another site could send plain text), 413, 422."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise ProblemError(415, "请用 application/json 提交。")
    body = await _read_bounded(request, limit)
    try:
        return model.model_validate_json(body)
    except ValidationError as wrong:
        errors = [
            {"field": ".".join(map(str, each["loc"])), "message": each["msg"]} for each in wrong.errors()
        ]
        names = "、".join(sorted({each["field"] for each in errors if each["field"]}))
        detail = f"这些内容不对：{names}。" if names else "这不是可以读懂的 JSON。"
        raise ProblemError(422, detail, errors=errors) from None


async def _read_bounded(request: Request, limit: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise ProblemError(413, "内容太大，图片请小于 1 MB。")
    return bytes(body)
