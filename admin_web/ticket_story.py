"""A ticket's story as lines for people: who did what and when, why it climbed, and what was said. Oldest first.

Sentences are in `words.story_words`; here they get their values.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from admin_web.api.ticket_json import OF_RESIDENTS, OFFICE, node_name
from admin_web.ports import TicketFile
from admin_web.words import Words
from routing.callers import staff_name
from routing.events import Actor, Event, EventKind
from routing.hierarchy import Hierarchy
from routing.people import Message

_REASONS = frozenset(
    {
        "claim_due",
        "resolve_due",
        "gather",
        "same_matter",
        "unreachable",
        "hierarchy_changed",
        "located",
        "unrated",
        "rated",
        "urgent",
    }
)
"""Reasons that have a sentence of their own, `story.why.<reason>`."""

_WEIGHTY = frozenset({EventKind.ESCALATED, EventKind.SUPERVISED, EventKind.DISPUTED, EventKind.UNREACHABLE})
_GOOD = frozenset({EventKind.RESOLVED, EventKind.CLOSED, EventKind.CLAIMED})


@dataclass(frozen=True, slots=True)
class Line:
    """`said` is a whole sentence in the visitor's language, `why` what led to it, `quote` what a person wrote."""

    at: datetime
    said: str
    why: str = ""
    quote: str = ""
    tone: str = "plain"
    also: Sequence[str] = field(default_factory=tuple)


def tell(file: TicketFile, tree: Hierarchy, words: Words) -> list[Line]:
    """Events, and what was written that no event holds."""
    told = {event.words for event in file.events if event.words}
    lines = [_line(event, file, tree, words) for event in file.events]
    lines += [_message_line(each, tree, words) for each in _untold(file, told)]
    return sorted(lines, key=lambda each: each.at)


def _untold(file: TicketFile, told: set[str]) -> Iterator[Message]:
    """The first words are told with the opening."""
    for message in file.messages:
        if message.text and message.text not in told and message.text != file.ticket.text:
            yield message


def _line(event: Event, file: TicketFile, tree: Hierarchy, words: Words) -> Line:
    line = Line(event.at, _sentence(event, tree, words), quote=event.words, tone=_tone(event.kind))
    line = replace(line, why=_why(event, words), also=tuple(_also(event, tree, words)))
    if event.kind is EventKind.OPENED:
        return replace(line, quote=file.ticket.text)
    return line


def _sentence(event: Event, tree: Hierarchy, words: Words) -> str:
    if event.is_hurrying:
        return words("story.urgent", who=name_of(event, tree, words))
    key = f"story.{event.kind.value}"
    by_key = f"{key}.{event.by}" if event.by in set(Actor) else key
    own_keys = (f"{key}.{event.reason}", by_key)
    chosen = next((each for each in own_keys if words.has(each)), key)
    return words(chosen, **_values(event, tree, words))


def _values(event: Event, tree: Hierarchy, words: Words) -> dict[str, str]:
    group = tree.find_group(event.group)
    node = tree.find_node(event.node)
    values = event.values
    return {
        "who": name_of(event, tree, words),
        "group": group.name if group else event.group,
        "node": node_name(tree, event.node),
        "level": tree.level_name(node.level) if node else "",
        "whom": values.get("whom", ""),
        "into": values.get("into", ""),
        "other": values.get("from", ""),
        "n": values.get("reporters", ""),
        "category": values.get("category", ""),
        "rating": _rating(values.get("rating", ""), words),
    }


def name_of(event: Event, tree: Hierarchy, words: Words) -> str:
    """Staff by name; an office that spoke for a resident says so; nobody else has a name."""
    if event.by.startswith(OFFICE):
        office = event.by.removeprefix(OFFICE)
        key = "story.by.for_resident" if event.kind in OF_RESIDENTS else "story.by.office"
        return words(key, name=office)
    if event.by in set(Actor):
        return words(f"story.by.{event.by}")
    return staff_name(tree, event.by)


def _why(event: Event, words: Words) -> str:
    if event.kind is EventKind.OPENED or event.values.get("why"):
        return event.values.get("why", "")
    if event.reason in _REASONS:
        return words(f"story.why.{event.reason}")
    is_listed = event.kind is EventKind.HANDED_BACK and event.reason
    return event.reason if is_listed and event.reason != event.words else ""


def _also(event: Event, tree: Hierarchy, words: Words) -> Iterator[str]:
    skipped = event.values.get("skipped")
    if skipped:
        yield words("story.skipped", nodes=skipped)
    until = event.values.get("until")
    if until:
        until_at = datetime.fromisoformat(until).astimezone(ZoneInfo(tree.timezone))
        yield words("story.until", at=f"{until_at:%Y-%m-%d %H:%M}")
    likely = event.values.get("likely")
    if likely:
        yield words("story.likely", number=likely)
    read_as = event.values.get("read_as")
    category = tree.find_category(read_as) if read_as else None
    if category is not None:
        yield words("story.read_as", category=category.name)
    if event.values.get("final"):
        yield words("story.final")


def _message_line(message: Message, tree: Hierarchy, words: Words) -> Line:
    is_resident = message.author.startswith("person:") or message.author == Actor.RESIDENT
    who = words("story.by.resident") if is_resident else staff_name(tree, message.author)
    return Line(message.at, words("story.said", who=who), quote=message.text)


def _rating(value: str, words: Words) -> str:
    key = f"rating.{value}"
    return words(key) if words.has(key) else value


def _tone(kind: EventKind) -> str:
    if kind in _WEIGHTY:
        return "weighty"
    return "good" if kind in _GOOD else "plain"
