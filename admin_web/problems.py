"""Problem documents (RFC 9457): one shape for everything that a program can get wrong. Pages have their own words.

`title` is English and stands for the kind, `detail` is a Chinese sentence for a person, `code` is for programs.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match
from starlette.types import Scope

from admin_web.ports import UnavailableError
from routing.errors import (
    BadValueError,
    DeskError,
    NotAllowedError,
    UnknownTicketError,
    WrongMomentError,
)

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
FOR_PROGRAMS = ("/api/", "/open311/", "/healthz", "/readyz", "/metrics")
"""Addresses whose refusals are read by programs; the others belong to pages."""

_METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")

TITLES: Mapping[int, str] = {
    400: "Bad request",
    401: "A valid bearer token is needed",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Not possible in this state",
    413: "Content too large",
    415: "Unsupported content type",
    422: "Bad values",
    428: "A condition is needed",
    429: "Too many requests",
    500: "Internal error",
    503: "Not available just now",
}

_DETAILS: Mapping[int, tuple[str, str]] = {
    400: ("bad_request", "这个请求读不懂，请检查一下再发。"),
    401: ("token_needed", "请带上有效的令牌：Authorization: Bearer …"),
    403: ("not_allowed", "这个令牌不能做这件事。"),
    404: ("no_such_address", "没有这个地址，请看 /api/docs。"),
    405: ("wrong_method", "这个地址不支持这种请求方法。"),
    500: ("internal", "系统出错了，已经记下来，请稍后再试。"),
    503: ("unavailable", "暂时存取不了，请稍后再试一次。"),
}

_STATUS_OF: tuple[tuple[type[DeskError], int], ...] = (
    (UnknownTicketError, 404),
    (NotAllowedError, 403),
    (WrongMomentError, 409),
    (BadValueError, 422),
)


class ProblemError(Exception):
    """Ends a request with a problem document; `extra` are further members of it."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **extra: object,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})
        self.extra: Mapping[str, object] = extra


def problem_of(error: DeskError, say_refusal: Callable[[DeskError], str]) -> ProblemError:
    """What a refusal of the desk is to a program: 404, 403, 409 or 422, with the sentence that people read."""
    status = next(status for kind, status in _STATUS_OF if isinstance(error, kind))
    return ProblemError(status, error.key, say_refusal(error))


def plain_problem(status: int) -> ProblemError:
    """The usual problem of a status, for what has no story of its own."""
    code, detail = _DETAILS.get(status, _DETAILS[400])
    headers = {"Retry-After": "1"} if status == 503 else None
    return ProblemError(status, code, detail, headers=headers)


def bad_values(errors: Sequence[Mapping[str, Any]]) -> ProblemError:
    """From pydantic's errors; what was sent is not repeated, for it may be anything."""
    found = [{"at": _place(each["loc"]), "message": str(each["msg"])} for each in errors]
    names = "、".join(dict.fromkeys(each["at"] for each in found if each["at"]))
    detail = f"这些内容不对：{names}。" if names else "这不是可以读懂的 JSON。"
    return ProblemError(422, "bad_values", detail, errors=found)


def render_problem(problem: ProblemError, path: str) -> JSONResponse:
    body = {
        "type": f"/api/docs#{problem.code}",
        "title": TITLES.get(problem.status, "Refused"),
        "status": problem.status,
        "detail": problem.detail,
        "instance": path,
        "code": problem.code,
        **problem.extra,
    }
    return JSONResponse(body, problem.status, problem.headers, media_type=MEDIA_TYPE)


def install_problem_handlers(app: FastAPI) -> None:
    """For the addresses of programs, and for what is no address at all; pages keep what they had."""
    app.add_exception_handler(ProblemError, _on_problem)
    for kind in (UnavailableError, ConnectionError):
        app.add_exception_handler(kind, _on_unavailable)
    app.add_exception_handler(RequestValidationError, _on_bad_values)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_bug)


async def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return render_problem(error, request.url.path)


async def _on_unavailable(request: Request, error: Exception) -> Response:
    log.warning("request=unavailable path=%s", _known_path(request))
    return render_problem(plain_problem(503), request.url.path)


async def _on_bad_values(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return render_problem(bad_values(error.errors()), request.url.path)


async def _on_http(request: Request, error: Exception) -> Response:
    """Outside of the addresses of programs too, unless a browser asks: what is no address of ours is nobody's page."""
    assert isinstance(error, HTTPException)
    if not _is_for_programs(request) and "text/html" in request.headers.get("accept", ""):
        return await http_exception_handler(request, error)
    problem = plain_problem(error.status_code)
    problem.headers.update(error.headers or {})
    if error.status_code == 405:
        problem.headers["Allow"] = ", ".join(sorted(_methods_at(request)))
    return render_problem(problem, request.url.path)


def _methods_at(request: Request) -> set[str]:
    """All of the address, each tried: a route names only its own, and a router within the application none."""
    routes = request.app.routes
    return {method for method in _METHODS if any(_is_at(each, request.scope, method) for each in routes)}


def _is_at(route: BaseRoute, scope: Scope, method: str) -> bool:
    return route.matches({**scope, "method": method})[0] is Match.FULL


async def _on_bug(request: Request, error: Exception) -> Response:
    """The server's own log has the trace; the answer says nothing of it."""
    log.error("request=crashed path=%s error=%s", _known_path(request), type(error).__name__)
    if not _is_for_programs(request):
        return PlainTextResponse("系统出错了，请稍后再试。", 500)
    return render_problem(plain_problem(500), request.url.path)


def _is_for_programs(request: Request) -> bool:
    return request.url.path.startswith(FOR_PROGRAMS)


def _known_path(request: Request) -> str:
    """The template of the route: a path as it was sent could carry anything into the log."""
    return str(getattr(request.scope.get("route"), "path", "unknown"))


def _place(location: Sequence[object]) -> str:
    return ".".join(str(each) for each in location if each != "body")
