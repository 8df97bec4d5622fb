"""Whether the chain still holds: every row follows the one before, and the story of the tickets is the one it sealed.

What it cannot see by itself: that the newest rows and their events were both cut off. For that a head that was noted
elsewhere (a log, another machine) is compared; the chain must still contain it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from storage.audit import GENESIS, TICKET_KIND, Fact, Head, event_content, link, seal, subject_of
from storage.erasure import ERASED_KIND
from storage.prepared import Fields, Prepared
from storage.tables import TICKET_EVENT
from storage.tables_office import AUDIT

_CHUNK = 2000
_MOST_PROBLEMS = 100


class Flaw(StrEnum):
    """`GAP`: rows are missing before this one. `MOVED`: it does not follow the row before. `CHANGED`: its hash is not
    that of its content. `EVENT_GONE`, `EVENT_CHANGED`, `WORDS_CHANGED`: the ticket's story differs from what was
    sealed. `EVENT_UNSEALED`: an event without a row. `WORDS_GONE`: words left without an erasure that says so.
    `TAIL_CUT`: a head that was noted elsewhere is not in the chain."""

    GAP = "gap"
    MOVED = "moved"
    CHANGED = "changed"
    EVENT_GONE = "event_gone"
    EVENT_CHANGED = "event_changed"
    WORDS_CHANGED = "words_changed"
    EVENT_UNSEALED = "event_unsealed"
    WORDS_GONE = "words_gone"
    TAIL_CUT = "tail_cut"


@dataclass(frozen=True, slots=True)
class AuditProblem:
    seq: int
    flaw: Flaw


@dataclass(frozen=True, slots=True)
class AuditReport:
    """`problems` are the first hundred, in order; none means that the chain holds up to `head`."""

    rows: int
    head: Head
    problems: tuple[AuditProblem, ...]


_A = AUDIT.c
_E = TICKET_EVENT.c
_ROWS = Prepared(
    sa.select(_A.seq, _A.at, _A.kind, _A.subject, _A.by, _A.root, _A.content, _A.sealed, _A.prev, _A.hash)
    .where(_A.seq > sa.bindparam("after", type_=_A.seq.type))
    .order_by(_A.seq)
    .limit(_CHUNK)
)
_EVENTS = Prepared(
    sa.select(
        _E.event_id, _E.ticket_number, _E.root, _E.kind, _E.at, _E.by, _E.node, _E.group, _E.reason, _E.words,
        _E["values"], _E.salt,
    ).where(
        _E.event_id > sa.bindparam("after", type_=_E.event_id.type),
        _E.event_id <= sa.bindparam("until", type_=_E.event_id.type),
    )
)  # fmt: skip
_LAST_EVENT = Prepared(sa.select(sa.func.max(_E.event_id)))


def verify(connection: sa.Connection, *, known_head: Head | None = None) -> AuditReport:
    """Goes through the whole chain without holding it in memory. Blocks; belongs in a thread."""
    check = _Check(known_head)
    after = 0
    while rows := _ROWS.all(connection, after=after):
        until = rows[-1][0]
        events = {row[0]: row[1:] for row in _EVENTS.all(connection, after=after, until=until)}
        for row in rows:
            check.take(row, events.pop(row[0], None))
        check.note(Flaw.EVENT_UNSEALED, *sorted(events))
        after = until
    last_event = _LAST_EVENT.value(connection) or 0
    if last_event > after:
        check.note(Flaw.EVENT_UNSEALED, last_event)
    return check.finish()


class _Check:
    """What was seen so far."""

    def __init__(self, known_head: Head | None) -> None:
        self._known_head = known_head
        self._head = Head(0, GENESIS)
        self._rows = 0
        self._problems: list[AuditProblem] = []
        self._without_words: set[int] = set()

    def note(self, flaw: Flaw, *seqs: int) -> None:
        self._problems += (AuditProblem(seq, flaw) for seq in seqs)

    def take(self, row: Fields, event: Fields | None) -> None:
        seq, at, kind, subject, by, root, content, sealed, prev, own_hash = row
        fact = Fact(at, kind, subject, by, root, content, sealed)
        self.note_all(_flaws_of_link(seq, prev, own_hash, fact=fact, before=self._head), seq)
        if kind.startswith(TICKET_KIND):
            self.note_all(self._flaws_of_event(seq, fact, event), seq)
        elif event is not None:
            self.note(Flaw.EVENT_UNSEALED, seq)
        if kind == ERASED_KIND:
            self._without_words.difference_update(json.loads(content)["events"])
        if self._known_head and seq == self._known_head.seq and own_hash == self._known_head.hash:
            self._known_head = None
        self._head = Head(seq, own_hash)
        self._rows += 1

    def note_all(self, flaws: Iterator[Flaw], seq: int) -> None:
        for flaw in flaws:
            self.note(flaw, seq)

    def _flaws_of_event(self, seq: int, fact: Fact, event: Fields | None) -> Iterator[Flaw]:
        if event is None:
            yield Flaw.EVENT_GONE
            return
        number, root, kind, at, by, node, group, reason, words, values, salt = event
        told: tuple[Any, ...] = (at, TICKET_KIND + kind, subject_of(number), by, root)
        content = event_content(node=node, group=group, reason=reason)
        if (*told, content) != (fact.at, fact.kind, fact.subject, fact.by, fact.root, fact.content):
            yield Flaw.EVENT_CHANGED
        if salt is None:
            self._without_words.add(seq)
        elif seal(salt, words=words, values=values) != fact.sealed:
            yield Flaw.WORDS_CHANGED

    def finish(self) -> AuditReport:
        self.note(Flaw.WORDS_GONE, *sorted(self._without_words))
        if self._known_head and self._known_head.seq:
            self.note(Flaw.TAIL_CUT, self._known_head.seq)
        problems = sorted(self._problems, key=lambda each: each.seq)[:_MOST_PROBLEMS]
        return AuditReport(self._rows, self._head, tuple(problems))


def _flaws_of_link(seq: int, prev: str, own_hash: str, *, fact: Fact, before: Head) -> Iterator[Flaw]:
    if seq != before.seq + 1:
        yield Flaw.GAP
    elif prev != before.hash:
        yield Flaw.MOVED
    if link(prev, seq, fact) != own_hash:
        yield Flaw.CHANGED
