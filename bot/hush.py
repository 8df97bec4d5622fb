"""When to fall quiet: answers that say the same again and again help nobody, and who sends a hundred messages would
fill a chat with them. What was said is stored all the same; what confirms an act (a receipt, a claim) is always said.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

KEPT = frozenset({"answer.joined_own", "answer.picture_added"})
"""They say that something was put to a ticket: those that were not answered one by one are summed up once."""

SAME_AGAIN = KEPT | {
    "answer.picture_waiting",
    "answer.voice",
    "answer.location",
    "answer.unsupported",
    "answer.empty",
    "answer.chatter",
    "answer.thanks",
    "answer.staff_chatter",
    "answer.unknown_group",
}
"""Answers that bring nothing new when they are read once more. What somebody asked for, what was refused and what was
not understood is never held back: silence there would be taken for a yes."""

ASKED_FOR = frozenset(
    {
        "answer.help",
        "answer.help_staff",
        "answer.mine",
        "answer.mine_empty",
        "answer.which",
        "answer.status",
        "answer.question",
        "answer.unsure",
        "answer.need.number",
        "answer.worklist_empty",
        "answer.nothing_to_erase",
    }
)
REFUSALS = "error."
"""How the keys of refusals begin. They and what is asked for end only at more than any person types in a minute."""

MOST_EQUAL = 3
MOST_IN_ALL = 20
MOST_ASKED_FOR = 60
WITHIN = timedelta(minutes=1)
SUMMED_UP_AFTER = timedelta(minutes=1)
MOST_REMEMBERED = 20_000


class Verdict(StrEnum):
    """`LAST_*`: said, with a word that the next ones will not be. `FIRST_QUIET`: from here on it is summed up."""

    SAY = "say"
    LAST_EQUAL = "last_equal"
    LAST_OF_MANY = "last_of_many"
    FIRST_QUIET = "first_quiet"
    QUIET = "quiet"


@dataclass(slots=True)
class _Row:
    """Messages in a row, each within a minute of the one before (`since`: of the first, for those of all kinds)."""

    count: int
    since: datetime
    last: datetime


@dataclass(slots=True)
class Hush:
    """In memory, for each speaker in each chat; one replica does not know what another has said.

    A job of the writer may run twice, so that a message known by its key gets the same verdict again.
    """

    _rows: "OrderedDict[tuple[str, ...], _Row]" = field(default_factory=OrderedDict)
    _verdicts: "OrderedDict[tuple[str, str], Verdict]" = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def judge(
        self, about: str, said: str, *, lane: str, chat: str, user: str, message_key: str, now: datetime
    ) -> Verdict:
        """Whether to give the answer `said`, which was made of the text key `about`."""
        is_asked_for = about in ASKED_FOR or about.startswith(REFUSALS)
        if about not in SAME_AGAIN and not is_asked_for:
            return Verdict.SAY
        with self._lock:
            known = self._verdicts.get((lane, message_key))
            if known is not None:
                return known
            speaker = (lane, chat, user)
            verdict = self._judge_asked_for(speaker, now) if is_asked_for else self._judge(said, speaker, now)
            self._verdicts[lane, message_key] = verdict
            if len(self._verdicts) > MOST_REMEMBERED:
                self._verdicts.popitem(last=False)
            return verdict

    def _judge_asked_for(self, speaker: tuple[str, str, str], now: datetime) -> Verdict:
        asked = self._in_this_minute((*speaker, "", "asked for"), now)
        if asked > MOST_ASKED_FOR:
            return Verdict.QUIET
        return Verdict.LAST_OF_MANY if asked == MOST_ASKED_FOR else Verdict.SAY

    def _judge(self, said: str, speaker: tuple[str, str, str], now: datetime) -> Verdict:
        equal = self._in_a_row((*speaker, str(hash(said))), now)
        in_all = self._in_this_minute(speaker, now)
        if equal == MOST_EQUAL + 1:
            return Verdict.FIRST_QUIET
        if equal > MOST_EQUAL or in_all > MOST_IN_ALL:
            return Verdict.QUIET
        if in_all == MOST_IN_ALL:
            return Verdict.LAST_OF_MANY
        return Verdict.LAST_EQUAL if equal == MOST_EQUAL else Verdict.SAY

    def _in_a_row(self, whose: tuple[str, ...], now: datetime) -> int:
        """Which one this is; a row ends with a pause."""
        row = self._rows.pop(whose, None)
        return self._count(whose, row if row and now - row.last <= WITHIN else _Row(0, now, now), now)

    def _in_this_minute(self, whose: tuple[str, ...], now: datetime) -> int:
        row = self._rows.pop(whose, None)
        return self._count(whose, row if row and now - row.since <= WITHIN else _Row(0, now, now), now)

    def _count(self, whose: tuple[str, ...], row: _Row, now: datetime) -> int:
        row.count, row.last = row.count + 1, now
        self._rows[whose] = row
        if len(self._rows) > MOST_REMEMBERED:
            self._rows.popitem(last=False)
        return row.count
