"""Which marks a tree deserves, from what the store and the channels know of it. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from admin_web.coverage_ports import Mark
from admin_web.letters import is_gone
from admin_web.trouble_ports import Harm
from bot.addressbook import SANDBOX, Addressbook
from routing.coverage import list_unanswered
from routing.hierarchy import RESIDENTS, Hierarchy, Node
from routing.night_hours import list_sleeping
from storage.queries.coverage import Lost, Moves

FEWEST_ON_A_LEVEL = 10
TAKES_TOO_FEW = 0.1
"""A level that takes less than a tenth of what comes to it only passes on."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """`silent` are nodes from which nothing was ever reported, empty while the house is young; `month` and `quarter`
    are the moves of the last 30 and 90 days, the former empty while the house is younger."""

    lost: Sequence[Lost]
    silent: frozenset[str]
    month: Mapping[str, Moves]
    quarter: Mapping[str, Moves]


def mark_places(tree: Hierarchy, reach: Addressbook, evidence: Evidence) -> dict[str, list[Mark]]:
    gone = {(each.channel, each.chat) for each in evidence.lost if is_gone(each.detail)}
    looks: Sequence[Callable[[Node], Iterator[Mark]]] = (
        lambda node: _groups(node, tree, reach, gone),
        lambda node: _entrances(node, reach, evidence),
        lambda node: _staff(node, tree, reach, gone),
        lambda node: _idle(node, evidence),
    )
    found: dict[str, list[Mark]] = {}
    for node in tree.nodes.values():
        marks = sorted((mark for look in looks for mark in look(node)), key=lambda each: each.harm)
        if marks:
            found[node.node_id] = marks
    return found


def mark_everywhere(tree: Hierarchy, reach: Addressbook, evidence: Evidence) -> list[Mark]:
    found = [*_gaps(tree, reach), *_levels(tree, evidence), *_night(tree)]
    return sorted(found, key=lambda each: each.harm)


def _groups(node: Node, tree: Hierarchy, reach: Addressbook, gone: set[tuple[str, str]]) -> Iterator[Mark]:
    left = [each for each in node.groups if any(pair in gone for pair in each.chats.items())]
    if left:
        yield Mark("left", Harm.RESIDENTS, tuple(each.name for each in left))
    deaf = [each for each in node.groups if each.kind != RESIDENTS and not reach.can_hear(each, tree)]
    if deaf:
        yield Mark("deaf", Harm.RESIDENTS, tuple(each.name for each in deaf))


def _entrances(node: Node, reach: Addressbook, evidence: Evidence) -> Iterator[Mark]:
    """How residents come in: by their group, or by the code at their door."""
    residents = [each for each in node.groups if each.kind == RESIDENTS]
    real = set(reach.accounts) - {SANDBOX}
    shut = [each for each in residents if each.scene is None and real and not real & each.chats.keys()]
    if shut:
        yield Mark("shut", Harm.RESIDENTS, tuple(each.name for each in shut))
    uncoded = [each for each in residents if each.scene is None and each not in shut]
    if uncoded:
        yield Mark("no_code", Harm.HOUSE, tuple(each.name for each in uncoded))
    if residents and node.node_id in evidence.silent:
        yield Mark("silent", Harm.STAFF, tuple(each.name for each in residents))


def _staff(node: Node, tree: Hierarchy, reach: Addressbook, gone: set[tuple[str, str]]) -> Iterator[Mark]:
    real = set(reach.accounts) - {SANDBOX}
    unbound, lost = [], []
    for each in node.staff:
        accounts = tree.accounts_of(each.staff_id)
        ways = {name: user for name, user in accounts.items() if name in real or not real}
        if not ways:
            unbound.append(each.name)
        elif all(pair in gone for pair in ways.items()):
            lost.append(each.name)
    if lost:
        yield Mark("out_of_reach", Harm.RESIDENTS, tuple(lost))
    if unbound:
        yield Mark("unbound", Harm.STAFF, tuple(unbound))


def _idle(node: Node, evidence: Evidence) -> Iterator[Mark]:
    moves = evidence.month.get(node.node_id)
    if moves is not None and moves.came and not moves.taken:
        yield Mark("idle", Harm.RESIDENTS, values={"came": moves.came})


def _gaps(tree: Hierarchy, reach: Addressbook) -> Iterator[Mark]:
    for gap in list_unanswered(tree, can_hear=lambda group: reach.can_hear(group, tree)):
        category = tree.get_category(gap.category_id)
        values = {"level": tree.level_name(gap.level_id), "count": gap.count, "of": gap.of}
        yield Mark("gap", Harm.RESIDENTS, (category.name,), values)


def _levels(tree: Hierarchy, evidence: Evidence) -> Iterator[Mark]:
    for level in tree.levels[:-1]:
        moves = [
            each
            for node_id, each in evidence.quarter.items()
            if (node := tree.find_node(node_id)) is not None and node.level == level.level_id
        ]
        came, taken = sum(each.came for each in moves), sum(each.taken for each in moves)
        if came >= FEWEST_ON_A_LEVEL and taken < came * TAKES_TOO_FEW:
            yield Mark("passes_on", Harm.STAFF, (level.name,), {"came": came, "taken": taken})


def _night(tree: Hierarchy) -> Iterator[Mark]:
    sleeping = list_sleeping(tree)
    if sleeping:
        yield Mark("night", Harm.RESIDENTS, tuple(each.name for each in sleeping))
