"""The tree of places with their groups, people, clocks and categories: immutable, already validated.

Reading the admins' file is not done here: `storage.hierarchy_file` checks a text and builds this.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from routing.durations import Span
from routing.expectations import Expectation
from routing.working_time import Calendar

RESIDENTS = "residents"
STAFF = "staff"
NORMAL_CLOCK = "normal"
URGENT_CLOCK = "urgent"
FALLBACK_CATEGORY = "other"


class Listen(StrEnum):
    """What the bot reads in a group beyond what is addressed to it."""

    MENTION = "mention"
    KEYWORDS = "keywords"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Level:
    level_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Limits:
    """The promise of one level: claimed within `claim`, resolved within `resolve`, both counted from dispatch."""

    claim: Span
    resolve: Span
    remind: Span | None


@dataclass(frozen=True, slots=True)
class Clock:
    """A promise for each level, by level id; `calendar` names the calendar that working spans use."""

    clock_id: str
    calendar: str
    limits: Mapping[str, Limits]


@dataclass(frozen=True, slots=True)
class Gather:
    """So many reporters or buildings saying the same within the window make one incident of the level above."""

    reporters: int
    buildings: int
    within: Span


@dataclass(frozen=True, slots=True)
class Category:
    """`advice` is said to residents at once; `replies` are canned answers that staff may choose from."""

    category_id: str
    name: str
    starts_at: str
    handled_by: str
    clock: str = NORMAL_CLOCK
    keywords: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    urgent_when: tuple[str, ...] = ()
    advice: str = ""
    gather: Gather | None = None
    replies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AfterResolving:
    rate_within: Span
    reopen_limit: int


class SameMatter(StrEnum):
    """What becomes of a report that is surely about a matter which somebody else has reported.

    Where that is likely and not sure, staff are asked about it, but for `off`.
    """

    JOIN = "join"
    OFFER = "offer"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Manners:
    """How the bot behaves where the file leaves it open: section `manners:` of the file, all optional.

    `approve_over`: a pause longer than this needs a yes from the level above. `hand_back_reasons`: the listed
    reasons. `urge_every`: an urge is passed on at most this often. `supervise_every`: how often a breach at the top
    is repeated. `quiet`: minutes of the local day, [from, until), in which nothing that is not urgent is sent.
    `join_within`: messages of one person this close together are one matter. `bundle_over`: more new tickets than
    this for one group in `bundle_within` arrive as one list. `ask_below`: a reader less sure than so many percent
    asks once which category is meant; 0 never asks. `same_matter`: what becomes of neighbours' reports of one matter.
    """

    approve_over: Span
    hand_back_reasons: tuple[str, ...]
    urge_every: Span
    supervise_every: Span
    quiet: tuple[int, int] | None
    join_within: Span
    bundle_over: int
    bundle_within: Span
    ask_below: int = 60
    same_matter: SameMatter = SameMatter.JOIN


@dataclass(frozen=True, slots=True)
class Group:
    """A chat group. `chats` maps a channel to the vendor's chat id; `scene` is the code on its QR picture."""

    group_id: str
    kind: str
    name: str
    node_id: str
    chats: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    scene: str | None = None
    listen: Listen = Listen.MENTION


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who answers. `accounts` maps a channel to the vendor's user id."""

    staff_id: str
    name: str
    role: str
    node_id: str
    groups: tuple[str, ...]
    accounts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Node:
    """A place. `aliases` are what else people call it: an old name, a phase, a landmark."""

    node_id: str
    level: str
    name: str
    parent_id: str | None
    groups: tuple[Group, ...] = ()
    staff: tuple[Staff, ...] = ()
    children: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """A whole file. `version` is ours, given when it was applied; 0 while it is only a draft.

    The indexes are built by `index`; build one only through it. `bound` holds the chat accounts that staff bound
    themselves, by staff id and channel: see `routing.bindings`.
    """

    version: int
    name: str
    timezone: str
    levels: tuple[Level, ...]
    calendars: Mapping[str, Calendar]
    clocks: Mapping[str, Clock]
    categories: tuple[Category, ...]
    after_resolving: AfterResolving
    manners: Manners
    words: Mapping[str, str]
    nodes: Mapping[str, Node]
    root_id: str
    groups: Mapping[str, Group]
    staff: Mapping[str, Staff]
    group_by_chat: Mapping[tuple[str, str], str]
    group_by_scene: Mapping[str, str]
    staff_by_account: Mapping[tuple[str, str], str]
    members: Mapping[str, tuple[str, ...]]
    expectations: tuple[Expectation, ...] = ()
    bound: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    def find_node(self, node_id: str) -> Node | None:
        return self.nodes.get(node_id)

    def get_node(self, node_id: str) -> Node:
        """Raises KeyError for an unknown id."""
        return self.nodes[node_id]

    def find_group(self, group_id: str) -> Group | None:
        return self.groups.get(group_id)

    def find_group_in_chat(self, channel: str, chat: str) -> Group | None:
        group_id = self.group_by_chat.get((channel, chat))
        return self.groups[group_id] if group_id else None

    def find_group_by_scene(self, scene: str) -> Group | None:
        group_id = self.group_by_scene.get(scene)
        return self.groups[group_id] if group_id else None

    def find_staff(self, staff_id: str) -> Staff | None:
        return self.staff.get(staff_id)

    def find_staff_by_account(self, channel: str, user: str) -> Staff | None:
        staff_id = self.staff_by_account.get((channel, user))
        return self.staff[staff_id] if staff_id else None

    def accounts_of(self, staff_id: str) -> Mapping[str, str]:
        """Channel → the account by which somebody is told: the one they bound themselves before that of the file."""
        staff = self.staff.get(staff_id)
        return {**staff.accounts, **self.bound.get(staff_id, {})} if staff else {}

    def list_members(self, group_id: str) -> tuple[Staff, ...]:
        """The staff of a group, in the order of the file."""
        return tuple(self.staff[each] for each in self.members.get(group_id, ()))

    def find_category(self, category_id: str) -> Category | None:
        return next((each for each in self.categories if each.category_id == category_id), None)

    def get_category(self, category_id: str) -> Category:
        """The category, or the fallback when an old ticket's category has left the file."""
        return self.find_category(category_id) or self.categories[-1]

    def level_index(self, level_id: str) -> int:
        """0 is the lowest level. Raises ValueError for an unknown one."""
        return [each.level_id for each in self.levels].index(level_id)

    def level_name(self, level_id: str) -> str:
        return next((each.name for each in self.levels if each.level_id == level_id), level_id)

    def climb(self, node_id: str) -> Iterator[Node]:
        """The node itself, then its ancestors up to the root. Nothing for an unknown id."""
        node = self.nodes.get(node_id)
        while node is not None:
            yield node
            node = self.nodes.get(node.parent_id) if node.parent_id else None

    def is_within(self, node_id: str, ancestor_id: str) -> bool:
        """True when `node_id` is `ancestor_id` or lies below it."""
        return any(each.node_id == ancestor_id for each in self.climb(node_id))

    def subtree(self, node_id: str) -> Iterator[Node]:
        """The node and everything below it, parents first."""
        waiting = [node_id] if node_id in self.nodes else []
        while waiting:
            node = self.nodes[waiting.pop()]
            yield node
            waiting.extend(reversed(node.children))
