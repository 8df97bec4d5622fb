"""What the page of QR codes is handed by `app`: the buildings of a subtree with what their codes lead to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from routing.hierarchy import Hierarchy

HELP = "help"
"""Instead of a channel: the code leads to the public page on how to report."""

MOST_BUILDINGS = 400
"""On one sheet: more are printed place by place."""


@dataclass(frozen=True, slots=True)
class Building:
    """A node whose residents have a group; `scene` is the code by which the bot knows where a person lives."""

    node_id: str
    name: str
    above: str
    scene: str | None


@dataclass(frozen=True, slots=True)
class FoundCodes:
    """What each building's code says, by node id; `silent` are those for which the vendor did not answer."""

    urls: dict[str, str]
    silent: Sequence[str] = ()


class CodeDesk(Protocol):
    @property
    def channels(self) -> Sequence[str]:
        """Those with links that lead into a chat; empty when only the help page is left."""
        ...

    @property
    def help_url(self) -> str | None:
        """None when the service has no address that a phone reaches."""
        ...

    async def find(self, buildings: Sequence[Building], channel: str) -> FoundCodes:
        """Only buildings with a scene, but for the help page."""
        ...


def list_buildings(tree: Hierarchy, node_id: str) -> list[Building]:
    """Below a node, and itself, in the order of the file."""
    found = []
    for node in tree.subtree(node_id):
        groups = [each for each in node.groups if each.kind == "residents"]
        if groups:
            names = [each.name for each in tree.climb(node.node_id)][1:3]
            scene = next((each.scene for each in groups if each.scene), None)
            found.append(Building(node.node_id, node.name, " · ".join(reversed(names)), scene))
    return found
