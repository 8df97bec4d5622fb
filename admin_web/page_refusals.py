"""Turns what goes wrong on a page into a page, and on the way to one into the door. Programs keep their problems."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from urllib.parse import urlencode, urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from admin_web.auth.links import safe_next
from admin_web.auth.refusals import PageRefused, SignInNeeded
from admin_web.auth.visitor import signed_in, signed_in_for_work
from admin_web.office import START, Office, go_to
from admin_web.ports import UnavailableError
from admin_web.problems import ProblemError, plain_problem, render_problem

log = logging.getLogger(__name__)

FOR_PEOPLE = (
    "/admin",
    "/work",
    "/account",
    "/sign-in",
    "/sign-out",
    "/language",
    "/invitation",
    "/first-admin",
)
"""Addresses of those who sign in; what goes wrong there is shown in the frame of the office."""

FOR_PROGRAMS = ("/api", "/callback", "/open311", "/static", "/metrics", "/healthz", "/readyz")

_WORDS: Mapping[int, str] = {
    403: "refused.role_too_small",
    404: "refused.not_found",
    413: "refused.too_large",
}

_FOR_PEOPLE = (
    ProblemError,
    HTTPException,
    RequestValidationError,
    UnavailableError,
    ConnectionError,  # of the store, where nobody on the way said it in the words of the pages
    Exception,
)

Handler = Callable[[Request, Exception], Response | Awaitable[Response]]


def install_page_refusals(app: FastAPI, office: Office) -> None:
    """After `install_problem_handlers`: what is not about a page goes on to the handler that was there."""

    async def show(request: Request, error: Exception) -> Response:
        status, key = story_of(error)
        if isinstance(error, HTTPException):
            await _look_who_asks(request)
        if status >= 500:
            log.error("page=failed status=%d error=%s", status, type(error).__name__)
        return show_refusal(office, request, status=status, key=key)

    app.add_exception_handler(SignInNeeded, lambda request, _: answer_sign_in_needed(request))
    app.add_exception_handler(PageRefused, show)
    for kind in _FOR_PEOPLE:
        app.add_exception_handler(kind, _only_for_people(show, app.exception_handlers.get(kind)))


def story_of(error: Exception) -> tuple[int, str]:
    """The status and the key of the sentence that a person reads."""
    match error:
        case PageRefused():
            return error.status, error.key
        case ProblemError():
            return error.status, _WORDS.get(error.status, "refused.not_our_form")
        case HTTPException():
            return error.status_code, "refused.not_found"
        case RequestValidationError():
            return 404, "refused.not_found"
        case UnavailableError() | ConnectionError():
            return 503, "refused.unavailable"
    return 500, "refused.crashed"


async def _look_who_asks(request: Request) -> None:
    """At an address that is no page nobody was asked yet; those who are signed in stay in their frame."""
    ask = signed_in_for_work if request.url.path.startswith("/work") else signed_in
    if request.method == "GET":
        with suppress(SignInNeeded, PageRefused, UnavailableError, ConnectionError):
            await ask(request)


def answer_sign_in_needed(request: Request) -> Response:
    """The door, which leads back; a 401 for scripts, which say where a page that they update should go."""
    door = f"/sign-in?{urlencode({'next': _return_to(request)})}"
    if "hx-request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": door, "Cache-Control": "no-store"})
    if _wants_json(request):
        return render_problem(plain_problem(401), request.url.path)
    return go_to(door)


def show_refusal(office: Office, request: Request, *, status: int, key: str) -> Response:
    if _wants_json(request):
        return render_problem(plain_problem(status), request.url.path)
    return office.render(request, "refused.html", status=status, key=key)


def _only_for_people(handler: Handler, otherwise: Handler | None) -> Handler:
    async def choose(request: Request, error: Exception) -> Response:
        chosen = handler if otherwise is None or is_for_people(request) else otherwise
        answer = chosen(request, error)
        return answer if isinstance(answer, Response) else await answer

    return choose


def is_for_people(request: Request) -> bool:
    """Elsewhere too, when somebody has mistyped an address in a browser."""
    if _is_below(request, FOR_PEOPLE):
        return True
    is_browser = "text/html" in request.headers.get("accept", "")
    return is_browser and not _is_below(request, FOR_PROGRAMS)


def _is_below(request: Request, prefixes: tuple[str, ...]) -> bool:
    path = request.url.path
    return any(path == each or path.startswith(f"{each}/") for each in prefixes)


def _wants_json(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return "json" in accepted and "text/html" not in accepted


def _return_to(request: Request) -> str:
    """The page itself; after a form, or for a part of a page, the page that it stood on, which browsers tell to our own
    site."""
    own = f"{request.url.path}?{request.url.query}".rstrip("?")
    if request.method == "GET" and "hx-request" not in request.headers:
        return own
    stood_on = urlsplit(request.headers.get("referer", ""))
    if stood_on.netloc != request.headers.get("host"):
        return own if request.method == "GET" else START
    return safe_next(f"{stood_on.path}?{stood_on.query}".rstrip("?"), default=START)
