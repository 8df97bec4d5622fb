"""What a trial left in the database, read with plain SQL: nothing of the service's own code is trusted here."""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg

SQLITE = "sqlite:///"
Row = dict[str, Any]
TABLES = {
    "inbox": "SELECT key, answer FROM inbox WHERE channel = 'wechat'",
    "ticket": "SELECT * FROM ticket ORDER BY number",
    "ticket_event": "SELECT * FROM ticket_event ORDER BY event_id",
    "message": "SELECT ticket_number, author, text FROM message",
    "outbox": "SELECT * FROM outbox ORDER BY parcel_id",
}
INSTANTS = ("at", "due_at", "next_due_at", "dispatched_at", "claim_due_at", "opened_at")


@dataclass(frozen=True)
class Stored:
    inbox: dict[str, dict[str, Any]]  # key → answer
    tickets: dict[int, Row]
    events: dict[int, list[Row]]  # ticket → its story
    words: list[str]
    outbox: list[Row]


def read_everything(url: str) -> Stored:
    found = {name: list(_rows(url, statement)) for name, statement in TABLES.items()}
    events: dict[int, list[Row]] = {}
    for row in found["ticket_event"]:
        events.setdefault(row["ticket_number"], []).append(row)
    return Stored(
        inbox={row["key"]: json.loads(row["answer"]) for row in found["inbox"]},
        tickets={row["number"]: row for row in found["ticket"]},
        events=events,
        words=[row["text"] for row in found["message"]],
        outbox=found["outbox"],
    )


def count_unsettled(url: str) -> int:
    """Rows that wait or are being sent."""
    (row,) = _rows(url, "SELECT count(*) AS n FROM outbox WHERE due_at IS NOT NULL")
    return int(row["n"])


def count_overdue(url: str, before: datetime) -> int:
    """Tickets whose next step should have been taken before then."""
    due = [row["next_due_at"] for row in _rows(url, "SELECT next_due_at FROM ticket")]
    return sum(each is not None and each < before for each in due)


def _rows(url: str, statement: str) -> Iterable[Row]:
    rows = (
        _from_sqlite(url.removeprefix(SQLITE), statement)
        if url.startswith(SQLITE)
        else _from_postgres(url, statement)
    )
    return [{name: _instant(name, value) for name, value in row.items()} for row in rows]


def _from_sqlite(path: str, statement: str) -> list[Row]:
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(statement)]


def _from_postgres(url: str, statement: str) -> list[Row]:
    with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as connection:
        return list(connection.execute(statement))  # type: ignore[call-overload]


def _instant(name: str, value: Any) -> Any:
    if name in INSTANTS and value is not None:
        found = datetime.fromisoformat(value) if isinstance(value, str) else value
        return found.astimezone(UTC)
    return value
