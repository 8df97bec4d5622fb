"""The toy street with the sandbox's real addresses in front of it."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from bot.channels.sandbox.callback import build_router
from bot.channels.sandbox.settings import SandboxSettings
from tests.bot.channels.sandbox.toy_house import ToyHouse


def make_app(house: ToyHouse, settings: SandboxSettings | None = None) -> FastAPI:
    app = FastAPI()
    router = build_router(
        settings or SandboxSettings(),
        house.receive,
        board=house.windows,
        hierarchy=lambda: house.hierarchy,
        time=house,
        tickets=house.tickets_of,
    )
    app.include_router(router)
    return app


@pytest.fixture
def house() -> ToyHouse:
    return ToyHouse()


@pytest.fixture
async def client(house: ToyHouse) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(make_app(house))
    async with httpx.AsyncClient(transport=transport, base_url="http://sandbox/api/v1/sandbox") as client:
        yield client
