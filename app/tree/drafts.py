"""Drafts of the tree in this store, as the pages ask for them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from admin_web.hierarchy_workshop import Doing, Draft, DraftChanged, DraftStep
from app.readers import in_thread, or_unavailable
from storage.hierarchy_versions import drafts as kept
from storage.hierarchy_versions.drafts import DraftChangedError, TreeDraft
from storage.hierarchy_versions.steps import WRITTEN, TreeStep
from storage.store import Store
from storage.writing.unit_of_work import Unit

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
        self,
        account_id: int,
        *,
        base: int,
        text: str,
        doing: Doing,
        note: str | None = None,
        after: int | None = None,
    ) -> Draft | DraftChanged:
        now, does = self.now(), kept.Doing(doing.verb, doing.told)
        try:
            saved = await self._run(
                lambda unit: unit.tree_drafts.save(
                    account_id, base=base, text=text, note=note, now=now, after=after, doing=does
                )
            )
        except DraftChangedError as error:
            return DraftChanged(_draft(error.draft))
        return _draft(saved)

    async def undo(self, account_id: int, number: int) -> Draft | None:
        now = self.now()
        turned = await self._run(lambda unit: unit.tree_drafts.undo(account_id, number, now=now))
        return _draft(turned) if turned else None

    async def redo(self, account_id: int, number: int) -> Draft | None:
        now = self.now()
        turned = await self._run(lambda unit: unit.tree_drafts.redo(account_id, number, now=now))
        return _draft(turned) if turned else None

    async def put_away(self, account_id: int) -> None:
        now = self.now()
        await self._run(lambda unit: unit.tree_drafts.put_away(account_id, now=now))

    async def take_up(self, account_id: int) -> None:
        await self._run(lambda unit: unit.tree_drafts.take_up(account_id))

    async def drop(self, account_id: int) -> None:
        await self._run(lambda unit: unit.tree_drafts.drop(account_id))

    async def _run(self, job: Callable[[Unit], T]) -> T:
        return await or_unavailable(self.store.writer.run(job))


def _draft(stored: TreeDraft) -> Draft:
    return Draft(
        stored.base,
        stored.text,
        stored.note,
        stored.revision,
        stored.saved_at,
        put_away_at=stored.put_away_at,
        undo=_step(done, stored.text, here=done.change.come) if (done := stored.done) else None,
        redo=_step(undone, stored.text, here=undone.change.gone) if (undone := stored.undone) else None,
    )


def _step(step: TreeStep, text: str, *, here: str) -> DraftStep:
    """What was typed has no name but its lines; `here` is what stands in the text now at the place of the step."""
    if step.verb != WRITTEN:
        return DraftStep(step.number, Doing(step.verb, step.told))
    first = text.count("\n", 0, step.change.position) + 1
    last = first + max(0, len(here.splitlines()) - 1)
    lines = f"{first}–{last}" if last > first else f"{first}"
    return DraftStep(step.number, Doing(WRITTEN, {"lines": lines}))
