"""The section `tree:` as it is written: entries, not yet repeated. What does not depend on a number is checked here."""

from collections.abc import Iterator
from dataclasses import dataclass

from routing.hierarchy import Level
from storage.hierarchy_file.fields import Fields, as_map
from storage.hierarchy_file.labels import Label, read_id_label, read_label
from storage.hierarchy_file.members import GroupEntry, StaffEntry, read_groups, read_name, read_staff
from storage.hierarchy_file.nearest import clip, suggest
from storage.hierarchy_file.repeat import read_numbers
from storage.hierarchy_file.report import Report
from storage.hierarchy_file.values import Map, Text, Value

_KEYS = ("id", "level", "name", "aliases", "repeat", "groups", "staff", "children")
# A number that makes no id which the file could have as well.
_UNREADABLE = (-1,)
_SHORTEST_ALIAS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One entry of the tree. `numbers` is None where nothing is repeated; `level` is where it should stand if the
    file names a level that does not exist."""

    at: Map
    numbers: tuple[int, ...] | None
    node_id: Label
    level: str
    name: Label
    aliases: tuple[Label, ...]
    groups: tuple[GroupEntry, ...]
    staff: tuple[StaffEntry, ...]
    children: "tuple[Entry, ...]"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entry stands: `rank` its level should have (None: not known), and the longest numbers around it."""

    levels: tuple[Level, ...]
    rank: int | None
    longest: tuple[int, ...]


def read_tree(fields: Fields, levels: tuple[Level, ...], report: Report) -> tuple[Entry, ...]:
    """The roots; one of them unless that was reported."""
    values = fields.get_items("tree")
    top = _Place(levels, len(levels) - 1 if levels else None, ())
    roots = tuple(_read_entries(values, top, report))
    if len(roots) > 1 or any(len(each.numbers or (1,)) > 1 for each in roots):
        second = roots[1] if len(roots) > 1 else roots[0]
        report.problem(
            second.at,
            "A second root stands here. One file holds one tree: put it below the first, or add a level above both.",
            "这里有第二个根节点。一个文件只能有一棵树：请把它放到第一个的 children 里，或在上面再加一级。",
        )
    return roots


def _read_entries(values: list[Value], place: _Place, report: Report) -> Iterator[Entry]:
    for value in values:
        at = as_map(value, report)
        if at is not None:
            yield _read_entry(at, place, report)


def _read_entry(at: Map, place: _Place, report: Report) -> Entry:
    own = Fields(at, _KEYS, report)
    repeat = own.find_text("repeat", longest=1_000)
    numbers = (read_numbers(repeat, report) or _UNREADABLE) if repeat is not None else None
    longest = place.longest if numbers is None else (*place.longest, max(numbers))
    rank = _read_rank(own, place, report)
    below = _Place(place.levels, rank - 1 if rank is not None else None, longest)
    known = rank if rank is not None else place.rank
    return Entry(
        at=at,
        numbers=numbers,
        node_id=read_id_label(own.get_text("id", longest=1_000), at, longest, report),
        level=place.levels[max(known or 0, 0)].level_id if place.levels else "",
        name=read_name(own, longest, report),
        aliases=_read_aliases(own, longest, report),
        groups=read_groups(own, longest, report),
        staff=read_staff(own, longest, report),
        children=tuple(_read_entries(own.find_items("children"), below, report)),
    )


def _read_aliases(own: Fields, longest: tuple[int, ...], report: Report) -> tuple[Label, ...]:
    aliases = own.find_texts("aliases")
    for each in aliases:
        if len(each.value) < _SHORTEST_ALIAS:
            report.problem(
                each,
                f'"{clip(each.value)}" is too short for another name: it would be found in many words. '
                f"Write at least {_SHORTEST_ALIAS} characters.",
                f"别名“{clip(each.value)}”太短，许多话里都会碰到。请至少写 {_SHORTEST_ALIAS} 个字。",
            )
    return tuple(read_label(each, longest, report) for each in aliases)


def _read_rank(own: Fields, place: _Place, report: Report) -> int | None:
    """The rank of the level that the entry names; where that is unknown, the one that it should have."""
    text = own.get_text("level")
    known = [each.level_id for each in place.levels]
    if text is None or not known:
        return place.rank
    if text.value not in known:
        near, near_zh = suggest(text.value, known)
        report.problem(
            text,
            f'There is no level "{clip(text.value)}". {near}',
            f"没有“{clip(text.value)}”这个层级。{near_zh}",
        )
        return place.rank
    rank = known.index(text.value)
    if place.rank is not None and rank != place.rank:
        _report_misplaced(text, place, rank, report)
    return rank


def _report_misplaced(text: Text, place: _Place, rank: int, report: Report) -> None:
    levels = place.levels
    assert place.rank is not None
    if place.rank < 0:
        report.problem(
            text,
            f'Nothing can stand below the lowest level, "{levels[0].level_id}". Move this entry up, or add a level.',
            f"“{levels[0].name}”是最低一级，下面不能再有节点。请把它上移，或增加一个层级。",
        )
        return
    wanted = levels[place.rank]
    is_root = place.rank == len(levels) - 1
    where, where_zh = ("The root must be", "根节点必须是") if is_root else ("Here belongs", "这里应当是")
    report.problem(
        text,
        f'{where} a node of the level "{wanted.level_id}", this one is "{levels[rank].level_id}": each child is '
        "exactly one level below its parent.",
        f"{where_zh}“{wanted.name}”（{wanted.level_id}）一级，这里写的是“{levels[rank].name}”："
        "下级节点必须正好低一级。",
    )
