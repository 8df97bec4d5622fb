"""Tries a message on a tree, as a group of that tree would say it: reading, place, rule and the whole timetable."""

from dataclasses import dataclass
from datetime import datetime

from admin_web.hierarchy_trying import Milestone, Trial
from routing.gazetteer import Gazetteer, build_gazetteer
from routing.hierarchy import Group, Hierarchy
from routing.place_resolution import Resolved, Spoken, resolve
from routing.ports import Reader
from routing.reading import Intent, Reading
from routing.timetable import Entry, Forecast, forecast
from routing.working_time import is_working

MAKES_TICKET = frozenset({Intent.REPORT, Intent.SUGGESTION})


@dataclass(frozen=True, slots=True)
class TrialTree:
    """A tree with the names of its places, made once for all messages that are tried on it."""

    tree: Hierarchy
    places: Gazetteer
    reader: Reader


def open_for_trial(tree: Hierarchy, reader: Reader) -> TrialTree:
    """Takes a while for a large tree."""
    return TrialTree(tree, build_gazetteer(tree, reader.read_place), reader)


@dataclass(slots=True)
class LastTrial:
    """Keeps the tree of the last trial: whoever tries messages tries several on the same draft."""

    _last: TrialTree | None = None

    def open(self, tree: Hierarchy, reader: Reader) -> TrialTree:
        last = self._last
        if last is None or last.tree is not tree or last.reader is not reader:
            last = self._last = open_for_trial(tree, reader)
        return last


def try_message(on: TrialTree, text: str, group: Group, *, at: datetime) -> Trial:
    """Every group counts as reachable: no channel is asked about a draft."""
    reading = on.reader.read(text, on.tree)
    found = resolve(Spoken(text, reading.place, group.node_id), on.tree, on.places)
    origin = found.node_id or group.node_id
    category = on.tree.get_category(reading.category)
    shown = forecast(on.tree, category, origin=origin, urgent=reading.urgent, at=at, can_hear=lambda _: True)
    return _trial(on.tree, text, group, found=found, reading=reading, shown=shown, at=at)


def _trial(
    tree: Hierarchy,
    text: str,
    group: Group,
    *,
    found: Resolved,
    reading: Reading,
    shown: Forecast,
    at: datetime,
) -> Trial:
    placement, category = shown.placement, tree.get_category(reading.category)
    origin = found.node_id or group.node_id
    calendar = tree.calendars[tree.clocks[shown.clock_id].calendar]
    return Trial(
        text=text,
        said_in=group.name,
        at=at,
        intent=reading.intent.value,
        makes_ticket=reading.intent in MAKES_TICKET,
        certainty=reading.certainty,
        category_id=category.category_id,
        category=category.name,
        urgent=reading.urgent,
        emergency=reading.emergency or "",
        why=reading.why,
        origin_id=origin,
        origin=_name(tree, origin),
        place_why=found.why if origin != group.node_id else "",
        node_id=placement.node_id,
        level_id=placement.level,
        level=tree.level_name(placement.level),
        group_id=placement.group_id,
        group=tree.groups[placement.group_id].name,
        rule=placement.rule,
        rule_why=placement.why,
        clock_id=shown.clock_id,
        is_outside_hours=not is_working(at, calendar),
        timetable=tuple(_milestone(each, tree) for each in shown.entries),
    )


def _milestone(entry: Entry, tree: Hierarchy) -> Milestone:
    return Milestone(
        entry.at,
        entry.moment.value,
        tree.level_name(entry.level),
        _name(tree, entry.node_id),
        tree.groups[entry.group_id].name,
        tuple(_name(tree, each) for each in entry.skipped),
    )


def _name(tree: Hierarchy, node_id: str) -> str:
    node = tree.find_node(node_id)
    return node.name if node else node_id
