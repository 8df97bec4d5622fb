"""The examples of `expect:` as tests of the file: each is tried; what goes elsewhere is told with what was wanted."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from admin_web.hierarchy_plan import FailedExample
from admin_web.hierarchy_trying import Trial
from app.tree.trying import TrialTree, open_for_trial, try_message
from routing.expectations import Expectation
from routing.hierarchy import Hierarchy
from routing.ports import Reader

Difference = tuple[str, str, str]
"""What, wanted, found."""


def list_failed(
    new: Hierarchy, *, old: Hierarchy | None, reader: Reader, at: datetime
) -> tuple[FailedExample, ...]:
    """In the order of the file; `old` tells which of them still held before the edit."""
    if not new.expectations:
        return ()
    on = open_for_trial(new, reader)
    found = [(each, tuple(_differences(on, each, at))) for each in new.expectations]
    failed = [(each, differences) for each, differences in found if differences]
    before = _try_before(old, [each for each, _ in failed], reader, at)
    return tuple(
        FailedExample(
            each.text,
            new.groups[each.group_id].name,
            differences,
            is_new=before.get(each) == (),
            is_as_before=before.get(each) == differences,
        )
        for each, differences in failed
    )


def _try_before(
    old: Hierarchy | None, failed: list[Expectation], reader: Reader, at: datetime
) -> Mapping[Expectation, tuple[Difference, ...]]:
    """Of those that the tree in force has too: where they go there."""
    known = [each for each in failed if old is not None and each in old.expectations]
    if old is None or not known:
        return {}
    on = open_for_trial(old, reader)
    return {each: tuple(_differences(on, each, at)) for each in known}


def _differences(on: TrialTree, wanted: Expectation, at: datetime) -> Iterator[Difference]:
    trial = try_message(on, wanted.text, on.tree.groups[wanted.group_id], at=at)
    for what, want, found in _pairs(wanted, trial):
        if want and want != found:
            yield what, _name(on.tree, what, want), _name(on.tree, what, found)


def _pairs(wanted: Expectation, trial: Trial) -> Iterator[tuple[str, str, str]]:
    yield "category", wanted.category, trial.category_id
    yield "urgent", "" if wanted.urgent is None else _yes(wanted.urgent), _yes(trial.urgent)
    yield "node", wanted.node, trial.origin_id
    yield "level", wanted.level, trial.level_id
    yield "goes_to", wanted.goes_to, trial.group_id


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _name(tree: Hierarchy, what: str, thing_id: str) -> str:
    match what:
        case "category":
            return tree.get_category(thing_id).name
        case "node":
            return tree.get_node(thing_id).name
        case "level":
            return tree.level_name(thing_id)
        case "goes_to":
            return tree.groups[thing_id].name
    return thing_id
