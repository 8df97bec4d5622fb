"""From a notice and its ticket to the words and buttons that a person sees; a group is shown less than one person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.buttons import (
    Rows,
    approval_buttons,
    claim_buttons,
    decision_buttons,
    holder_buttons,
    merge_buttons,
    part_buttons,
    rating_buttons,
    ticket_buttons,
)
from bot.privacy import mask
from bot.texts import has_text, say
from bot.texts.moments import say_moment
from bot.turn import Turn
from routing.callers import staff_name
from routing.escalation import promise_at
from routing.events import SAME_MATTER
from routing.hierarchy import Hierarchy
from routing.messages import Outbound
from routing.notice_kinds import Notice, NoticeKind
from routing.tickets import Status, Ticket

NEEDS_CLAIM = {
    NoticeKind.ASKED,
    NoticeKind.CLIMBED,
    NoticeKind.HANDED_BACK,
    NoticeKind.CAME_BACK,
    NoticeKind.FREE_AGAIN,
}
HOLDERS = {
    NoticeKind.DETAILS,
    NoticeKind.HURRIED,
    NoticeKind.GOES_ON,
    NoticeKind.PAUSE_REFUSED,
    NoticeKind.URGED,
}
BY_STATUS = {NoticeKind.REMINDER, NoticeKind.SUPERVISION}
BUTTONS_BY_STATUS = {*BY_STATUS, NoticeKind.GIVEN, NoticeKind.MOVED_HERE}
SHORTEST_TEXT = 20
LONGEST_TEXT = 600
"""More of a report than this is read with 详情."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words are made from: the ticket as it is now, who reads it, and household, pictures and all
    words for one alone."""

    hierarchy: Hierarchy
    ticket: Ticket
    now: datetime
    in_group: bool
    home: str = ""
    pictures: int = 0
    words: tuple[str, ...] = ()

    def local(self, at: datetime | str | None) -> str:
        if not at:
            return ""
        instant = datetime.fromisoformat(at) if isinstance(at, str) else at
        return say_moment(instant, self.now, timezone=self.hierarchy.timezone)

    def shown(self, text: str) -> str:
        """A person's words as this reader may see them."""
        cut = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
        return mask(cut) if self.in_group else cut

    def told(self) -> str:
        """What was reported; for whoever has to go there all that was said since, as far as a chat holds it."""
        words = [each for each in self.words if each]
        return self.shown("\n".join(words) if words else self.ticket.text)

    def place(self) -> str:
        """Where it is, by the names of the tree; the spot in words where somebody told it."""
        name = place_name(self.hierarchy, self.ticket.origin)
        spot = self.shown(self.ticket.place)
        return f"{name} {spot}".strip() or place_name(self.hierarchy, self.ticket.node)


def place_name(hierarchy: Hierarchy, node_id: str) -> str:
    """Community and building, without the levels above that everybody knows: "幸福里社区1号楼". "" when it has left."""
    names = [each.name for each in hierarchy.climb(node_id)][:2]
    return "".join(reversed(names))


def word_notice(notice: Notice, reading: Reading) -> Outbound:
    """The message for one notice. Raises KeyError only for a kind without a text, which a test forbids."""
    text = say(_key(notice, reading.ticket), **_values(notice, reading))
    return Outbound(text, buttons=_buttons(notice, reading))


def word_line(notice: Notice, reading: Reading) -> str:
    """A ticket as one line among many: new, soon late, or late."""
    if notice.kind in BY_STATUS:
        return say(f"{_key(notice, reading.ticket)}_line", **_values(notice, reading))
    return say(
        "notice.bundle_line",
        mark=_mark(reading.ticket),
        number=reading.ticket.number,
        category=_category(reading),
        place=reading.place(),
        text=_short(reading),
        due=reading.local(reading.ticket.claim_due_at),
    )


def word_list(kind: NoticeKind, lines: Sequence[str]) -> Outbound:
    """Many tickets of one sort for one chat as one list."""
    key = f"notice.{kind}_bundle" if kind in BY_STATUS else "notice.bundle"
    return Outbound(say(key, count=len(lines), lines="\n".join(lines)))


def details_of(turn: Turn, ticket: Ticket) -> str:
    """Everything to act on: state, place, words of the reporters; household only where one person reads."""
    reading = Reading(turn.hierarchy, ticket, turn.now, turn.group is not None)
    state = say(
        "answer.status_line",
        number=ticket.number,
        category=_category(reading),
        status=turn.word(f"status.{ticket.status}"),
    )
    return "\n".join(each for each in (state, matter_of(turn, ticket), _limit(reading)) if each)


def matter_of(turn: Turn, ticket: Ticket) -> str:
    """Place, words of the reporters, pictures; household only where one person reads."""
    in_group = turn.group is not None
    reading = Reading(turn.hierarchy, ticket, turn.now, in_group)
    words = [reading.shown(each.text) for each in turn.store.messages.list_of(ticket.number)]
    pictures = len(turn.store.pictures.list_of(ticket.number))
    lines = [
        reading.place(),
        *(words or [reading.shown(ticket.text)]),
        "" if in_group else say("notice.home", home=home_of(turn, ticket)),
        say("notice.pictures", count=pictures or ""),
    ]
    return "\n".join(each for each in lines if each)


def home_of(turn: Turn, ticket: Ticket) -> str:
    homes = {
        turn.store.people.get(each.person_id).home for each in turn.store.reporters.list_of(ticket.number)
    }
    return "、".join(sorted(each for each in homes if each))


def _key(notice: Notice, ticket: Ticket) -> str:
    key = f"notice.{notice.kind}"
    if notice.kind in BY_STATUS:
        return f"{key}_{'claimed' if ticket.status is Status.CLAIMED else 'open'}"
    if notice.kind is NoticeKind.JOINED and _is_same_matter(notice):
        return "notice.joined_same"
    if notice.kind is NoticeKind.UNREACHABLE and "call_about" in notice.values:
        return f"notice.call_{notice.values['call_about']}"
    if notice.kind is NoticeKind.MOVED_HERE:
        return _key_of_moved(notice, ticket)
    if notice.kind is NoticeKind.CLOSED and ticket.reopens >= ticket.plan.reopen_limit:
        return "notice.closed_by_decision"
    return key


def _key_of_moved(notice: Notice, ticket: Ticket) -> str:
    """A group that had it before hears where it is; one that had not, that it is new."""
    if notice.values.get("reason") == "hierarchy_changed":
        return "notice.rehoused"
    is_new_here = notice.values.get("from_group", ticket.group) != ticket.group
    return "notice.moved_new" if is_new_here and ticket.status is Status.OPEN else "notice.moved_here"


def _values(notice: Notice, reading: Reading) -> Mapping[str, object]:
    ticket, values = reading.ticket, notice.values
    group = reading.hierarchy.find_group(ticket.group)
    rating = values.get("rating", "")
    return {
        **values,
        "number": ticket.number,
        "reporters": ticket.reporters,
        "mark": _mark(ticket),
        "category": _category(reading),
        "place": reading.place(),
        "text": reading.told(),
        "words": reading.shown(values.get("words", "")),
        "due": reading.local(promise_at(ticket)),
        "limit": _limit(reading),
        "until": reading.local(values.get("until")),
        "late_since": reading.local(values.get("late_since")),
        "group": group.name if group else "",
        "level": reading.hierarchy.level_name(ticket.level),
        "holder": staff_name(reading.hierarchy, ticket.holder),
        "by": values.get("by_name", ""),
        "reason": _reason(values.get("reason", "")),
        "rating": say(f"rating.{rating}") if rating else "",
        "skipped": say("notice.skipped", names=values["skipped"]) if values.get("skipped") else "",
        "final": say("notice.final") if values.get("final") else "",
        "home": say("notice.home", home=reading.home) if reading.home and not reading.in_group else "",
        "pictures": say("notice.pictures", count=reading.pictures) if reading.pictures else "",
        "likely": say("notice.likely", **values) if values.get("likely") else "",
        "doubt": _doubt(notice, reading),
        "earlier": say("notice.pauses_before", count=values["earlier"]) if values.get("earlier") else "",
    }


def _is_same_matter(notice: Notice) -> bool:
    """Gathered by what was told, which may be wrong: whoever has it can part it again."""
    return notice.values.get("reason") == SAME_MATTER and "from" in notice.values


def _doubt(notice: Notice, reading: Reading) -> str:
    """That a person should look at the category: the reader was less sure than the file asks for."""
    percent = round(float(notice.values.get("certainty", "1")) * 100)
    if percent >= reading.hierarchy.manners.ask_below:
        return ""
    return say("notice.doubt", certainty=percent, number=reading.ticket.number)


def _buttons(notice: Notice, reading: Reading) -> Rows:
    number = reading.ticket.number
    if notice.kind is NoticeKind.JOINED and _is_same_matter(notice):
        return part_buttons(int(notice.values["from"]))
    if notice.kind in NEEDS_CLAIM:
        likely = notice.values.get("likely")
        return (*claim_buttons(number), *(merge_buttons(number, into=int(likely)) if likely else ()))
    if notice.kind in HOLDERS:
        return holder_buttons(number) if reading.ticket.status is Status.CLAIMED else ()
    if notice.kind in BUTTONS_BY_STATUS:
        return ticket_buttons(reading.ticket)
    chosen: Mapping[NoticeKind, Callable[[int], Rows]] = {
        NoticeKind.ASK_RATING: rating_buttons,
        NoticeKind.PAUSE_WANTED: approval_buttons,
        NoticeKind.DECIDE: decision_buttons,
    }
    return chosen[notice.kind](number) if notice.kind in chosen else ()


def _limit(reading: Reading) -> str:
    """Until when who has to do what; "" while no limit runs."""
    due_at = promise_at(reading.ticket)
    if due_at is None:
        return ""
    key = "notice.limit_claimed" if reading.ticket.status is Status.CLAIMED else "notice.limit_open"
    return say(key, due=reading.local(due_at))


def _short(reading: Reading) -> str:
    """The first words of a report, on one line of a list."""
    said = " ".join(reading.shown(reading.ticket.text).split())
    return said if len(said) <= SHORTEST_TEXT else f"{said[:SHORTEST_TEXT]}…"


def _mark(ticket: Ticket) -> str:
    return say("notice.mark_urgent") if ticket.urgent else ""


def _category(reading: Reading) -> str:
    return reading.hierarchy.get_category(reading.ticket.category).name


def _reason(reason: str) -> str:
    return say(f"reason.{reason}") if has_text(f"reason.{reason}") else ""
