"""Who speaks and where they belong: from the group, the scanned scene, the nickname, or from what they told once."""

from dataclasses import replace

from bot.ports import StoreUnit
from bot.turn import Turn
from routing.hierarchy import RESIDENTS, Hierarchy, Node
from routing.messages import Inbound
from routing.people import Person
from routing.ports import Reader
from routing.reading import Place


def find_person(store: StoreUnit, inbound: Inbound) -> Person | None:
    address = inbound.address
    return store.people.find(address.channel, address.account, inbound.speaker.user)


def ensure_person(turn: Turn) -> Turn:
    """The turn with a person who is stored, created at their first matter, and brought up to date."""
    known = turn.person or _new_person(turn)
    private = turn.inbound.address if turn.inbound.private else known.private
    fresh = replace(known, private=private, follows=True, consented_at=known.consented_at or turn.now)
    node_id, home = _belongs(turn, fresh)
    fresh = replace(fresh, node_id=node_id or fresh.node_id, home=home or fresh.home)
    if fresh != known:
        turn.store.people.save(fresh)
    return turn.as_person(fresh)


def _new_person(turn: Turn) -> Person:
    inbound = turn.inbound
    return turn.store.people.add(
        Person(
            person_id=0,
            channel=inbound.address.channel,
            account=inbound.address.account,
            user=inbound.speaker.user,
            name=inbound.speaker.name,
            private=inbound.address if inbound.private else None,
        )
    )


def _belongs(turn: Turn, person: Person) -> tuple[str | None, str]:
    """Node and household as this message tells them; a residents' group says more than a nickname."""
    name = turn.inbound.speaker.name
    home = name if name and not turn.reader.read_place(name).is_empty else ""
    if turn.group is not None and turn.group.kind == RESIDENTS:
        return turn.group.node_id, home
    if person.node_id is None and home:
        node = find_building(turn.hierarchy, turn.reader, home)
        return (node.node_id if node else None), home
    return None, home


def origin_of(turn: Turn) -> str | None:
    """The node a report of this turn comes from; None where nobody has told yet."""
    if turn.group is not None:
        return turn.group.node_id
    node_id = turn.person.node_id if turn.person else None
    if node_id is not None and turn.hierarchy.find_node(node_id) is not None:
        return node_id
    return turn.staff.node_id if turn.staff else None


def find_building(hierarchy: Hierarchy, reader: Reader, said: str) -> Node | None:
    """The one node that a short answer names ("幸福里3号楼", "3-1-502"); None when none or several fit."""
    named = _named(hierarchy, reader, said)
    place = reader.read_place(said)
    fitting = [
        each for each in _numbered(hierarchy, reader, place) if not named or _is_under(hierarchy, each, named)
    ]
    if len(fitting) == 1:
        return fitting[0]
    return named[0] if not fitting and len(named) == 1 else None


def _numbered(hierarchy: Hierarchy, reader: Reader, place: Place) -> list[Node]:
    """Lowest nodes whose own name carries the building number."""
    number = place.building
    if not number:
        return []
    lowest = hierarchy.levels[0].level_id
    near = (each for each in hierarchy.nodes.values() if each.level == lowest and number in each.name)
    return [each for each in near if reader.read_place(each.name).building == number]


def _named(hierarchy: Hierarchy, reader: Reader, said: str) -> list[Node]:
    """Nodes whose name, or its first part without 社区 or 小区, occurs in the answer; the lowest of a branch.

    A building that is called by its number alone is not named by it: every community has a 1号楼.
    """
    found = [
        each
        for each in hierarchy.nodes.values()
        if len(_stem(each.name)) > 1
        and _stem(each.name) in said
        and not reader.read_place(each.name).building
    ]
    above = {node.node_id for each in found for node in hierarchy.climb(each.node_id) if node is not each}
    return [each for each in found if each.node_id not in above]


def _stem(name: str) -> str:
    for ending in ("社区", "小区", "街道", "新村", "花园"):
        name = name.removesuffix(ending)
    return name


def _is_under(hierarchy: Hierarchy, node: Node, named: list[Node]) -> bool:
    return any(hierarchy.is_within(node.node_id, each.node_id) for each in named)
