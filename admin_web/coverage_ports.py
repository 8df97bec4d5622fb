"""What the map of coverage is told: marks on places, groups and people, and on whole levels and categories."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from admin_web.trouble_ports import Harm
from routing.hierarchy import Hierarchy


@dataclass(frozen=True, slots=True)
class Mark:
    """`kind` is the key of its words after `coverage.mark.`; `names` are the groups or people that it is about, empty
    for the place itself; `values` belong into its words."""

    kind: str
    harm: Harm
    names: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coverage:
    """`marks` by node, the worst first; `everywhere` is about levels and categories of the whole tree."""

    marks: Mapping[str, Sequence[Mark]]
    everywhere: Sequence[Mark]
    looked_at: datetime


class CoverageDesk(Protocol):
    async def look(self, hierarchy: Hierarchy) -> Coverage:
        """Of this tree, at most some minutes old. Raises UnavailableError."""
        ...
