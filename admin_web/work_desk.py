"""A member of staff at work on a phone: which tickets are theirs to see, and one action with its pictures, done once.

One sees here what one sees in the chat (`routing.callers.may_see`), which is never more than the desk lets one do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from admin_web.api.verbs import Said, find_verb, parse_into, parse_number
from admin_web.auth.refusals import PageRefused
from admin_web.auth.visitor import Visitor
from admin_web.ports import ApiPorts, TicketFile
from admin_web.ticket_actions import Action, caller_for, list_actions, say_form
from admin_web.work_ports import Beside, StoredPicture, WorkList, WorkStore, WorkUnit
from routing.callers import Caller, may_see
from routing.errors import UnknownTicketError
from routing.hierarchy import Hierarchy, Staff
from routing.tickets import Ticket

LONGEST_KEY = 64
ONLY_PICTURES = "（见照片）"
"""What a note says that consists of pictures."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it came: `key` is the same whenever the same form is sent again; `pictures` are our own already."""

    fields: Mapping[str, str]
    key: str = ""
    pictures: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True)
class _Order:
    number: int
    verb: str
    said: Said
    caller: Caller
    text: str
    others: tuple[int, ...]
    sent: Sent


class WorkDesk:
    def __init__(self, ports: ApiPorts, store: WorkStore) -> None:
        self._ports = ports
        self._store = store

    @property
    def store(self) -> WorkStore:
        return self._store

    def now(self) -> datetime:
        return self._ports.now()

    async def list_work(self, visitor: Visitor) -> WorkList:
        """The most pressing first; what may be claimed is what the bot would list."""
        staff = staff_of(visitor)
        found = await self._store.list_work(staff.staff_id, staff.groups)
        sees = [each for each in found.free if _sees(visitor.visit.hierarchy, each, staff)]
        return WorkList(found.held, sees)

    async def get_visible(self, visitor: Visitor, written: str) -> TicketFile:
        """PageRefused with 404 alike for a number never given, one out of sight, and what is no number."""
        number = parse_number(written)
        file = await self._store.find(number) if number is not None else None
        if file is None or not _sees(visitor.visit.hierarchy, file.ticket, staff_of(visitor)):
            raise PageRefused(404, "refused.no_such_ticket")
        return file

    async def find_main(self, visitor: Visitor, ticket: Ticket) -> int | None:
        """The ticket that this one was merged into, where they may see it."""
        if ticket.merged_into is None:
            return None
        file = await self._store.find(ticket.merged_into)
        tree = visitor.visit.hierarchy
        return ticket.merged_into if file and _sees(tree, file.ticket, staff_of(visitor)) else None

    async def look_beside(self, ticket: Ticket) -> Beside:
        return await self._store.look_beside(ticket.number)

    async def get_picture(self, visitor: Visitor, written: str) -> StoredPicture:
        """404 as for its ticket."""
        picture_id = parse_number(written)
        found = await self._store.find_picture(picture_id) if picture_id is not None else None
        if found is None:
            raise PageRefused(404, "refused.not_found")
        await self.get_visible(visitor, str(found.ticket_number))
        return found

    def list_actions(self, visitor: Visitor, ticket: Ticket) -> tuple[Action, ...]:
        """What they may do themselves; what an office does for reporters belongs on the desk."""
        actions = list_actions(visitor, ticket, staff_of(visitor))
        return tuple(each for each in actions if not each.is_for_reporter)

    async def act(self, visitor: Visitor, written: str, *, verb: str, sent: Sent) -> Ticket | None:
        """The ticket as it is after the action; None when a form with this key was taken before, wherever the ticket
        is by now.

        Raises DeskError for what the desk refuses, PageRefused for what this visitor may not do at all.
        """
        number, found = parse_number(written), find_verb(verb)
        if number is None:
            raise PageRefused(404, "refused.no_such_ticket")
        if found is None or found[1].of_resident:
            raise PageRefused(404, "refused.not_found")
        name, said = found
        caller = caller_for(visitor, name, staff_of(visitor))
        text = say_form(sent.fields)
        if name == "note" and not text and sent.pictures:
            text = ONLY_PICTURES
        others = (parse_into(text),) if name == "merge" else ()
        order = _Order(number, name, said, caller, text, others, sent)
        return await self._store.run(lambda unit: self._run(unit, order))

    def _run(self, unit: WorkUnit, order: _Order) -> Ticket | None:
        desk, by = self._ports.desk(unit), order.caller.by
        now = desk.now
        of = f"{by} {order.verb} {order.number}"
        if order.sent.key and not unit.taken_forms.take(order.sent.key, of=of, now=now):
            return None
        self._require_sight(unit, order, desk.hierarchy)
        order.said.move(desk, order.number, order.caller, order.text)
        for content in order.sent.pictures:
            self._store.keep_picture(unit, order.number, content, by=by, now=now)
        return unit.tickets.get(order.number)

    def _require_sight(self, unit: WorkUnit, order: _Order, tree: Hierarchy) -> None:
        assert order.caller.staff is not None
        for each in (order.number, *order.others):
            ticket = unit.tickets.find(each)
            if ticket is not None and _sees(tree, ticket, order.caller.staff):
                continue
            if each == order.number:
                raise PageRefused(404, "refused.no_such_ticket")
            raise UnknownTicketError("unknown_ticket", number=each)


def staff_of(visitor: Visitor) -> Staff:
    """Who it is in the tree; `signed_in_for_work` lets nobody else in."""
    staff = visitor.visit.hierarchy.find_staff(visitor.staff_id or "")
    if staff is None:
        raise PageRefused(403, "refused.not_staff")
    return staff


def _sees(tree: Hierarchy, ticket: Ticket, staff: Staff) -> bool:
    return ticket.holder == staff.staff_id or may_see(tree, ticket, Caller(staff=staff))
