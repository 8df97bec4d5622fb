"""Which groups the channels that are on can tell anything, and which they cannot."""

from collections.abc import Sequence

from bot.addressbook import Addressbook
from bot.channel import Channel
from routing.hierarchy import RESIDENTS, Group, Hierarchy


def addressbook_of(channels: Sequence[Channel]) -> Addressbook:
    return Addressbook(
        accounts={each.name: each.account for each in channels},
        grouped=frozenset(each.name for each in channels if each.abilities.writes_to_groups),
    )


def list_deaf(tree: Hierarchy, reach: Addressbook) -> list[Group]:
    """Groups that must answer but cannot be told of a ticket, the highest level first."""
    working = [each for each in tree.groups.values() if each.kind != RESIDENTS]
    deaf = [each for each in working if not reach.can_hear(each, tree)]
    return sorted(deaf, key=lambda each: -tree.level_index(tree.get_node(each.node_id).level))
