"""The office as the pages and the API see it: its answers in their words, its work off the event loop."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from admin_web import hierarchy_office as words
from admin_web.hierarchy_plan import EditPlan, Heir
from app.readers import in_thread
from app.tree.difference import list_differences
from app.tree.file import TreeFile
from app.tree.office import Impact, Refused, StaleEditError, TreeOffice
from app.tree.plan import NO_HEIRS
from app.tree.planner import TreePlanner, build_planner
from app.wiring import House
from routing.hierarchy import Hierarchy
from storage.hierarchy_edit.own_lines import list_others_lines
from storage.hierarchy_file import Checked, Problem, describe
from storage.store import Store


def build_tree_desk(house: House, ring: Callable[[], None]) -> "TreeDesk":
    office = house.office
    return TreeDesk(office, house.tree_file, house.store, build_planner(house), ring)


@dataclass(frozen=True, slots=True)
class TreeDesk:
    """Fulfils `admin_web.hierarchy_office.HierarchyOffice`. `on_applied` rings whoever sends what follows."""

    office: TreeOffice
    file: TreeFile
    store: Store
    planner: TreePlanner
    on_applied: Callable[[], None]

    def current(self) -> Hierarchy:
        return self.office.current()

    async def text(self, version: int) -> str:
        if version == self.office.current().version:
            return self.office.text()
        found = await asyncio.to_thread(self.store.reads.find_hierarchy_version, version)
        return found.text if found else self.office.text()

    async def list_others_lines(self, text: str, node_id: str) -> Sequence[tuple[int, int]] | None:
        below = self.office.current().subtree(node_id)
        groups = {group.group_id for node in below for group in node.groups}
        return await asyncio.to_thread(list_others_lines, text, node_id, groups)

    async def check(self, content: bytes) -> words.Checked:
        return _checked(await self._check(content))

    async def weigh(
        self, content: bytes, *, if_version: int | None, heirs: words.Heirs = NO_HEIRS
    ) -> words.Impact | words.Stale | words.Refused:
        stale = await self._find_stale(if_version)
        if stale is not None:
            return stale
        checked = await self._check(content)
        if checked.hierarchy is None:
            return words.Refused(_problems(checked.problems))
        reused = await asyncio.to_thread(self.office.list_reused, checked.hierarchy, content.decode())
        if reused:
            return words.Refused(_problems(reused))
        impact = await asyncio.to_thread(self.office.impact_of, checked.hierarchy)
        plan = await in_thread(partial(self.planner.plan, checked.hierarchy, heirs=heirs))
        return _impact(impact, self.office.current(), checked.hierarchy, plan)

    async def list_heirs(self, content: bytes, heirs: words.Heirs = NO_HEIRS) -> tuple[Heir, ...]:
        tree = (await self._check(content)).hierarchy
        return await in_thread(partial(self.planner.list_heirs, tree, heirs=heirs)) if tree else ()

    async def apply(
        self,
        content: bytes,
        *,
        author: str,
        note: str,
        if_version: int | None,
        heirs: words.Heirs = NO_HEIRS,
    ) -> words.Applied | words.Stale | words.Refused:
        # A text that was saved a moment ago is a version before this one, or stays beside it.
        await self.file.look()
        before = self.office.current()
        try:
            outcome = await asyncio.to_thread(
                self.office.apply, content, author=author, note=note, after=if_version, heirs=heirs
            )
        except StaleEditError:
            await self.office.refresh()
            stale = await self._find_stale(if_version)
            assert stale is not None
            return stale
        if isinstance(outcome, Refused):
            return words.Refused(_problems(outcome.problems))
        await asyncio.to_thread(self.file.write, content.decode())
        self.on_applied()
        return words.Applied(outcome.version, _impact(outcome.impact, before, self.office.current(), None))

    async def list_versions(self, *, limit: int) -> Sequence[words.VersionNote]:
        found = await asyncio.to_thread(self.store.reads.list_hierarchy_versions, limit=limit)
        return [
            words.VersionNote(each.version, each.author, each.note, each.applied_at, each.digest)
            for each in found
        ]

    async def find_refused(self) -> words.RefusedEdit | None:
        refused = self.office.refused
        return words.RefusedEdit(refused.at, _problems(refused.problems)) if refused else None

    async def _check(self, content: bytes) -> Checked:
        return await asyncio.to_thread(self.office.check, content, name="edit")

    async def _find_stale(self, if_version: int | None) -> words.Stale | None:
        current = self.office.current()
        if if_version is None or if_version == current.version:
            return None
        base = await asyncio.to_thread(self.store.reads.find_hierarchy_version, if_version)
        return words.Stale(current.version, self.office.text(), base.text if base else None)


def _impact(impact: Impact, old: Hierarchy, new: Hierarchy, plan: EditPlan | None) -> words.Impact:
    changes = tuple(list_differences(old, new))
    return words.Impact(impact.tickets, impact.lose_holder, changes, plan)


def _checked(checked: Checked) -> words.Checked:
    return words.Checked(
        hierarchy=checked.hierarchy,
        problems=_problems(checked.problems),
        warnings=_problems(checked.warnings),
        summary=str(describe(checked.hierarchy)) if checked.hierarchy else "",
    )


def _problems(problems: Sequence[Problem]) -> tuple[words.FileProblem, ...]:
    return tuple(words.FileProblem(each.line, each.path, each.message, each.message_zh) for each in problems)
