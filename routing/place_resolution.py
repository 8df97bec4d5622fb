"""From what a message says of its place to the node it means, with the speaker's own place as context.

Reading numbers out of a sentence is the reader's; the names and numbers of the tree are in `gazetteer`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from routing.gazetteer import Gazetteer, Named, unit_of
from routing.hierarchy import Hierarchy, Node
from routing.reading import Place

SURE = 0.6
"""Certainty from which the message wins over where its speaker belongs."""

_CLOSE = 2
_DIGITS = {each: str(at) for at, each in enumerate("一二三四五六七八九", start=1)}
_PHASE = re.compile(r"(?:第\s*)?([1-9一二三四五六七八九])\s*期(?!间|待|房|货|限|末|中)")
_OWN = re.compile(
    r"(?<!不是)(?<!不在)(?:我们|咱们|咱|俺们|本|我家|这)(?:这|那)?(?:一)?(?:栋|幢|座|号)?(?:楼|栋|幢|单元)"
)
_LIVES = re.compile(r"(?:我|我们|我家|咱|本人|家)\s*(?:是|在|住|住在)")
_ANOTHER = re.compile(
    r"(?:对面|对过|隔壁|旁边|前面|后面|前排|后排|邻近)(?:的)?(?:那|这)?(?:一)?(?:栋|幢|座|号)?(?:楼|栋|幢|小区)(?!上|下|道|梯)"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """`place` as read from the text; `own` is the node where the speaker belongs, or None."""

    text: str
    place: Place
    own: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """`node_id` is None where nothing is known, also nothing of the speaker. `why` is for people, in Chinese.

    `contradicts`: the message surely means a place that is neither the speaker's nor above or below it.
    """

    node_id: str | None
    certainty: float
    why: str
    contradicts: bool = False


def resolve(spoken: Spoken, hierarchy: Hierarchy, gazetteer: Gazetteer) -> Resolved:
    """Never raises; what cannot be told from the words stays where the speaker belongs."""
    named = _lowest(hierarchy, gazetteer.list_named(spoken.text))
    if spoken.place.building:
        found = _by_number(spoken, hierarchy, gazetteer, named=named)
    else:
        found = _by_name(spoken, named) or _by_unit(spoken, hierarchy, gazetteer)
    if found is None:
        return _by_context(spoken)
    return _beside_own(spoken, hierarchy, found)


def _by_number(
    spoken: Spoken, hierarchy: Hierarchy, gazetteer: Gazetteer, *, named: Sequence[Named]
) -> Resolved | None:
    number = spoken.place.building
    assert number is not None
    phase = _phase_in(spoken.text)
    for places, certainty in _scopes(spoken, hierarchy, named):
        numbered = [each for place in places for each in gazetteer.list_numbered(number, below=place)]
        fitting = _of_phase(hierarchy, numbered, phase)
        if len(fitting) == 1:
            node = _unit_below(gazetteer, fitting[0], spoken.place)
            return Resolved(node.node_id, certainty, f"说的是{node.name}")
        if fitting:
            return None
    # Of an estate that is named without such a building, the estate is all that is known.
    return Resolved(named[0].node.node_id, SURE, f"说的是{named[0].node.name}") if len(named) == 1 else None


def _scopes(
    spoken: Spoken, hierarchy: Hierarchy, named: Sequence[Named]
) -> Iterator[tuple[tuple[str, ...], float]]:
    """Where a number is looked for, the likeliest first: the named places, else from the speaker's own upward."""
    if named:
        yield tuple(each.node.node_id for each in named), 0.95
    elif spoken.own is None:
        yield (hierarchy.root_id,), 0.9
    else:
        # Two steps up and more it may as well be a slip.
        for steps, above in enumerate(hierarchy.climb(spoken.own)):
            yield (above.node_id,), 0.95 if steps < _CLOSE else 0.4


def _by_name(spoken: Spoken, named: Sequence[Named]) -> Resolved | None:
    """A single place by its name; of somebody whose place is known only a whole name says that it is another."""
    telling = [each for each in named if each.is_whole or spoken.own is None]
    if len(telling) != 1:
        return None
    return Resolved(telling[0].node.node_id, 0.8, f"提到“{telling[0].node.name}”")


def _by_unit(spoken: Spoken, hierarchy: Hierarchy, gazetteer: Gazetteer) -> Resolved | None:
    """Where units are places of their own: that of the speaker's building."""
    if spoken.place.unit is None or spoken.own is None:
        return None
    for above in list(hierarchy.climb(spoken.own))[:2]:
        found = gazetteer.list_numbered(unit_of(spoken.place.unit), below=above.node_id)
        if len(found) == 1:
            return Resolved(found[0].node_id, 0.9, f"说的是{found[0].name}")
    return None


def _by_context(spoken: Spoken) -> Resolved:
    if spoken.own is None:
        return Resolved(None, 0.0, "没有说是哪里")
    if _ANOTHER.search(spoken.text):
        return Resolved(spoken.own, 0.5, "说的是附近另一处，没说是哪一栋，先按说话人所在登记")
    if _OWN.search(spoken.text):
        return Resolved(spoken.own, 0.9, "说的是自己这栋")
    return Resolved(spoken.own, 0.8, "没有说是别处，按说话人所在登记")


def _beside_own(spoken: Spoken, hierarchy: Hierarchy, found: Resolved) -> Resolved:
    """What was found, or the speaker's own place where that is within it, or more likely than it."""
    own, node_id = spoken.own, found.node_id
    assert node_id is not None
    if own is None or hierarchy.is_within(node_id, own):
        return found
    if hierarchy.is_within(own, node_id):
        return Resolved(own, 0.8, found.why)
    means_own = _OWN.search(spoken.text) is not None and not _LIVES.search(spoken.text)
    if means_own or found.certainty < SURE:
        return Resolved(own, 0.5, f"{found.why}，但也可能是自己这栋，先按说话人所在登记")
    return Resolved(node_id, found.certainty, found.why, contradicts=True)


def _unit_below(gazetteer: Gazetteer, node: Node, place: Place) -> Node:
    found = gazetteer.list_numbered(unit_of(place.unit), below=node.node_id) if place.unit else ()
    return found[0] if len(found) == 1 else node


def _of_phase(hierarchy: Hierarchy, fitting: Sequence[Node], phase: str | None) -> Sequence[Node]:
    """Those of the phase that is spoken of; all where the tree knows no such phase."""
    if phase is None or len(fitting) < 2:
        return fitting
    return [each for each in fitting if phase in _phases_of(hierarchy, each)] or fitting


def _phases_of(hierarchy: Hierarchy, node: Node) -> set[str | None]:
    return {
        _phase_in(called)
        for above in hierarchy.climb(node.node_id)
        for called in (above.name, *above.aliases)
    }


def _phase_in(text: str) -> str | None:
    found = _PHASE.search(text)
    return _DIGITS.get(found[1], found[1]) if found else None


def _lowest(hierarchy: Hierarchy, found: Iterable[Named]) -> list[Named]:
    """The lowest of each branch, each place once."""
    by_id = {each.node.node_id: each for each in found}
    above = {
        node.node_id
        for each in by_id.values()
        for node in hierarchy.climb(each.node.node_id)
        if node is not each.node
    }
    return [each for own_id, each in by_id.items() if own_id not in above]
