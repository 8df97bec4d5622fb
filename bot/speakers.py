"""Who speaks and where they belong: from the group, the scanned scene, the nickname, or from what they told once."""

from collections.abc import Sequence
from dataclasses import replace

from bot.gazetteer import gazetteer_of
from bot.ports import StoreUnit
from bot.turn import Turn
from routing.hierarchy import RESIDENTS, Hierarchy, Node
from routing.messages import Inbound
from routing.people import Person
from routing.ports import Reader


def find_person(store: StoreUnit, inbound: Inbound) -> Person | None:
    address = inbound.address
    return store.people.find(address.channel, address.account, inbound.speaker.user)


def ensure_person(turn: Turn) -> Turn:
    """The turn with a person who is stored, created at their first matter, and brought up to date."""
    known = turn.person or _new_person(turn)
    private = turn.inbound.address if turn.inbound.private else known.private
    node_id, home = _belongs(turn, known)
    fresh = replace(
        known,
        private=private,
        follows=True,
        consented_at=known.consented_at or turn.now,
        node_id=node_id or known.node_id,
        home=home or known.home,
    )
    if turn.person is None:
        fresh = turn.store.people.add(fresh)
    elif fresh != known:
        turn.store.people.save(fresh)
    return turn.as_person(fresh)


def _new_person(turn: Turn) -> Person:
    """Not stored yet."""
    inbound = turn.inbound
    return Person(
        person_id=0,
        channel=inbound.address.channel,
        account=inbound.address.account,
        user=inbound.speaker.user,
        name=inbound.speaker.name,
        private=inbound.address if inbound.private else None,
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
    places = gazetteer_of(hierarchy, reader)
    named = _lowest(hierarchy, places.list_named(said))
    numbered = places.list_numbered(reader.read_place(said).building or "")
    fitting = _those_under(hierarchy, numbered, named) if named else list(numbered)
    if len(fitting) == 1:
        return fitting[0]
    return named[0] if not fitting and len(named) == 1 else None


def _lowest(hierarchy: Hierarchy, found: list[Node]) -> list[Node]:
    """The lowest of each branch."""
    above = {node.node_id for each in found for node in hierarchy.climb(each.node_id) if node is not each}
    return [each for each in found if each.node_id not in above]


def _those_under(hierarchy: Hierarchy, nodes: Sequence[Node], named: list[Node]) -> list[Node]:
    ids = {each.node_id for each in named}
    return [each for each in nodes if any(node.node_id in ids for node in hierarchy.climb(each.node_id))]
