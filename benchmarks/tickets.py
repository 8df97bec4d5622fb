"""Puts many tickets into a database quickly, as the store itself would write them, for what is measured on them."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import psycopg
import sqlalchemy as sa

from benchmarks.trees import building_id
from routing.escalation import claim_due, with_next_due
from routing.hierarchy import Hierarchy
from routing.plans import freeze_plan
from routing.tickets import Status, Ticket
from storage.engine import parse_address
from storage.mapping import ticket_values
from storage.plan_shelf import digest, dump
from storage.tables.tickets import PLAN, TICKET

COLUMNS = tuple(TICKET.c.keys())
_QUOTED = ", ".join(f'"{name}"' for name in COLUMNS)
_BATCH = 10_000


def a_ticket(tree: Hierarchy, number: int, *, dispatched_at: datetime, communities: int) -> Ticket:
    """An open lift ticket of one of the buildings, asked of its property manager."""
    community = number % communities + 1
    origin = building_id(community, number // communities % 20 + 1)
    category = tree.get_category("elevator")
    ticket = Ticket(
        number=number,
        version=1,
        status=Status.OPEN,
        urgent=False,
        category=category.category_id,
        text="3单元电梯又不动了",
        origin=origin,
        root=tree.root_id,
        node=origin,
        level="building",
        group=f"c{community}-property",
        holder=None,
        plan=freeze_plan(tree, category),
        cycle=1,
        opened_at=dispatched_at,
        dispatched_at=dispatched_at,
        claim_due_at=None,
        resolve_due_at=None,
        next_due_at=None,
        asked_groups=(f"c{community}-property",),
    )
    return replace(ticket, claim_due_at=claim_due(ticket))


def rows_due_at(
    tree: Hierarchy, numbers: Iterable[int], *, communities: int, due_from: datetime, apart: timedelta
) -> Iterator[dict[str, Any]]:
    """Tickets that breach one after another, the first at `due_from`; only their first is made with care."""
    model = a_ticket(tree, 0, dispatched_at=due_from - timedelta(days=3), communities=communities)
    values = ticket_values(with_next_due(model), plan_id=digest(model.plan))
    for place, number in enumerate(numbers):
        community = number % communities + 1
        origin = building_id(community, number // communities % 20 + 1)
        group = f"c{community}-property"
        due_at = due_from + apart * place
        yield {
            **values,
            "number": number,
            "origin": origin,
            "node": origin,
            "group": group,
            "asked_groups": f'["{group}"]',
            "claim_due_at": due_at,
            "next_due_at": due_at,
            "reminded_for": due_at,
        }


def insert(url: str, tree: Hierarchy, rows: Iterable[dict[str, Any]]) -> None:
    """Stores the plan of `a_ticket` and the rows, then gathers statistics as the databases do by themselves in time."""
    plan = freeze_plan(tree, tree.get_category("elevator"))
    engine = sa.create_engine(parse_address(url))
    with engine.begin() as connection:
        known = connection.execute(sa.select(PLAN.c.plan_id)).scalars().all()
        if digest(plan) not in known:
            connection.execute(sa.insert(PLAN).values(plan_id=digest(plan), content=dump(plan)))
    engine.dispose()
    if url.startswith("sqlite"):
        _into_sqlite(url.removeprefix("sqlite:///"), rows)
        return
    _into_postgres(url, rows)


def _into_sqlite(path: str, rows: Iterable[dict[str, Any]]) -> None:
    marks = ", ".join("?" * len(COLUMNS))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA cache_size=-400000")
        connection.executemany(
            f"INSERT INTO ticket ({_QUOTED}) VALUES ({marks})",  # noqa: S608 - names of our own columns
            (_as_sqlite(row) for row in rows),
        )
        connection.execute("ANALYZE")


def _as_sqlite(row: dict[str, Any]) -> list[Any]:
    return [
        value.isoformat(timespec="microseconds") if isinstance(value, datetime) else value
        for value in (row[name] for name in COLUMNS)
    ]


def _into_postgres(url: str, rows: Iterable[dict[str, Any]]) -> None:
    with psycopg.connect(url) as connection:
        with connection.cursor().copy(f"COPY ticket ({_QUOTED}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row[name] for name in COLUMNS])
        connection.commit()
        connection.autocommit = True
        connection.execute("ANALYZE")
