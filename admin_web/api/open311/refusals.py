"""Refusals in the shape of Open311, whatever refused: a list of code and description, in the form asked for."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from admin_web.api.open311.rendering import Form, render
from admin_web.ports import UnavailableError
from admin_web.problems import ProblemError, bad_values, plain_problem

ERRORS = ("errors", "error")


class Open311Route(APIRoute):
    """The standard knows 400 for bad values, 403 for a bad key and 404; other statuses keep their own meaning."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            try:
                return await handle(request)
            except ProblemError as problem:
                return _refuse(problem, request)
            except RequestValidationError as wrong:
                return _refuse(bad_values(wrong.errors()), request)
            except UnavailableError:
                return _refuse(plain_problem(503), request)

        return guarded


def _refuse(problem: ProblemError, request: Request) -> Response:
    status = {401: 403, 415: 400, 422: 400}.get(problem.status, problem.status)
    form = Form.XML if request.path_params.get("form") == Form.XML else Form.JSON
    response = render([{"code": status, "description": problem.detail}], form, names=ERRORS, status=status)
    response.headers.update(problem.headers)
    return response
