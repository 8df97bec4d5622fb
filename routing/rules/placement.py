"""What a routing rule is asked and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass

from routing.hierarchy import Category, Group, Hierarchy


@dataclass(frozen=True, slots=True)
class Question:
    """A report in `category` from `origin`; `can_hear` tells which groups somebody reads just now."""

    hierarchy: Hierarchy
    origin: str
    category: Category
    can_hear: Callable[[Group], bool]


@dataclass(frozen=True, slots=True)
class Placement:
    """`rule` is the rule's name; `why` a short Chinese reason; `skipped` names the nodes where nobody can hear."""

    node_id: str
    level: str
    group_id: str
    rule: str
    why: str
    skipped: tuple[str, ...] = ()


Rule = Callable[[Question], Placement | None]
