"""The chained log: what one row's hash covers, and how rows are appended. Checking it is in `audit_check`.

A row holds no person's words, only their seal: a hash salted with a word that is kept beside them and leaves with
them. So an erasure takes the words away and the chain still holds.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from routing.events import Event
from storage.column_types import clean
from storage.mapping import dump_values
from storage.prepared import Prepared, execute_text, insert
from storage.tables.office import AUDIT
from storage.tables.tickets import TICKET_EVENT
from storage.writing.pending import Pending

GENESIS = "0" * 64
TICKET_KIND = "ticket."
# One number for all replicas of one database: "liren" in ASCII.
_CHAIN_LOCK = 0x6C6972656E

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_encode_text = json.encoder.encode_basestring  # what the encoder itself does with a text
_INSERT = insert(AUDIT)
_INSERT_EVENT = insert(TICKET_EVENT)
_HEAD = Prepared(sa.select(AUDIT.c.seq, AUDIT.c.hash).order_by(AUDIT.c.seq.desc()).limit(1))


@dataclass(frozen=True, slots=True)
class Fact:
    """Something to be chained. `content` is JSON; `event` are the columns of its row in the story, if it has one."""

    at: datetime
    kind: str
    subject: str
    by: str
    root: str
    content: str
    sealed: str = ""
    event: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The newest row. Kept elsewhere, it is what shows that the end of the chain was cut off."""

    seq: int
    hash: str


SALT_DIGITS = 16


def fact_of(event: Event, *, root: str, salt: str) -> Fact:
    row: dict[str, Any] = {
        "ticket_number": event.ticket_number,
        "root": root,
        "kind": event.kind.value,
        "at": event.at.astimezone(UTC),
        "by": clean(event.by),
        "node": event.node,
        "group": event.group,
        "reason": clean(event.reason),
        "words": clean(event.words),
        "values": clean(dump_values(event.values)),
        "salt": salt,
    }
    return Fact(
        at=row["at"],
        kind=TICKET_KIND + row["kind"],
        subject=subject_of(event.ticket_number),
        by=row["by"],
        root=root,
        content=event_content(node=row["node"], group=row["group"], reason=row["reason"]),
        sealed=seal(salt, words=row["words"], values=row["values"]),
        event=row,
    )


def subject_of(number: int) -> str:
    return f"ticket:{number}"


def event_content(*, node: str, group: str, reason: str) -> str:
    return _encode_texts(node, group, reason)


def seal(salt: str, *, words: str, values: str) -> str:
    return hashlib.sha256(_encode_texts(salt, words, values).encode()).hexdigest()


def link(prev: str, seq: int, fact: Fact) -> str:
    """The hash of a row: SHA-256 of the JSON list of the hash before it and every column but its own hash."""
    at = fact.at.astimezone(UTC).isoformat(timespec="microseconds")
    rest = _encode_texts(at, fact.kind, fact.subject, fact.by, fact.root, fact.content, fact.sealed)
    covered = f"[{_encode_text(prev)},{seq},{rest[1:]}"
    return hashlib.sha256(covered.encode()).hexdigest()


def _encode_texts(*texts: str) -> str:
    """The JSON list of them, without the encoder's cost of beginning."""
    return f"[{','.join(map(_encode_text, texts))}]"


def head(connection: sa.Connection) -> Head:
    row = _HEAD.first(connection)
    return Head(*row) if row else Head(0, GENESIS)


def append_all(connection: sa.Connection, facts: Sequence[Fact]) -> None:
    """The last thing of a transaction: on PostgreSQL it takes the chain's lock, which the commit gives back."""
    if not facts:
        return
    if connection.dialect.name == "postgresql":
        execute_text(connection, f"SELECT pg_advisory_xact_lock({_CHAIN_LOCK})")
    newest = head(connection)
    seq, prev = newest.seq, newest.hash
    rows, events = [], []
    for fact in facts:
        seq += 1
        row = _row(fact, seq=seq, prev=prev)
        prev = row["hash"]
        rows.append(row)
        if fact.event is not None:
            events.append({**fact.event, "event_id": seq})
    _INSERT.put_many(connection, rows)
    _INSERT_EVENT.put_many(connection, events)


def _row(fact: Fact, *, seq: int, prev: str) -> dict[str, Any]:
    return {
        "seq": seq,
        "at": fact.at,
        "kind": fact.kind,
        "subject": fact.subject,
        "by": fact.by,
        "root": fact.root,
        "content": fact.content,
        "sealed": fact.sealed,
        "prev": prev,
        "hash": link(prev, seq, fact),
    }


class AuditLog:
    """Facts that are not a ticket's: a hierarchy applied, a token made, a person erased."""

    def __init__(self, *, facts: Pending[Fact]) -> None:
        self._facts = facts

    def append(self, kind: str, *, subject: str, by: str, content: Mapping[str, Any], at: datetime) -> None:
        """`content` is plain JSON values and holds no person's words."""
        text = clean(_encode(dict(content)))
        self._facts.add(Fact(at=at, kind=kind, subject=clean(subject), by=clean(by), root="", content=text))
