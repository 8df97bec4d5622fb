"""What people do to a node of the drawn tree, done to the text: renamed, moved, added, removed, singled out.

Each act is a function from the source and its fields to a new text. What an act means for tickets is told by the plan.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from routing.hierarchy import Hierarchy
from storage.hierarchy_edit import people, settings
from storage.hierarchy_edit.entries import single_out, transplant, without_number
from storage.hierarchy_edit.new_ids import new_id, suggest_id, suggest_node_id
from storage.hierarchy_edit.origins import Place, find_place
from storage.hierarchy_edit.refusals import ActRefusedError
from storage.hierarchy_edit.source import (
    Source,
    UnreadableError,
    append_item,
    make_item,
    make_scalar,
    read_source,
    remove_item,
    set_value,
    text_of,
)
from storage.hierarchy_edit.targets import find_target
from storage.hierarchy_file import Checked, read_hierarchy

Values = Mapping[str, str]
Read = Callable[[str], Checked]


@dataclass(frozen=True, slots=True)
class Done:
    """The new text and the node that should be shown next."""

    text: str
    node_id: str


@dataclass(frozen=True, slots=True)
class _Desk:
    """The file as it is before the act."""

    source: Source
    tree: Hierarchy

    def own_place(self, node_id: str) -> Place:
        """Of a node that has an entry of its own. Refuses one that is made by a series."""
        place = self.place(node_id)
        if place.is_in_family:
            raise ActRefusedError("in_family", n=len(place.repeats[0]))
        if place.number is not None:
            raise ActRefusedError("family")
        return place

    def place(self, node_id: str) -> Place:
        place = find_place(self.source, node_id)
        if place is None:
            raise ActRefusedError("unknown")
        return place


def do_act(text: str, verb: str, values: Values, *, read: Read = read_hierarchy) -> Done:
    """Raises ActRefusedError, also when the new text would not be a right file. `read` may know texts already."""
    checked = read(text)
    act = _ACTS.get(verb)
    if checked.hierarchy is None or act is None:
        raise ActRefusedError("file" if act else "unknown")
    try:
        done = act(_Desk(read_source(text), checked.hierarchy), values)
    except UnreadableError:
        raise ActRefusedError("file") from None
    _require_right(done.text, read)
    return done


def _require_right(text: str, read: Read) -> None:
    problems = read(text).problems
    if problems:
        first = problems[0]
        raise ActRefusedError("result", line=first.line, message=first.message, message_zh=first.message_zh)


def _rename(desk: _Desk, values: Values) -> Done:
    place = desk.own_place(values["node"])
    return Done(set_value(desk.source, place.entry, "name", _name(values)), values["node"])


def _add_node(desk: _Desk, values: Values) -> Done:
    parent_id = values["node"]
    place = desk.own_place(parent_id)
    rank = desk.tree.level_index(desk.tree.get_node(parent_id).level)
    if rank == 0:
        raise ActRefusedError("lowest")
    node_id = new_id(values, desk.tree, own=suggest_node_id(desk.tree, parent_id))
    level = desk.tree.levels[rank - 1].level_id
    pairs = [
        ("id", make_scalar(node_id)),
        ("level", make_scalar(level)),
        ("name", make_scalar(_name(values))),
    ]
    return Done(append_item(desk.source, place.entry, "children", make_item(pairs, in_lines=True)), node_id)


def _move_node(desk: _Desk, values: Values) -> Done:
    node_id = values["node"]
    place = desk.own_place(node_id)
    node = desk.tree.get_node(node_id)
    if node.parent_id is None:
        raise ActRefusedError("root")
    level = desk.tree.levels[desk.tree.level_index(node.level) + 1]
    target = find_target(desk.tree, values.get("to", ""), field="to")
    if target.level != level.level_id:
        raise ActRefusedError("wrong_level", field="to", name=node.name, level=level.name)
    if target.node_id == node.parent_id:
        return Done(desk.source.text, node_id)
    goal = desk.own_place(target.node_id)
    return Done(transplant(desk.source, place, goal_id=text_of(goal.entry, "id")), node_id)


def _remove_node(desk: _Desk, values: Values) -> Done:
    node_id = values["node"]
    parent_id = desk.tree.get_node(node_id).parent_id if desk.tree.find_node(node_id) else None
    place = desk.place(node_id)
    if parent_id is None:
        raise ActRefusedError("root")
    if place.is_in_family:
        raise ActRefusedError("in_family", n=len(place.repeats[0]))
    if place.number is not None:
        return Done(without_number(desk.source, place), parent_id)
    return Done(remove_item(desk.source, place.holder, place.key, place.at), parent_id)


def _single_out(desk: _Desk, values: Values) -> Done:
    place = desk.place(values["node"])
    if place.is_in_family:
        raise ActRefusedError("in_family", n=len(place.repeats[0]))
    return Done(single_out(desk.source, place), values["node"])


def _add_group(desk: _Desk, values: Values) -> Done:
    place = desk.own_place(values["node"])
    kind = values.get("kind", "").partition(":")[0]
    group_id = new_id(values, desk.tree, own=suggest_id(desk.tree, f"{values['node']}-{kind}"))
    return Done(
        people.add_group(desk.source, place, {**values, "id": group_id, "name": _name(values)}),
        values["node"],
    )


def _rename_group(desk: _Desk, values: Values) -> Done:
    place = desk.own_place(values["node"])
    return Done(
        people.rename_group(desk.source, place, values.get("group", ""), _name(values)), values["node"]
    )


def _change_group(desk: _Desk, values: Values) -> Done:
    place = desk.own_place(values["node"])
    return Done(people.change_group(desk.source, place, {**values, "name": _name(values)}), values["node"])


def _move_group(desk: _Desk, values: Values) -> Done:
    place = desk.own_place(values["node"])
    target = find_target(desk.tree, values.get("to", ""), field="to")
    goal = desk.own_place(target.node_id)
    return Done(
        people.move_member(
            desk.source, place, "groups", values.get("group", ""), goal_id=text_of(goal.entry, "id")
        ),
        target.node_id,
    )


def _remove_group(desk: _Desk, values: Values) -> Done:
    place = desk.own_place(values["node"])
    return Done(people.remove(desk.source, place, "groups", values.get("group", "")), values["node"])


def _add_staff(desk: _Desk, values: Values) -> Done:
    place = desk.own_place(values["node"])
    staff_id = new_id(values, desk.tree, own=suggest_id(desk.tree, f"{values['node']}-person"))
    text = people.add_staff(desk.source, place, {**values, "id": staff_id, "name": _name(values)}, desk.tree)
    return Done(text, values["node"])


def _change_staff(desk: _Desk, values: Values) -> Done:
    place = desk.own_place(values["node"])
    text = people.change_staff(desk.source, place, {**values, "name": _name(values)}, desk.tree)
    return Done(text, values["node"])


def _remove_staff(desk: _Desk, values: Values) -> Done:
    place = desk.own_place(values["node"])
    return Done(people.remove(desk.source, place, "staff", values.get("staff", "")), values["node"])


def _set_limits(desk: _Desk, values: Values) -> Done:
    return Done(settings.set_limits(desk.source, values), "")


def _add_example(desk: _Desk, values: Values) -> Done:
    return Done(settings.add_example(desk.source, values), "")


def _name(values: Values) -> str:
    name = " ".join(values.get("name", "").split())
    if not name:
        raise ActRefusedError("name", field="name")
    return name[:60]


_ACTS: Mapping[str, Callable[[_Desk, Values], Done]] = {
    "rename": _rename,
    "add_node": _add_node,
    "move": _move_node,
    "remove": _remove_node,
    "single_out": _single_out,
    "add_group": _add_group,
    "rename_group": _rename_group,
    "change_group": _change_group,
    "move_group": _move_group,
    "remove_group": _remove_group,
    "add_staff": _add_staff,
    "change_staff": _change_staff,
    "remove_staff": _remove_staff,
    "set_limits": _set_limits,
    "add_example": _add_example,
}
