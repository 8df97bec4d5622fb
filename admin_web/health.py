"""Whether the service lives and whether it can do its work. What is looked at is handed over by `app`."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from fastapi import APIRouter
from fastapi.responses import JSONResponse

Probe = Callable[[], Awaitable[str | None]]
"""Why this part is not ready, in plain words without names or secrets; None when it is. May raise."""

PATIENCE_SECONDS = 2.0
"""A part that does not answer in this time is not ready; whoever asks will not wait much longer either."""

_FRESH = {"Cache-Control": "no-store"}


def build_health_router(probes: Mapping[str, Probe], *, patience: float = PATIENCE_SECONDS) -> APIRouter:
    """`GET /healthz`: the event loop answers. `GET /readyz`: every probe (database, writer, hierarchy, the heartbeat of
    the duties, the disk) says yes, or 503 with the reasons."""
    router = APIRouter(tags=["service"])

    async def show_health() -> JSONResponse:
        return JSONResponse({"status": "alive"}, headers=_FRESH)

    async def show_readiness() -> JSONResponse:
        answers = await asyncio.gather(*(_ask(probe, patience) for probe in probes.values()))
        reasons = {name: reason for name, reason in zip(probes, answers, strict=True) if reason is not None}
        body = {
            "status": "not ready" if reasons else "ready",
            "checks": {name: "failing" if name in reasons else "ok" for name in probes},
            "reasons": reasons,
        }
        return JSONResponse(body, 503 if reasons else 200, _FRESH)

    router.add_api_route(
        "/healthz",
        show_health,
        methods=["GET"],
        summary="Is it alive?",
        description="The process answers. Says nothing about the database.",
        responses={200: _sample("Alive.", {"status": "alive"})},
    )
    router.add_api_route(
        "/readyz",
        show_readiness,
        methods=["GET"],
        summary="Can it do its work?",
        description="Database, writer, hierarchy, duties and room on the disk, each with its reason when it fails.",
        responses={
            200: _sample("Ready.", {"status": "ready", "checks": {"database": "ok"}, "reasons": {}}),
            503: _sample("Not ready.", _NOT_READY),
        },
    )
    return router


_NOT_READY = {
    "status": "not ready",
    "checks": {"database": "failing"},
    "reasons": {"database": "no answer within 2 s"},
}


async def _ask(probe: Probe, patience: float) -> str | None:
    answer = (await asyncio.gather(_within(probe, patience), return_exceptions=True))[0]
    if isinstance(answer, TimeoutError):
        return f"no answer within {patience:g} s"
    # The message of a driver's error may hold an address with a password.
    return type(answer).__name__ if isinstance(answer, BaseException) else answer


async def _within(probe: Probe, patience: float) -> str | None:
    async with asyncio.timeout(patience):
        return await probe()


def _sample(words: str, example: object) -> dict[str, object]:
    return {"description": words, "content": {"application/json": {"example": example}}}
