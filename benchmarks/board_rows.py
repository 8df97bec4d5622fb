"""Fills a database with very many tickets in every state, with their first event and what is searched."""

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from random import Random
from typing import Any

import psycopg

from benchmarks.letters_made import make_texts
from benchmarks.tickets import a_ticket, insert
from benchmarks.trees import building_id
from routing.hierarchy import Hierarchy
from routing.tickets import Status
from storage.mapping import ticket_values
from storage.plan_shelf import digest
from storage.ticket_pairs import pairs_of, told_of

FIRST = 1001
MOSTLY_LIVE = 0.1
"""This share of all, the newest, are mostly still under way; of the others one in two hundred."""

BUILDINGS = 20
_YEARS = timedelta(days=3 * 365)
_ENDS = (Status.CLOSED,) * 92 + (Status.MERGED,) * 4 + (Status.DECLINED,) * 2 + (Status.WITHDRAWN,) * 2
_YOUNG = (
    (Status.OPEN,) * 30
    + (Status.CLAIMED,) * 40
    + (Status.WAITING,) * 8
    + (Status.RESOLVED,) * 12
    + (Status.CLOSED,) * 10
)
_EVENT_COLUMNS = (
    "event_id",
    "ticket_number",
    "root",
    "kind",
    "at",
    "by",
    "node",
    "group",
    "reason",
    "words",
    "values",
)


def fill(url: str, tree: Hierarchy, count: int, *, communities: int, now: datetime) -> None:
    """The newest was opened just before `now`, and the deadlines of those under way lie around it."""
    insert(url, tree, _tickets(tree, count, communities=communities, now=now))
    _insert_into(url, "ticket_pair", ("pair", "number"), _pairs(count))
    _insert_into(url, "ticket_event", _EVENT_COLUMNS, _events(tree, count, communities=communities, now=now))


def origin_of(number: int, communities: int) -> str:
    return building_id(number % communities + 1, number // communities % BUILDINGS + 1)


def _opened_at(place: int, count: int, now: datetime) -> datetime:
    return now - _YEARS * ((count - place) / count)


def _tickets(tree: Hierarchy, count: int, *, communities: int, now: datetime) -> Iterator[dict[str, Any]]:
    random = Random(11)
    model = a_ticket(tree, 0, dispatched_at=now, communities=communities)
    plain = ticket_values(model, plan_id=digest(model.plan))
    categories = [each.category_id for each in tree.categories]
    for place, (text, where) in enumerate(make_texts(count)):
        number = FIRST + place
        origin = origin_of(number, communities)
        group = f"{origin.partition('-')[0]}-property"
        yield {
            **plain,
            "number": number,
            "text": text,
            "place": where,
            "origin": origin,
            "node": origin,
            "group": group,
            "asked_groups": f'["{group}"]',
            "category": random.choice(categories),
            "urgent": random.random() < 0.05,
            "opened_at": _opened_at(place, count, now),
            **_state(random, place / count, origin, now),
        }


def _state(random: Random, age: float, origin: str, now: datetime) -> dict[str, Any]:
    """Its state, with the instants that belong to it; who has it."""
    is_young = age > 1 - MOSTLY_LIVE or random.random() < 0.005
    status = random.choice(_YOUNG if is_young else _ENDS)
    due_at = now + timedelta(minutes=random.uniform(-180, 2880))
    community = origin.partition("-")[0]
    holder = f"{community}-{random.choice(('grid', 'keeper'))}"
    values: dict[str, Any] = {"status": status.value, "dispatched_at": now - timedelta(hours=4)}
    if status is Status.OPEN:
        return {**values, "claim_due_at": due_at, "next_due_at": due_at}
    if status is Status.CLAIMED:
        return {**values, "holder": holder, "resolve_due_at": due_at, "next_due_at": due_at}
    if status is Status.WAITING:
        until_at = now + timedelta(hours=random.uniform(1, 400))
        return {
            **values,
            "holder": holder,
            "paused_at": now,
            "paused_until": until_at,
            "next_due_at": until_at,
        }
    if status is Status.RESOLVED:
        return {**values, "holder": holder, "resolved_at": now - timedelta(hours=random.uniform(1, 70))}
    return {**values, "holder": holder, "closed_at": now - timedelta(days=1)}


def _pairs(count: int) -> Iterator[tuple[Any, ...]]:
    """In the order of the index, in which they are written many times as fast."""
    numbers: dict[str, array[int]] = {}
    for place, (text, where) in enumerate(make_texts(count)):
        for pair in pairs_of(told_of(text, where)):
            numbers.setdefault(pair, array("q")).append(FIRST + place)
    for pair in sorted(numbers):
        for number in numbers[pair]:
            yield (pair, number)


def _events(tree: Hierarchy, count: int, *, communities: int, now: datetime) -> Iterator[tuple[Any, ...]]:
    for place in range(count):
        number = FIRST + place
        origin = origin_of(number, communities)
        group = f"{origin.partition('-')[0]}-property"
        at = _opened_at(place, count, now)
        yield (
            number,
            number,
            tree.root_id,
            "opened",
            at,
            "resident",
            origin,
            group,
            "rule starts_at",
            "",
            "{}",
        )


def _insert_into(url: str, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{each}"' for each in columns)
    if url.startswith("sqlite"):
        marks = ", ".join("?" * len(columns))
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
            connection.execute("PRAGMA cache_size=-800000")
            connection.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - names of our own columns
                (tuple(_as_sqlite(each) for each in row) for row in rows),
            )
            connection.execute("ANALYZE")
        return
    with psycopg.connect(url) as connection:
        with connection.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")


def _as_sqlite(value: Any) -> Any:
    return value.isoformat(timespec="microseconds") if isinstance(value, datetime) else value
