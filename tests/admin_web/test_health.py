"""Whether the service lives and can work, as a load balancer asks."""

import asyncio

import httpx
from fastapi import FastAPI

from admin_web.health import Probe, build_health_router


async def ask(path: str, probes: dict[str, Probe]) -> httpx.Response:
    app = FastAPI()
    app.include_router(build_health_router(probes, patience=0.05))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://liren.test") as client:
        return await client.get(path)


async def well() -> None:
    return None


async def full() -> str:
    return "no room on the disk"


async def silent() -> None:
    await asyncio.Event().wait()


async def broken() -> None:
    raise ConnectionError("postgresql://user:hunter2@host/db")


async def test_it_lives_whatever_the_probes_say():
    response = await ask("/healthz", {"database": broken})

    assert (response.status_code, response.json()) == (200, {"status": "alive"})


async def test_it_is_ready_when_every_probe_is_well():
    response = await ask("/readyz", {"database": well, "writer": well})

    assert response.status_code == 200
    assert response.json() == {
        "status": "ready",
        "checks": {"database": "ok", "writer": "ok"},
        "reasons": {},
    }
    assert response.headers["cache-control"] == "no-store"


async def test_it_is_not_ready_with_a_reason_for_each_that_fails():
    probes = {"database": broken, "writer": full, "duties": silent, "hierarchy": well}

    response = await ask("/readyz", probes)

    assert response.status_code == 503
    assert response.json()["reasons"] == {
        "database": "ConnectionError",
        "writer": "no room on the disk",
        "duties": "no answer within 0.05 s",
    }
    assert response.json()["checks"]["hierarchy"] == "ok"
    assert "hunter2" not in response.text
