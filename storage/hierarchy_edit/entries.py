"""Whole entries: one number taken out of a series, with or without an entry of its own, and one moved elsewhere."""

from collections.abc import Iterator

import yaml

from storage.hierarchy_edit.lines import splice
from storage.hierarchy_edit.origins import GAP, Place, find_place
from storage.hierarchy_edit.refusals import ActRefusedError
from storage.hierarchy_edit.source import (
    Source,
    append_item,
    comments_above,
    end_of,
    find_value,
    item_from,
    read_source,
    relocate,
    remove_item,
    remove_pair,
    set_value,
    start_of,
    with_comments,
)


def without_number(source: Source, place: Place) -> str:
    """The series without this number; without its entry when it was the last."""
    left = [each for each in place.repeats[-1] if each != place.number]
    if not left:
        return remove_item(source, place.holder, place.key, place.at)
    return set_value(source, place.entry, "repeat", write_numbers(left))


def single_out(source: Source, place: Place) -> str:
    """An entry of its own for one number, behind its neighbours; the series goes on without it."""
    if place.number is None:
        raise ActRefusedError("unknown")
    alone, entry = relocate(_filled(source, place.entry, place.number), place.entry)
    if len(place.repeats[-1]) == 1:
        return alone.text
    item = item_from(alone, entry, in_flow=False)
    rest, holder = relocate(without_number(source, place), place.holder)
    return append_item(rest, holder, place.key, item)


def transplant(source: Source, place: Place, *, goal_id: str) -> str:
    """An entry out of its list, then into the children of another: positions behind the cut are looked up anew."""
    item = item_from(source, place.entry, in_flow=False)
    if not place.entry.flow_style:
        item = with_comments(item, comments_above(source, place.entry))
    cut = read_source(remove_item(source, place.holder, place.key, place.at))
    goal = find_place(cut, goal_id)
    if goal is None:
        raise ActRefusedError("unknown")
    return append_item(cut, goal.entry, "children", item)


def write_numbers(numbers: list[int]) -> str:
    """ "1-3,5,8-12": as people write it; the numbers are in order."""
    parts: list[list[int]] = []
    for each in numbers:
        if parts and each == parts[-1][-1] + 1:
            parts[-1][1:] = [each]
        else:
            parts.append([each])
    return ",".join("-".join(str(each) for each in part) for part in parts)


def _filled(source: Source, entry: yaml.MappingNode, number: int) -> str:
    """The file as if the series made this one only: its gaps filled, its `repeat` gone."""
    text = source.text
    for start, end in sorted(_list_gaps(text, entry, 1), reverse=True):
        gap = GAP.fullmatch(text, start, end)
        assert gap is not None
        text = splice(text, start, end, f"{number:0{int(gap[2] or 0)}d}")
    again, same = relocate(text, entry)
    return remove_pair(again, same, "repeat")


def _list_gaps(text: str, node: yaml.Node, depth: int) -> Iterator[tuple[int, int]]:
    """Where the number of the outermost repeat is filled in: below another repeat it is called by one n more."""
    if isinstance(node, yaml.ScalarNode):
        found = GAP.finditer(text, start_of(node), end_of(node))
        yield from (gap.span() for gap in found if len(gap[1]) == depth)
        return
    for each in _parts(node):
        yield from _list_gaps(text, each, depth + _is_series(each, node))


def _parts(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [value for _, value in node.value]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _is_series(each: yaml.Node, holder: yaml.Node) -> bool:
    return (
        isinstance(holder, yaml.SequenceNode)
        and isinstance(each, yaml.MappingNode)
        and find_value(each, "repeat") is not None
    )
