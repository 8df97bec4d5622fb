"""Groups and staff in the text: added, renamed, moved, removed."""

from collections.abc import Mapping

import yaml

from routing.hierarchy import Hierarchy, Listen
from storage.hierarchy_edit.origins import Place, find_place
from storage.hierarchy_edit.refusals import ActRefusedError
from storage.hierarchy_edit.source import (
    Source,
    append_item,
    comments_above,
    item_from,
    items_of,
    make_item,
    make_scalar,
    read_source,
    relocate,
    remove_item,
    remove_pair,
    set_value,
    text_of,
    with_comments,
)

Values = Mapping[str, str]
_GROUP_KEYS = ("id", "kind", "name", "telegram", "wechat", "wecom", "scene", "listen")
_CHANGED = ("name", "kind", "telegram", "scene", "listen")
_STAFF_KEYS = ("id", "name", "role")
_ACCOUNTS = ("telegram", "wechat", "wecom")


def add_group(source: Source, place: Place, values: Values) -> str:
    pairs = [(key, make_scalar(values[key].strip())) for key in _GROUP_KEYS if values.get(key, "").strip()]
    return append_item(source, place.entry, "groups", make_item(pairs))


def rename_group(source: Source, place: Place, group_id: str, name: str) -> str:
    _, item = find_item(place, "groups", group_id)
    return set_value(source, item, "name", name)


def change_group(source: Source, place: Place, values: Values) -> str:
    """Name, kind, and what is in the form of the rest; an empty field takes its line away."""
    _, item = find_item(place, "groups", values.get("group", ""))
    for key in (each for each in _CHANGED if each in values):
        value = values[key].strip()
        if value == text_of(item, key):
            continue
        is_kept = value and (key, value) != ("listen", Listen.MENTION)
        text = set_value(source, item, key, value) if is_kept else remove_pair(source, item, key)
        source, item = relocate(text, item)
    return source.text


def move_member(source: Source, place: Place, key: str, thing_id: str, *, goal_id: str) -> str:
    """A group or a member of staff, to the node of this id."""
    at, item = find_item(place, key, thing_id)
    moved = item_from(source, item, in_flow=False)
    if not place.entry.flow_style:
        moved = with_comments(moved, comments_above(source, item))
    cut = read_source(remove_item(source, place.entry, key, at))
    goal = find_place(cut, goal_id)
    if goal is None:
        raise ActRefusedError("unknown")
    return append_item(cut, goal.entry, key, moved)


def add_staff(source: Source, place: Place, values: Values, tree: Hierarchy) -> str:
    pairs = [(key, make_scalar(values[key].strip())) for key in _STAFF_KEYS if values.get(key, "").strip()]
    pairs.append(("groups", _list_groups(values, tree)))
    pairs += [(key, make_scalar(values[key].strip())) for key in _ACCOUNTS if values.get(key, "").strip()]
    return append_item(source, place.entry, "staff", make_item(pairs))


def change_staff(source: Source, place: Place, values: Values, tree: Hierarchy) -> str:
    """Name, role and groups; accounts stay as they are."""
    groups = _list_groups(values, tree)
    _, item = find_item(place, "staff", values.get("staff", ""))
    source, item = relocate(set_value(source, item, "name", values["name"]), item)
    role = values.get("role", "").strip()
    text = set_value(source, item, "role", role) if role else remove_pair(source, item, "role")
    source, item = relocate(text, item)
    wanted = yaml.compose(groups, Loader=yaml.CSafeLoader)
    assert isinstance(wanted, yaml.SequenceNode)
    if _texts(item, "groups") == [each.value for each in wanted.value]:
        return source.text
    return set_value(source, item, "groups", groups, is_yaml=True)


def remove(source: Source, place: Place, key: str, thing_id: str) -> str:
    """A group or a member of staff, by what `key` says."""
    at, _ = find_item(place, key, thing_id)
    return remove_item(source, place.entry, key, at)


def find_item(place: Place, key: str, thing_id: str) -> tuple[int, yaml.MappingNode]:
    """Raises ActRefusedError for what is not there."""
    for at, item in enumerate(items_of(place.entry, key)):
        if text_of(item, "id") == thing_id:
            return at, item
    raise ActRefusedError("unknown")


def _list_groups(values: Values, tree: Hierarchy) -> str:
    """What was ticked: fields such as "in.xingfuli-staff"."""
    chosen = [name.removeprefix("in.") for name in values if name.startswith("in.")]
    known = [each for each in chosen if each in tree.groups]
    if not known:
        raise ActRefusedError("no_group", field="groups")
    return "[" + ", ".join(make_scalar(each) for each in known) + "]"


def _texts(item: yaml.MappingNode, key: str) -> list[str]:
    value = next((each for name, each in item.value if name.value == key), None)
    return [each.value for each in value.value] if isinstance(value, yaml.SequenceNode) else []
