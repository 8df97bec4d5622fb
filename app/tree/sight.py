"""Who gains or loses sight of how many tickets when the tree changes, by the one rule of what may be seen. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from admin_web.hierarchy_plan import Sight
from routing.hierarchy import Hierarchy
from storage.queries.edits import PlacePair

Moved = Mapping[tuple[str, str], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Viewer:
    """An account and the node it is over; one over the whole tree sees everything whatever happens."""

    name: str
    scope: str


@dataclass(frozen=True, slots=True)
class _Look:
    """From where somebody looks; None for those who are not (yet, or any more) in the tree."""

    name: str
    is_account: bool
    before: str | None
    after: str | None


def list_sights(
    old: Hierarchy, new: Hierarchy, pairs: Sequence[PlacePair], viewers: Iterable[Viewer], *, moved: Moved
) -> tuple[Sight, ...]:
    """Only those for whom something changes, whoever loses most first."""
    counted = list(_count(old, new, pairs, moved))
    # For those who look from where they looked before, only these matter; most edits change nobody's place.
    changed = [each for each in counted if each.before != each.after]
    looks = [*_accounts(old, new, viewers), *_staff(old, new)]
    found = [_sight(look, changed if look.before == look.after else counted) for look in looks]
    return tuple(
        sorted(
            (each for each in found if each.gains or each.loses),
            key=lambda each: (-each.loses, -each.gains, each.name),
        )
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """So many tickets and the nodes from which they are seen, before and after."""

    count: int
    before: frozenset[str]
    after: frozenset[str]


def _count(old: Hierarchy, new: Hierarchy, pairs: Sequence[PlacePair], moved: Moved) -> Iterator[_Seen]:
    above_old, above_new = _Above(old), _Above(new)
    for pair in pairs:
        before = above_old.of(pair.node) | above_old.of(pair.origin)
        goes = moved.get((pair.node, pair.origin), {})
        stays = pair.count - sum(goes.values())
        for node, count in {pair.node: stays, **Counter(goes)}.items():
            after = above_new.of(node) | above_new.of(pair.origin)
            if count > 0:
                yield _Seen(count, before, after)


class _Above:
    """A node and everything above it, asked for many times."""

    def __init__(self, tree: Hierarchy) -> None:
        self._tree = tree
        self._known: dict[str, frozenset[str]] = {}

    def of(self, node_id: str) -> frozenset[str]:
        found = self._known.get(node_id)
        if found is None:
            found = self._known[node_id] = frozenset(each.node_id for each in self._tree.climb(node_id))
        return found


def _accounts(old: Hierarchy, new: Hierarchy, viewers: Iterable[Viewer]) -> Iterator[_Look]:
    for each in viewers:
        was_whole = each.scope in {"", old.root_id}
        # A root that gets another id takes along those who are over the whole tree.
        stays_whole = each.scope in {"", new.root_id} or each.scope not in new.nodes
        if not (was_whole and stays_whole):
            yield _Look(each.name, True, _if_there(old, each.scope), _if_there(new, each.scope))


def _staff(old: Hierarchy, new: Hierarchy) -> Iterator[_Look]:
    for staff_id in sorted(old.staff.keys() | new.staff.keys()):
        was, will = old.find_staff(staff_id), new.find_staff(staff_id)
        here = will or was
        assert here is not None
        yield _Look(here.name, False, was.node_id if was else None, will.node_id if will else None)


def _if_there(tree: Hierarchy, node_id: str) -> str | None:
    return node_id if tree.find_node(node_id) else None


def _sight(look: _Look, counted: Sequence[_Seen]) -> Sight:
    gains = loses = 0
    for each in counted:
        saw, sees = look.before in each.before, look.after in each.after
        gains += each.count if sees and not saw else 0
        loses += each.count if saw and not sees else 0
    return Sight(look.name, look.is_account, gains, loses)
