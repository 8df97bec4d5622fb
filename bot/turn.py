"""One inbound message on its way to an answer: who speaks, where, with which desk; nothing is decided here."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.channel import Answer
from bot.ports import StoreUnit
from bot.texts import has_text, say
from bot.texts.moments import say_moment
from routing.callers import Caller
from routing.desk import Desk
from routing.hierarchy import Group, Hierarchy, Staff
from routing.messages import Button, Inbound, Outbound
from routing.people import Person
from routing.ports import Reader
from routing.tickets import Ticket


@dataclass(frozen=True, slots=True)
class Turn:
    """`staff` or `person` is who speaks (a person may still be unknown); `group` is the chat's group, if it is one."""

    inbound: Inbound
    store: StoreUnit
    desk: Desk
    reader: Reader
    group: Group | None
    staff: Staff | None
    person: Person | None

    @property
    def hierarchy(self) -> Hierarchy:
        return self.desk.hierarchy

    @property
    def now(self) -> datetime:
        return self.desk.now

    @property
    def caller(self) -> Caller:
        person_id = self.person.person_id if self.person else None
        return Caller(staff=self.staff) if self.staff else Caller(person_id=person_id)

    def as_person(self, person: Person) -> "Turn":
        return replace(self, person=person)

    def local(self, at: datetime | None) -> str:
        """An instant in the words of the tree's own time zone; "" for none."""
        return say_moment(at, self.now, timezone=self.hierarchy.timezone) if at else ""

    def group_name(self, ticket: Ticket) -> str:
        group = self.hierarchy.find_group(ticket.group)
        return group.name if group else ticket.group

    def category_name(self, ticket: Ticket) -> str:
        return self.hierarchy.get_category(ticket.category).name

    def word(self, key: str) -> str:
        """A name of a state, verb or rating: the admin's own word before ours."""
        return self.hierarchy.words.get(key) or (say(key) if has_text(key) else key)


def reply(
    key: str, *, buttons: tuple[tuple[Button, ...], ...] = (), ticket: int | None = None, **values: object
) -> Answer:
    """One message of a text key."""
    return reply_text(say(key, **values), buttons=buttons, ticket=ticket, about=key)


def reply_text(
    text: str, *, buttons: tuple[tuple[Button, ...], ...] = (), ticket: int | None = None, about: str = ""
) -> Answer:
    return Answer((Outbound(text, buttons=buttons),), ticket_number=ticket, about=about)
