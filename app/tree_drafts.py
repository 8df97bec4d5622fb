"""Drafts of the tree in this store, as the pages ask for them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from admin_web.hierarchy_workshop import Draft, DraftChanged
from admin_web.ports import UnavailableError
from app.readers import in_thread
from storage.store import Store
from storage.tree_drafts import DraftChangedError, TreeDraft
from storage.unit_of_work import Unit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StoredDrafts:
    """Fulfils `admin_web.hierarchy_workshop.DraftBook`. `now` is the clock on the wall: people write in real time."""

    store: Store
    now: Callable[[], datetime]

    async def find(self, account_id: int) -> Draft | None:
        found = await in_thread(lambda: self.store.reads.edits.find_draft(account_id))
        return _draft(found) if found else None

    async def save(
        self, account_id: int, *, base: int, text: str, note: str = "", after: int | None = None
    ) -> Draft | DraftChanged:
        now = self.now()
        try:
            saved = await self._run(
                lambda unit: unit.tree_drafts.save(
                    account_id, base=base, text=text, note=note, now=now, after=after
                )
            )
        except DraftChangedError as error:
            return DraftChanged(_draft(error.draft))
        return _draft(saved)

    async def put_away(self, account_id: int) -> None:
        now = self.now()
        await self._run(lambda unit: unit.tree_drafts.put_away(account_id, now=now))

    async def take_up(self, account_id: int) -> None:
        await self._run(lambda unit: unit.tree_drafts.take_up(account_id))

    async def drop(self, account_id: int) -> None:
        await self._run(lambda unit: unit.tree_drafts.drop(account_id))

    async def _run(self, job: Callable[[Unit], T]) -> T:
        try:
            return await self.store.writer.run(job)
        except (ConnectionError, TimeoutError) as error:
            raise UnavailableError from error


def _draft(stored: TreeDraft) -> Draft:
    return Draft(
        stored.base,
        stored.text,
        stored.note,
        stored.revision,
        stored.saved_at,
        put_away_at=stored.put_away_at,
    )
