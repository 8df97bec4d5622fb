"""The explanation that `liren hierarchy route` prints: what was read, where it goes and why, and every deadline."""

from datetime import datetime
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

from bot.gazetteer import gazetteer_of
from bot.texts.moments import WEEKDAYS
from routing.hierarchy import Group, Hierarchy
from routing.place_resolution import Spoken, resolve
from routing.reading import Intent, Reading
from routing.timetable import Entry, Moment, forecast
from routing.working_time import is_working
from understanding.learning.learned_reader import LearnedReader, fits

MOMENTS = {
    Moment.ASKED: "派单 asked",
    Moment.REMINDED: "提醒 reminded",
    Moment.CLAIM_DUE: "认领时限 claim due",
    Moment.RESOLVE_DUE: "办结时限 resolve due (if claimed)",
    Moment.SUPERVISED: "督办 supervised",
}


def say_route(tree: Hierarchy, text: str, *, group: Group, at: datetime, reader: LearnedReader) -> str:
    """Lines for people; instants in the tree's own time zone, with the day of the week."""
    reading = reader.read(text, tree)
    category = tree.get_category(reading.category)
    about = resolve(Spoken(text, reading.place, group.node_id), tree, gazetteer_of(tree, reader))
    origin = about.node_id or group.node_id
    shown = forecast(tree, category, origin=origin, urgent=reading.urgent, at=at, can_hear=lambda _: True)
    placement = shown.placement
    is_learned = reader.model is not None and fits(reader.model, tree)
    head = [
        f"intent    {reading.intent} (certainty {reading.certainty:.2f})",
        f"category  {category.category_id} {category.name}",
        f"urgent    {'yes' if reading.urgent else 'no'}",
        f"emergency {reading.emergency or '-'}",
        f"why       {'; '.join(reading.why) or '-'}",
        f"perhaps   {_say_others(reading, tree)}",
        f"reader    {'what was learned, after the words of the file' if is_learned else 'the words of the file'}",
        f"said in   {group.group_id} {group.name}, {_local(at, tree)}",
        f"about     {origin} {tree.get_node(origin).name}: {about.why}",
        f"node      {placement.node_id} ({tree.level_name(placement.level)})",
        f"group     {placement.group_id} {tree.groups[placement.group_id].name}",
        f"rule      {placement.rule}: {placement.why}",
        f"clock     {shown.clock_id} (calendar {tree.clocks[shown.clock_id].calendar})",
        "timetable, while nobody claims it:",
    ]
    calendar = tree.calendars[tree.clocks[shown.clock_id].calendar]
    rows = [_row(each, tree) for each in shown.entries]
    if not is_working(at, calendar):
        rows.insert(0, "  (said outside working hours: working time starts at the next opening)")
    if reading.intent not in {Intent.REPORT, Intent.SUGGESTION}:
        head.insert(
            1, f"note      no ticket is made of a text read as {reading.intent}; below, where it would go"
        )
    return "\n".join([*head, *rows])


def _say_others(reading: Reading, tree: Hierarchy) -> str:
    return "、".join(tree.get_category(each).name for each in reading.others) or "-"


def _row(entry: Entry, tree: Hierarchy) -> str:
    skipped = f"  skipped: {'、'.join(entry.skipped)}" if entry.skipped else ""
    where = f"{tree.level_name(entry.level)} {entry.node_id} → {entry.group_id}"
    return f"  {_local(entry.at, tree)}  {_pad(MOMENTS[entry.moment])}  {where}{skipped}"


def _pad(said: str) -> str:
    """To the longest of MOMENTS, as a terminal shows it: a Chinese character takes two columns."""
    widths = {each: sum(1 + (east_asian_width(sign) in "WF") for sign in each) for each in MOMENTS.values()}
    return said + " " * (max(widths.values()) - widths[said])


def _local(at: datetime, tree: Hierarchy) -> str:
    local = at.astimezone(ZoneInfo(tree.timezone))
    return f"{local:%Y-%m-%d} 周{WEEKDAYS[local.weekday()]} {local:%H:%M:%S}"
