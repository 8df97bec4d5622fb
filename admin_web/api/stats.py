"""The figures of a place and a period. The formulas are in `routing.metrics`."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from admin_web.api.operations import Operation, add
from admin_web.api.periods import parse_period
from admin_web.api.scope import visit_of
from admin_web.ports import ApiPorts, FigureQuestion

USUAL_PERIOD = timedelta(days=90)

_RATE: JsonDict = {"count": 41, "n": 50, "value": 0.82}
_STATS: JsonDict = {
    "node": "xingfuli",
    "origin": "",
    "from": "2026-08-25T16:00:00Z",
    "to": "2026-11-23T16:00:00Z",
    "tickets": 50,
    "smallest_n": 5,
    "response": _RATE,
    "claim_in_time": _RATE,
    "on_time": _RATE,
    "resolution": _RATE,
    "satisfaction": _RATE,
    "hand_back": _RATE,
    "redo": _RATE,
    "extension": {"count": 1, "n": 3, "value": None},
    "by_status": {"open": 3, "claimed": 5, "closed": 42},
    "by_category": {"elevator": 20, "water": 30},
    "by_level": {"building": 38, "community": 12},
}


class RateJson(BaseModel):
    """`count` of `n`; `value` is null below the smallest n."""

    model_config = ConfigDict(json_schema_extra={"examples": [_RATE]})

    count: int
    n: int
    value: float | None


class StatsJson(BaseModel):
    """Figures over the tickets opened in [from, to). What waits, or is within its limit, is in no denominator."""

    model_config = ConfigDict(populate_by_name=True, json_schema_extra={"examples": [_STATS]})

    node: str
    origin: str
    since: datetime = Field(alias="from")
    until: datetime = Field(alias="to")
    tickets: int
    smallest_n: int
    response: RateJson = Field(
        description="响应率: looked at by staff within the limit to claim, of those asked"
    )
    claim_in_time: RateJson = Field(description="及时签收率: claimed within the limit, of those asked")
    on_time: RateJson = Field(description="按期办结率: resolved within the limit, of those due")
    resolution: RateJson = Field(description="解决率: said to be solved, of those rated")
    satisfaction: RateJson = Field(description="满意率: satisfied or mostly satisfied, of those rated")
    hand_back: RateJson = Field(description="退单率: handed back, of those asked")
    redo: RateJson = Field(description="重办率: redone, of those resolved")
    extension: RateJson = Field(description="延期率: clock stopped or limit extended, of those due")
    by_status: dict[str, int]
    by_category: dict[str, int]
    by_level: dict[str, int]


class Period(BaseModel):
    model_config = ConfigDict(extra="forbid")

    node: str = Field("", max_length=100, description="Asked here or below.", examples=["xingfuli"])
    origin: str = Field(
        "", max_length=100, description="Reported from here or below.", examples=["xingfuli-b1"]
    )
    since: str = Field(
        "", max_length=40, alias="from", description="A day or an instant.", examples=["2026-11-01"]
    )
    until: str = Field(
        "", max_length=40, alias="to", description="A day or an instant.", examples=["2026-11-30"]
    )


_STATS_OPERATION = Operation(
    "GET",
    "/stats",
    "Figures of a place",
    "Rates and counts over the tickets that were opened in the period, by default the last 90 days, and are asked of "
    "the node or below it; with `origin`, that were reported from there, whoever has them by now, as the page of "
    "figures has it. A day as `to` is counted whole. Each rate says the n behind it, and is null below `smallest_n`.",
    (401, 404, 422, 429, 503),
    answer=StatsJson,
    says="The figures.",
)


class Stats:
    def __init__(self, ports: ApiPorts) -> None:
        self._ports = ports

    def add_to(self, router: APIRouter) -> None:
        add(router, _STATS_OPERATION, self.show_stats)

    async def show_stats(self, request: Request, period: Annotated[Period, Query()]) -> StatsJson:
        visit, now = visit_of(request), self._ports.now()
        for place in filter(None, (period.node, period.origin)):
            visit.require_node(place)
        since, until = parse_period(
            period.since, period.until, now=now, timezone=visit.hierarchy.timezone, usual=USUAL_PERIOD
        )
        seen_from = "" if visit.is_over_all else visit.grant.scope_node
        question = FigureQuestion(seen_from, period.node, period.origin, since, until)
        figures = await self._ports.figures.count(question, now=now, smallest_n=self._ports.smallest_n)
        usual_node = visit.hierarchy.root_id if visit.is_over_all else visit.grant.scope_node
        values = {
            "node": period.node or usual_node,
            "origin": period.origin,
            "from": since,
            "to": until or now,
        }
        return StatsJson.model_validate({**values, **asdict(figures), "smallest_n": self._ports.smallest_n})
