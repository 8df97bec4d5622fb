"""The workshop of the tree as the pages see it: tries, replays, merges and edits texts, off the event loop."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from admin_web.hierarchy_plan import Change
from admin_web.hierarchy_trying import Replay, Trial
from admin_web.hierarchy_workshop import (
    Act,
    ActRefused,
    Edited,
    Merged,
    Origin,
    SheetProblem,
    SheetsTaken,
)
from admin_web.part_text import is_change_below
from admin_web.ports import Scope
from app.readers import in_thread
from app.tree.changes import list_changes
from app.tree.office import TreeOffice
from app.tree.replay import replay_day
from app.tree.trying import LastTrial, try_message
from routing.hierarchy import Hierarchy
from routing.ports import Reader
from storage.hierarchy_edit.acts import do_act
from storage.hierarchy_edit.merging import merge
from storage.hierarchy_edit.origins import find_origin, list_families
from storage.hierarchy_edit.refusals import ActRefusedError
from storage.hierarchy_sheets import read_sheets, write_sheets
from storage.store import Store


@dataclass(frozen=True, slots=True)
class TreeWorkshop:
    """Fulfils `admin_web.hierarchy_workshop.Workshop`."""

    store: Store
    reader: Reader
    office: TreeOffice
    now: Callable[[], datetime]
    last_trial: LastTrial = field(default_factory=LastTrial)

    async def try_message(self, tree: Hierarchy, text: str, group_id: str) -> Trial | None:
        group = tree.find_group(group_id)
        if group is None:
            return None
        at = self.now()
        return await asyncio.to_thread(
            lambda: try_message(self.last_trial.open(tree, self.reader), text, group, at=at)
        )

    async def replay(self, tree: Hierarchy, on: date, *, scope: Scope) -> Replay:
        old = self.office.current()
        return await in_thread(
            lambda: replay_day(self.store, old, tree, on=on, scope=scope, reader=self.reader)
        )

    async def merge(self, *, base: str, mine: str, newest: str) -> Merged:
        merged = await asyncio.to_thread(merge, base, mine=mine, newest=newest)
        return Merged(merged.text, merged.conflicts)

    async def act(self, text: str, act: Act) -> Edited | ActRefused:
        try:
            done = await asyncio.to_thread(partial(do_act, text, act.verb, act.values, read=self.office.read))
        except ActRefusedError as error:
            return ActRefused(error.key, error.values, error.field)
        return Edited(done.text, done.node_id)

    async def list_changes(self, old: str, new: str, *, top: str) -> tuple[Change, ...] | None:
        return await asyncio.to_thread(self._list_changes, old, new, top)

    async def list_families(self, text: str, node_ids: Collection[str]) -> frozenset[str]:
        return await asyncio.to_thread(list_families, text, node_ids)

    async def find_origin(self, text: str, node_id: str) -> Origin | None:
        found = await asyncio.to_thread(find_origin, text, node_id)
        if found is None:
            return None
        return Origin(found.line, found.family, found.size, found.id_form, found.name_form)

    async def write_sheets(self, tree: Hierarchy, text: str, *, top: str) -> bytes:
        def write() -> bytes:
            return write_sheets(tree, series=list_families(text, list(tree.nodes)), top=top)

        return await asyncio.to_thread(write)

    async def read_sheets(self, text: str, content: bytes, *, top: str) -> SheetsTaken:
        taken = await asyncio.to_thread(read_sheets, text, content, top=top)
        problems = [
            SheetProblem(each.sheet, each.row, each.message, each.message_zh) for each in taken.faults
        ]
        return SheetsTaken(taken.text, problems)

    def _list_changes(self, old: str, new: str, top: str) -> tuple[Change, ...] | None:
        before, after = self.office.read(old).hierarchy, self.office.read(new).hierarchy
        if before is None or after is None:
            return None
        found = list_changes(before, after)
        if top == self.office.current().root_id:
            return found
        return tuple(each for each in found if is_change_below(each, top, before, after))
