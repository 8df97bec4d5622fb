"""What was done to a draft of the hierarchy, step by step, with what each changed: to be taken back and done again.

Which text a draft has is `tree_drafts`' business.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from storage.prepared import Fields, Prepared, insert
from storage.tables.office import TREE_STEP

MOST_STEPS = 50
TOGETHER_FOR = timedelta(minutes=1)
"""Somebody who types saves every second; what follows so soon is the same step."""
WRITTEN = "write"
"""The verb of what was typed into the file itself."""


@dataclass(frozen=True, slots=True)
class TextChange:
    """At a place, counted in characters from 0, `gone` was replaced by `come`."""

    position: int
    gone: str
    come: str

    def forwards(self, text: str) -> str:
        return self._swap(text, self.gone, self.come)

    def backwards(self, text: str) -> str:
        return self._swap(text, self.come, self.gone)

    def _swap(self, text: str, old: str, new: str) -> str:
        """Raises ValueError for a text that this change has nothing to do with."""
        end = self.position + len(old)
        if text[self.position : end] != old:
            raise ValueError("another text")
        return text[: self.position] + new + text[end:]


@dataclass(frozen=True, slots=True)
class TreeStep:
    """`told` are the values that name it, such as who was added. `base_before` and `base_after` differ where the draft
    was brought onto another version."""

    number: int
    verb: str
    told: Mapping[str, str]
    base_before: int
    base_after: int
    change: TextChange
    saved_at: datetime


def find_change(old: str, new: str) -> TextChange:
    """The shortest stretch that holds all that differs."""
    head = _count_alike(old, new, most=min(len(old), len(new)))
    most = min(len(old), len(new)) - head
    tail = _count_alike(old[::-1], new[::-1], most=most)
    return TextChange(head, old[head : len(old) - tail], new[head : len(new) - tail])


def _count_alike(old: str, new: str, *, most: int) -> int:
    """How many characters at the beginning are the same. By halves, as a file may have millions."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


_S = TREE_STEP.c
_OWN = _S.account_id == sa.bindparam("account_id")
_THIS = _S.number == sa.bindparam("number")
_COLUMNS = (
    _S.number,
    _S.verb,
    _S.told,
    _S.base_before,
    _S.base_after,
    _S.position,
    _S.gone,
    _S.come,
    _S.saved_at,
)
_LAST_DONE = Prepared(
    sa.select(*_COLUMNS).where(_OWN, _S.is_undone.is_(False)).order_by(_S.number.desc()).limit(1)
)
_FIRST_UNDONE = Prepared(
    sa.select(*_COLUMNS).where(_OWN, _S.is_undone.is_(True)).order_by(_S.number).limit(1)
)
_INSERT = insert(TREE_STEP)
_MARK = Prepared(
    sa.update(TREE_STEP).where(
        _S.account_id == sa.bindparam("b_account_id"), _S.number == sa.bindparam("b_number")
    ),
    "is_undone",
)
_DROP_THIS = Prepared(sa.delete(TREE_STEP).where(_OWN, _THIS))
_DROP_UNDONE = Prepared(sa.delete(TREE_STEP).where(_OWN, _S.is_undone.is_(True)))
_DROP_OLD = Prepared(sa.delete(TREE_STEP).where(_OWN, _S.number <= sa.bindparam("number")))
_DROP_ALL = Prepared(sa.delete(TREE_STEP).where(_OWN))


class TreeSteps:
    """Of one account each; numbers grow, and those that were taken back lie above those that were not."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find_done(self, account_id: int) -> TreeStep | None:
        """The one that is taken back next."""
        row = _LAST_DONE.first(self._connection, account_id=account_id)
        return _step(row) if row else None

    def find_undone(self, account_id: int) -> TreeStep | None:
        """The one that is done again next."""
        row = _FIRST_UNDONE.first(self._connection, account_id=account_id)
        return _step(row) if row else None

    def add(self, account_id: int, step: TreeStep) -> None:
        """What was taken back before cannot be done again after it. Only the newest are kept."""
        _DROP_UNDONE.run(self._connection, account_id=account_id)
        _DROP_OLD.run(self._connection, account_id=account_id, number=step.number - MOST_STEPS)
        _INSERT.put(self._connection, _row(account_id, step))

    def replace(self, account_id: int, step: TreeStep) -> None:
        self.remove(account_id, step.number)
        _INSERT.put(self._connection, _row(account_id, step))

    def remove(self, account_id: int, number: int) -> None:
        _DROP_THIS.run(self._connection, account_id=account_id, number=number)

    def mark_undone(self, account_id: int, number: int) -> None:
        _MARK.run(self._connection, b_account_id=account_id, b_number=number, is_undone=True)

    def mark_done(self, account_id: int, number: int) -> None:
        _MARK.run(self._connection, b_account_id=account_id, b_number=number, is_undone=False)

    def clear(self, account_id: int) -> None:
        _DROP_ALL.run(self._connection, account_id=account_id)


def _step(row: Fields) -> TreeStep:
    number, verb, told, base_before, base_after, position, gone, come, saved_at = row
    change = TextChange(position, gone, come)
    return TreeStep(number, verb, json.loads(told), base_before, base_after, change, saved_at)


def _row(account_id: int, step: TreeStep) -> dict[str, object]:
    return {
        "account_id": account_id,
        "number": step.number,
        "verb": step.verb,
        "told": json.dumps(dict(step.told), ensure_ascii=False),
        "base_before": step.base_before,
        "base_after": step.base_after,
        "position": step.change.position,
        "gone": step.change.gone,
        "come": step.change.come,
        "saved_at": step.saved_at,
        "is_undone": False,
    }
