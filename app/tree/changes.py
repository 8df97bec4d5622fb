"""What changes between two trees, thing by thing: what comes, goes, moves, is renamed or changes otherwise. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from admin_web.hierarchy_plan import Change, Fate, FieldChange, Thing
from app.tree.difference import (
    Face,
    face_of_calendar,
    face_of_category,
    face_of_group,
    face_of_node,
    face_of_staff,
)
from app.tree.settings import settings_of
from routing.hierarchy import Category, Group, Hierarchy, Limits, Node, Staff
from routing.working_time import Calendar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Kind(Generic[T]):
    """How one kind of thing is looked at; `stands_at` is the face's field that says where it stands."""

    thing: Thing
    all_of: Callable[[Hierarchy], Mapping[str, T]]
    face: Callable[[T], Face]
    name: Callable[[T], str]
    place: Callable[[T], str | None]
    stands_at: str = ""


def list_changes(old: Hierarchy, new: Hierarchy) -> tuple[Change, ...]:
    """Levels and the tree first, then categories, limits, calendars and the rest; each as the new file has them, then
    what is gone, as the old one had it."""
    return (
        *_compare(_LEVELS, old, new),
        *_compare(_NODES, old, new),
        *_compare(_GROUPS, old, new),
        *_compare(_STAFF, old, new),
        *_compare(_CATEGORIES, old, new),
        *_reorder(old, new),
        *(_with_level_name(each, old, new) for each in _compare(_LIMITS, old, new)),
        *_compare(_CALENDARS, old, new),
        *_compare(_SETTINGS, old, new),
    )


def _compare(kind: _Kind[T], old: Hierarchy, new: Hierarchy) -> Iterator[Change]:
    before, after = kind.all_of(old), kind.all_of(new)
    for thing_id in dict.fromkeys((*after, *before)):
        was, will = before.get(thing_id), after.get(thing_id)
        if was == will:
            continue
        if was is None or will is None:
            yield _come_or_go(kind, thing_id, was=was, will=will, tree=new if was is None else old)
            continue
        fields = _differ(kind.face(was), kind.face(will))
        if fields:
            fate = _fate(kind, fields)
            fields = tuple(_named(each, kind, old, new) for each in fields)
            where = _where(new, kind.place(will))
            yield Change(kind.thing, fate, thing_id, kind.name(will), where, fields)


def _come_or_go(kind: _Kind[T], thing_id: str, *, was: T | None, will: T | None, tree: Hierarchy) -> Change:
    here = will if will is not None else was
    assert here is not None
    fate = Fate.ADDED if was is None else Fate.REMOVED
    return Change(kind.thing, fate, thing_id, kind.name(here), _where(tree, kind.place(here)))


def _fate(kind: _Kind[T], fields: tuple[FieldChange, ...]) -> Fate:
    names = {each.name for each in fields}
    if kind.stands_at in names:
        return Fate.MOVED
    return Fate.RENAMED if names == {"name"} else Fate.CHANGED


def _differ(old: Face, new: Face) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(each, old.get(each, ""), new.get(each, ""))
        for each in {**old, **new}
        if old.get(each, "") != new.get(each, "")
    )


def _named(change: FieldChange, kind: _Kind[T], old: Hierarchy, new: Hierarchy) -> FieldChange:
    """Places, groups and levels are told by name: people do not know ids."""
    if change.name == kind.stands_at:
        return FieldChange(change.name, _where(old, change.old), _where(new, change.new))
    tell = _TOLD_BY_NAME.get((kind.thing, change.name))
    return FieldChange(change.name, tell(old, change.old), tell(new, change.new)) if tell else change


def _name_groups(tree: Hierarchy, ids: str) -> str:
    """Two of one name keep their ids."""
    found = [(each, tree.find_group(each)) for each in ids.split(", ") if each]
    names = [group.name if group else own_id for own_id, group in found]
    twice = {each for each in names if names.count(each) > 1}
    return ", ".join(
        f"{name} ({own_id})" if name in twice else name
        for (own_id, _), name in zip(found, names, strict=True)
    )


def _name_level(tree: Hierarchy, level_id: str) -> str:
    return next((each.name for each in tree.levels if each.level_id == level_id), level_id)


def _reorder(old: Hierarchy, new: Hierarchy) -> Iterator[Change]:
    """The first category that fits is taken, so another order sorts otherwise."""
    was = [each.category_id for each in old.categories if new.find_category(each.category_id)]
    will = [each.category_id for each in new.categories if old.find_category(each.category_id)]
    if was != will:
        apart = [at for at, (one, other) in enumerate(zip(was, will, strict=True)) if one != other]
        moved = slice(apart[0], apart[-1] + 1)
        names = [", ".join(new.get_category(each).name for each in ids[moved]) for ids in (was, will)]
        order = FieldChange("order", *names)
        yield Change(Thing.SETTING, Fate.CHANGED, "categories", "", fields=(order,))


def _where(tree: Hierarchy, node_id: str | None) -> str:
    """A place with its parent's name: there is a 7号楼 in every community."""
    names = [each.name for each in tree.climb(node_id or "")][:2]
    return "".join(reversed(names)) or (node_id or "")


def _with_level_name(change: Change, old: Hierarchy, new: Hierarchy) -> Change:
    clock_id, _, level_id = change.thing_id.partition("/")
    tree = new if any(each.level_id == level_id for each in new.levels) else old
    return replace(change, name=f"{clock_id} · {tree.level_name(level_id)}")


def _limits(tree: Hierarchy) -> Mapping[str, Face]:
    return {
        f"{clock.clock_id}/{level}": {**_face_of_limits(limits), "calendar": clock.calendar}
        for clock in tree.clocks.values()
        for level, limits in clock.limits.items()
    }


def _face_of_limits(limits: Limits) -> Face:
    return {
        "claim": str(limits.claim),
        "resolve": str(limits.resolve),
        "remind": str(limits.remind or ""),
    }


def _node_name(node: Node) -> str:
    return node.name


_TOLD_BY_NAME: Mapping[tuple[Thing, str], Callable[[Hierarchy, str], str]] = {
    (Thing.STAFF, "groups"): _name_groups,
    (Thing.NODE, "level"): _name_level,
    (Thing.CATEGORY, "starts_at"): _name_level,
}
_LEVELS: _Kind[str] = _Kind(
    Thing.LEVEL,
    lambda tree: {each.level_id: each.name for each in tree.levels},
    lambda name: {"name": name},
    str,
    lambda _: None,
)
_NODES: _Kind[Node] = _Kind(
    Thing.NODE, lambda tree: tree.nodes, face_of_node, _node_name, lambda node: node.parent_id, "under"
)
_GROUPS: _Kind[Group] = _Kind(
    Thing.GROUP,
    lambda tree: tree.groups,
    face_of_group,
    lambda group: group.name,
    lambda group: group.node_id,
    "node",
)
_STAFF: _Kind[Staff] = _Kind(
    Thing.STAFF,
    lambda tree: tree.staff,
    face_of_staff,
    lambda staff: staff.name,
    lambda staff: staff.node_id,
    "node",
)
_CATEGORIES: _Kind[Category] = _Kind(
    Thing.CATEGORY,
    lambda tree: {each.category_id: each for each in tree.categories},
    face_of_category,
    lambda category: category.name,
    lambda _: None,
)
_LIMITS: _Kind[Face] = _Kind(Thing.LIMIT, _limits, lambda face: face, lambda _: "", lambda _: None)
_CALENDARS: _Kind[Calendar] = _Kind(
    Thing.CALENDAR, lambda tree: tree.calendars, face_of_calendar, lambda _: "", lambda _: None
)
_SETTINGS: _Kind[Face] = _Kind(Thing.SETTING, settings_of, lambda face: face, lambda _: "", lambda _: None)
