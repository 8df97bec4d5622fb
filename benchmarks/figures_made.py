"""Fills a database with years of tickets and what they add to the figures, as the upkeep would have counted them."""

import json
import random
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import sqlalchemy as sa

from app.figures.upkeep import path_of
from benchmarks.tickets import a_ticket, insert
from benchmarks.trees import building_id
from routing.figure_counts import COUNT_NAMES, count_ticket
from routing.hierarchy import Hierarchy
from routing.metrics import Dispatch, TicketFacts
from routing.tickets import Rating, Status
from storage.figure_rows import TicketCounts, rows_of
from storage.mapping import ticket_values
from storage.plan_shelf import digest
from storage.tables.figures import FIGURE_ORIGIN, FIGURE_TICKET
from storage.tables.talk import PERSON
from storage.tables.tickets import REPORTER

BUILDINGS = 20
FIRST_NUMBER = 1001
PEOPLE_PER_TICKET = 0.1
_TEMPLATES = 300
_LEVELS = ("building", "community", "street")
_HOUR = timedelta(hours=1)
_SUMS = ", ".join(f"SUM({name})" for name in COUNT_NAMES)
_NAMES = ", ".join(COUNT_NAMES)


@dataclass(frozen=True, slots=True)
class Years:
    """So many tickets, evenly over so many days up to `now`, and so many of the last ones still open."""

    tickets: int
    days: int
    communities: int
    open_tickets: int
    now: datetime

    def opened_at(self, place: int) -> datetime:
        return self.now - timedelta(days=self.days) * (1 - place / self.tickets)

    def origin(self, place: int) -> str:
        return building_id(place % self.communities + 1, place // self.communities % BUILDINGS + 1)


def fill(url: str, tree: Hierarchy, years: Years) -> None:
    insert(url, tree, _tickets(tree, years))
    for table, rows in (
        (PERSON, _people(years)),
        (REPORTER, _reporters(years)),
        (FIGURE_TICKET, _counted(tree, years)),
        (FIGURE_ORIGIN, _origins(tree, years)),
    ):
        _put(url, table, rows)
    _sum(url)


def _tickets(tree: Hierarchy, years: Years) -> Iterator[dict[str, Any]]:
    model = a_ticket(tree, 0, dispatched_at=years.now, communities=years.communities)
    values = ticket_values(model, plan_id=digest(model.plan))
    for place in range(years.tickets):
        is_open = place >= years.tickets - years.open_tickets
        opened_at, origin = years.opened_at(place), years.origin(place)
        times = {"opened_at": opened_at, "dispatched_at": opened_at, "claim_due_at": None}
        places = {"origin": origin, "node": origin}
        status = Status.OPEN if is_open else Status.CLOSED
        yield {**values, **times, **places, "number": FIRST_NUMBER + place, "status": status.value}


def _people(years: Years) -> Iterator[dict[str, Any]]:
    nothing = dict.fromkeys(PERSON.c.keys())
    for person_id in range(1, int(years.tickets * PEOPLE_PER_TICKET) + 1):
        who = {"channel": "wechat", "account": "invented", "user": f"o{person_id}", "name": "", "home": ""}
        yield {**nothing, **who, "person_id": person_id, "follows": True}


def _reporters(years: Years) -> Iterator[dict[str, Any]]:
    """Few people tell of much: half of all comes from a tenth of them. Each hundredth matter was told of by three."""
    chance, people = random.Random(1), int(years.tickets * PEOPLE_PER_TICKET)
    for place in range(years.tickets):
        tellers = {int(people * chance.random() ** 3) + 1 for _ in range(3 if place % 100 == 0 else 1)}
        for person_id in tellers:
            yield {
                "ticket_number": FIRST_NUMBER + place, "person_id": person_id, "came_from": 0, "root": "s",
                "channel": "wechat", "account": "invented", "chat": f"o{person_id}", "thread": None,
                "message_ref": None, "node_id": years.origin(place), "reported_at": years.opened_at(place),
            }  # fmt: skip


def _counted(tree: Hierarchy, years: Years) -> Iterator[dict[str, Any]]:
    chance = random.Random(2)
    templates = [_rows_of_a_story(tree, chance) for _ in range(_TEMPLATES)]
    china = timedelta(hours=8)
    for place in range(years.tickets):
        own = {
            "number": FIRST_NUMBER + place,
            "origin": years.origin(place),
            "node": years.origin(place),
            "opened_on": (years.opened_at(place) + china).date(),
        }
        for row in chance.choice(templates):
            is_told = place % 100 == 0 and row["reporters"]
            yield {**row, **own, "reporters": 3} if is_told else {**row, **own}


def _rows_of_a_story(tree: Hierarchy, chance: random.Random) -> list[dict[str, Any]]:
    """Four of five are solved where they were asked first; the others climb."""
    at = datetime(2026, 1, 5, tzinfo=UTC)
    height = chance.choices((0, 1, 2), (80, 15, 5))[0]
    dispatches = []
    for step in range(height + 1):
        is_last, until = step == height, at + chance.expovariate(1 / 9) * _HOUR
        claimed_at = at + chance.expovariate(1) * _HOUR
        dispatches.append(
            Dispatch(
                at, at + _HOUR, at + 20 * _HOUR, answered_at=claimed_at, claimed_at=claimed_at, left_at=until,
                resolved_at=until if is_last else None, level=_LEVELS[step], went_up=not is_last,
            )
        )  # fmt: skip
        at = until
    ratings = (chance.choice(list(Rating)),) if chance.random() < 0.6 else ()
    category = chance.choice(tree.categories).category_id
    facts = TicketFacts(Status.CLOSED, category, _LEVELS[height], tuple(dispatches), ratings, resolutions=1)
    counted = TicketCounts(
        0, "", "", category, _LEVELS[height], date.min, 1, count_ticket(facts), undecided=None
    )
    return list(rows_of(counted))


def _origins(tree: Hierarchy, years: Years) -> Iterator[dict[str, Any]]:
    for place in range(years.communities * BUILDINGS):
        origin = years.origin(place)
        yield {"origin": origin, "path": json.dumps(path_of(origin, tree), ensure_ascii=False)}


def _sum(url: str) -> None:
    """The sums of every community and of the street, by the database itself."""
    community = (
        "substr(origin, 1, instr(origin, '-') - 1)"
        if url.startswith("sqlite")
        else "split_part(origin, '-', 1)"
    )
    month = (
        "date(opened_on, 'start of month')" if url.startswith("sqlite") else "date_trunc('month', opened_on)"
    )
    statements = [
        f"INSERT INTO figure_day (place, grain, opened_on, category, level, {_NAMES}) "  # noqa: S608 - our own names
        f"SELECT {place}, {grain}, {day}, {keys}, {_SUMS} FROM figure_ticket GROUP BY 1, 2, 3, 4, 5"
        for place in ("'s'", community)
        for grain, day, keys in (
            (0, "opened_on", "'', ''"),
            (1, "opened_on", "category, level"),
            (2, month, "category, level"),
        )
    ]
    statements.append(
        f"INSERT INTO figure_asked (node, stray, opened_on, category, level, {_NAMES}) "  # noqa: S608 - as above
        f"SELECT node, '', {month}, category, level, {_SUMS} FROM figure_ticket GROUP BY 1, 2, 3, 4, 5"
    )
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
            for each in [*statements, "ANALYZE"]:
                connection.execute(each)
        return
    with psycopg.connect(url, autocommit=True) as server:
        for each in [*statements, "VACUUM ANALYZE"]:
            server.execute(each.encode())


def _put(url: str, table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    names = list(table.c.keys())
    quoted = ", ".join(f'"{name}"' for name in names)
    if url.startswith("sqlite"):
        marks = ", ".join("?" * len(names))
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
            statement = f'INSERT INTO "{table.name}" ({quoted}) VALUES ({marks})'  # noqa: S608 - our own names
            connection.executemany(statement, ([_plain(row[name]) for name in names] for row in rows))
        return
    with (
        psycopg.connect(url) as server,
        server.cursor().copy(f"COPY {table.name} ({quoted}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([row[name] for name in names])


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
