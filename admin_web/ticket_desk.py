"""Does one action of a form on a ticket in one job of the writer. What may be done is in `ticket_actions`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from admin_web.api.scope import ADMINS, Visit
from admin_web.api.verbs import Said, find_verb, parse_into, parse_number
from admin_web.auth.refusals import PageRefused
from admin_web.auth.visitor import Visitor
from admin_web.ports import ApiPorts, TicketFile
from admin_web.ticket_actions import caller_for, choose_staff, name_of, say_form
from admin_web.words import Words
from routing.callers import Caller
from routing.errors import BadValueError, DeskError, NotAllowedError, UnknownTicketError
from routing.ports import UnitOfWork
from routing.tickets import Ticket


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody did something in another's name: the story names the other, the log both."""

    number: int
    verb: str
    staff_id: str
    by: str
    at: datetime


NoteStandIn = Callable[[UnitOfWork, StandIn], None]
"""Writes it into the log, in the same transaction."""


def note_nothing(store: UnitOfWork, stand_in: StandIn) -> None:
    """For pages on which everybody acts as themselves."""


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be done. `others` are further tickets that the form names; `stands_in` who really does it, or ""."""

    number: int
    said: Said
    caller: Caller
    text: str
    others: tuple[int, ...]
    verb: str
    stands_in: str


class TicketDesk:
    """For every page with forms on tickets."""

    def __init__(self, ports: ApiPorts, note_stand_in: NoteStandIn = note_nothing) -> None:
        self._ports = ports
        self._note_stand_in = note_stand_in

    async def get_visible(self, visitor: Visitor, written: str) -> TicketFile:
        """PageRefused with 404 alike for a number never given, one out of sight, and what is no number."""
        number = parse_number(written)
        file = await self._ports.tickets.find(number) if number is not None else None
        if file is None or not visitor.visit.scope.covers_ticket(file.ticket):
            raise PageRefused(404, "refused.no_such_ticket")
        return file

    async def act(self, visitor: Visitor, written: str, *, verb: str, form: Mapping[str, str]) -> Ticket:
        """The ticket as it is after the action. Fields: `choice`, `text`, `reply`, and `by`, in whose name.

        Raises DeskError for what the desk refuses, to be shown beside the form by `say_refusal`; PageRefused for what
        this visitor may not do at all.
        """
        file = await self.get_visible(visitor, written)
        found = find_verb(verb)
        if found is None:
            raise PageRefused(404, "refused.not_found")
        name, said = found
        by = form.get("by", "")
        if not by and visitor.staff_id is None and not said.of_resident and visitor.role in ADMINS:
            raise BadValueError("by_missing")
        staff = choose_staff(visitor, file.ticket, by)
        caller = caller_for(visitor, name, staff)
        text = say_form(form)
        others = (parse_into(text),) if name == "merge" else ()
        is_another = caller.staff is not None and caller.staff.staff_id != visitor.staff_id
        stands_in = visitor.name if is_another else ""
        order = _Order(file.ticket.number, said, caller, text, others, name, stands_in)
        return await self._ports.writer.run(lambda store: self._run(store, order, visitor.visit))

    def say_refusal(self, refusal: DeskError, words: Words) -> str:
        """In the visitor's language, without the commands that people say in a chat."""
        return words(
            f"refusal.{refusal.key}",
            **_shown(refusal.values, words, self._ports.hierarchy.current().timezone),
        )

    def _run(self, store: UnitOfWork, order: _Order, visit: Visit) -> Ticket:
        """The tickets are looked at again: since the page was made they may have gone elsewhere."""
        for each in (order.number, *order.others):
            ticket = store.tickets.find(each)
            if ticket is None or not visit.scope.covers_ticket(ticket):
                raise UnknownTicketError("unknown_ticket", number=each)
        desk = self._ports.desk(store)
        try:
            order.said.move(desk, order.number, order.caller, order.text)
        except UnknownTicketError:
            # The visitor sees it, so it is no secret that there is such a ticket; this person has no part in it.
            raise NotAllowedError("not_their_ticket", number=order.number) from None
        if order.stands_in:
            stand_in = StandIn(order.number, order.verb, order.caller.by, order.stands_in, desk.now)
            self._note_stand_in(store, stand_in)
        return store.tickets.get(order.number)


def _shown(values: Mapping[str, object], words: Words, timezone: str) -> dict[str, object]:
    """Verbs by their names, instants as they are written where the tree is."""
    shown = dict(values)
    verb = shown.get("verb")
    if verb:
        shown["verb"] = words(f"action.{name_of(str(verb))}")
    for name, value in shown.items():
        if isinstance(value, datetime):
            shown[name] = f"{value.astimezone(ZoneInfo(timezone)):%m-%d %H:%M}"
    return shown
