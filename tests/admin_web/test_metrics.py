"""Figures for Prometheus: what they say, who may look, and that they hold when the store does not answer."""

import asyncio
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families

from admin_web.api.access import Allowance, Door
from admin_web.metrics import Metrics, Standing, WriterCounts, build_metrics, build_metrics_router
from admin_web.ports import Grant, Role
from admin_web.problems import install_problem_handlers
from tests.builders import TUESDAY_NINE, a_hierarchy

STANDING = Standing(
    tickets={("open", "building"): 3, ("claimed", "street"): 1},
    oldest_overdue=90,
    outbox={"dead": 2},
    hierarchy_version=4,
    writer=WriterCounts(waiting=5, jobs=100, batches=20, failed=1),
    holiday_years_missing=1,
)


async def stand() -> Standing:
    return STANDING


async def hang() -> Standing:
    await asyncio.Event().wait()
    return STANDING


async def fail() -> Standing:
    raise ConnectionError("hunter2")


async def ask(metrics: Metrics, read=stand, *, client: str = "127.0.0.1", **headers: str) -> httpx.Response:
    async def find_token(secret: str) -> Grant | None:
        scopes = {"whole": "xinhua", "part": "xingfuli"}
        return Grant(secret, Role.VIEWER, scopes[secret]) if secret in scopes else None

    allowance = Allowance(lambda: TUESDAY_NINE)
    door = Door(find_token, a_hierarchy, token=None, allowance=allowance)
    app = FastAPI()
    install_problem_handlers(app)
    app.include_router(build_metrics_router(metrics, read, door=door, patience=0.05))
    transport = httpx.ASGITransport(app, client=(client, 1))
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    async with httpx.AsyncClient(transport=transport, base_url="http://liren.test") as asker:
        return await asker.get("/metrics", headers=sent)


async def test_every_figure_is_described_for_who_runs_the_service():
    guide = (Path(__file__).parents[2] / "docs/how-to/run-in-production.md").read_text(encoding="utf-8")

    families = text_string_to_metric_families((await ask(build_metrics())).text)

    names = {each.name for each in families if not each.name.endswith("_created")}
    assert len(names) > 8
    assert {name for name in names if f"`{name}" not in guide} == set()


def test_they_are_described_as_the_text_that_they_are():
    door = Door(lambda secret: fail(), a_hierarchy, token=None, allowance=Allowance(lambda: TUESDAY_NINE))
    app = FastAPI()
    app.include_router(build_metrics_router(build_metrics(), stand, door=door))

    answers = app.openapi()["paths"]["/metrics"]["get"]["responses"]

    assert answers["200"]["content"].keys() == {"text/plain"}
    assert answers["401"]["content"].keys() == {"application/problem+json"}


def samples(response: httpx.Response) -> dict[tuple[str, ...], float]:
    families = text_string_to_metric_families(response.text)
    return {
        (each.name, *(each.labels[name] for name in sorted(each.labels))): each.value
        for family in families
        for each in family.samples
        if not each.name.endswith("_created")
    }


async def test_it_tells_how_things_stand_and_what_happened():
    metrics = build_metrics()
    metrics.refuser_for("wechat")("signature")
    metrics.record_delivery("telegram:1", "sent")
    metrics.record_delivery("telegram:1", "sent")
    metrics.refuse_edit()

    said = samples(await ask(metrics))

    assert said == {
        ("liren_store_readable",): 1,
        ("liren_tickets", "building", "open"): 3,
        ("liren_tickets", "street", "claimed"): 1,
        ("liren_oldest_overdue_seconds",): 90,
        ("liren_outbox", "dead"): 2,
        ("liren_hierarchy_version",): 4,
        ("liren_holiday_years_missing",): 1,
        ("liren_writer_queue",): 5,
        ("liren_writer_jobs_total",): 100,
        ("liren_writer_batches_total",): 20,
        ("liren_writer_failed_jobs_total",): 1,
        ("liren_callback_refusals_total", "wechat", "signature"): 1,
        ("liren_deliveries_total", "telegram:1", "sent"): 2,
        ("liren_hierarchy_refused_edits_total",): 1,
    }


@pytest.mark.parametrize("read", [hang, fail])
async def test_a_store_that_does_not_answer_leaves_the_counters(read):
    metrics = build_metrics()
    metrics.refuse_edit()
    await ask(metrics)

    response = await ask(metrics, read)

    said = samples(response)
    assert said[("liren_store_readable",)] == 0
    assert said[("liren_hierarchy_refused_edits_total",)] == 1
    assert not any(name[0] == "liren_tickets" for name in said)
    assert "hunter2" not in response.text


@pytest.mark.parametrize(
    ("client", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.0.0.9", {}, 401),
        ("unix-socket", {}, 401),
        ("127.0.0.1", {"x_forwarded_for": "10.0.0.9"}, 401),
        ("10.0.0.9", {"authorization": "Bearer whole"}, 200),
        ("10.0.0.9", {"authorization": "Bearer part"}, 401),
        ("127.0.0.1", {"authorization": "Bearer wrong"}, 401),
    ],
)
async def test_only_this_machine_and_a_token_over_everything_may_look(client: str, headers, status: int):
    response = await ask(build_metrics(), client=client, **headers)

    assert response.status_code == status


def test_two_apps_in_one_process_share_nothing():
    first, second = build_metrics(), build_metrics()
    first.refuse_edit()

    assert b"liren_hierarchy_refused_edits_total 0.0" in second.render(None)
