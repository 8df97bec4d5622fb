"""What the templates of the phone show of a ticket: a card, its facts, and its story as a chat. No rule lives here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from admin_web.auth.visitor import Visitor
from admin_web.ports import TicketFile
from admin_web.words import Words
from admin_web.work_ports import Beside, PictureNote
from admin_web.work_times import Left, left_of, say_moment
from routing.callers import staff_name
from routing.events import Actor, Event, EventKind
from routing.hierarchy import Hierarchy
from routing.people import Message
from routing.tickets import Status, Ticket

IN_MESSAGES = frozenset({EventKind.OPENED, EventKind.JOINED, EventKind.ADDED, EventKind.LEFT})
"""Events whose words stand as messages already, which tell enough."""

_ORDER = {"theirs": 0, "chip": 1}
"""In one moment: what a resident said comes before what followed from it."""

SPOKEN = frozenset(
    {EventKind.JOINED, EventKind.NOTED, EventKind.QUESTIONED, EventKind.RESOLVED, EventKind.RATED}
)
"""Events that are shown as what somebody said, where they have words. What a neighbour said of the same matter stands
with their own report, which was merged into this one."""


@dataclass(frozen=True, slots=True)
class Card:
    number: int
    category: str
    place: str
    text: str
    status: str
    is_open: bool
    is_urgent: bool
    reporters: int
    left: Left


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in the story. `side` is theirs, ours or mine for what somebody said, chip for what happened."""

    side: str
    who: str
    text: str
    at: datetime
    shown_at: str
    label: str = ""
    pictures: list[PictureNote] = field(default_factory=list)


class WorkView:
    """Makes plain values; instants are told in the tree's own time."""

    def make_card(self, ticket: Ticket, tree: Hierarchy, now: datetime, *, t: Words) -> Card:
        return Card(
            number=ticket.number,
            category=tree.get_category(ticket.category).name,
            place=place_of(ticket, tree),
            text=ticket.text,
            status=t(f"work.status.{ticket.status}"),
            is_open=ticket.status is Status.OPEN,
            is_urgent=ticket.urgent,
            reporters=ticket.reporters,
            left=left_of(ticket, now, t, timezone=tree.timezone),
        )

    def list_cards(
        self, tickets: Sequence[Ticket], tree: Hierarchy, now: datetime, *, t: Words
    ) -> list[Card]:
        return [self.make_card(each, tree, now, t=t) for each in tickets]

    def list_facts(
        self, file: TicketFile, beside: Beside, tree: Hierarchy, *, t: Words
    ) -> list[tuple[str, str]]:
        """Label and text; what is not known is left out."""
        ticket = file.ticket
        group = tree.find_group(ticket.group)
        asked = ticket.pause_request
        rows = [
            ("work.place", place_of(ticket, tree)),
            ("work.home", "、".join(beside.homes)),
            ("work.reporters", t("work.people", n=ticket.reporters) if ticket.reporters > 1 else ""),
            ("work.group", group.name if group else ""),
            ("work.holder", staff_name(tree, ticket.holder)),
            ("work.pause_asked", f"{staff_name(tree, asked.by)}：{asked.reason}" if asked else ""),
        ]
        return [(t(key), value) for key, value in rows if value]

    def tell_story(
        self, file: TicketFile, beside: Beside, visitor: Visitor, *, now: datetime, t: Words
    ) -> list[Line]:
        """Oldest first. A picture that came with words stands below them."""
        tree = visitor.visit.hierarchy
        teller = _Teller(tree, visitor.staff_id or "", now, t)
        told_at = {each.at for each in file.messages}
        events = [each for each in file.events if each.kind not in IN_MESSAGES or each.at not in told_at]
        lines = [line for each in events for line in teller.of_event(each)]
        lines += [teller.of_message(each) for each in file.messages]
        if not file.messages and file.ticket.text:
            lines.append(teller.say("theirs", t("work.resident"), file.ticket.text, at=file.ticket.opened_at))
        lines.sort(key=lambda each: (each.at, _ORDER.get(each.side, 2)))
        for picture in beside.pictures:
            _place(picture, lines, teller.of_picture(picture))
        return lines


@dataclass(frozen=True, slots=True)
class _Teller:
    tree: Hierarchy
    own_id: str
    now: datetime
    t: Words

    def of_event(self, event: Event) -> list[Line]:
        who = self._name(event.by)
        if event.kind in SPOKEN and event.words:
            side = self._side(event.by)
            label = self.t(f"work.said.{event.kind}")
            return [self.say(side, who, event.words, at=event.at, label=label)]
        keys = (f"work.event.{event.kind}.{event.reason}", f"work.event.{event.kind}")
        known = next((each for each in keys if self.t.has(each)), "work.event.other")
        values = event.values
        text = self.t(known, who=who, whom=values.get("whom", ""), other=values.get("from", ""))
        if event.words and event.kind not in IN_MESSAGES:
            text = f"{text}：{event.words}"
        return [self.say("chip", "", text, at=event.at)]

    def of_message(self, message: Message) -> Line:
        is_staff = self.tree.find_staff(message.author) is not None
        who = self._name(message.author) if is_staff else self.t("work.resident")
        side = self._side(message.author) if is_staff else "theirs"
        return self.say(side, who, message.text, at=message.at)

    def of_picture(self, picture: PictureNote) -> Line:
        staff_id = picture.staff_id
        who = self._name(staff_id) if staff_id else self.t("work.resident")
        return self.say(self._side(staff_id) if staff_id else "theirs", who, "", at=picture.at)

    def say(self, side: str, who: str, text: str, *, at: datetime, label: str = "") -> Line:
        shown_at = say_moment(at, self.now, self.t, timezone=self.tree.timezone)
        return Line(side, who, text, at, shown_at, label)

    def _side(self, by: str) -> str:
        if by == self.own_id:
            return "mine"
        return "ours" if self.tree.find_staff(by) else "theirs"

    def _name(self, by: str) -> str:
        if by == Actor.RESIDENT or by.startswith("person:"):
            return self.t("work.resident")
        if by in {Actor.CLOCK, Actor.SYSTEM}:
            return self.t("work.system")
        return staff_name(self.tree, by) if self.tree.find_staff(by) else self.t("work.office")


def place_of(ticket: Ticket, tree: Hierarchy) -> str:
    """Community and building by the names of the tree, and the spot in words where somebody told it."""
    names = [each.name for each in tree.climb(ticket.origin)][:2]
    return f"{''.join(reversed(names))} {ticket.place}".strip()


def _place(picture: PictureNote, lines: list[Line], alone: Line) -> None:
    """Below the words of the same person of the same moment; else a line of its own at its time."""
    for each in lines:
        if each.at == picture.at and each.side == alone.side and each.side != "chip":
            each.pictures.append(picture)
            return
    alone.pictures.append(picture)
    after = [index for index, each in enumerate(lines) if each.at <= picture.at]
    lines.insert(after[-1] + 1 if after else 0, alone)
