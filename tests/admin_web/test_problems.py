"""Problem documents for the addresses of programs, and nothing of the kind for pages."""

import logging

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse

from admin_web.problems import install_problem_handlers, problem_of
from routing.errors import BadValueError, DeskError, NotAllowedError, UnknownTicketError, WrongMomentError
from tests.admin_web.api.house import assert_problem


@pytest.fixture
def app() -> FastAPI:
    app = FastAPI()
    install_problem_handlers(app)

    @app.get("/api/v1/number/{number}")
    async def show(number: int) -> int:
        raise RuntimeError("a password: hunter2")

    @app.put("/api/v1/number/{number}")
    async def put(number: int) -> int:
        return number

    inner = APIRouter()

    @inner.post("/api/v1/inner/{number}")
    async def inner_post(number: int) -> int:
        return number

    @inner.get("/api/v1/inner/{number}")
    async def inner_get(number: int) -> int:
        return number

    outer = APIRouter()
    outer.include_router(inner)
    app.include_router(outer)

    @app.get("/page/{number}")
    async def page(number: int) -> HTMLResponse:
        raise RuntimeError("a password: hunter2")

    return app


async def ask(app: FastAPI, path: str, method: str = "GET", *, accept: str = "*/*") -> httpx.Response:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://liren.test") as client:
        return await client.request(method, path, headers={"Accept": accept})


async def test_an_address_that_is_not_there_is_a_problem_unless_a_browser_asks(app: FastAPI):
    problem = assert_problem(await ask(app, "/api/v1/nothing"), 404, "no_such_address")
    page = await ask(app, "/nothing", accept="text/html")

    assert problem["instance"] == "/api/v1/nothing"
    assert problem["type"] == "/api/docs#no_such_address"
    assert_problem(await ask(app, "/nothing", "PATCH"), 404, "no_such_address")
    assert_problem(await ask(app, "/page/7", "PATCH"), 405, "wrong_method")
    assert page.headers["content-type"] == "application/json"
    assert page.json() == {"detail": "Not Found"}


async def test_a_wrong_method_says_which_are_right(app: FastAPI):
    response = await ask(app, "/api/v1/number/1", "DELETE")
    of_a_router = await ask(app, "/api/v1/inner/1", "OPTIONS")

    assert_problem(response, 405, "wrong_method")
    assert response.headers["allow"] == "GET, PUT"
    assert of_a_router.headers["allow"] == "GET, POST"


async def test_a_bad_value_says_where_and_is_not_repeated(app: FastAPI):
    response = await ask(app, "/api/v1/number/hunter2")

    problem = assert_problem(response, 422, "bad_values")
    assert problem["errors"][0]["at"] == "path.number"
    assert "hunter2" not in str(problem["errors"]) + problem["detail"]


async def test_a_bug_is_500_without_a_word_of_it(app: FastAPI, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.ERROR, logger="admin_web.problems"):
        response = await ask(app, "/api/v1/number/7")
        page = await ask(app, "/page/7")

    assert_problem(response, 500, "internal")
    assert page.status_code == 500
    assert "hunter2" not in response.text + page.text + caplog.text
    assert "request=crashed path=/api/v1/number/{number} error=RuntimeError" in caplog.text


@pytest.mark.parametrize(
    ("kind", "status"),
    [(UnknownTicketError, 404), (NotAllowedError, 403), (WrongMomentError, 409), (BadValueError, 422)],
)
def test_a_refusal_of_the_desk_keeps_its_key_and_its_sentence(kind: type[DeskError], status: int):
    problem = problem_of(kind("some_key", number=1), lambda error: f"一句话 {error.key}")

    assert (problem.status, problem.code, problem.detail) == (status, "some_key", "一句话 some_key")
