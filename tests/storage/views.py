"""What a reader asks for, in the shape that the pages have."""

from dataclasses import dataclass, field
from datetime import datetime

from routing.tickets import Status


@dataclass(frozen=True, slots=True)
class View:
    nodes: frozenset[str] | None


EVERYTHING = View(None)
NOTHING = View(frozenset())


def seeing(*nodes: str) -> View:
    return View(frozenset(nodes))


@dataclass(frozen=True, slots=True)
class Wish:
    scope: View = EVERYTHING
    statuses: frozenset[Status] = field(default_factory=frozenset)
    nodes: frozenset[str] | None = None
    origins: frozenset[str] | None = None
    level: str = ""
    categories: frozenset[str] = field(default_factory=frozenset)
    words: str = ""
    opened_from: datetime | None = None
    opened_before: datetime | None = None
