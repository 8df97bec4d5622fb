"""Where a category finds nobody: places from which no rung answers, and rungs that a ticket skips.

Pure, over a whole tree at once; places of the same shape are looked at once, so that a city takes no longer than a
street. What a gap means for a file is in `storage`.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from routing.asked import group_asked
from routing.hierarchy import STAFF, Category, Group, Hierarchy

_SAMPLE = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """`count` of the `of` nodes of a level have nobody for a category; `sample` holds the first of them."""

    category_id: str
    level_id: str
    sample: tuple[str, ...]
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class _Shape:
    """Nodes of one level with groups of the same kinds, below parents of one shape: the same groups are asked."""

    number: int
    level_id: str
    is_lowest: bool
    node_ids: list[str]


def list_unanswered(hierarchy: Hierarchy, *, can_hear: Callable[[Group], bool]) -> tuple[Gap, ...]:
    """Lowest nodes from which a category finds nobody at any rung up to the root."""
    ranks = _ranks(hierarchy)

    def is_gap(category: Category, shape: _Shape) -> bool:
        return shape.is_lowest and not any(
            group_asked(hierarchy, node.node_id, category, can_hear=can_hear)
            for node in hierarchy.climb(shape.node_ids[0])
            if ranks[node.level] >= ranks[category.starts_at]
        )

    return tuple(_list_gaps(hierarchy, can_hear, is_gap))


def list_skipped(hierarchy: Hierarchy, *, can_hear: Callable[[Group], bool]) -> tuple[Gap, ...]:
    """Nodes at or above the level where a category starts that have nobody for it: a ticket goes on upward."""
    ranks = _ranks(hierarchy)

    def is_gap(category: Category, shape: _Shape) -> bool:
        is_rung = ranks[shape.level_id] >= ranks[category.starts_at]
        return is_rung and not group_asked(hierarchy, shape.node_ids[0], category, can_hear=can_hear)

    return tuple(_list_gaps(hierarchy, can_hear, is_gap))


def _list_gaps(
    hierarchy: Hierarchy, can_hear: Callable[[Group], bool], is_gap: Callable[[Category, _Shape], bool]
) -> Iterator[Gap]:
    """By category in the order of the file, then by level, lowest first."""
    shapes = _list_shapes(hierarchy, can_hear)
    totals: Counter[str] = Counter()
    for shape in shapes:
        totals[shape.level_id] += len(shape.node_ids)
    for category in hierarchy.categories:
        empty = [shape for shape in shapes if is_gap(category, shape)]
        for level in hierarchy.levels:
            ids = [shape.node_ids for shape in empty if shape.level_id == level.level_id]
            if ids:
                sample = tuple(islice(chain.from_iterable(ids), _SAMPLE))
                count = sum(map(len, ids))
                yield Gap(category.category_id, level.level_id, sample, count, totals[level.level_id])


def _list_shapes(hierarchy: Hierarchy, can_hear: Callable[[Group], bool]) -> list[_Shape]:
    """In the order of the tree, parents first."""
    wanted = {each.handled_by for each in hierarchy.categories} | {STAFF}
    shapes: dict[tuple[object, ...], _Shape] = {}
    above: dict[str | None, int] = {None: -1}
    for node in hierarchy.subtree(hierarchy.root_id):
        kinds = frozenset(each.kind for each in node.groups if each.kind in wanted and can_hear(each))
        key = (above[node.parent_id], node.level, kinds, not node.children)
        shape = shapes.get(key)
        if shape is None:
            shape = shapes[key] = _Shape(len(shapes), node.level, not node.children, [])
        shape.node_ids.append(node.node_id)
        if node.children:
            above[node.node_id] = shape.number
    return list(shapes.values())


def _ranks(hierarchy: Hierarchy) -> dict[str, int]:
    return {each.level_id: rank for rank, each in enumerate(hierarchy.levels)}
