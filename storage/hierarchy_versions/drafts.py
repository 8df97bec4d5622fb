"""What accounts are writing on the hierarchy: one draft each, kept until applied, put away rather than lost.

Each save is a step that can be taken back; the steps themselves are kept by `tree_steps`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import sqlalchemy as sa

from storage.column_types import clean_or_none
from storage.hierarchy_edit.line_ends import end_lines_as
from storage.hierarchy_versions.steps import TOGETHER_FOR, WRITTEN, TreeStep, TreeSteps, find_change
from storage.prepared import Prepared, insert_or_replace, names_of
from storage.tables.office import HIERARCHY_VERSION, TREE_DRAFT


@dataclass(frozen=True, slots=True)
class TreeDraft:
    """`base` is the version it began from. `put_away_at` is None for one that is being written. `done` is the step that
    can be taken back, `undone` the one that can be done again."""

    account_id: int
    base: int
    text: str
    note: str
    revision: int
    saved_at: datetime
    put_away_at: datetime | None = None
    done: TreeStep | None = None
    undone: TreeStep | None = None


@dataclass(frozen=True, slots=True)
class Doing:
    """What a save does: the verb, and the values that name it."""

    verb: str
    told: Mapping[str, str] = field(default_factory=dict)


class DraftChangedError(Exception):
    """Another window of the same account saved meanwhile."""

    def __init__(self, draft: TreeDraft) -> None:
        super().__init__(f"revision {draft.revision} came first")
        self.draft = draft


_D = TREE_DRAFT.c
_H = HIERARCHY_VERSION.c
_HERE = _D.account_id == sa.bindparam("account_id")
_FIND = Prepared(
    sa.select(_D.account_id, _D.base, _D.text, _D.note, _D.revision, _D.saved_at, _D.put_away_at).where(_HERE)
)
_BEGINNING = Prepared(sa.select(_H.text).where(_H.version == sa.bindparam("version")))
_PUT = insert_or_replace(TREE_DRAFT)
_DROP = Prepared(sa.delete(TREE_DRAFT).where(_HERE))


class TreeDrafts:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._steps = TreeSteps(connection)

    def find(self, account_id: int) -> TreeDraft | None:
        """Also one that was put away."""
        row = _FIND.first(self._connection, account_id=account_id)
        if row is None:
            return None
        steps = self._steps
        return replace(
            TreeDraft(*row), done=steps.find_done(account_id), undone=steps.find_undone(account_id)
        )

    def save(
        self,
        account_id: int,
        *,
        base: int,
        text: str,
        note: str | None = None,
        now: datetime,
        after: int | None = None,
        doing: Doing | None = None,
    ) -> TreeDraft:
        """`after` is the revision that the writer saw, None for whatever there is. DraftChangedError when another
        window saved something else since. Without a `note` the draft keeps the one it has."""
        known = self.find(account_id)
        text = end_lines_as(clean_or_none(text) or "", self._text_of(base))
        if known and known.put_away_at is None and after not in {None, known.revision}:
            if known.text == text:
                return known
            raise DraftChangedError(known)
        if note is None:
            note = known.note if known and known.put_away_at is None else ""
        draft = TreeDraft(account_id, base, text, note, (known.revision if known else 0) + 1, now)
        self._note_step(known, draft, doing or Doing(WRITTEN))
        self._put(draft)
        return self._get(account_id)

    def undo(self, account_id: int, number: int, *, now: datetime) -> TreeDraft | None:
        """Takes the last step back. None when that is not the one with this number: somebody meant another."""
        known = self.find(account_id)
        if known is None or known.put_away_at or known.done is None or known.done.number != number:
            return None
        step = known.done
        self._steps.mark_undone(account_id, number)
        return self._turn(known, step.change.backwards(known.text), base=step.base_before, now=now)

    def redo(self, account_id: int, number: int, *, now: datetime) -> TreeDraft | None:
        """Does the last step again that was taken back; None as above."""
        known = self.find(account_id)
        if known is None or known.put_away_at or known.undone is None or known.undone.number != number:
            return None
        step = known.undone
        self._steps.mark_done(account_id, number)
        return self._turn(known, step.change.forwards(known.text), base=step.base_after, now=now)

    def put_away(self, account_id: int, *, now: datetime) -> None:
        """It can be taken up again until the next one is begun."""
        known = self.find(account_id)
        if known is not None:
            self._put(replace(known, put_away_at=now))

    def take_up(self, account_id: int) -> None:
        known = self.find(account_id)
        if known is not None:
            self._put(replace(known, put_away_at=None))

    def drop(self, account_id: int) -> None:
        """It was applied: the version has it now."""
        self._steps.clear(account_id)
        _DROP.run(self._connection, account_id=account_id)

    def _note_step(self, known: TreeDraft | None, draft: TreeDraft, doing: Doing) -> None:
        if known is None or known.put_away_at is not None:
            self._steps.clear(draft.account_id)
            before = replace(draft, text=self._text_of(draft.base))
        else:
            before = known
        if before.text == draft.text and before.base == draft.base:
            return
        last = before.done
        if last is not None and before.undone is None and _goes_on(last, draft, doing):
            self._lengthen(last, before, draft)
            return
        self._steps.add(
            draft.account_id,
            TreeStep(
                number=(last.number if last else 0) + 1,
                verb=doing.verb,
                told=doing.told,
                base_before=before.base,
                base_after=draft.base,
                change=find_change(before.text, draft.text),
                saved_at=draft.saved_at,
            ),
        )

    def _text_of(self, version: int) -> str:
        row = _BEGINNING.first(self._connection, version=version)
        return row[0] if row else ""

    def _lengthen(self, last: TreeStep, before: TreeDraft, draft: TreeDraft) -> None:
        """Still the same step, from where it began to what is there now; none at all when it came to nothing."""
        begun = last.change.backwards(before.text)
        if begun == draft.text:
            self._steps.remove(draft.account_id, last.number)
            return
        change = find_change(begun, draft.text)
        self._steps.replace(draft.account_id, replace(last, change=change, saved_at=draft.saved_at))

    def _turn(self, known: TreeDraft, text: str, *, base: int, now: datetime) -> TreeDraft:
        self._put(replace(known, text=text, base=base, revision=known.revision + 1, saved_at=now))
        return self._get(known.account_id)

    def _get(self, account_id: int) -> TreeDraft:
        found = self.find(account_id)
        assert found is not None
        return found

    def _put(self, draft: TreeDraft) -> None:
        _PUT.put(self._connection, {name: getattr(draft, name) for name in names_of(TREE_DRAFT)})


def _goes_on(last: TreeStep, draft: TreeDraft, doing: Doing) -> bool:
    is_typed = last.verb == doing.verb == WRITTEN and last.base_after == draft.base
    return is_typed and draft.saved_at - last.saved_at <= TOGETHER_FOR
