"""What accounts are writing on the hierarchy: one draft each, kept until applied, put away rather than lost."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from storage.prepared import Prepared, insert_or_replace
from storage.tables_office import TREE_DRAFT


@dataclass(frozen=True, slots=True)
class TreeDraft:
    """`base` is the version it began from. `put_away_at` is None for one that is being written."""

    account_id: int
    base: int
    text: str
    note: str
    revision: int
    saved_at: datetime
    put_away_at: datetime | None = None


class DraftChangedError(Exception):
    """Another window of the same account saved meanwhile."""

    def __init__(self, draft: TreeDraft) -> None:
        super().__init__(f"revision {draft.revision} came first")
        self.draft = draft


_D = TREE_DRAFT.c
_HERE = _D.account_id == sa.bindparam("account_id")
_FIND = Prepared(
    sa.select(_D.account_id, _D.base, _D.text, _D.note, _D.revision, _D.saved_at, _D.put_away_at).where(_HERE)
)
_PUT = insert_or_replace(TREE_DRAFT)
_DROP = Prepared(sa.delete(TREE_DRAFT).where(_HERE))


class TreeDrafts:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find(self, account_id: int) -> TreeDraft | None:
        """Also one that was put away."""
        row = _FIND.first(self._connection, account_id=account_id)
        return TreeDraft(*row) if row else None

    def save(
        self, account_id: int, *, base: int, text: str, note: str, now: datetime, after: int | None = None
    ) -> TreeDraft:
        """`after` is the revision that the writer saw, None for whatever there is. DraftChangedError when another
        window saved something else since."""
        known = self.find(account_id)
        if known and known.put_away_at is None and after not in {None, known.revision}:
            if known.text == text:
                return known
            raise DraftChangedError(known)
        draft = TreeDraft(account_id, base, text, note, (known.revision if known else 0) + 1, now)
        self._put(draft)
        return draft

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
        _DROP.run(self._connection, account_id=account_id)

    def _put(self, draft: TreeDraft) -> None:
        _PUT.put(self._connection, asdict(draft))
