"""Problem documents (RFC 9457) of the sandbox's addresses, in words that its page shows."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

MEDIA_TYPE = "application/problem+json"
_KINDS = {
    404: ("not_found", "Not found"),
    409: ("nothing_waits", "Not possible in this state"),
    413: ("too_large", "Content too large"),
    415: ("wrong_content_type", "Unsupported content type"),
    422: ("bad_values", "Bad values"),
    503: ("not_stored", "Not available just now"),
}
"""The code of each status, for programs, and its English title."""


class ProblemError(Exception):
    """Ends a request with a problem document. `extra` are members of the document beside the usual ones."""

    def __init__(self, status: int, detail: str, **extra: object) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.extra: Mapping[str, object] = extra


class ProblemRoute(APIRoute):
    """A route whose refusals are problem documents, whatever app it is put into."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            try:
                return await handle(request)
            except ProblemError as problem:
                return render_problem(problem, request.url.path)
            except RequestValidationError as wrong:
                names = "、".join(str(each["loc"][-1]) for each in wrong.errors())
                return render_problem(ProblemError(422, f"这些内容不对：{names}。"), request.url.path)

        return guarded


def render_problem(problem: ProblemError, path: str) -> JSONResponse:
    code, title = _KINDS[problem.status]
    body = {
        "type": f"/api/docs#{code}",
        "title": title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": path,
        "code": code,
        **problem.extra,
    }
    headers = {"Retry-After": "1"} if problem.status == 503 else None
    return JSONResponse(body, problem.status, headers, media_type=MEDIA_TYPE)


def describe_refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For OpenAPI. The shape of a problem document is described once, with the whole API."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemJson"}}}
    return {each: {"description": _KINDS[each][1], "content": content} for each in statuses}
