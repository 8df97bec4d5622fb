"""Figures for Prometheus: counters that other rooms add to through plain functions, and gauges read when asked for.

No names and no words: labels are states, levels, lanes and reasons. Whoever may look is decided here as well.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from admin_web.api.access import Door
from admin_web.api.operations import describe_refusal
from admin_web.problems import plain_problem

PATIENCE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class WriterCounts:
    """Since the start of this process. `waiting` are jobs that have not begun."""

    waiting: int = 0
    jobs: int = 0
    batches: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand now. `tickets` by (status, level); `oldest_overdue` in seconds, 0 for none; `outbox` by state;
    `holiday_years_missing` counts the years within the next weeks for which no table of holidays is known."""

    tickets: Mapping[tuple[str, str], int] = field(default_factory=dict)
    oldest_overdue: float = 0
    outbox: Mapping[str, int] = field(default_factory=dict)
    hierarchy_version: int = 0
    writer: WriterCounts = field(default_factory=WriterCounts)
    holiday_years_missing: int = 0


class Metrics:
    """What happened since the start. The methods are handed to other rooms as callables."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._standing = _StandingCollector()
        self.registry.register(self._standing)
        self._refusals = Counter(
            "liren_callback_refusals", "Callbacks refused.", ("channel", "reason"), registry=self.registry
        )
        self._deliveries = Counter(
            "liren_deliveries", "Tries to send.", ("lane", "outcome"), registry=self.registry
        )
        self._edits = Counter(
            "liren_hierarchy_refused_edits", "Edits of the file that were not taken.", registry=self.registry
        )

    def refuse_callback(self, channel: str, reason: str) -> None:
        self._refusals.labels(channel, reason).inc()

    def refuser_for(self, channel: str) -> Callable[[str], None]:
        """The function that one channel's callback tells its reasons to."""
        return lambda reason: self.refuse_callback(channel, reason)

    def list_refusals(self, channel: str) -> dict[str, int]:
        """Refused callbacks of a channel since the start, by reason."""
        samples = [each for family in self._refusals.collect() for each in family.samples]
        return {
            each.labels["reason"]: int(each.value)
            for each in samples
            if each.name.endswith("_total") and each.labels["channel"] == channel
        }

    def record_delivery(self, lane: str, outcome: str) -> None:
        self._deliveries.labels(lane, outcome).inc()

    def refuse_edit(self) -> None:
        self._edits.inc()

    def render(self, standing: Standing | None) -> bytes:
        """The text of everything. None: how things stand could not be read, and nothing old is shown instead."""
        self._standing.newest = standing
        return generate_latest(self.registry)


class _StandingCollector(Collector):
    newest: Standing | None = None

    def collect(self) -> Iterator[Metric]:
        standing = self.newest
        yield _gauge("liren_store_readable", "1 while the rest could be read.", 0 if standing is None else 1)
        if standing is None:
            return
        tickets = GaugeMetricFamily("liren_tickets", "Tickets.", labels=("status", "level"))
        for labels, count in standing.tickets.items():
            tickets.add_metric(labels, count)
        yield tickets
        outbox = GaugeMetricFamily("liren_outbox", "Messages in the outbox.", labels=("state",))
        for state, count in standing.outbox.items():
            outbox.add_metric((state,), count)
        yield outbox
        yield _gauge("liren_oldest_overdue_seconds", "How late the latest is.", standing.oldest_overdue)
        yield _gauge("liren_hierarchy_version", "The version in force.", standing.hierarchy_version)
        yield _gauge(
            "liren_holiday_years_missing", "Years ahead without a table.", standing.holiday_years_missing
        )
        yield from _render_writer(standing.writer)


def _render_writer(counts: WriterCounts) -> Iterator[Metric]:
    yield _gauge("liren_writer_queue", "Jobs that wait for the writer.", counts.waiting)
    yield CounterMetricFamily("liren_writer_jobs", "Jobs done.", counts.jobs)
    yield CounterMetricFamily("liren_writer_batches", "Commits.", counts.batches)
    yield CounterMetricFamily("liren_writer_failed_jobs", "Jobs that failed.", counts.failed)


def _gauge(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, value)


def build_metrics() -> Metrics:
    """One for each app: nothing is shared between two in one process."""
    return Metrics()


def build_metrics_router(
    metrics: Metrics,
    read_standing: Callable[[], Awaitable[Standing]],
    *,
    door: Door,
    patience: float = PATIENCE_SECONDS,
) -> APIRouter:
    """`GET /metrics`: for this machine itself, and elsewhere for a token over the whole tree, since volumes say
    something about a place."""
    router = APIRouter(tags=["service"], dependencies=[Depends(door.admit_any)])

    async def send_metrics(request: Request) -> Response:
        visit = request.state.visit
        if not _is_local(request) and not (visit and visit.is_over_all):
            raise plain_problem(401)
        content = metrics.render(await _read(read_standing, patience))
        return Response(content, headers={"Content-Type": CONTENT_TYPE_LATEST})

    router.add_api_route(
        "/metrics",
        send_metrics,
        methods=["GET"],
        response_class=PlainTextResponse,
        summary="Figures for Prometheus",
        description="From this machine without a token, from elsewhere with one over the whole tree.",
        responses={
            200: {
                "description": "Text for Prometheus.",
                "content": {"text/plain": {"example": "liren_hierarchy_version 3.0"}},
            },
            401: describe_refusal(401),
        },
    )
    return router


async def _read(read_standing: Callable[[], Awaitable[Standing]], patience: float) -> Standing | None:
    """None when the store does not answer: the counters are wanted then most of all."""

    async def within() -> Standing:
        async with asyncio.timeout(patience):
            return await read_standing()

    found = (await asyncio.gather(within(), return_exceptions=True))[0]
    return found if isinstance(found, Standing) else None


def _is_local(request: Request) -> bool:
    """A proxy on this machine speaks for others, and says so."""
    host = request.client.host if request.client else ""
    forwarded = {"x-forwarded-for", "forwarded", "x-real-ip"} & set(request.headers)
    try:
        return ip_address(host).is_loopback and not forwarded
    except ValueError:
        return False
