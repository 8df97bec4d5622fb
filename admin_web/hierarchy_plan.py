"""What an edit of the tree means, before it is made: an edit plan as plain values. How it reads is in `plan_lines`.

It is made in `app`, from the tree in force, the edited one and the tickets under way.
"""

from dataclasses import dataclass
from enum import StrEnum


class Thing(StrEnum):
    LEVEL = "level"
    NODE = "node"
    GROUP = "group"
    STAFF = "staff"
    CATEGORY = "category"
    LIMIT = "limit"
    CALENDAR = "calendar"
    SETTING = "setting"


class Fate(StrEnum):
    ADDED = "added"
    MOVED = "moved"
    RENAMED = "renamed"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One key of the file, from `old` to `new`; empty where there was or is nothing."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """`thing_id` is the id in the file; of a limit it is "clock/level". `where` names the place it stands at."""

    thing: Thing
    fate: Fate
    thing_id: str
    name: str
    where: str = ""
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class TicketMove:
    """A ticket under way that gets another place or another group; ids, and names for people."""

    number: int
    node_id: str
    group_id: str
    from_name: str
    to_name: str


@dataclass(frozen=True, slots=True)
class Heir:
    """A node that goes and has tickets under way, and the node that inherits them. `choices` are (id, name)."""

    node_id: str
    name: str
    heir_id: str
    heir_name: str
    tickets: tuple[int, ...]
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NewLimit:
    """A ticket under way that comes to a level with another limit of its own promise; spans such as "4wh"."""

    number: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Sight:
    """An account or a member of staff who gains or loses sight of so many tickets, of all times."""

    name: str
    is_account: bool
    gains: int
    loses: int


class Hours(StrEnum):
    """When a limit goes on counting, or people are told."""

    NIGHT = "night"
    DAYS_OFF = "days_off"


@dataclass(frozen=True, slots=True)
class Silence:
    """From now on the limit of these levels no longer counts in these hours: nobody is asked again until work begins.

    `groups` is how many groups answer there. An empty `category` stands for the quiet hours of the whole file.
    """

    category: str
    levels: tuple[str, ...]
    hours: Hours
    groups: int = 0


@dataclass(frozen=True, slots=True)
class Unasked:
    """At `count` more places of a level nobody is asked about a category; a ticket goes on to the level above."""

    category: str
    level: str
    count: int
    sample: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FailedExample:
    """An example of `expect:` that goes elsewhere; each difference is (what, wanted, found)."""

    text: str
    group: str
    differences: tuple[tuple[str, str, str], ...]
    is_new: bool
    """It still held in the tree in force."""
    is_as_before: bool = False
    """It went elsewhere in the tree in force too, and to the same place: nothing about it changes."""


@dataclass(frozen=True, slots=True)
class EditPlan:
    """`outside` is what the author may not touch. `gain_handler` and `lose_handler` are numbers of tickets whose
    group has somebody again, or nobody any more; `lose_holder` those whose holder leaves."""

    changes: tuple[Change, ...] = ()
    moves: tuple[TicketMove, ...] = ()
    heirs: tuple[Heir, ...] = ()
    lose_holder: tuple[int, ...] = ()
    gain_handler: tuple[int, ...] = ()
    lose_handler: tuple[int, ...] = ()
    new_limits: tuple[NewLimit, ...] = ()
    sights: tuple[Sight, ...] = ()
    silences: tuple[Silence, ...] = ()
    unasked: tuple[Unasked, ...] = ()
    failed: tuple[FailedExample, ...] = ()
    examples: int = 0
    outside: tuple[str, ...] = ()

    @property
    def must_confirm_examples(self) -> bool:
        """Whether an example goes elsewhere by this edit: what went there before was answered for by others."""
        return any(not each.is_as_before for each in self.failed)

    @property
    def is_empty(self) -> bool:
        return not self.changes
