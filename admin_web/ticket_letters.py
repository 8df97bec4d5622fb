"""Who was told what of a ticket, as lines: to whom, what about, whether it arrived, and why not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from admin_web.letters import hearer_of, reason_of
from admin_web.ports import OutboxItem
from admin_web.words import Words
from routing.callers import staff_name
from routing.hierarchy import Hierarchy
from routing.outgoing import SendState

TROUBLED = frozenset({SendState.DEAD, SendState.UNREACHABLE, SendState.UNKNOWN})


@dataclass(frozen=True, slots=True)
class LetterLine:
    """`why` says what went wrong, empty where nothing did. `at` is when it was settled, or else when it was made."""

    whom: str
    about: str
    state: str
    why: str
    at: datetime
    channel: str
    is_repeat: bool
    contact: str = ""


def letter_lines(items: Sequence[OutboxItem], tree: Hierarchy, words: Words) -> list[LetterLine]:
    return [_line(each, tree, words) for each in items]


def without_contacts(lines: Sequence[LetterLine]) -> list[LetterLine]:
    """For those who do not ring."""
    return [replace(each, contact="") for each in lines]


def _line(item: OutboxItem, tree: Hierarchy, words: Words) -> LetterLine:
    kind = f"letter.kind.{item.kind}"
    return LetterLine(
        whom=_whom(item, tree, words),
        about=words(kind if words.has(kind) else "letter.kind.other"),
        state=item.state.value,
        why=words(f"letter.why.{reason_of(item)}") if item.state in TROUBLED else "",
        at=item.settled_at or item.created_at,
        channel=item.lane.partition(":")[0],
        is_repeat=item.maybe_repeat,
        contact=item.contact,
    )


def _whom(item: OutboxItem, tree: Hierarchy, words: Words) -> str:
    kind, _, name = item.hearer.partition(":")
    if hearer_of(item) == "group":
        group = tree.find_group(name)
        return group.name if group else words("letter.nobody")
    if hearer_of(item) == "staff":
        return staff_name(tree, name) or words("letter.nobody")
    return words("letter.reporters" if kind == "reporters" else "letter.resident")
