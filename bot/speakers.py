"""Who speaks and where they belong: from the group, the scanned scene, the nickname, or from what they told once."""

from dataclasses import replace

from bot.gazetteer import gazetteer_of
from bot.ports import StoreUnit
from bot.turn import Turn
from routing.hierarchy import RESIDENTS, Hierarchy, Node
from routing.messages import Inbound
from routing.people import Person
from routing.place_resolution import Resolved, Spoken, resolve
from routing.ports import Reader
from routing.reading import Place


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
    spoken = Spoken(said, reader.read_place(said))
    found = resolve(spoken, hierarchy, gazetteer_of(hierarchy, reader)).node_id
    return hierarchy.get_node(found) if found else None


def whereabouts_of(turn: Turn, place: Place) -> Resolved:
    """Where a message of this turn is about: `place` as read from it, with where its speaker belongs as context.

    Where nobody knows that, only a building counts: the name of an estate alone says too little.
    """
    places = gazetteer_of(turn.hierarchy, turn.reader)
    own, text = origin_of(turn), turn.inbound.text
    if own is not None:
        return resolve(Spoken(text, place, own), turn.hierarchy, places)
    found = resolve(Spoken(text, turn.reader.read_place(text)), turn.hierarchy, places)
    node = turn.hierarchy.find_node(found.node_id) if found.node_id else None
    return found if node is not None and not node.children else replace(found, node_id=None)
