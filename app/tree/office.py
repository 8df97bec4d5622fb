"""Which hierarchy is in force: loads it, takes a new one as a version, refuses a bad one and keeps the old.

Open tickets of places, groups or people that leave the tree move in the same transaction in which it changes.
"""

import difflib
import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.tree.checks import CheckedTexts
from app.tree.plan import NO_HEIRS, keep_allowed
from app.tree.reused_places import reused_problems
from routing.bindings import Binding, with_bindings
from routing.desk import Desk
from routing.desk.moving import rehouse
from routing.hierarchy import Group, Hierarchy
from routing.ports import Reach
from storage.hierarchy_file import Checked, Problem
from storage.hierarchy_versions.versions import (
    HierarchyVersion,
    PlaceIdentity,
    ReusedPlacesError,
    StaleHierarchyError,
)
from storage.writing.unit_of_work import Unit
from storage.writing.writer import Writer

log = logging.getLogger(__name__)

FILE = "file"
"""The author of what was written into the file itself; its last refusal is shown until a right one comes."""


@dataclass(frozen=True, slots=True)
class Impact:
    """What an edit means: ids that come and go, and the open tickets that move or lose their holder."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    tickets: tuple[int, ...] = ()
    lose_holder: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    version: int
    impact: Impact
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """`name` says which text it was: the file, or an edit through the API."""

    problems: tuple[Problem, ...]
    name: str
    at: datetime


class StaleEditError(Exception):
    """The tree changed since the author read it. `difference` is a unified diff from theirs to what is in force."""

    def __init__(self, version: int, difference: tuple[str, ...]) -> None:
        super().__init__(f"version {version} came first")
        self.version = version
        self.difference = difference


class NoHierarchyError(Exception):
    """There is nothing to start with: no version stored, and no file that is right."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("no hierarchy")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class _Edit:
    """A right text on its way to be a version."""

    text: str
    tree: Hierarchy
    author: str
    note: str
    after: int | None
    heirs: Mapping[str, str]


class TreeOffice:
    """`current` may be called from any thread; changes go through the writer."""

    def __init__(self, writer: Writer, *, reach: Reach, now: Callable[[], datetime]) -> None:
        self._writer = writer
        self._reach = reach
        self._now = now
        self._filed: Hierarchy | None = None
        self._current: Hierarchy | None = None
        self._bindings: Sequence[Binding] = ()
        self._mark = ""
        self._text = ""
        self._checks = CheckedTexts()
        self.refused: Refused | None = None

    def current(self) -> Hierarchy:
        """The tree of the file, with the chat accounts that staff bound. Raises LookupError before `load`."""
        if self._current is None:
            raise LookupError("no hierarchy is in force yet")
        return self._current

    def text(self) -> str:
        return self._text

    def can_hear(self, group: Group, tree: Hierarchy) -> bool:
        return self._reach.can_hear(group, tree)

    def load(self) -> bool:
        """Takes the newest stored version, if it is not the one in force; blocks. True when it changed."""
        self._bind(*self._writer.run_now(_read_bindings))
        latest = self._writer.run_now(lambda unit: unit.hierarchy_versions.latest())
        return latest is not None and self._adopt(latest)

    async def refresh_bindings(self) -> bool:
        """Takes over who has bound which account meanwhile, here or on another replica. True when it changed."""
        if await self._writer.run(lambda unit: unit.bindings.mark()) == self._mark:
            return False
        self._bind(*await self._writer.run(_read_bindings))
        return True

    async def refresh(self) -> bool:
        """The same, cheaply: another replica may have applied a version."""
        await self.refresh_bindings()
        number = await self._writer.run(lambda unit: unit.hierarchy_versions.latest_number())
        if number is None or (self._current is not None and number[0] == self._current.version):
            return False
        latest = await self._writer.run(lambda unit: unit.hierarchy_versions.latest())
        return latest is not None and self._adopt(latest)

    def find_superseded(self, digest: str) -> int | None:
        """The number of an earlier version with this text; None for a new text and for the one in force. Blocks."""
        number = self._writer.run_now(lambda unit: unit.hierarchy_versions.find_number_of(digest))
        return number if number is not None and number != self.current().version else None

    def check(self, source: bytes, *, name: str = "hierarchy.yaml") -> Checked:
        return self._checks.of(source, name=name, before=self._text or None)

    def read(self, text: str) -> Checked:
        """As a text that is sewn from one that was checked; it may be a part of the text in force."""
        return self._checks.of(text.encode(), name="hierarchy.yaml")

    def list_reused(self, tree: Hierarchy, text: str) -> tuple[Problem, ...]:
        """Ids that once meant other places: `apply` would refuse them. Blocks."""
        reused = self._writer.run_now(lambda unit: unit.hierarchy_versions.list_reused(places_of(tree)))
        return reused_problems(reused, tree, text)

    def impact_of(self, tree: Hierarchy) -> Impact:
        """What the edit would do to the open tickets, without doing it; blocks."""
        return self._writer.run_now(lambda unit: self._impact(unit, tree))

    def apply(
        self,
        source: bytes,
        *,
        author: str,
        note: str,
        after: int | None = None,
        heirs: Mapping[str, str] = NO_HEIRS,
    ) -> Applied | Refused:
        """Makes a right text the version in force; blocks. Raises StaleEditError when `after` is not the newest.

        `heirs` names for nodes that go the node that inherits their tickets; without one it is the nearest ancestor.
        """
        checked = self.check(source)
        if checked.hierarchy is None:
            return self._refuse(checked.problems, author)
        text = source.decode()
        try:
            allowed = keep_allowed(self._current, checked.hierarchy, heirs) if self._current else NO_HEIRS
            edit = _Edit(text, checked.hierarchy, author, note, after, allowed)
            version, impact = self._writer.run_now(lambda unit: self._store(unit, edit))
        except ReusedPlacesError as error:
            return self._refuse(reused_problems(error.places, checked.hierarchy, text), author)
        except StaleHierarchyError as error:
            raise StaleEditError(error.latest.version, _difference(text, error.latest.text)) from error
        self._adopt(version)
        self.refused = None
        log.info("hierarchy=applied version=%d by=%s moved=%d", version.version, author, len(impact.tickets))
        return Applied(version.version, impact, checked.warnings)

    def _refuse(self, problems: tuple[Problem, ...], author: str) -> Refused:
        refused = Refused(problems, author, self._now())
        if author == FILE:
            self.refused = refused
        for each in problems[:20]:
            log.error(
                "hierarchy=refused by=%s line=%d path=%s problem=%s",
                author,
                each.line,
                each.path,
                each.message,
            )
        return refused

    def _store(self, unit: Unit, edit: _Edit) -> tuple[HierarchyVersion, Impact]:
        version = unit.hierarchy_versions.add(
            edit.text,
            digest=digest_of(edit.text),
            author=edit.author,
            note=edit.note,
            now=self._now(),
            places=places_of(edit.tree),
            after=edit.after,
        )
        numbered = with_bindings(replace(edit.tree, version=version.version), self._bindings)
        self._follow_root(unit, edit)
        impact = self._impact(unit, numbered)
        desk = Desk(unit, numbered, self._reach, self._now())
        for number in impact.tickets:
            rehouse(desk, number, old=self._current or numbered, heirs=edit.heirs)
        for each in self._bindings:
            # Whoever gets this id in a later version is somebody else.
            if each.staff_id not in numbered.staff:
                unit.bindings.unbind(each.channel, each.staff_id, by=edit.author, now=self._now())
        return version, impact

    def _follow_root(self, unit: Unit, edit: _Edit) -> None:
        old, new = self._current, edit.tree.root_id
        if old is None or old.root_id == new:
            return
        unit.root_change.follow_tickets(old.root_id, new)
        if old.root_id not in edit.tree.nodes:
            unit.root_change.follow_rights(old.root_id, new, by=edit.author, now=self._now())

    def _impact(self, unit: Unit, tree: Hierarchy) -> Impact:
        old = self._current
        if old is None:
            return Impact(added=tuple(sorted(tree.nodes)))
        gone = sorted(old.nodes.keys() - tree.nodes.keys())
        groups = sorted(old.groups.keys() - tree.groups.keys())
        left = sorted(old.staff.keys() - tree.staff.keys())
        numbers = unit.tickets.list_homeless(node_ids=gone, group_ids=groups, staff_ids=left)
        held = unit.tickets.list_homeless(node_ids=(), group_ids=(), staff_ids=left)
        added = sorted(tree.nodes.keys() - old.nodes.keys())
        return Impact(tuple(added), tuple(gone), tuple(numbers), tuple(held))

    def _adopt(self, version: HierarchyVersion) -> bool:
        if self._current is not None and self._current.version == version.version:
            return False
        checked = self.read(version.text)
        if checked.hierarchy is None:
            # A release with stricter rules: the stored text was right once and goes on being shown as it is.
            self._refuse(checked.problems, f"version {version.version}")
            return False
        self._text = version.text
        self._filed = replace(checked.hierarchy, version=version.version)
        self._current = with_bindings(self._filed, self._bindings)
        return True

    def _bind(self, mark: str, bindings: Sequence[Binding]) -> None:
        self._mark, self._bindings = mark, bindings
        if self._filed is not None:
            self._current = with_bindings(self._filed, bindings)


def _read_bindings(unit: Unit) -> tuple[str, Sequence[Binding]]:
    return unit.bindings.mark(), unit.bindings.list_all()


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def places_of(tree: Hierarchy) -> dict[str, PlaceIdentity]:
    """With the name of the level above: there is a 7号楼 in every community, and it is another place in each."""
    return {
        node_id: PlaceIdentity(
            node.level, "".join(each.name for each in reversed(list(tree.climb(node_id))[:2]))
        )
        for node_id, node in tree.nodes.items()
    }


def _difference(theirs: str, ours: str) -> tuple[str, ...]:
    lines = difflib.unified_diff(theirs.splitlines(), ours.splitlines(), "yours", "in force", lineterm="")
    return tuple(lines)
