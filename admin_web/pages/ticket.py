"""The page of one ticket: its story, its pictures, who heard what, where it stands, and everything one may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from admin_web.api.scope import ADMINS, LOOKS_INTO_OUTBOX
from admin_web.api.verbs import parse_number
from admin_web.auth.refusals import PageRefused
from admin_web.auth.visitor import Visitor, read_form, signed_in
from admin_web.board_filters import BOARD
from admin_web.board_ports import TicketPorts
from admin_web.office import Office, go_to, words_of
from admin_web.ports import ApiPorts, TicketFile
from admin_web.rendering import PAGE_HEADERS
from admin_web.ticket_actions import UNDONE_BY, Action, choose_staff, done_key, list_actions, list_stand_ins
from admin_web.ticket_desk import TicketDesk
from admin_web.ticket_ladder import list_rungs
from admin_web.ticket_letters import letter_lines, without_contacts
from admin_web.ticket_near import find_near
from admin_web.ticket_rows import row_of, where_of
from admin_web.ticket_story import tell
from admin_web.time_left import show_briefly
from routing.errors import DeskError
from routing.hierarchy import Staff
from routing.tickets import Ticket

TICKET = f"{BOARD}/{{number:int}}"
SignedIn = Annotated[Visitor, Depends(signed_in)]


def build_router(office: Office, ports: ApiPorts, own: TicketPorts) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    page = TicketPage(office, ports, own)
    router.add_api_route(TICKET, page.show, methods=["GET"])
    router.add_api_route(f"{TICKET}/pictures/{{picture_id:int}}", page.send_picture, methods=["GET"])
    router.add_api_route(f"{TICKET}/{{verb}}", page.act, methods=["POST"])
    return router


@dataclass(frozen=True, slots=True)
class _Doable:
    actions: Sequence[Action]
    staff: Staff | None
    stand_ins: Sequence[Staff]


class TicketPage:
    def __init__(self, office: Office, ports: ApiPorts, own: TicketPorts) -> None:
        self._office = office
        self._ports = ports
        self._own = own
        self._desk = TicketDesk(ports, own.note_stand_in)

    async def show(self, request: Request, visitor: SignedIn, number: int, done: str = "") -> Response:
        file = await self._desk.get_visible(visitor, str(number))
        said = f"done.{done}" if words_of(request).has(f"done.{done}") else ""
        return await self._render(request, visitor, file, said=said, done=done)

    async def act(self, request: Request, visitor: SignedIn, number: int, verb: str) -> Response:
        form = await read_form(request)
        try:
            after = await self._desk.act(visitor, str(number), verb=verb, form=form)
        except DeskError as refusal:
            file = await self._desk.get_visible(visitor, str(number))
            error = self._desk.say_refusal(refusal, words_of(request))
            return await self._render(request, visitor, file, verb=verb, error=error, form=form)
        said = done_key(verb, after).removeprefix("done.")
        by = f"&as={form['by']}" if form.get("by") and visitor.role in ADMINS else ""
        return go_to(f"{BOARD}/{number}?done={said}{by}")

    async def send_picture(self, visitor: SignedIn, number: int, picture_id: int) -> Response:
        await self._desk.get_visible(visitor, str(number))
        known = parse_number(str(picture_id))
        found = await self._own.reads.find_picture(number, known) if known is not None else None
        if found is None:
            raise PageRefused(404, "refused.not_found")
        media_type, content = found
        headers = {**PAGE_HEADERS, "Cache-Control": "private, max-age=3600"}
        return Response(content, media_type=media_type, headers=headers)

    async def _render(
        self, request: Request, visitor: Visitor, file: TicketFile, *, said: str = "", done: str = "",
        verb: str = "", error: str = "", form: Mapping[str, str] | None = None,
    ) -> Response:  # fmt: skip
        sent = form or {}
        wanted = sent.get("by", "") or request.query_params.get("as", "")
        values = self._what_may_be_done(visitor, file.ticket, wanted)
        undo = UNDONE_BY.get(done, "")
        offered = {each.verb for each in values.actions}
        return self._office.render(
            request,
            "ticket.html",
            status=422 if error else 200,
            **await self._what_is_known(request, visitor, file),
            actions=values.actions,
            staff=values.staff,
            stand_ins=values.stand_ins,
            said=said,
            undo=undo if undo in offered else "",
            verb=verb,
            error=error,
            form=sent,
            base=f"{BOARD}/{file.ticket.number}",
            may_mend=visitor.role in LOOKS_INTO_OUTBOX,
        )

    def _what_may_be_done(self, visitor: Visitor, ticket: Ticket, wanted: str) -> _Doable:
        staff = choose_staff(visitor, ticket, wanted)
        stand_ins = list_stand_ins(visitor, ticket) if visitor.role in ADMINS else ()
        return _Doable(list_actions(visitor, ticket, staff), staff, stand_ins)

    async def _what_is_known(
        self, request: Request, visitor: Visitor, file: TicketFile
    ) -> Mapping[str, object]:
        ticket, tree, now = file.ticket, visitor.visit.hierarchy, self._ports.now()
        reads, words, reach = self._own.reads, words_of(request), self._ports.reach
        letters = letter_lines(await reads.list_letters(ticket.number), tree, words)
        may_ring = visitor.role in ADMINS or visitor.staff_id == (ticket.holder or "")
        return {
            "ticket": ticket,
            "row": row_of(ticket, tree, now),
            "where": where_of(ticket, tree),
            "story": tell(file, tree, words),
            "rungs": list_rungs(file, tree, now, can_hear=lambda group: reach.can_hear(group, tree)),
            "pictures": await reads.list_pictures(ticket.number),
            "letters": letters if may_ring else without_contacts(letters),
            "near": await find_near(reads, visitor, ticket, now),
            "now": now,
            "brief": lambda instant: show_briefly(instant, now, tree.timezone),
        }
