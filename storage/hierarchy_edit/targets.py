"""Which node somebody means by what they wrote: an id, or a name that only one has."""

from routing.hierarchy import Hierarchy, Node
from storage.hierarchy_edit.refusals import ActRefusedError


def find_target(tree: Hierarchy, written: str, *, field: str = "") -> Node:
    """Raises ActRefusedError for nobody and for several."""
    wanted = written.strip()
    node = tree.find_node(wanted)
    if node is not None:
        return node
    named = [each for each in tree.nodes.values() if each.name == wanted]
    if not wanted or not named:
        raise ActRefusedError("unknown_node", field=field, name=wanted)
    if len(named) > 1:
        raise ActRefusedError("ambiguous_node", field=field, name=wanted)
    return named[0]
