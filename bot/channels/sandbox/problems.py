"""Problem documents (RFC 9457) of the sandbox's addresses, in words that its page shows."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

_TITLES = {
    404: "没有找到",
    409: "现在不行",
    413: "内容太大",
    415: "格式不对",
    422: "内容不对",
    503: "暂时没有存下",
}


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
                return render_problem(problem)
            except RequestValidationError as wrong:
                names = "、".join(str(each["loc"][-1]) for each in wrong.errors())
                return render_problem(ProblemError(422, f"这些内容不对：{names}。"))

        return guarded


def render_problem(problem: ProblemError) -> JSONResponse:
    body = {
        "type": "about:blank",
        "title": _TITLES[problem.status],
        "status": problem.status,
        "detail": problem.detail,
        **problem.extra,
    }
    headers = {"Retry-After": "1"} if problem.status == 503 else None
    return JSONResponse(body, problem.status, headers, media_type="application/problem+json")
