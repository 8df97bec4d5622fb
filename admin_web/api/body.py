"""Reads what a request carries: bounded, of the right type, checked against a model. All that is wrong is a problem."""

import re
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from admin_web.problems import ProblemError, bad_values

MAX_JSON = 64 * 1024
YAML_TYPES = ("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml")
# NUL is refused by PostgreSQL, and lone surrogates have no UTF-8; other control signs have no use in a sentence.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

_Model = TypeVar("_Model", bound=BaseModel)


def clean_text(text: str) -> str:
    """Without the signs that no store keeps, and without space around."""
    return _UNSTORABLE.sub("", text).strip()


async def read_model(request: Request, model: type[_Model]) -> _Model:
    """Raises 415, 413 or 422. A form of another site could send text, never this type. A value of another type than
    the one described is refused, not read as it might be meant.
    """
    require_type(request, ("application/json",))
    content = await read_bounded(request, limit=MAX_JSON)
    try:
        return model.model_validate_json(content, strict=True)
    except ValidationError as wrong:
        raise bad_values(
            wrong.errors(include_url=False, include_input=False, include_context=False)
        ) from None


def require_type(request: Request, wanted: tuple[str, ...]) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in wanted:
        raise ProblemError(
            415, "wrong_content_type", f"请用 {wanted[0]} 提交。", headers={"Accept": ", ".join(wanted)}
        )


async def read_bounded(request: Request, *, limit: int) -> bytes:
    """Counted as it comes: a declared length may lie."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > limit:
            raise ProblemError(413, "too_large", f"内容太大，最多 {limit // 1024} KiB。", limit_bytes=limit)
    return bytes(content)
