"""Whether the chain still holds: every row follows the one before, and the story of the tickets is the one it sealed.

What it cannot see by itself: that the newest rows and their events were both cut off. For that a head that was noted
elsewhere (a log, another machine) is compared; the chain must still contain it. A check may begin where an earlier
one ended; then it says nothing about what was changed before that since.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from json.encoder import encode_basestring
from typing import Any

import sqlalchemy as sa

from storage.audit import GENESIS, TICKET_KIND, Head, event_content, seal, subject_of
from storage.erasure import ERASED_KIND
from storage.prepared import Fields, Prepared
from storage.tables.office import AUDIT
from storage.tables.tickets import TICKET_EVENT
from storage.untold_ends import list_ended_untold, list_without_ticket

CHUNK = 2000
_MOST_PROBLEMS = 100
_MOST_REMEMBERED = 5_000


class Flaw(StrEnum):
    """`GAP`: rows are missing before this one. `MOVED`: it does not follow the row before. `CHANGED`: its hash is not
    that of its content. `EVENT_GONE`, `EVENT_CHANGED`, `WORDS_CHANGED`: the ticket's story differs from what was
    sealed. `EVENT_UNSEALED`: an event without a row. `WORDS_GONE`: words left without an erasure that says so.
    `ENDED_UNTOLD`: a ticket ended in its row and not in its story, whose last event this is; `TICKET_GONE`: the ticket
    of a story is gone. `TAIL_CUT`: a head that was noted elsewhere is not in the chain."""

    GAP = "gap"
    MOVED = "moved"
    CHANGED = "changed"
    EVENT_GONE = "event_gone"
    EVENT_CHANGED = "event_changed"
    WORDS_CHANGED = "words_changed"
    EVENT_UNSEALED = "event_unsealed"
    WORDS_GONE = "words_gone"
    ENDED_UNTOLD = "ended_untold"
    TICKET_GONE = "ticket_gone"
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


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a check ended that found nothing wrong: the next one may go on from here.

    `without_words` are events whose words had left already and whose erasure was still to come.
    """

    head: Head
    rows: int
    without_words: tuple[int, ...] = ()


BEGINNING = Anchor(Head(0, GENESIS), 0)


_A = AUDIT.c
_E = TICKET_EVENT.c
# SQLite keeps an instant as the very text that was hashed: not made an instant, it need not be made a text again.
_AT, _EVENT_AT = sa.type_coerce(_A.at, sa.String), sa.type_coerce(_E.at, sa.String)
_ROWS = Prepared(
    sa.select(_A.seq, _AT, _A.kind, _A.subject, _A.by, _A.root, _A.content, _A.sealed, _A.prev, _A.hash)
    .where(_A.seq > sa.bindparam("after", type_=_A.seq.type))
    .order_by(_A.seq)
    .limit(CHUNK)
)
_EVENTS = Prepared(
    sa.select(
        _E.event_id, _E.ticket_number, _E.root, _E.kind, _EVENT_AT, _E.by, _E.node, _E.group, _E.reason, _E.words,
        _E["values"], _E.salt,
    ).where(
        _E.event_id > sa.bindparam("after", type_=_E.event_id.type),
        _E.event_id <= sa.bindparam("until", type_=_E.event_id.type),
    )
)  # fmt: skip
_LAST_EVENT = Prepared(sa.select(sa.func.max(_E.event_id)))
_HASH_OF = Prepared(sa.select(_A.hash).where(_A.seq == sa.bindparam("seq", type_=_A.seq.type)))


def verify(connection: sa.Connection, *, known_head: Head | None = None) -> AuditReport:
    """Goes through the whole chain without holding it in memory. Blocks; belongs in a thread."""
    check = ChainCheck(known_head=known_head)
    while check.step(connection):
        pass
    return check.finish(connection)


class ChainCheck:
    """A check that is done piece by piece, so that it can tell how far it is and others get their turn."""

    def __init__(self, begin: Anchor = BEGINNING, *, known_head: Head | None = None) -> None:
        self._begin = begin
        self._known_head = known_head
        self._head = begin.head
        self._rows = begin.rows
        self._has_begun = False
        self._problems: list[AuditProblem] = []
        self._without_words = set(begin.without_words)
        self._contents: dict[tuple[str, str, str], str] = {}

    @property
    def at_seq(self) -> int:
        return self._head.seq

    def step(self, connection: sa.Connection) -> bool:
        """Checks the next rows; False when there are none. Blocks for some hundredths of a second."""
        after = self._head.seq
        if after and not self._has_begun:
            self._check_begin(connection)
        self._has_begun = True
        rows = _ROWS.all(connection, after=after)
        if not rows:
            return False
        events = {row[0]: row[1:] for row in _EVENTS.all(connection, after=after, until=rows[-1][0])}
        for row in rows:
            self._take(row, events.pop(row[0], None))
        self._note(Flaw.EVENT_UNSEALED, *sorted(events))
        return True

    def finish(self, connection: sa.Connection) -> AuditReport:
        last_event = _LAST_EVENT.value(connection) or 0
        if last_event > self._head.seq:
            self._note(Flaw.EVENT_UNSEALED, last_event)
        self._note(Flaw.WORDS_GONE, *sorted(self._without_words))
        if self._begin == BEGINNING:  # of all tickets there ever were: not each hour
            self._note(Flaw.ENDED_UNTOLD, *list_ended_untold(connection))
            self._note(Flaw.TICKET_GONE, *list_without_ticket(connection))
        if self._known_head and self._known_head.seq:
            self._note(Flaw.TAIL_CUT, self._known_head.seq)
        problems = sorted(self._problems, key=lambda each: each.seq)[:_MOST_PROBLEMS]
        return AuditReport(self._rows, self._head, tuple(problems))

    def anchor(self) -> Anchor:
        return Anchor(self._head, self._rows, tuple(sorted(self._without_words)))

    def _check_begin(self, connection: sa.Connection) -> None:
        """Whether the row where the check before ended is still the same."""
        found = _HASH_OF.first(connection, seq=self._begin.head.seq)
        if found is None:
            self._note(Flaw.TAIL_CUT, self._begin.head.seq)
        elif found[0] != self._begin.head.hash:
            self._note(Flaw.CHANGED, self._begin.head.seq)

    def _note(self, flaw: Flaw, *seqs: int) -> None:
        self._problems += (AuditProblem(seq, flaw) for seq in seqs)

    def _take(self, row: Fields, event: Fields | None) -> None:
        seq, kind, own_hash = row[0], row[2], row[-1]
        written_at = self._check_link(row)
        if kind.startswith(TICKET_KIND):
            for flaw in self._flaws_of_event(row, written_at, event):
                self._note(flaw, seq)
        elif event is not None:
            self._note(Flaw.EVENT_UNSEALED, seq)
        elif kind == ERASED_KIND:
            self._without_words.difference_update(json.loads(row[6])["events"])
        if self._known_head and seq == self._known_head.seq and own_hash == self._known_head.hash:
            self._known_head = None
        self._head = Head(seq, own_hash)
        self._rows += 1

    def _check_link(self, row: Fields) -> str:
        """Returns the instant as it was hashed."""
        seq, at, kind, subject, by, root, content, sealed, prev, own_hash = row
        written_at = at if type(at) is str else _as_written(at)
        if seq != self._head.seq + 1:
            self._note(Flaw.GAP, seq)
        elif prev != self._head.hash:
            self._note(Flaw.MOVED, seq)
        texts = ",".join(map(encode_basestring, (written_at, kind, subject, by, root, content, sealed)))
        covered = f"[{encode_basestring(prev)},{seq},{texts}]"
        if hashlib.sha256(covered.encode()).hexdigest() != own_hash:
            self._note(Flaw.CHANGED, seq)
        return written_at

    def _flaws_of_event(self, row: Fields, written_at: str, event: Fields | None) -> Iterator[Flaw]:
        if event is None:
            yield Flaw.EVENT_GONE
            return
        seq, _, told_kind, subject, told_by, told_root, told_content, sealed, _, _ = row
        number, root, kind, at, by, node, group, reason, words, values, salt = event
        same = (
            by == told_by
            and root == told_root
            and TICKET_KIND + kind == told_kind
            and (at if type(at) is str else _as_written(at)) == written_at
            and subject_of(number) == subject
            and self._content(node, group, reason) == told_content
        )
        if not same:
            yield Flaw.EVENT_CHANGED
        if salt is None:
            self._without_words.add(seq)
        elif seal(salt, words=words, values=values) != sealed:
            yield Flaw.WORDS_CHANGED

    def _content(self, node: str, group: str, reason: str) -> str:
        """The same few places and reasons stand in most rows."""
        key = (node, group, reason)
        known = self._contents.get(key)
        if known is None:
            if len(self._contents) >= _MOST_REMEMBERED:
                self._contents.clear()
            known = self._contents[key] = event_content(node=node, group=group, reason=reason)
        return known


def _as_written(at: Any) -> str:
    """As `audit.link` writes an instant."""
    assert isinstance(at, datetime)
    return at.astimezone(UTC).isoformat(timespec="microseconds")
