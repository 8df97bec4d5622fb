"""What the pages on which admins edit the tree ask for: drafts, trying a message, edits by forms and spreadsheets.

Checking, weighing and applying a text are the `HierarchyOffice`'s.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from admin_web.hierarchy_plan import Change
from admin_web.hierarchy_trying import Replay, Trial
from admin_web.ports import Scope
from routing.hierarchy import Hierarchy


@dataclass(frozen=True, slots=True)
class Doing:
    """What is done to a draft: the verb of an act, or "write", "import", "rebase"; `told` are the values that name it
    in words, such as `name`."""

    verb: str
    told: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftStep:
    """A step of a draft that can be taken back, or done again, as long as it is the one with this number."""

    number: int
    doing: Doing


@dataclass(frozen=True, slots=True)
class Draft:
    """What an account is writing. `base` is the version it began from; `put_away_at` is None while it is written."""

    base: int
    text: str
    note: str
    revision: int
    saved_at: datetime
    put_away_at: datetime | None = None
    undo: DraftStep | None = None
    redo: DraftStep | None = None


@dataclass(frozen=True, slots=True)
class DraftChanged:
    """Another window of the same account saved meanwhile: nothing was overwritten."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Merged:
    """A draft brought onto another version. `conflicts` counts places where both changed the same lines: there the
    newest stands and what the author wrote follows it as comments."""

    text: str
    conflicts: int


@dataclass(frozen=True, slots=True)
class Act:
    """One action of the forms on the drawn tree, such as "add_node", with the values of its fields."""

    verb: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Edited:
    """The text after an action. `node_id` is what should be shown next, empty for none."""

    text: str
    node_id: str


@dataclass(frozen=True, slots=True)
class ActRefused:
    """Why an action cannot be done; `key` is a key of words, `field` the field to be mended, if any."""

    key: str
    values: Mapping[str, object]
    field: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """How a node stands in the file: `family` is empty unless a `repeat` makes it; `size` is how many that makes.

    `id_form` and `name_form` are as written, such as "b{n}"; `line` is where its entry begins.
    """

    line: int
    family: str = ""
    size: int = 1
    id_form: str = ""
    name_form: str = ""


@dataclass(frozen=True, slots=True)
class SheetProblem:
    """`row` counts from 1 as the spreadsheet does; 0 for a whole sheet."""

    sheet: str
    row: int
    message: str
    message_zh: str


@dataclass(frozen=True, slots=True)
class SheetsTaken:
    """A file edited from spreadsheets, with what could not be taken; `text` is None where there are problems."""

    text: str | None
    problems: Sequence[SheetProblem] = ()


class DraftBook(Protocol):
    async def find(self, account_id: int) -> Draft | None:
        """Also one that was put away."""
        ...

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
        """`after` is the revision that the window saw, None to save in any case; without `note` that of before."""
        ...

    async def undo(self, account_id: int, number: int) -> Draft | None:
        """None when the last step is not the one with this number."""
        ...

    async def redo(self, account_id: int, number: int) -> Draft | None:
        """None when the step to be done again is not the one with this number."""
        ...

    async def put_away(self, account_id: int) -> None: ...

    async def take_up(self, account_id: int) -> None: ...

    async def drop(self, account_id: int) -> None: ...


class Workshop(Protocol):
    """Works on texts and trees, off the event loop; changes nothing that is in force."""

    async def try_message(self, tree: Hierarchy, text: str, group_id: str) -> Trial | None:
        """None for a group that the tree does not have. Said now."""
        ...

    async def replay(self, tree: Hierarchy, on: date, *, scope: Scope) -> Replay:
        """The tickets below a scope that were opened on a local day, placed by the tree in force and by this one."""
        ...

    async def merge(self, *, base: str, mine: str, newest: str) -> Merged: ...

    async def act(self, text: str, act: Act) -> Edited | ActRefused: ...

    async def list_changes(self, old: str, new: str, *, top: str) -> tuple[Change, ...] | None:
        """Between two texts, below a node and in what is for all; None where one of them is not right by today's
        rules."""
        ...

    async def list_families(self, text: str, node_ids: Collection[str]) -> frozenset[str]:
        """Those of the nodes that are written as a series."""
        ...

    async def find_origin(self, text: str, node_id: str) -> Origin | None:
        """None where the file has no such node."""
        ...

    async def write_sheets(self, tree: Hierarchy, text: str, *, top: str) -> bytes:
        """An XLSX file of a node and what is below it; the text tells what is written as a series."""
        ...

    async def read_sheets(self, text: str, content: bytes, *, top: str) -> SheetsTaken:
        """Rows of places, groups and people that stand elsewhere than below the node are passed over."""
        ...
