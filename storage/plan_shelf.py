"""Frozen plans as plain JSON, each kept once: the many tickets that share one share the object too."""

import hashlib
import json
from datetime import date
from typing import Any

import sqlalchemy as sa

from routing.durations import parse_span
from routing.hierarchy import Limits
from routing.plans import Plan
from routing.working_time import Calendar
from storage.prepared import Prepared, insert_if_new
from storage.tables.tickets import PLAN

_INSERT = insert_if_new(PLAN)
_SELECT = Prepared(sa.select(PLAN.c.content).where(PLAN.c.plan_id == sa.bindparam("plan_id")))


class PlanShelf:
    """Shared by all threads. Plans are few and never change, so nothing is ever taken off."""

    def __init__(self) -> None:
        self._ids: dict[Plan, str] = {}
        self._plans: dict[str, Plan] = {}
        self._committed: set[str] = set()

    def put(self, connection: sa.Connection, plan: Plan) -> str:
        """The plan's id; stores it unless it is known to be there for good."""
        plan_id = self._ids.get(plan)
        if plan_id is None:
            plan_id = self._ids[plan] = digest(plan)
            self._plans[plan_id] = plan
        if plan_id not in self._committed:
            _INSERT.run(connection, plan_id=plan_id, content=dump(plan))
        return plan_id

    def note_commit(self, plan_id: str) -> None:
        """From now on the plan need not be stored again."""
        self._committed.add(plan_id)

    def get(self, connection: sa.Connection, plan_id: str) -> Plan:
        plan = self._plans.get(plan_id)
        if plan is None:
            plan = self._plans[plan_id] = load(_SELECT.value(connection, plan_id=plan_id))
        return plan


def digest(plan: Plan) -> str:
    return hashlib.sha256(dump(plan).encode()).hexdigest()[:32]


def dump(plan: Plan) -> str:
    calendar = plan.calendar
    content = {
        "clock": plan.clock_id,
        "calendar": {
            "timezone": calendar.timezone,
            "days": sorted(calendar.days),
            "periods": calendar.periods,
            "holidays": calendar.holidays,
            # Only where there are any: a plan of before keeps its id.
            **_dump_days("days_off", calendar.days_off),
            **_dump_days("days_worked", calendar.days_worked),
        },
        "limits": [[level, *_dump_limits(limits)] for level, limits in plan.limits],
        "rate_within": str(plan.rate_within),
        "reopen_limit": plan.reopen_limit,
        "supervise_every": str(plan.supervise_every),
        "quiet": plan.quiet,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load(text: str) -> Plan:
    content = json.loads(text)
    calendar = content["calendar"]
    return Plan(
        clock_id=content["clock"],
        calendar=Calendar(
            timezone=calendar["timezone"],
            days=frozenset(calendar["days"]),
            periods=tuple((start, end) for start, end in calendar["periods"]),
            holidays=calendar["holidays"],
            days_off=frozenset(map(date.fromisoformat, calendar.get("days_off", ()))),
            days_worked=frozenset(map(date.fromisoformat, calendar.get("days_worked", ()))),
        ),
        limits=tuple((level, _load_limits(spans)) for level, *spans in content["limits"]),
        rate_within=parse_span(content["rate_within"]),
        reopen_limit=content["reopen_limit"],
        supervise_every=parse_span(content["supervise_every"]),
        quiet=tuple(content["quiet"]) if content["quiet"] else None,
    )


def _dump_days(name: str, days: frozenset[date]) -> dict[str, list[str]]:
    return {name: [each.isoformat() for each in sorted(days)]} if days else {}


def _dump_limits(limits: Limits) -> tuple[str | None, ...]:
    return str(limits.claim), str(limits.resolve), str(limits.remind) if limits.remind else None


def _load_limits(spans: list[Any]) -> Limits:
    claim, resolve, remind = spans
    return Limits(parse_span(claim), parse_span(resolve), parse_span(remind) if remind else None)
