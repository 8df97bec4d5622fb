"""What changes between two trees, in lines for people: nodes, groups, staff, categories, clocks and calendars."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from routing.hierarchy import Category, Clock, Group, Hierarchy, Limits, Node, Staff
from routing.working_time import Calendar

T = TypeVar("T")
Face = Mapping[str, str]
"""What is compared of a thing, by the name that people know it by in the file."""


def say_difference(old: Hierarchy, new: Hierarchy) -> str:
    return "\n".join(list_differences(old, new)) or "no difference"


def list_differences(old: Hierarchy, new: Hierarchy) -> list[str]:
    """One line for each thing that comes (+), goes (-) or changes (~), in order of kind and id."""
    return [
        *_compare("node", old.nodes, new.nodes, face_of_node),
        *_compare("group", old.groups, new.groups, face_of_group),
        *_compare("staff", old.staff, new.staff, face_of_staff),
        *_compare("category", _categories(old), _categories(new), face_of_category),
        *_compare("clock", old.clocks, new.clocks, _clock),
        *_compare("calendar", old.calendars, new.calendars, face_of_calendar),
    ]


def _compare(
    kind: str, old: Mapping[str, T], new: Mapping[str, T], face: Callable[[T], Face]
) -> Iterator[str]:
    for name in sorted(old.keys() | new.keys()):
        if name not in old:
            yield f"+ {kind} {name}"
        elif name not in new:
            yield f"- {kind} {name}"
        elif old[name] != new[name]:
            changes = _changes(face(old[name]), face(new[name]))
            if changes:
                yield f"~ {kind} {name}: {changes}"


def _changes(old: Face, new: Face) -> str:
    names = [each for each in {**old, **new} if old.get(each, "") != new.get(each, "")]
    return "; ".join(f"{each} {old.get(each) or '-'} → {new.get(each) or '-'}" for each in names)


def face_of_node(node: Node) -> Face:
    aliases = ", ".join(node.aliases)
    return {"name": node.name, "level": node.level, "under": node.parent_id or "", "aliases": aliases}


def face_of_group(group: Group) -> Face:
    chats = {f"chat {channel}": chat for channel, chat in group.chats.items()}
    scene = group.scene or ""
    face = {
        "name": group.name,
        "kind": group.kind,
        "node": group.node_id,
        "scene": scene,
        "listen": group.listen,
    }
    return {**face, **chats}


def face_of_staff(staff: Staff) -> Face:
    accounts = {f"account {channel}": user for channel, user in staff.accounts.items()}
    face = {"name": staff.name, "role": staff.role, "node": staff.node_id, "groups": ", ".join(staff.groups)}
    return {**face, **accounts}


def face_of_category(category: Category) -> Face:
    return {
        "name": category.name,
        "starts_at": category.starts_at,
        "handled_by": category.handled_by,
        "clock": category.clock,
        "keywords": ", ".join(category.keywords),
        "urgent_when": ", ".join(category.urgent_when),
        "examples": ", ".join(category.examples),
        "advice": category.advice,
        "gather": str(category.gather or ""),
        "replies": " / ".join(category.replies),
    }


def _clock(clock: Clock) -> Face:
    return {"calendar": clock.calendar, **{level: _limits(each) for level, each in clock.limits.items()}}


def _limits(limits: Limits) -> str:
    return f"claim {limits.claim} resolve {limits.resolve} remind {limits.remind or '-'}"


def face_of_calendar(calendar: Calendar) -> Face:
    days = ", ".join(str(each) for each in sorted(calendar.days))
    hours = ", ".join(f"{_clock_time(start)}-{_clock_time(end)}" for start, end in calendar.periods)
    return {
        "days": days,
        "hours": hours,
        "holidays": calendar.holidays or "",
        "days_off": _dates(calendar.days_off),
        "days_worked": _dates(calendar.days_worked),
        "timezone": calendar.timezone,
    }


def _dates(days: Iterable[date]) -> str:
    return ", ".join(str(each) for each in sorted(days))


def _clock_time(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _categories(tree: Hierarchy) -> Mapping[str, Category]:
    return {each.category_id: each for each in tree.categories}
