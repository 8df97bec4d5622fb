"""The desk that keeps the admins' file, as the pages and the API see it: what a check says, what an edit would touch.

Reading the file is done in `storage`, wiring in `app`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from admin_web.hierarchy_plan import EditPlan, Heir
from routing.hierarchy import Hierarchy

Heirs = Mapping[str, str]
NO_HEIRS: Heirs = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FileProblem:
    """`line` counts from 1; `path` is like `tree[0].groups[1].kind`, empty for the whole file."""

    line: int
    path: str
    message: str
    message_zh: str = ""


@dataclass(frozen=True, slots=True)
class Impact:
    """Whom an edit touches: numbers of tickets that are under way and move, or lose the person who holds them.

    `plan` says the same and more as values, see `hierarchy_plan`; None where nobody made one.
    """

    moves: tuple[int, ...] = ()
    lose_holder: tuple[int, ...] = ()
    changes: tuple[str, ...] = ()
    plan: EditPlan | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What is said of a file: a tree, or problems. `summary` is one line for people."""

    hierarchy: Hierarchy | None
    problems: tuple[FileProblem, ...] = ()
    warnings: tuple[FileProblem, ...] = ()
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    version: int
    impact: Impact


@dataclass(frozen=True, slots=True)
class Stale:
    """Somebody else came first. `base` is the text of the version the author had, None when there never was one."""

    version: int
    text: str
    base: str | None


@dataclass(frozen=True, slots=True)
class Refused:
    problems: tuple[FileProblem, ...]


@dataclass(frozen=True, slots=True)
class VersionNote:
    version: int
    author: str
    note: str
    applied_at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class RefusedEdit:
    """The last edit of the file that was not taken, and why; the tree before it goes on."""

    at: datetime
    problems: tuple[FileProblem, ...]


class HierarchyOffice(Protocol):
    """Reads and applies the admins' file. Parsing is done off the event loop."""

    def current(self) -> Hierarchy: ...

    async def text(self, version: int) -> str:
        """The file of a version as it was written."""
        ...

    async def list_others_lines(self, text: str, node_id: str) -> Sequence[tuple[int, int]] | None:
        """Lines, counted from 0 and up to the one behind the last, that are none of the business of somebody who
        answers for this node; None where the text does not tell."""
        ...

    async def check(self, content: bytes) -> Checked: ...

    async def weigh(
        self, content: bytes, *, if_version: int | None, heirs: Heirs = NO_HEIRS
    ) -> Impact | Stale | Refused:
        """What `apply` would do, doing nothing."""
        ...

    async def list_heirs(self, content: bytes, heirs: Heirs = NO_HEIRS) -> tuple[Heir, ...]:
        """Of the nodes that would go and have tickets under way: who inherits them, by `heirs` or the nearest above
        that stays. An heir that may not be chosen does not appear. None for a file that is wrong."""
        ...

    async def apply(
        self, content: bytes, *, author: str, note: str, if_version: int | None, heirs: Heirs = NO_HEIRS
    ) -> Applied | Stale | Refused:
        """`if_version` is the one the author saw, None for whichever is newest. `heirs` names, for nodes that go,
        who inherits their tickets under way; without one it is the nearest node above that stays."""
        ...

    async def list_versions(self, *, limit: int) -> Sequence[VersionNote]:
        """Newest first."""
        ...

    async def find_refused(self) -> RefusedEdit | None:
        """None when the newest edit was taken."""
        ...
